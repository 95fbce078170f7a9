// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QFuture>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <functional>

namespace core {
class Settings;
}

namespace ui {

class WelcomePage;

// The recent folders of the welcome page: lists them at once, then finds out beside the window
// which of them can be opened, and says which cannot and why. A folder that has not answered after
// three seconds is said to be so, until it does. Removes what a person does not want to see any
// more.
class RecentFolders : public QObject
{
    Q_OBJECT

public:
    // A look at a folder; its future may never finish.
    using Look = std::function<QFuture<core::Result<>>(const QString &folder)>;

    // Both are borrowed. `look` empty = core::lookAtFolder().
    RecentFolders(core::Settings &settings, WelcomePage &page, Look look = {});

    // Reads the list anew and looks at its folders.
    void show();

private:
    void lookAt(const QString &folder);
    void list();
    void remove(const QString &folder);

    core::Settings &m_settings;
    WelcomePage &m_page;
    Look m_look;
    QSet<QString> m_waiting; // have not answered yet
    QTimer m_patience;
    int m_round = 0; // answers to an older list are too late
};

} // namespace ui
