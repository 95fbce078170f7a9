// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace ui {

// A two-line row that is pressed as a whole: symbol, name and explanation, a second pair of words,
// a caption at the end.
class LaunchRow : public QAbstractButton
{
    Q_OBJECT

public:
    LaunchRow(const QString &iconName, const QString &name, const QString &explanation,
              QWidget *parent = nullptr);

    void setCaption(const QString &caption);
    void setDimmed(bool dimmed);
    // A gridline below the row; rows of a list have one, single choices have none.
    void setLined(bool lined);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QString m_iconName;
    QString m_explanation;
    QString m_caption;
    bool m_dimmed = false;
    bool m_lined = false;
};

} // namespace ui
