// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/keychainsecretstore.h"
#include "core/connect/connectiontest.h"
#include "core/connect/savedway.h"
#include "ui/project/connectionsheet.h"

#include <QObject>
#include <QPointer>

#include <memory>
#include <vector>

namespace ui {
class MainWindow;
}

namespace app {

/// Saved connections in the window: keeps, changes and tries them, and asks for their passwords and
/// for what ssh needs on the way to them.
/// Files are read and written on workers.
class SavedConnections : public QObject
{
    Q_OBJECT

public:
    explicit SavedConnections(ui::MainWindow &window);
    ~SavedConnections() override;

    /// Reads the file; changed() follows.
    void reload();
    [[nodiscard]] const std::vector<core::SavedConnection> &all() const { return m_all; }
    [[nodiscard]] const core::SavedConnection *find(const QString &id) const;
    [[nodiscard]] core::SecretKeeper &keeper() { return m_keeper; }
    /// The folder of the open project; empty = none.
    void setFolder(const QString &folder) { m_folder = folder; }

    /// An id that is unknown begins a new one.
    void edit(const QString &id, bool duplicate = false);
    void askRemove(const QString &id);

signals:
    void changed();
    /// Saved from the sheet, to be used at once.
    void openWanted(const QString &id);

private:
    void openSheet(const core::SavedConnection &connection, const QStringList &aliases);
    void test(const ui::ConnectionDraft &draft);
    void showSteps();
    void save(const ui::ConnectionDraft &draft, bool connectAfterwards);
    void saved(const core::SavedConnection &connection, const ui::ConnectionDraft &draft,
               bool connectAfterwards);
    void remove(const QString &id);
    void ask(const core::SecretQuestion &question);
    void tell(const core::Error &error);

    ui::MainWindow &m_window;
    KeychainSecretStore m_keychain;
    core::SecretKeeper m_keeper;
    std::vector<core::SavedConnection> m_all;
    QString m_folder;
    QPointer<ui::ConnectionSheet> m_sheet;
    std::unique_ptr<core::ConnectionTest> m_test;
};

} // namespace app
