// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/psqlcall.h"

#include "core/base/paths.h"
#include "core/connect/appenvironment.h"
#include "core/connect/sessionsetup.h"
#include "core/pq/pgerror.h"
#include "core/session/collect.h"
#include "core/session/connectionway.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QPromise>

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

void askForReadOnly(core::ConnKeywords &keywords)
{
    QByteArray &text = keywords["options"_ba];
    text += (text.isEmpty() ? ""_ba : " "_ba) + "-c default_transaction_read_only=on"_ba;
}

core::Error notReadOnly(const core::ConnKeywords &keywords)
{
    return core::failure(core::ErrorKind::Consent, "shell.notReadOnly"_ba,
                         tr("A pooler answers at this address, and through it nothing can hold "
                            "psql read-only."),
                         core::connPlace(keywords))
        .error();
}

/// What a connection that was made with askForReadOnly() says of itself. With a pooler between,
/// another server process may say something else.
core::Result<> isHeld(const core::Result<std::vector<core::Table>> &answer,
                      const core::ServerInfo &server, const core::ConnKeywords &keywords)
{
    if (!answer) {
        return std::unexpected(answer.error().id == "connection.startupParameter"
                                   ? notReadOnly(keywords)
                                   : answer.error());
    }
    if (server.showsPooler() || answer->front().cell(0, 0) != "on")
        return std::unexpected(notReadOnly(keywords));
    return {};
}

/// One attempt to get psql ready; deletes itself.
class Preparation : public QObject
{
public:
    Preparation(const core::Endpoint &endpoint, const std::optional<core::WritePermit> &permit)
        : m_endpoint(endpoint)
        , m_permit(permit)
    {
        m_promise.start();
    }
    [[nodiscard]] QFuture<core::Result<std::shared_ptr<PsqlCall>>> future()
    {
        return m_promise.future();
    }
    void start();

private:
    [[nodiscard]] bool mayWrite() const
    {
        return m_permit && m_permit->holds() && m_permit->covers(m_endpoint.info);
    }
    void openWay();
    void look();
    void fail(const core::Error &error);
    void finish(core::Result<std::shared_ptr<PsqlCall>> outcome);

    core::Endpoint m_endpoint;
    std::optional<core::WritePermit> m_permit;
    core::ConnKeywords m_keywords;
    std::unique_ptr<core::SessionThread> m_session;
    QPromise<core::Result<std::shared_ptr<PsqlCall>>> m_promise;
};

void Preparation::start()
{
    m_keywords = core::programKeywords(m_endpoint);
    if (!core::takesOptions(m_endpoint) && !mayWrite()) {
        return finish(core::failure(core::ErrorKind::Consent, "shell.pooledWrites"_ba,
                                    tr("Nothing can hold psql read-only through a pooler."),
                                    m_endpoint.source.text()));
    }
    openWay();
}

void Preparation::openWay()
{
    if (!m_endpoint.way)
        return look();
    m_endpoint.way->open().then(this, [this](const core::Result<core::ConnKeywords> &found) {
        if (!found)
            return finish(std::unexpected(found.error()));
        for (const auto &[name, value] : *found)
            m_keywords[name] = value;
        look();
    });
}

void Preparation::look()
{
    const auto call = [this](PsqlOptions options) {
        return psqlCall(m_keywords, options).transform([this](PsqlCall made) {
            made.way = m_endpoint.way;
            return std::make_shared<PsqlCall>(std::move(made));
        });
    };
    if (mayWrite()) // opening the way can have taken its time
        return finish(call({.readOnly = false}));
    core::SessionConfig config = core::sessionConfig(m_endpoint);
    config.way.reset();    // it is open
    config.pooled = false; // a pooled connection would leave the options out
    config.keywords = m_keywords;
    askForReadOnly(config.keywords);
    m_session = std::make_unique<core::SessionThread>(config);
    core::RequestSpec spec;
    spec.statements = {
        {.sql = "SELECT pg_catalog.current_setting('default_transaction_read_only')"}};
    core::collect(*m_session, spec)
        .then(this, [this, call](const core::Result<std::vector<core::Table>> &answer) {
            const core::Result<> held = isHeld(answer, m_session->serverInfo(), m_keywords);
            m_session->close();
            if (held)
                finish(call({.readOnly = true}));
            else
                fail(held.error());
        });
}

void Preparation::fail(const core::Error &error)
{
    if (!m_endpoint.way || error.kind == core::ErrorKind::Consent)
        return finish(std::unexpected(error));
    m_endpoint.way->explain(error).then(
        this, [this](const core::Error &explained) { finish(std::unexpected(explained)); });
}

void Preparation::finish(core::Result<std::shared_ptr<PsqlCall>> outcome)
{
    deleteLater();
    m_promise.addResult(std::move(outcome));
    m_promise.finish();
}

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
    if (options.readOnly)
        askForReadOnly(keywords);
    auto passFile = writePassFile(keywords);
    if (!passFile)
        return std::unexpected(passFile.error());
    PsqlCall call;
    call.environment = psqlEnvironment(keywords, (*passFile)->fileName());
    call.passFile = std::move(*passFile);
    return call;
}

QFuture<core::Result<std::shared_ptr<PsqlCall>>>
preparePsql(const core::Endpoint &endpoint, const std::optional<core::WritePermit> &permit)
{
    auto *preparation = new Preparation(endpoint, permit);
    QFuture<core::Result<std::shared_ptr<PsqlCall>>> future = preparation->future();
    preparation->start();
    return future;
}

} // namespace app
