// SPDX-License-Identifier: GPL-3.0-or-later
// What one catalog has that an earlier one has not: two loads of one database, and two databases
// that were made alike.
#include "core/catalog/catalogdiff.h"
#include "core/catalog/loader.h"
#include "core/catalog/opendatabase.h"
#include "core/session/sessionthread.h"
#include "tests/core/catalog/everyobject.h"
#include "tests/core/connect/openedfolder.h"
#include "tests/support/testrole.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <set>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

class TestCatalogDiff : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void nothingChanged();
    void everyKind();
    void madeAlike();
    void changes_data();
    void changes();
    void roles();
    void order();
    void counted();
    void refreshTells();

private:
    [[nodiscard]] static CatalogPtr load(TestDatabase &database);
    [[nodiscard]] static QStringList lines(const std::vector<CatalogChange> &changes);

    std::unique_ptr<TestDatabase> m_database;
};

CatalogPtr TestCatalogDiff::load(TestDatabase &database)
{
    SessionThread session(SessionConfig{.keywords = database.keywords(Role::Super)});
    const auto future = loadCatalog(session);
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 30'000))
        return nullptr;
    const auto outcome = future.result();
    if (!outcome)
        qWarning("%s", qPrintable(outcome.error().text()));
    return outcome.value_or(nullptr);
}

/// "~ table app.t Owner a>b"; roles are the cluster's, where other tests make theirs.
QStringList TestCatalogDiff::lines(const std::vector<CatalogChange> &changes)
{
    static constexpr const char *aspects[] = {
        "MadeAnew",    "Owner",    "Comment", "Extension", "Detail",     "Persistence", "Parent",
        "RowSecurity", "Type",     "NotNull", "Origin",    "Collation",  "KeyColumns",  "Method",
        "Uniqueness",  "Validity", "Target",  "Actions",   "Memberships"};
    QStringList all;
    for (const CatalogChange &change : changes) {
        if (change.object == ObjectKind::Role)
            continue;
        QString line =
            QString(u"+-~"_s[int(change.kind)]) + u' '
            + (change.isColumn ? u"column"_s : QString::fromUtf8(objectKindName(change.object)))
            + u' ' + change.name;
        for (const CatalogChange::Fact &fact : change.facts) {
            line += u' ' + QString::fromLatin1(aspects[int(fact.aspect)]);
            if (!fact.before.isEmpty() || !fact.after.isEmpty())
                line += u' ' + fact.before + u'>' + fact.after;
        }
        all.append(line);
    }
    return all;
}

void TestCatalogDiff::initTestCase()
{
    m_database = std::make_unique<TestDatabase>();
    makeEveryObject(*m_database);
    m_database->exec(
        "CREATE TABLE app.t (id int CONSTRAINT t_key PRIMARY KEY, word text, number int DEFAULT 1);"
        "CREATE TABLE app.other (id int PRIMARY KEY, t int);"
        "ALTER TABLE app.other ADD CONSTRAINT to_t FOREIGN KEY (t) REFERENCES app.t;"
        "CREATE INDEX t_word ON app.t (word); CREATE VIEW app.seen AS SELECT id FROM app.t;"
        "CREATE TABLE \"Odd.Name\" (\"Col 1\" int)");
}

void TestCatalogDiff::cleanupTestCase()
{
    dropEveryObject(*m_database);
    m_database.reset();
}

void TestCatalogDiff::nothingChanged()
{
    const CatalogPtr before = load(*m_database);
    const CatalogPtr after = load(*m_database);
    QVERIFY(before && after);
    QCOMPARE(lines(catalogChanges(*before, *after)), QStringList());
    QCOMPARE(lines(catalogChanges(*before, *before)), QStringList());
}

