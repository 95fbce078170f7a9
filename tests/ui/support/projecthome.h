// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/opendatabase.h"
#include "core/project/journal.h"
#include "core/project/trust.h"

#include <QTemporaryDir>

#include <memory>
#include <vector>

namespace test {

/// A project folder with a home of its own: trust, settings and journal lie beside it and go with
/// it. Does what app/ does with a folder, step by step. GUI thread.
class ProjectHome
{
public:
    /// `name` is the folder's, as hostile as the file system allows.
    explicit ProjectHome(const QString &name = QStringLiteral("harbour"));
    ~ProjectHome();

    /// A file below the folder, with the folders on the way.
    [[nodiscard]] bool write(const QString &name, const QByteArray &text) const;
    [[nodiscard]] QString folder() const { return m_folder; }
    [[nodiscard]] QString path(const QString &name) const { return m_folder + u'/' + name; }
    /// Of the home, outside of the folder.
    [[nodiscard]] QString homePath(const QString &name) const { return m_home.filePath(name); }

    /// Reads the folder and asks whether it is trusted; databases open themselves where it is.
    [[nodiscard]] core::Result<> read();
    /// A person's yes to what the folder names now; opens its databases.
    [[nodiscard]] core::Result<> trust();
    /// Ends the databases and the journal.
    void close();
    /// One in place of what there is, as if the program had been started again.
    [[nodiscard]] core::Result<> openJournal();

    [[nodiscard]] const core::Project &project() const { return m_project; }
    [[nodiscard]] const core::DatabaseSet &databases() const { return m_databases; }
    [[nodiscard]] const core::TrustQuestion &question() const { return m_question; }
    /// Borrowed, in the order of databases(); empty until trusted.
    [[nodiscard]] std::vector<core::OpenDatabase *> open() const;
    /// The only or first one; null until trusted.
    [[nodiscard]] core::OpenDatabase *database() const;
    [[nodiscard]] core::Journal *journal() const { return m_journal.get(); }

private:
    void openDatabases(const core::TrustToken &token);

    QTemporaryDir m_home;
    QString m_folder;
    core::TrustStore m_trust;
    core::Project m_project;
    core::DatabaseSet m_databases;
    core::TrustQuestion m_question;
    std::unique_ptr<core::Journal> m_journal;
    std::vector<std::unique_ptr<core::OpenDatabase>> m_open;
};

} // namespace test
