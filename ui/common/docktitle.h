// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;

namespace ui {

class Button;
class ElidedLabel;

// The title row of a dock, 36 px: heading, an optional fact, flat symbols at its end. Set it with
// QDockWidget::setTitleBarWidget(); dragging and double clicking it move the dock as usual.
class DockTitle : public QWidget
{
    Q_OBJECT

public:
    explicit DockTitle(const QString &heading, QWidget *parent = nullptr);

    void setHeading(const QString &heading);
    [[nodiscard]] QString heading() const;
    void setFact(const QString &fact);

    // `name` is the tooltip and accessible name. Owned by the title.
    Button *addButton(const QString &iconName, const QString &name);
    // Hides the dock this title belongs to.
    Button *addCloseButton();

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

private:
    ElidedLabel *m_heading;
    ElidedLabel *m_fact;
    QHBoxLayout *m_row;
};

} // namespace ui
