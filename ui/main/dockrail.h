// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDockWidget>
#include <QPointer>
#include <QToolBar>

#include <vector>

class QAction;
class QMainWindow;
class QVBoxLayout;

namespace ui {

class Button;

// The left docks of a window that is too narrow for them: a rail of 36 px with a button each. A
// dock opens over the view; Esc, a press outside or the focus leaving closes it, and its pin keeps
// it, beside the view then. In a wide window the rail is hidden and the docks stand where they were
// left. Tab goes round inside of a dock that lies over the view. The docks stay children of the
// window throughout.
class DockRail : public QToolBar
{
    Q_OBJECT

public:
    explicit DockRail(QMainWindow &window);
    ~DockRail() override;

    // `toggle` shows and hides it, in either kind of window. A dock of DockTitle gets a pin and a
    // button to close it while it is folded.
    void addDock(QDockWidget *dock, QAction *toggle);
    // Shows or hides all of them.
    void setAllToggle(QAction *toggle);
    // False while there is nothing to show in them: neither docks nor rail.
    void setOffered(bool offered);
    // Folds or unfolds as the window's width asks; call it when that changes.
    void fit();
    [[nodiscard]] bool isFolded() const { return m_folded; }

    // Null closes. Takes the focus.
    void open(QDockWidget *dock);
    [[nodiscard]] QDockWidget *opened() const { return m_opened; }
    [[nodiscard]] bool isPinned() const { return m_pinned; }
    void setPinned(bool pinned);

    // QMainWindow's, with the docks in their places whether they are folded or not.
    [[nodiscard]] QByteArray saveState(int version);
    bool restoreState(const QByteArray &state, int version);

    bool eventFilter(QObject *watched, QEvent *event) override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void moveEvent(QMoveEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Entry {
        QDockWidget *dock = nullptr;
        QAction *toggle = nullptr;
        Button *button = nullptr;
        QList<QWidget *> extras = {}; // of its title, while folded
        Button *pin = nullptr;
    };
    [[nodiscard]] bool isNarrow() const;
    void fold();
    void unfold();
    void closeDock(bool giveFocusBack);
    void place();
    void showPinned();
    void showDock(QDockWidget *dock, bool shown);
    void toggleAll(bool shown);
    void addTitleButtons(Entry &entry);
    [[nodiscard]] bool isMine(const QObject *object) const;
    [[nodiscard]] bool isOutside(const QPointF &global) const;
    [[nodiscard]] bool handleKey(QEvent *event);

    QMainWindow &m_window;
    std::vector<Entry> m_entries;
    QWidget *m_strip; // what is always in sight of the rail
    QVBoxLayout *m_buttons;
    QWidget *m_panel;  // the ground of the opened dock
    QWidget *m_shadow; // of the panel
    QPointer<QDockWidget> m_opened;
    QPointer<QDockWidget> m_last;    // opened before, for the toggle of all
    QPointer<QWidget> m_focusBefore; // gets the focus back
    QByteArray m_wide;               // the window's state before it folded
    int m_version = 0;               // of m_wide
    bool m_folded = false;
    bool m_offered = false;
    bool m_pinned = false;
    bool m_changing = false;
};

} // namespace ui
