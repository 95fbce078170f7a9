// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/rowprinter.h"
#include "core/connect/writeplan.h"
#include "core/connect/writeswitch.h"
#include "core/transfer/exporter.h"
#include "core/transfer/rowdelivery.h"

#include <QPointer>

namespace cli {

/// `sluicectl query`: a person's text in the guarded read-only frame, or with --write in one that
/// commits; one extended message a statement, stopping at the first error. Rows are printed as they
/// arrive, at the pace of their reader; behind a pooler, which may not be kept waiting, only as
/// many as are kept for a slow one.
class QueryCommand : public DatabaseCommand
{
    Q_OBJECT

public:
    using DatabaseCommand::DatabaseCommand;
    void interrupt() override;

protected:
    void runOn(core::ConnectionSet &connections) override;

private:
    /// What is sent where.
    struct Prepared {
        core::Purpose purpose = core::Purpose::Query;
        bool pooled = false;
        core::RequestSpec spec = {};
    };
    [[nodiscard]] core::Result<QByteArray> sqlText() const;
    [[nodiscard]] core::Result<Prepared> prepareReading(const core::ConnectionSet &connections,
                                                        const std::vector<QByteArray> &sql) const;
    [[nodiscard]] core::Result<Prepared> prepareWriting(const core::ConnectionSet &connections,
                                                        const std::vector<QByteArray> &sql);
    /// Of --expect-rows; error cli.usage.
    [[nodiscard]] core::Result<> expectRows(core::WritePlan &plan) const;
    void lookUp(core::ConnectionSet &connections, const QString &number);
    void sendTo(core::ConnectionSet &connections, Prepared prepared, const QByteArray &sql,
                const RowStyle &style);
    [[nodiscard]] std::chrono::milliseconds timeoutFor(const core::Database &database) const;
    void watch(core::Request &request);
    void follow(core::RowDelivery &rows, const QByteArray &sql);
    void conclude(const core::Result<> &delivered, const QByteArray &sql);
    core::Error placed(core::Error error, int statement, const QByteArray &sql) const;

    core::WriteSwitch m_switch;
    std::unique_ptr<core::RowDelivery> m_rows;
    QPointer<core::Request> m_request;
    core::Result<core::Summary> m_outcome;
    std::vector<qsizetype> m_begins; ///< of each statement in the text
    int m_current = 0;
    bool m_interrupted = false;
    bool m_writes = false;
    QStringList m_warnings; ///< of what is written
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
