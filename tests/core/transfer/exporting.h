// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/sessionthread.h"
#include "core/transfer/exporter.h"
#include "tests/support/testdatabase.h"

#include <QTemporaryDir>

namespace test {

/// A session on a test database and a folder to export into.
class Exporting
{
public:
    explicit Exporting(const TestDatabase &database, bool pooled = false);
    Exporting(const core::ConnKeywords &keywords, bool pooled);

    [[nodiscard]] core::SessionThread &session() { return m_session; }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("out")); }
    [[nodiscard]] QByteArray written() const;
    /// Everything in the folder, hidden files too.
    [[nodiscard]] QStringList files() const;

    [[nodiscard]] core::ExportSpec table(const QByteArray &name, core::ExportFormat format) const;
    [[nodiscard]] core::ExportSpec query(const QByteArray &sql, core::ExportFormat format) const;
    /// Starts a job and waits for its end.
    [[nodiscard]] core::Result<core::ExportSummary> run(const core::ExportSpec &spec);
    /// Waits for a job that was started.
    [[nodiscard]] static core::Result<core::ExportSummary> outcomeOf(core::ExportJob &job);

private:
    QTemporaryDir m_folder;
    core::SessionThread m_session;
};

} // namespace test
