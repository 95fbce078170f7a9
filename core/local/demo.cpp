// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/local/demo.h"

#include "core/base/atomicfile.h"
#include "core/base/paths.h"
#include "core/local/serverlock.h"
#include "core/project/envfileedit.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>

using namespace Qt::StringLiterals;

namespace core {

namespace {

/// Written last: without it the copy was not finished, and the tables may be half there.
constexpr auto finishedMark = ".prepared"_L1;

QString tr(const char *text)
{
    return QCoreApplication::translate("core::Demo", text);
}

Result<QByteArray> resource(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Local, "demo.missing"_ba, file.errorString(), path);
    return file.readAll();
}

Result<> copyFiles(const QString &folder)
{
    QDirIterator files(u":/demo"_s, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString from = files.next();
        const QString to = folder + from.mid(u":/demo"_s.size());
        if (QFile::exists(to))
            continue; // a person may have changed it
        const auto content = resource(from);
        if (!content)
            return std::unexpected(content.error());
        if (!QDir().mkpath(QFileInfo(to).path()))
            return failure(ErrorKind::Local, "demo.folder"_ba,
                           tr("The demo folder cannot be made."), to);
        if (auto written = writeFileAtomically(to, *content); !written)
            return written;
    }
    return {};
}

Result<> fill(LocalServer &server, const LocalInstance &instance, const LocalProgress &progress)
{
    QStringList scripts;
    for (const QString &name :
         QDir(u":/demo/db/migrations"_s).entryList({u"*.sql"_s}, QDir::Files, QDir::Name))
        scripts << u":/demo/db/migrations/"_s + name;
    scripts << u":/demo/db/seed.sql"_s;
    QByteArray sql;
    for (const QString &script : scripts) {
        const auto content = resource(script);
        if (!content)
            return std::unexpected(content.error());
        sql += *content;
        sql += '\n';
    }
    if (progress)
        progress(tr("Filling the tables with a million rows"));
    return server.runSql(instance, sql); // one transaction: all of it or nothing
}

} // namespace

Result<QString> prepareDemo(const LocalStore &store, const LocalProgress &progress)
{
    const QString folder = dataDirectory() + u"/demo/harbour"_s;
    if (!QDir().mkpath(folder))
        return failure(ErrorKind::Local, "demo.folder"_ba, tr("The demo folder cannot be made."),
                       folder);
    const QString canonical = QFileInfo(folder).canonicalFilePath();
    ServerLock lock(canonical + u"/../.lock"_s);
    if (!lock.tryAcquire()) {
        return failure(ErrorKind::Local, "demo.busy"_ba,
                       tr("Another Sluice is preparing the demo just now."), canonical);
    }
    if (auto copied = copyFiles(canonical); !copied)
        return std::unexpected(copied.error());

    LocalServer server(store, progress);
    auto instance = store.find(canonical);
    if (!instance) {
        instance = server.create(canonical);
        QFile::remove(canonical + u'/' + finishedMark);
    } else if (auto started = server.start(*instance); !started) {
        return std::unexpected(started.error());
    }
    if (!instance)
        return std::unexpected(instance.error());

    const auto plan =
        planEnvFileEdit(canonical + u"/.env"_s, {{u"DATABASE_URL"_s, instance->pooledUrl(true)},
                                                 {u"DIRECT_URL"_s, instance->directUrl(true)}});
    if (!plan)
        return std::unexpected(plan.error());
    if (plan->after != plan->before) {
        if (auto written = applyEnvFileEdit(*plan); !written)
            return std::unexpected(written.error());
    }
    if (!QFile::exists(canonical + u'/' + finishedMark)) {
        if (auto filled = fill(server, *instance, progress); !filled)
            return std::unexpected(filled.error());
        if (auto marked = writeFileAtomically(canonical + u'/' + finishedMark, "1\n"_ba); !marked)
            return std::unexpected(marked.error());
    }
    return canonical;
}

} // namespace core