/// Against an empty database everything that a person made is told, and the other way round.
void TestCatalogDiff::everyKind()
{
    TestDatabase empty;
    const CatalogPtr without = load(empty);
    const CatalogPtr with = load(*m_database);
    QVERIFY(without && with);
    const auto added = catalogChanges(*without, *with, CatalogsAre::OfTwoDatabases);
    const auto removed = catalogChanges(*with, *without, CatalogsAre::OfTwoDatabases);
    std::set<ObjectKind> kinds;
    for (const CatalogChange &change : added) {
        QVERIFY(change.kind == CatalogChange::Kind::Added || change.object == ObjectKind::Role);
        kinds.insert(change.object);
    }
    // Parts of tables come with these; the extension is everywhere, and roles are the cluster's.
    for (int kind = 0; kind < objectKindCount; ++kind) {
        const bool isPart = kind >= int(ObjectKind::Index) && kind <= int(ObjectKind::Policy)
                            && ObjectKind(kind) != ObjectKind::Constraint;
        const bool isCommon = isPart || ObjectKind(kind) == ObjectKind::Statistics
                              || ObjectKind(kind) == ObjectKind::Extension
                              || ObjectKind(kind) == ObjectKind::Role;
        QVERIFY2(kinds.contains(ObjectKind(kind)) != isCommon,
                 objectKindName(ObjectKind(kind)).constData());
    }
    QStringList back = lines(removed);
    back.replaceInStrings(QRegularExpression(u"^-"_s), u"+"_s);
    QStringList there = lines(added);
    std::ranges::sort(back);
    std::ranges::sort(there);
    QCOMPARE(back, there);
}

void TestCatalogDiff::madeAlike()
{
    TestDatabase twin;
    // Oids are not those of the first.
    twin.exec("CREATE TABLE first (a int, b int); ALTER TABLE first DROP a; DROP TABLE first");
    const QByteArray sql =
        "CREATE SCHEMA s; CREATE TABLE s.gone (x int);"
        "CREATE TABLE s.t (dropped int, id int PRIMARY KEY, word text COLLATE \"C\" UNIQUE);"
        "CREATE TABLE s.u (id int REFERENCES s.t, CHECK (id > 0));"
        "CREATE DOMAIN s.d AS int CONSTRAINT positive CHECK (VALUE > 0);"
        "CREATE FUNCTION s.f(int) RETURNS int LANGUAGE sql AS 'SELECT $1';"
        "CREATE FUNCTION s.f(text) RETURNS int LANGUAGE sql AS 'SELECT 1'; COMMENT ON TABLE s.t IS "
        "'c'";
    TestDatabase first;
    first.exec(sql + "; ALTER TABLE s.t DROP dropped");
    twin.exec(QByteArray(sql).replace("dropped int, ", ""));
    const CatalogPtr one = load(first);
    const CatalogPtr other = load(twin);
    QVERIFY(one && other);
    QCOMPARE(lines(catalogChanges(*one, *other, CatalogsAre::OfTwoDatabases)), QStringList());
    QVERIFY(!lines(catalogChanges(*one, *other)).isEmpty());
    twin.exec("COMMENT ON TABLE s.t IS 'd'");
    const CatalogPtr now = load(twin);
    QVERIFY(now);
    QCOMPARE(lines(catalogChanges(*one, *now, CatalogsAre::OfTwoDatabases)),
             QStringList{u"~ table s.t Comment c>d"_s});
}

