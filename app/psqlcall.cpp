// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/psqlcall.h"

#include "core/base/paths.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <array>

using namespace Qt::StringLiterals;

namespace app {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("app::Terminal", text);
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

} // namespace

QString firstProgram(const QStringList &places)
{
    for (const QString &place : places) {
        if (QFileInfo(place).isExecutable())
            return place;
    }
    return {};
}

core::Result<QString> findPsql()
{
    const QString psql = firstProgram({u"/usr/bin/psql"_s, u"/usr/local/bin/psql"_s});
    if (psql.isEmpty()) {
        return core::failure(core::ErrorKind::Local, "terminal.noPsql"_ba,
                             tr("psql is not installed."), {},
                             tr("Install it: apt install postgresql-client"));
    }
    return psql;
}

core::Result<PsqlCall> psqlCall(core::ConnKeywords keywords, PsqlOptions options)
{
    if (options.readOnly) {
        QByteArray &text = keywords["options"_ba];
        text += (text.isEmpty() ? ""_ba : " "_ba) + "-c default_transaction_read_only=on"_ba;
    }
    auto passFile = writePassFile(keywords);
    if (!passFile)
        return std::unexpected(passFile.error());
    PsqlCall call;
    call.environment = psqlEnvironment(keywords, (*passFile)->fileName());
    call.passFile = std::move(*passFile);
    return call;
}

} // namespace app
