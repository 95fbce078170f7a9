// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/soak/soakactions.h"

#include "core/browse/tablesource.h"
#include "core/catalog/loader.h"
#include "core/sql/classify.h"
#include "core/transfer/exporter.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <array>

using namespace Qt::StringLiterals;
using namespace core;

namespace test {

namespace {

constexpr int longest = 60'000;

/// Each leaves something behind where nothing stands against it, or tries to leave the frame.
constexpr auto hostileTexts = std::to_array<const char *>({
    "PREPARE leaked AS SELECT 1",
    "PREPARE leaked_too(int) AS SELECT $1",
    "EXECUTE leaked",
    "DEALLOCATE ALL",
    "SELECT pg_advisory_lock(7)",
    "SELECT pg_advisory_lock_shared(1, 2) FROM generate_series(1, 3)",
    "SELECT pg_try_advisory_lock(i) FROM generate_series(1, 40) i",
    "SELECT pg_advisory_xact_lock(9)",
    "LOAD 'auto_explain'",
    "LOAD '$libdir/plugins/none'",
    "SET work_mem = '1MB'",
    "SET SESSION search_path = nowhere",
    "SET default_transaction_read_only = on",
    "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
    "SET LOCAL lock_timeout = 1",
    "SET ROLE NONE",
    "SET TRANSACTION READ WRITE",
    "SET TIME ZONE 'Asia/Tokyo'",
    "SET client_encoding = 'LATIN1'",
    "SET SESSION AUTHORIZATION DEFAULT",
    "RESET ALL",
    "COMMIT AND CHAIN",
    "COMMIT",
    "END",
    "ABORT",
    "ROLLBACK AND CHAIN",
    "BEGIN",
    "SAVEPOINT leaked",
    "LISTEN leaked",
    "UNLISTEN *",
    "NOTIFY leaked, 'x'",
    "DISCARD ALL",
    "DISCARD PLANS",
    "DISCARD TEMP",
    "DISCARD SEQUENCES",
    "SELECT set_config('work_mem', '1MB', false)",
    "SELECT set_config('search_path', 'nowhere', false), pg_advisory_lock(11)",
    "CREATE TEMP TABLE leaked (i int)",
    "CREATE TEMP TABLE leaked AS SELECT 1",
    "SELECT 1 AS i INTO TEMP leaked",
    "DECLARE leaked CURSOR WITH HOLD FOR SELECT 1",
    "LOCK TABLE small IN ACCESS EXCLUSIVE MODE",
    "DO $$ BEGIN PERFORM pg_advisory_lock(5); END $$",
    "DO $$ BEGIN EXECUTE 'PREPARE leaked AS SELECT 1'; END $$",
    "DO $$ BEGIN EXECUTE 'SET work_mem = ''1MB'''; END $$",
    "DO $$ BEGIN EXECUTE 'LISTEN leaked'; END $$",
    "DO $$ BEGIN COMMIT; END $$",
    "SELECT leaves_a_lock()",
    "SELECT leaves_a_statement()",
    "SELECT leaves_a_setting()",
    "CALL leaves_its_transaction()",
    "SELECT 1; COMMIT; SET work_mem = '1MB'",
    "SELEC nonsense",
    "SELECT 1/0, pg_advisory_lock(13)",
    "VACUUM small",
    "COPY small FROM STDIN",
});

constexpr auto friendlyTexts = std::to_array<const char *>({
    "SELECT count(*) FROM big",
    "SELECT * FROM big ORDER BY id DESC LIMIT 2000",
    "SELECT * FROM small",
    "SELECT 1/0",
    "SELECT * FROM nowhere",
    "SHOW work_mem",
    "EXPLAIN SELECT * FROM big WHERE id = 4711",
    "WITH RECURSIVE t(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM t WHERE i < 500) TABLE t",
    "SELECT repeat('x', 1000000)",
    "VALUES (1, 'one'), (2, NULL)",
    "SELECT i / (i - 900) FROM generate_series(1, 2000) i",
    "DO $$ BEGIN RAISE NOTICE 'said %', now(); END $$",
    "INSERT INTO small VALUES (1, 'refused')",
    "SELECT pg_sleep(0.002)",
});

constexpr auto writingTexts = std::to_array<const char *>({
    "INSERT INTO notes (text) SELECT 'note ' || i FROM generate_series(1, 20) i",
    "UPDATE notes SET text = text || '!' WHERE id % 7 = 0",
    "DELETE FROM notes WHERE id % 3 = 0",
    "CREATE TABLE IF NOT EXISTS made (i int)",
    "DROP TABLE IF EXISTS made",
    "INSERT INTO notes (id, text) VALUES (1, 'twice'), (1, 'twice')",
    "INSERT INTO notes (text) VALUES (repeat('y', 100000))",
});

RequestSpec guarded(const QByteArray &sql)
{
    RequestSpec spec;
    spec.frame = Frame::Guarded;
    spec.statements = {{.sql = sql}};
    spec.statementTimeout = std::chrono::seconds(5);
    spec.rowsPerRead = 8;
    return spec;
}

QString outcomeText(const Result<Summary> &outcome)
{
    if (outcome)
        return u"done"_s;
    const Error &error = outcome.error();
    return error.server ? QString::fromLatin1(error.server->sqlState)
                        : QString::fromLatin1(error.id);
}

} // namespace

SoakActions::SoakActions(const QString &url, quint32 seed)
    : m_random(seed)
{
    QFile env(m_folder.filePath(u".env"_s));
    if (!env.open(QIODevice::WriteOnly) || env.write("DATABASE_URL=" + url.toUtf8()) < 0)
        qFatal("no folder for the soak");
    env.close();
    const Project project = readProject(m_folder.path(), {}).value();
    const Database database = findDatabase(pairDatabases(project), {}).value();
    const TrustToken token = TrustStore(m_folder.filePath(u"trust.json"_s)).grant(project).value();
    m_set = ConnectionSet::create(database, token).value();
    (void)m_writing.turnOn(database, {}).value(); // a local one needs no consent
    (void)loadNames();
    if (!m_catalog)
        qFatal("no catalog for the soak");
}

SoakActions::~SoakActions() = default;

int SoakActions::upTo(int highest)
{
    return int(m_random() % quint32(highest + 1));
}

void SoakActions::note(const QString &what)
{
    ++m_counts[what];
}

QString SoakActions::counts() const
{
    QStringList texts;
    for (const auto &[what, count] : m_counts)
        texts.append(u"%1 × %2"_s.arg(what).arg(count));
    return texts.join(u", "_s);
}

QString SoakActions::act(int number, int hostileEvery)
{
    return number % hostileEvery == 0 ? hostile() : friendly();
}

QString SoakActions::friendly()
{
    static constexpr std::array kinds = {
        Kind::Browse, Kind::Browse, Kind::Rows,   Kind::Catalog, Kind::Export, Kind::Query,
        Kind::Query,  Kind::Query,  Kind::Cancel, Kind::Write,   Kind::Write,  Kind::Refusal,
    };
    if (upTo(99) == 0) {
        m_set->close();
        return u"close"_s;
    }
    switch (kinds[std::size_t(upTo(int(kinds.size()) - 1))]) {
    case Kind::Browse:
        return browse();
    case Kind::Rows:
        return readSomeRows();
    case Kind::Catalog:
        return loadNames();
    case Kind::Export:
        return exportSomething();
    case Kind::Cancel:
        return cancelled();
    case Kind::Write:
        return write();
    case Kind::Refusal: {
        const Result<SessionThread *> refused = m_set->session(Purpose::Dump);
        note(u"dump %1"_s.arg(refused ? u"allowed"_s : QString::fromUtf8(refused.error().id)));
        return u"ask for a dump"_s;
    }
    default:
        return query();
    }
}

/// A third as the editor sends it, after it was looked at; the others as if nobody had looked, so
/// that the frame alone stands against them, the one that reads or the one that writes.
QString SoakActions::hostile()
{
    const QByteArray sql = hostileTexts[std::size_t(upTo(int(hostileTexts.size()) - 1))];
    const int way = upTo(2);
    const bool looked = way == 0;
    if (looked) {
        if (const Refusal refusal = pooledRefusal(classify(sql))) {
            note(u"refused "_s + QString::fromUtf8(refusal->id));
            return u"refused: "_s + QString::fromUtf8(sql);
        }
    }
    const QString text = QString::fromUtf8(sql) + u" → "_s;
    if (looked)
        return u"hostile: "_s + text + send(guarded(sql), Purpose::Query, false);
    if (way == 1)
        return u"hostile, not looked at: "_s + text + send(guarded(sql), Purpose::Query, false);
    RequestSpec spec = guarded(sql);
    spec.frame = Frame::Writing;
    spec.permit = m_writing.permit(m_set->database());
    return u"hostile, allowed to write: "_s + text + send(spec, Purpose::Query, false);
}

QString SoakActions::send(RequestSpec spec, Purpose purpose, bool cancelAtStart)
{
    const bool writes = spec.frame != Frame::Guarded;
    const Result<Request *> sent = m_set->send(purpose, std::move(spec));
    if (!sent) {
        note(QString::fromUtf8(sent.error().id));
        return QString::fromUtf8(sent.error().id);
    }
    const std::unique_ptr<Request> request(*sent);
    QString became;
    QObject::connect(request.get(), &Request::finished, request.get(),
                     [&became](const Result<Summary> &outcome) { became = outcomeText(outcome); });
    if (cancelAtStart)
        QObject::connect(request.get(), &Request::started, request.get(), &Request::cancel);
    if (!QTest::qWaitFor([&became] { return !became.isEmpty(); }, longest))
        became = u"NO ANSWER"_s;
    note((writes ? u"write "_s : u"query "_s) + became);
    return became;
}

QString SoakActions::query()
{
    const QByteArray sql = friendlyTexts[std::size_t(upTo(int(friendlyTexts.size()) - 1))];
    return u"query: "_s + QString::fromUtf8(sql) + u" → "_s
           + send(guarded(sql), Purpose::Query, false);
}

QString SoakActions::cancelled()
{
    const bool sleeps = upTo(1) == 0;
    const QByteArray sql = sleeps ? "SELECT pg_sleep(30)" : "SELECT * FROM big, small";
    return u"cancel: "_s + QString::fromUtf8(sql) + u" → "_s
           + send(guarded(sql), Purpose::Query, true);
}

QString SoakActions::write()
{
    RequestSpec spec;
    spec.frame = Frame::Writing;
    spec.permit = m_writing.permit(m_set->database());
    for (int i = upTo(2); i >= 0; --i)
        spec.statements.push_back(
            {.sql = writingTexts[std::size_t(upTo(int(writingTexts.size()) - 1))]});
    return u"write: "_s + QString::fromUtf8(spec.statements.front().sql) + u" → "_s
           + send(spec, Purpose::Query, upTo(4) == 0);
}

Oid SoakActions::someTable()
{
    static constexpr std::array names = {"big", "small", "keyless", "view_of_big", "parts"};
    const QByteArray name = names[std::size_t(upTo(int(names.size()) - 1))];
    const RelationInfo *relation = m_catalog->relation("public", name);
    return relation ? relation->oid : Oid{};
}

QString SoakActions::browse()
{
    const Result<SessionThread *> session = m_set->session(Purpose::Browse);
    if (!session)
        return QString::fromUtf8(session.error().id);
    const std::unique_ptr<TableSource> source = openTable(**session, m_catalog, someTable());
    QSignalSpy failed(source.get(), &RowSource::failed);
    QSignalSpy arrived(source.get(), &RowSource::rowsArrived);
    source->want({0, 40});
    const auto answered = [&] { return !failed.isEmpty() || !arrived.isEmpty(); };
    (void)QTest::qWaitFor(answered, longest);
    arrived.clear();
    const qint64 rows = source->rowCount().rows;
    const qint64 first = rows > 40 ? qint64(m_random() % quint64(rows)) : 0;
    source->want({first, 40});
    // What is near is here already, and where the count is an estimate there may be nothing.
    const auto isHere = [&] {
        return answered() || source->cell(first, 0).state != Cell::State::Missing;
    };
    if (upTo(2) == 0)
        source->cancel();
    else
        (void)QTest::qWaitFor(isHere, 2'000);
    note(failed.isEmpty()
             ? u"browse done"_s
             : u"browse "_s + QString::fromUtf8(failed.front().front().value<Error>().id));
    return u"browse"_s;
}

QString SoakActions::readSomeRows()
{
    const Result<SessionThread *> session = m_set->session(Purpose::Browse);
    if (!session)
        return QString::fromUtf8(session.error().id);
    const auto rows = readRows(**session, m_catalog, someTable(), upTo(300), upTo(10) / 10.0);
    if (!QTest::qWaitFor([&rows] { return rows.isFinished(); }, longest))
        return u"rows: NO ANSWER"_s;
    note(rows.result() ? u"rows done"_s : u"rows "_s + QString::fromUtf8(rows.result().error().id));
    return u"rows"_s;
}

QString SoakActions::loadNames()
{
    const Result<SessionThread *> session = m_set->session(Purpose::Catalog);
    if (!session)
        return QString::fromUtf8(session.error().id);
    auto loading = loadCatalog(**session);
    if (m_catalog && upTo(5) == 0) {
        loading.cancel();
        note(u"catalog cancelled"_s);
        return u"catalog, cancelled"_s;
    }
    if (!QTest::qWaitFor([&loading] { return loading.isFinished(); }, longest))
        return u"catalog: NO ANSWER"_s;
    if (loading.result())
        m_catalog = *loading.result();
    note(loading.result() ? u"catalog done"_s
                          : u"catalog "_s + QString::fromUtf8(loading.result().error().id));
    return u"catalog"_s;
}

QString SoakActions::exportSomething()
{
    const Result<SessionThread *> session = m_set->jobSession(Purpose::Export, upTo(1));
    if (!session)
        return QString::fromUtf8(session.error().id);
    ExportSpec spec;
    if (upTo(1) == 0)
        spec.source.table = someTable();
    else
        spec.source.query = "SELECT id, text FROM small"_ba;
    spec.target.path = m_folder.filePath(u"export"_s);
    static constexpr std::array formats = {ExportFormat::Csv, ExportFormat::Json,
                                           ExportFormat::JsonLines};
    spec.format = formats[std::size_t(upTo(int(formats.size()) - 1))];
    ExportJob job(**session, spec);
    QSignalSpy finished(&job, &ExportJob::finished);
    job.start();
    if (upTo(3) == 0)
        job.cancel();
    if (finished.isEmpty() && !finished.wait(longest))
        return u"export: NO ANSWER"_s;
    const auto outcome = finished.front().front().value<Result<ExportSummary>>();
    note(outcome ? u"export done"_s : u"export "_s + QString::fromUtf8(outcome.error().id));
    return u"export"_s;
}

} // namespace test
