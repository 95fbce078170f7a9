// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QLabel>

namespace ui {

// A state as symbol and word on a tint, 20 px high. Neutral is outlined. Not clickable unless made
// so: then it takes the focus, and Enter and Space press it.
class Chip : public QLabel
{
    Q_OBJECT

public:
    explicit Chip(QWidget *parent = nullptr);
    Chip(Meaning meaning, const QString &iconName, const QString &word, QWidget *parent = nullptr);

    // Replaces all three; an empty symbol leaves it out.
    void setState(Meaning meaning, const QString &iconName, const QString &word);
    [[nodiscard]] Meaning meaning() const;
    [[nodiscard]] QString iconName() const;

    void setClickable(bool clickable);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

    // For delegates: the same chip in a row, `width` of it, and the painting.
    [[nodiscard]] static int widthFor(const QString &iconName, const QString &word);
    static void paint(QPainter *painter, const QRect &rect, const Theme &theme, Meaning meaning,
                      const QString &iconName, const QString &word, Qt::LayoutDirection direction,
                      bool pointedAt = false);

signals:
    void clicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    QString m_iconName;
    Meaning m_meaning = Meaning::Neutral;
    bool m_clickable = false;
};

} // namespace ui
