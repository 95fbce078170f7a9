// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/firstframe.h"

#include <QEvent>
#include <QObject>
#include <QWidget>
#include <QWindow>

#include <utility>

namespace ui {

namespace {

class FirstFrame : public QObject
{
public:
    FirstFrame(QWindow *window, std::function<void()> act)
        : QObject(window)
        , m_window(window)
        , m_act(std::move(act))
    {
        if (window->isExposed())
            callSoon();
        else
            window->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (watched == m_window && event->type() == QEvent::Expose && m_window->isExposed()) {
            m_window->removeEventFilter(this);
            callSoon(); // a window paints while it handles this event
        }
        return false;
    }

private:
    void callSoon()
    {
        QMetaObject::invokeMethod(
            this,
            [this] {
                const std::function<void()> act = std::exchange(m_act, {});
                deleteLater();
                act();
            },
            Qt::QueuedConnection);
    }

    QWindow *m_window;
    std::function<void()> m_act;
};

} // namespace

void afterFirstFrame(QWidget &window, std::function<void()> act)
{
    if (QWindow *handle = window.windowHandle())
        new FirstFrame(handle, std::move(act)); // it is the window's
}

} // namespace ui
