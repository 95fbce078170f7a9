// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/terminal.h"

#include "core/base/paths.h"
#include "core/pq/connsecurity.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>

#include <array>

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

/// One line that fits this endpoint alone.
QByteArray passLine(const core::ConnKeywords &keywords)
{
    QByteArray line;
    for (const char *key : {"host", "port", "dbname", "user"}) {
        const auto value = keywords.find(key);
        line += (value == keywords.end() ? "*"_ba : passField(value->second)) + ':';
    }
    const auto password = keywords.find("password");
    return line + (password == keywords.end() ? QByteArray() : passField(password->second)) + '\n';
}

core::Result<std::unique_ptr<QTemporaryFile>> writePassFile(const core::ConnKeywords &keywords)
{
    const auto runtime = core::runtimeDirectory();
    if (!runtime)
        return std::unexpected(runtime.error());
    auto file = std::make_unique<QTemporaryFile>(*runtime + u"/psql.pass"_s);
    const QByteArray line = passLine(keywords);
    // QTemporaryFile adds an ending of its own and makes the file for its owner alone.
    if (!file->open() || file->write(line) != line.size() || !file->flush()) {
        return core::failure(core::ErrorKind::Local, "terminal.passFile"_ba,
                             tr("The password could not be handed to psql."), *runtime,
                             file->errorString());
    }
    file->close();
    return file;
}

/// libpq's variables (manual, "Environment Variables") for its keywords; application_name and
/// client_encoding are psql's own matter.
constexpr std::array<std::pair<const char *, const char *>, 26> variables = {{
    {"host", "PGHOST"},
    {"hostaddr", "PGHOSTADDR"},
    {"port", "PGPORT"},
    {"dbname", "PGDATABASE"}, // not expanded as conninfo, unlike -d
    {"user", "PGUSER"},
    {"options", "PGOPTIONS"},
    {"connect_timeout", "PGCONNECT_TIMEOUT"},
    {"target_session_attrs", "PGTARGETSESSIONATTRS"},
    {"require_auth", "PGREQUIREAUTH"},
    {"channel_binding", "PGCHANNELBINDING"},
    {"gssencmode", "PGGSSENCMODE"},
    {"sslmode", "PGSSLMODE"},
    {"sslnegotiation", "PGSSLNEGOTIATION"},
    {"sslrootcert", "PGSSLROOTCERT"},
    {"sslcert", "PGSSLCERT"},
    {"sslkey", "PGSSLKEY"},
    {"sslcertmode", "PGSSLCERTMODE"},
    {"sslcrl", "PGSSLCRL"},
    {"sslsni", "PGSSLSNI"},
    {"sslcrldir", "PGSSLCRLDIR"},
    {"ssl_min_protocol_version", "PGSSLMINPROTOCOLVERSION"},
    {"ssl_max_protocol_version", "PGSSLMAXPROTOCOLVERSION"},
    {"requirepeer", "PGREQUIREPEER"},
    {"krbsrvname", "PGKRBSRVNAME"},
    {"gsslib", "PGGSSLIB"},
    {"gssdelegation", "PGGSSDELEGATION"},
}};

QProcessEnvironment psqlEnvironment(const core::ConnKeywords &keywords, const QString &passFile)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys()) {
        if (name.startsWith("PG"_L1) && !name.startsWith("PG_"_L1))
            environment.remove(name); // PGPASSWORD, PGSERVICE … would change where psql goes
    }
    for (const auto &[keyword, variable] : variables) {
        const auto value = keywords.find(keyword);
        if (value != keywords.end())
            environment.insert(QLatin1StringView(variable), QString::fromUtf8(value->second));
    }
    environment.insert(u"PGPASSFILE"_s, passFile);
    return environment;
}

/// The shell outlives psql, also when the terminal's window is closed. Ctrl+C is psql's.
const auto wrapper = u"trap 'rm -f -- \"$PGPASSFILE\"' EXIT; trap 'exit 129' HUP; "
                     "trap 'exit 143' TERM; trap : INT; \"$0\""_s;

/// The option behind which a terminal takes a program and its arguments.
QString runOption(const QString &terminal)
{
    if (terminal.endsWith("gnome-terminal"_L1))
        return u"--"_s;
    return terminal.endsWith("xfce4-terminal"_L1) ? u"-x"_s : u"-e"_s;
}

} // namespace

core::Result<PsqlCall> psqlCall(const core::Endpoint &endpoint, const QString &psql)
{
    const core::ConnKeywords keywords = core::secured(endpoint.info);
    auto passFile = writePassFile(keywords);
    if (!passFile)
        return std::unexpected(passFile.error());
    PsqlCall call;
    call.command = {u"/bin/sh"_s, u"-c"_s, wrapper, psql};
    call.environment = psqlEnvironment(keywords, (*passFile)->fileName());
    call.passFile = std::move(*passFile);
    return call;
}

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
    auto call = psqlCall(endpoint, psql);
    if (!call)
        return std::unexpected(call.error());
    QProcess process;
    process.setProgram(terminal);
    process.setArguments(QStringList{runOption(terminal)} + call->command);
    process.setProcessEnvironment(call->environment);
    if (!process.startDetached()) {
        return core::failure(core::ErrorKind::Local, "terminal.none"_ba,
                             tr("The terminal program did not start."), terminal,
                             process.errorString());
    }
    // psql may connect again while it runs (\c), so the file stays until the wrapper removes it.
    call->passFile.release()->setParent(QCoreApplication::instance());
    return {};
}

} // namespace app
