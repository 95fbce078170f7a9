// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPoint>
#include <QTabBar>

namespace ui {

// The bar of documents: 36 px, 2 px accent above the current one, titles elided at 220 px in the
// middle, a close cross on the current and the pointed-at tab, a dot for unsaved text, a caption
// behind the title ("1,284 rows"). Use as any QTabBar (or QTabWidget::setTabBar in a subclass).
class TabBar : public QTabBar
{
    Q_OBJECT

public:
    explicit TabBar(QWidget *parent = nullptr);

    // Whether tabs have a cross and close by a middle click; they do unless told otherwise.
    void setClosable(bool closable);
    void setTabUnsaved(int index, bool unsaved);
    [[nodiscard]] bool isTabUnsaved(int index) const;
    void setTabFact(int index, const QString &fact);
    [[nodiscard]] QString tabFact(int index) const;

    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    // Middle click or cross; the owner decides.
    void closeWanted(int index);

protected:
    [[nodiscard]] QSize tabSizeHint(int index) const override;
    [[nodiscard]] QSize minimumTabSizeHint(int index) const override;
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    bool event(QEvent *event) override;
    void tabInserted(int index) override;
    void tabRemoved(int index) override;

private:
    [[nodiscard]] int endRoom() const;
    struct State {
        QString fact;
        bool unsaved = false;
    };

    // As it is drawn: on one line, and without the second & that keeps Qt from making a shortcut.
    [[nodiscard]] QString shownTitle(int index) const;
    [[nodiscard]] int titleWidth(int index) const;
    [[nodiscard]] QRect crossRect(int index) const;
    void paintTab(QPainter *painter, int index) const;
    void paintEnd(QPainter *painter, int index) const;

    QList<State> m_states; // one a tab
    QPoint m_mouse{-1, -1};
    bool m_closable = true;
    int m_hovered = -1;
    int m_pressedCross = -1;
};

} // namespace ui