void TestCatalogDiff::changes_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const QByteArray &sql, const QStringList &expected) {
        QTest::newRow(name) << sql << expected;
    };
    row("table", "CREATE TABLE app.fresh (a int PRIMARY KEY, b text UNIQUE)",
        {u"+ table app.fresh"_s});
    row("table anew", "DROP TABLE app.fresh; CREATE TABLE app.fresh (a int)",
        {u"~ table app.fresh MadeAnew"_s, u"- column app.fresh.b"_s,
         u"- constraint fresh_pkey on app.fresh"_s, u"- constraint fresh_b_key on app.fresh"_s,
         u"- index app.fresh_b_key"_s, u"- index app.fresh_pkey"_s,
         u"~ column app.fresh.a NotNull NOT NULL>"_s});
    row("another kind", "DROP TABLE app.fresh; CREATE VIEW app.fresh AS SELECT 1 AS a",
        {u"+ view app.fresh"_s, u"- table app.fresh"_s});
    row("renamed", "ALTER VIEW app.fresh RENAME TO fresher",
        {u"+ view app.fresher"_s, u"- view app.fresh"_s});
    row("gone", "DROP VIEW app.fresher", {u"- view app.fresher"_s});
    row("column", "ALTER TABLE \"Odd.Name\" ADD \"Col 2\" int",
        {u"+ column public.\"Odd.Name\".\"Col 2\""_s});
    row("column anew", "ALTER TABLE \"Odd.Name\" DROP \"Col 2\", ADD \"Col 2\" int",
        {u"~ column public.\"Odd.Name\".\"Col 2\" MadeAnew"_s});
    row("column renamed", "ALTER TABLE \"Odd.Name\" RENAME \"Col 2\" TO plain",
        {u"+ column public.\"Odd.Name\".plain"_s, u"- column public.\"Odd.Name\".\"Col 2\""_s});
    row("type and default",
        "ALTER TABLE app.t ALTER number TYPE bigint, ALTER number DROP DEFAULT,"
        " ALTER number SET NOT NULL",
        {u"~ column app.t.number Type integer>bigint NotNull >NOT NULL Origin DEFAULT>"_s});
    row("identity", "ALTER TABLE app.t ALTER number ADD GENERATED BY DEFAULT AS IDENTITY",
        {u"+ sequence app.t_number_seq"_s,
         u"~ column app.t.number Origin >GENERATED BY DEFAULT AS IDENTITY"_s});
    row("collation", "ALTER TABLE app.t ALTER word TYPE text COLLATE \"C\"",
        {u"~ column app.t.word Collation pg_catalog.\"default\">pg_catalog.\"C\""_s,
         u"~ index app.t_word MadeAnew"_s});
    row("comments", "COMMENT ON TABLE app.t IS 'a table'; COMMENT ON COLUMN app.t.word IS 'a word'",
        {u"~ table app.t Comment >a table"_s, u"~ column app.t.word Comment >a word"_s});
    row("security and storage",
        "ALTER TABLE app.t ENABLE ROW LEVEL SECURITY;"
        "ALTER TABLE \"Odd.Name\" SET UNLOGGED",
        {u"~ table app.t RowSecurity >ENABLE ROW LEVEL SECURITY"_s,
         u"~ table public.\"Odd.Name\" Persistence LOGGED>UNLOGGED"_s});
    row("index", "DROP INDEX app.t_word; CREATE UNIQUE INDEX t_word ON app.t (word, id)",
        {u"~ index app.t_word MadeAnew KeyColumns word>word, id Uniqueness >UNIQUE"_s});
    row("foreign key",
        "ALTER TABLE app.other DROP CONSTRAINT to_t, ADD CONSTRAINT to_t"
        " FOREIGN KEY (t) REFERENCES app.t ON DELETE CASCADE NOT VALID",
        {u"~ constraint to_t on app.other MadeAnew Validity >NOT VALID"
         " Actions ON UPDATE NO ACTION ON DELETE NO ACTION>ON UPDATE NO ACTION ON DELETE CASCADE"_s});
    row("validated", "ALTER TABLE app.other VALIDATE CONSTRAINT to_t",
        {u"~ constraint to_t on app.other Validity NOT VALID>"_s});
    row("partition", "ALTER TABLE app.parts DETACH PARTITION app.parts_1",
        {u"~ table app.parts_1 Parent PARTITION OF app.parts>"_s});
    row("function",
        "DROP FUNCTION app.total(bigint); CREATE FUNCTION app.total(bigint) RETURNS int"
        " LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION app.total() RETURNS int"
        " LANGUAGE sql AS 'SELECT 1'",
        {u"+ function app.total()"_s,
         u"~ function app.total(bigint) MadeAnew Comment what is owed> Detail (bigint) → numeric>(bigint) → integer"_s});
    row("enum", "ALTER TYPE app.state ADD VALUE 'new'",
        {u"~ enum app.state Detail open, paid, it's void>open, paid, it's void, new"_s});
    row("trigger", "ALTER TABLE app.orders ENABLE TRIGGER touched",
        {u"~ trigger touched on app.orders Detail before insert, update, disabled>before insert, update"_s});
    row("domain", "ALTER DOMAIN app.positive ADD CONSTRAINT small CHECK (VALUE < 9)",
        {u"+ constraint small on app.positive"_s});
    row("schema", "CREATE SCHEMA more CREATE TABLE inside (a int)",
        {u"+ schema more"_s, u"+ table more.inside"_s});
    row("schema gone", "DROP SCHEMA more CASCADE", {u"- schema more"_s, u"- table more.inside"_s});
}

