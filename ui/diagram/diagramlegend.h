// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace ui {

// The line below the drawing: what the ends of lines mean, and the keys that go on from here.
class DiagramLegend : public QWidget
{
    Q_OBJECT

public:
    explicit DiagramLegend(QWidget *parent = nullptr);

    void setHint(const QString &hint);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QString m_hint;
};

} // namespace ui
