// SPDX-License-Identifier: GPL-3.0-or-later
#include "exporting.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>

namespace test {

namespace {

constexpr int longestExport = 60'000;

core::SessionConfig configOf(const core::ConnKeywords &keywords, bool pooled)
{
    core::SessionConfig config;
    config.keywords = keywords;
    config.pooled = pooled;
    return config;
}

} // namespace

Exporting::Exporting(const TestDatabase &database, bool pooled)
    : Exporting(database.keywords(), pooled)
{
}

Exporting::Exporting(const core::ConnKeywords &keywords, bool pooled)
    : m_session(configOf(keywords, pooled))
{
}

QByteArray Exporting::written() const
{
    QFile file(path());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(no file)");
}

QStringList Exporting::files() const
{
    return QDir(folder()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
}

core::ExportSpec Exporting::table(const QByteArray &name, core::ExportFormat format) const
{
    core::ExportSpec spec;
    spec.source.tableName = name;
    spec.target.path = path();
    spec.format = format;
    return spec;
}

core::ExportSpec Exporting::query(const QByteArray &sql, core::ExportFormat format) const
{
    core::ExportSpec spec;
    spec.source.query = sql;
    spec.target.path = path();
    spec.format = format;
    return spec;
}

core::Result<core::ExportSummary> Exporting::run(const core::ExportSpec &spec)
{
    core::ExportJob job(m_session, spec);
    job.start();
    return outcomeOf(job);
}

core::Result<core::ExportSummary> Exporting::outcomeOf(core::ExportJob &job)
{
    QSignalSpy spy(&job, &core::ExportJob::finished);
    if (!spy.wait(longestExport))
        qFatal("the export did not end");
    return spy.front().front().value<core::Result<core::ExportSummary>>();
}

} // namespace test
