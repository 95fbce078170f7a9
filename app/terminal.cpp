// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/terminal.h"

#include "core/base/atomicfile.h"
#include "core/base/paths.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>

using namespace Qt::StringLiterals;

namespace app {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("app::Terminal", text);
}

/// Fixed places only: what runs is never chosen by the folder or its PATH.
QString firstProgram(const QStringList &places)
{
    for (const QString &place : places) {
        if (QFileInfo(place).isExecutable())
            return place;
    }
    return {};
}

/// A field of the passfile: `\` and `:` are escaped (PostgreSQL manual, “The Password File”).
QByteArray passField(QByteArray text)
{
    return text.replace('\\', "\\\\").replace(':', "\\:");
}

core::Result<QString> writePassFile(const core::ConnKeywords &keywords)
{
    const auto runtime = core::runtimeDirectory();
    if (!runtime)
        return std::unexpected(runtime.error());
    const QString path = *runtime + u"/psql.pass"_s;
    QByteArray line;
    for (const char *key : {"host", "port", "dbname", "user"}) {
        const auto value = keywords.find(key);
        line += (value == keywords.end() ? "*"_ba : passField(value->second)) + ':';
    }
    const auto password = keywords.find("password");
    line += password == keywords.end() ? QByteArray() : passField(password->second);
    if (auto written = core::writeFileAtomically(path, line + '\n'); !written)
        return std::unexpected(written.error());
    return path;
}

} // namespace

core::Result<> openPsqlInTerminal(const core::Endpoint &endpoint)
{
    const QString psql = firstProgram({u"/usr/bin/psql"_s, u"/usr/local/bin/psql"_s});
    if (psql.isEmpty()) {
        return core::failure(core::ErrorKind::Local, "terminal.noPsql"_ba,
                             tr("psql is not installed."), {},
                             tr("Install it: apt install postgresql-client"));
    }
    const QString terminal = firstProgram({u"/usr/bin/x-terminal-emulator"_s, u"/usr/bin/konsole"_s,
                                           u"/usr/bin/gnome-terminal"_s,
                                           u"/usr/bin/xfce4-terminal"_s, u"/usr/bin/xterm"_s});
    if (terminal.isEmpty()) {
        return core::failure(core::ErrorKind::Local, "terminal.none"_ba,
                             tr("No terminal program was found."), {},
                             tr("Install one, or copy the address and start psql yourself."));
    }
    const auto passFile = writePassFile(endpoint.info.keywords);
    if (!passFile)
        return std::unexpected(passFile.error());
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PGHOST"_s, endpoint.info.host());
    environment.insert(u"PGPORT"_s, QString::number(endpoint.info.port()));
    environment.insert(u"PGDATABASE"_s,
                       endpoint.info.database()); // not expanded as conninfo, unlike -d
    environment.insert(u"PGUSER"_s, endpoint.info.user());
    environment.insert(u"PGPASSFILE"_s, *passFile);
    const auto sslmode = endpoint.info.keywords.find("sslmode");
    if (sslmode != endpoint.info.keywords.end())
        environment.insert(u"PGSSLMODE"_s, QString::fromUtf8(sslmode->second));
    QProcess process;
    process.setProgram(terminal);
    process.setArguments({terminal.endsWith("gnome-terminal"_L1) ? u"--"_s : u"-e"_s, psql});
    process.setProcessEnvironment(environment);
    if (process.startDetached())
        return {};
    return core::failure(core::ErrorKind::Local, "terminal.none"_ba,
                         tr("The terminal program did not start."), terminal,
                         process.errorString());
}

} // namespace app
