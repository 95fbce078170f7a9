// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/rowprinter.h"
#include "core/transfer/exporter.h"

#include <QPointer>

namespace cli {

/// `sluicectl query`: a person's text in the guarded read-only frame, one extended message a
/// statement, stopping at the first error. Rows are printed as they arrive.
class QueryCommand : public DatabaseCommand
{
    Q_OBJECT

public:
    using DatabaseCommand::DatabaseCommand;
    void interrupt() override;

protected:
    void runOn(core::ConnectionSet &connections) override;

private:
    [[nodiscard]] core::Result<QByteArray> sqlText() const;
    [[nodiscard]] core::Result<core::RequestSpec> requestFor(const QByteArray &sql,
                                                             bool pooled) const;
    [[nodiscard]] std::chrono::milliseconds timeoutFor(const core::Database &database) const;
    void watch(core::Request &request, const QByteArray &sql);
    core::Error placed(core::Error error, int statement, const QByteArray &sql) const;

    std::unique_ptr<RowPrinter> m_printer;
    QPointer<core::Request> m_request;
    std::vector<qsizetype> m_begins; ///< of each statement in the text
    int m_current = 0;
};

/// `sluicectl export`.
class ExportCommand : public DatabaseCommand
{
    Q_OBJECT

public:
    using DatabaseCommand::DatabaseCommand;
    void interrupt() override;

protected:
    void runOn(core::ConnectionSet &connections) override;

private:
    [[nodiscard]] core::Result<core::ExportSpec> spec() const;

    std::unique_ptr<core::ExportJob> m_job;
};

} // namespace cli
