// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/changes.h"
#include "core/connect/databases.h"
#include "core/project/folderwatch.h"
#include "core/project/trust.h"

#include <QHash>
#include <QObject>

#include <optional>
#include <utility>
#include <vector>

namespace ui {
class MainWindow;
}

namespace app {

/// Keeps an open project true to its folder (P6). What leads to the same place (another password,
/// another database name) is taken over with one line in Messages; what leads to another host,
/// port, user or TLS mode is a note with two equal buttons, and nothing is contacted before one of
/// them is pressed. Watches from watch() to stop(); lives in the GUI thread.
class EnvWatcher : public QObject
{
    Q_OBJECT

public:
    explicit EnvWatcher(ui::MainWindow &window, QObject *parent = nullptr);

    /// Begins with a project as it is shown; `token` only where it is trusted.
    void watch(const core::Project &project, const core::DatabaseSet &databases,
               const std::optional<core::TrustToken> &token, const core::EnvMode &mode);
    /// The folder was trusted meanwhile.
    void setToken(const std::optional<core::TrustToken> &token);
    void stop();

signals:
    /// The folder reads like this now; `used` are the databases as they are to be connected to,
    /// with the old addresses where a person has not agreed to the new ones.
    void changed(const core::Project &project, const core::DatabaseSet &found,
                 const core::DatabaseSet &used);
    /// After a yes to another place: `token` covers `used`.
    void agreed(const core::TrustToken &token, const core::DatabaseSet &used);

private:
    void take(const core::Project &project);
    void takeSet(const core::Project &project, const core::DatabaseSet &found);
    void lose(const core::Error &error);
    [[nodiscard]] bool needsConsent(const core::AddressChange &change) const;
    [[nodiscard]] static QString sentenceOf(const std::vector<core::AddressChange> &changes);
    void ask(const std::vector<core::AddressChange> &changes);
    void say(const core::AddressChange &change);
    void use(const QString &database);
    void stay(const std::vector<core::AddressChange> &changes);
    [[nodiscard]] core::Project agreedProject(const QString &database) const;
    static void replace(core::DatabaseSet &set, const core::DatabaseSet &with,
                        const QString &database);

    ui::MainWindow &m_window;
    core::FolderWatch m_watch;
    core::Project m_project;   ///< as the folder reads now
    core::DatabaseSet m_found; ///< of it
    core::DatabaseSet m_used;  ///< what is connected to
    std::optional<core::TrustToken> m_token;
    /// By database and variable: the address that was not wanted.
    QHash<std::pair<QString, QString>, core::ConnInfo> m_refused;
    int m_serial = 0; ///< of what is watched; older answers are dropped
};

} // namespace app
