// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

class QFocusFrame;
class QWidget;

namespace ui {

// Puts a 2 px ring around the button, check box or clickable chip that has the focus, outside of
// its body, so that the ring needs no room in the layouts. Fields, lists and cells draw theirs
// inside. One a program, owned by the ThemeController.
class FocusRing : public QObject
{
    Q_OBJECT

public:
    explicit FocusRing(QObject *parent);
    ~FocusRing() override;

private:
    void follow(QWidget *now);

    QPointer<QFocusFrame> m_frame; // lives in the parent of the focused widget, and dies with it
};

} // namespace ui