void TestCatalogDiff::changes()
{
    QFETCH(const QByteArray, sql);
    QFETCH(QStringList, expected);
    const CatalogPtr before = load(*m_database);
    m_database->exec(sql);
    const CatalogPtr after = load(*m_database);
    QVERIFY(before && after);
    QStringList actual = lines(catalogChanges(*before, *after));
    std::ranges::sort(actual);
    std::ranges::sort(expected);
    QCOMPARE(actual, expected);
}

void TestCatalogDiff::roles()
{
    const TestRole group(*m_database);
    const TestRole role(*m_database);
    const CatalogPtr before = load(*m_database);
    m_database->execSuper("ALTER ROLE " + role.name() + " LOGIN CONNECTION LIMIT 4; GRANT "
                          + group.name() + " TO " + role.name());
    const CatalogPtr after = load(*m_database);
    QVERIFY(before && after);
    const auto changes = catalogChanges(*before, *after);
    const auto found =
        std::ranges::find(changes, QString::fromUtf8(role.name()), &CatalogChange::name);
    QVERIFY(found != changes.end());
    QCOMPARE(found->facts,
             (std::vector<CatalogChange::Fact>{
                 {CatalogAspect::Detail, u""_s, u"LOGIN CONNECTION LIMIT 4"_s},
                 {CatalogAspect::Memberships, u""_s, QString::fromUtf8(group.name())}}));
}

/// Schemas with what they hold, in the order of the later catalog.
void TestCatalogDiff::order()
{
    TestDatabase database;
    database.exec("CREATE SCHEMA b; CREATE TABLE b.old (a int); CREATE SCHEMA z");
    const CatalogPtr before = load(database);
    database.exec("CREATE SCHEMA a; CREATE TABLE a.one (a int); CREATE TABLE b.two (a int);"
                  "CREATE TABLE b.three (a int); DROP TABLE b.old; DROP SCHEMA z");
    const CatalogPtr after = load(database);
    QVERIFY(before && after);
    QCOMPARE(lines(catalogChanges(*before, *after)),
             (QStringList{u"+ schema a"_s, u"+ table a.one"_s, u"+ table b.three"_s,
                          u"+ table b.two"_s, u"- table b.old"_s, u"- schema z"_s}));
}

void TestCatalogDiff::counted()
{
    const auto change = [](CatalogChange::Kind kind, ObjectKind object, bool isColumn = false) {
        return CatalogChange{.kind = kind, .object = object, .isColumn = isColumn};
    };
    using Kind = CatalogChange::Kind;
    QCOMPARE(changesText({}), QString());
    const QString text = changesText({change(Kind::Changed, ObjectKind::Table, true),
                                      change(Kind::Added, ObjectKind::Table),
                                      change(Kind::Added, ObjectKind::PartitionedTable),
                                      change(Kind::Removed, ObjectKind::Trigger)});
    QVERIFY(text.startsWith(u"2 tables added, 1 column"_s));
    QCOMPARE(text.count(u", "_s), 2);
}

void TestCatalogDiff::refreshTells()
{
    TestDatabase database;
    const Opened folder({u"DATABASE_URL="_s + database.url()});
    const auto token = TrustStore(folder.dir.filePath(u"trust.json"_s)).grant(folder.project);
    QVERIFY(token);
    const auto open = OpenDatabase::create(folder.database, *token);
    QVERIFY(open);
    std::vector<std::vector<CatalogChange>> told;
    connect(open->get(), &OpenDatabase::catalogDiffers, this,
            [&told](const std::vector<CatalogChange> &changes) { told.push_back(changes); });
    const auto load = [&] {
        (*open)->loadCatalog();
        return QTest::qWaitFor(
            [&] { return (*open)->catalogState() == OpenDatabase::CatalogState::Loaded; }, 30'000);
    };
    QVERIFY(load());
    QVERIFY(told.empty());
    database.exec("CREATE TABLE one (a int); CREATE TABLE two (a int)");
    QVERIFY(load());
    QTRY_COMPARE(told.size(), 1U);
    QCOMPARE(lines(told.front()), (QStringList{u"+ table public.one"_s, u"+ table public.two"_s}));
}

QTEST_GUILESS_MAIN(TestCatalogDiff)
#include "tst_catalogdiff.moc"
