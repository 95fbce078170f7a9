// SPDX-License-Identifier: GPL-3.0-or-later
// That a query for a version names only what this version has. Committed lists say what that is;
// they are held against the server that the test runs on. For each version an empty copy of its
// catalogs is made, and the server itself reads each query against that copy.
#include "core/catalog/queries.h"
#include "core/ddl/ddlqueries.h"
#include "tests/support/testdatabase.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <array>
#include <map>
#include <set>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

namespace {

constexpr std::array majors = {14, 15, 16, 17, 18};

const QByteArrayList systemColumns = {"tableoid", "cmax", "xmax", "cmin", "xmin", "ctid"};

struct Listed {
    QByteArrayList words;
    int first = 0;
    int last = 0;
    [[nodiscard]] bool isIn(int major) const { return first <= major && major <= last; }
};

/// The lines of a list; the last two words are versions.
std::vector<Listed> listOf(const QString &name)
{
    QFile file(QStringLiteral(SLUICE_TEST_DATA "/") + name);
    std::vector<Listed> lines;
    if (!file.open(QIODevice::ReadOnly))
        return lines;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        QByteArrayList words = line.split('|');
        const int last = words.takeLast().toInt();
        const int first = words.takeLast().toInt();
        lines.push_back({words, first, last});
    }
    return lines;
}

/// What the lists were made with: relation|column|type.
QByteArray columnsSql(const QByteArrayList &relations)
{
    return "SELECT pg_catalog.concat_ws('|', c.relname, a.attname,"
           "                            pg_catalog.format_type(a.atttypid, a.atttypmod))"
           "  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid"
           " WHERE c.relnamespace = 'pg_catalog'::pg_catalog.regnamespace"
           "   AND c.relkind IN ('r', 'v') AND a.attnum > 0 AND NOT a.attisdropped"
           "   AND c.relname = ANY ('{"
           + relations.join(',') + "}')";
}

QByteArray copyOf(int major)
{
    return "v" + QByteArray::number(major);
}

bool isWord(char letter)
{
    return letter == '_' || (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
}

/// The end of a literal, a quoted name or a comment that begins at `from`; `from` where none does.
qsizetype endOfOpaque(QByteArrayView sql, qsizetype from)
{
    const auto after = [&](QByteArrayView end, qsizetype begin) {
        const qsizetype at = sql.indexOf(end, begin);
        return at < 0 ? sql.size() : at + end.size();
    };
    if (sql[from] == '\'' || sql[from] == '"')
        return after(sql.sliced(from, 1), from + 1);
    return sql.sliced(from).startsWith("--") ? after("\n", from) : from;
}

} // namespace

class TestCatalogColumns : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void listsAreTheServers();
    void queries_data();
    void queries();
    void whatAVersionHasNot_data();
    void whatAVersionHasNot();
    void functionsOfLaterVersions();
    void relationsAreAllListed();

private:
    void makeCopy(int major);
    [[nodiscard]] QByteArray onCopy(const QByteArray &sql, int major) const;
    [[nodiscard]] QByteArrayList functionsMissing(const QByteArray &sql, int major) const;
    [[nodiscard]] static std::map<QByteArray, QByteArray> queriesOf(int major);
    /// Empty when the server takes it.
    [[nodiscard]] QByteArray refusal(const QByteArray &sql, int major);

    std::vector<Listed> m_columns;
    std::vector<Listed> m_functions;
    QByteArrayList m_relations;
    std::unique_ptr<TestDatabase> m_database;
    std::unique_ptr<Connection> m_connection;
};

void TestCatalogColumns::makeCopy(int major)
{
    std::map<QByteArray, QByteArrayList> tables;
    for (const Listed &column : m_columns) {
        // A table has some of these anyhow (xmin of pg_replication_slots).
        if (!column.isIn(major) || systemColumns.contains(column.words[1]))
            continue;
        // No table can have it.
        const QByteArray &type = column.words[2] == "anyarray" ? "text[]"_ba : column.words[2];
        tables[column.words[0]].append('"' + column.words[1] + "\" " + type);
    }
    QByteArray sql = "CREATE SCHEMA " + copyOf(major) + ';';
    for (const auto &[name, columns] : tables)
        sql += "CREATE TABLE " + copyOf(major) + '.' + name + " (" + columns.join(", ") + ");";
    m_connection->exec(sql);
}

void TestCatalogColumns::initTestCase()
{
    m_columns = listOf(u"catalogcolumns.txt"_s);
    m_functions = listOf(u"catalogfunctions.txt"_s);
    QVERIFY(m_columns.size() > 500);
    QVERIFY(m_functions.size() > 100);
    std::set<QByteArray> relations;
    for (const Listed &column : m_columns)
        relations.insert(column.words[0]);
    m_relations = {relations.begin(), relations.end()};
    m_database = std::make_unique<TestDatabase>();
    m_connection = std::make_unique<Connection>(m_database->connect(Role::Super));
    for (const int major : majors)
        makeCopy(major);
}

void TestCatalogColumns::cleanupTestCase()
{
    m_connection.reset();
    m_database.reset();
}

/// The query as it would be on a server whose catalogs are those of the copy.
QByteArray TestCatalogColumns::onCopy(const QByteArray &sql, int major) const
{
    QByteArray copy;
    qsizetype at = 0;
    while (at < sql.size()) {
        if (const qsizetype end = endOfOpaque(sql, at); end != at) {
            copy += QByteArrayView(sql).sliced(at, end - at);
            at = end;
            continue;
        }
        if (!isWord(sql[at])) {
            copy += sql[at++];
            continue;
        }
        qsizetype end = at;
        while (end < sql.size() && isWord(sql[end]))
            ++end;
        const QByteArray word = sql.sliced(at, end - at);
        const bool isCalled = end < sql.size() && sql[end] == '(';
        if (!isCalled && m_relations.contains(word)) {
            if (copy.endsWith("pg_catalog."))
                copy.chop(11);
            copy += copyOf(major) + '.';
        }
        copy += word;
        at = end;
    }
    return copy;
}

/// Functions that it calls and the version has not.
QByteArrayList TestCatalogColumns::functionsMissing(const QByteArray &sql, int major) const
{
    QByteArrayList missing;
    for (const Listed &function : m_functions) {
        const QByteArray call = function.words[0] + '(';
        const bool isThere = std::ranges::any_of(m_functions, [&](const Listed &other) {
            return other.words == function.words && other.isIn(major);
        });
        for (qsizetype at = sql.indexOf(call); at >= 0; at = sql.indexOf(call, at + 1)) {
            if (!isThere && (at == 0 || !isWord(sql[at - 1])))
                missing.append(function.words[0]);
        }
    }
    return missing;
}

/// Everything that is sent to a server of this version, by what to call it here.
std::map<QByteArray, QByteArray> TestCatalogColumns::queriesOf(int major)
{
    const int version = major * 10'000;
    std::map<QByteArray, QByteArray> queries;
    std::set<QByteArray> versioned;
    for (const CatalogQuery query : catalogQueries()) {
        const QByteArray name = "catalog " + QByteArray::number(int(query)) + ' ';
        queries[name + catalogQueryName(query)] = catalogSql(query, version);
        queries[name + catalogQueryName(query) + " of one"] = catalogSqlOfOne(query, version);
        for (const int other : majors)
            versioned.insert(catalogSql(query, other * 10'000));
    }
    for (const QString &file : QDir(u":/sluice/catalog"_s).entryList({u"*.sql"_s})) {
        QFile resource(u":/sluice/catalog/"_s + file);
        if (resource.open(QIODevice::ReadOnly)) {
            const QByteArray sql = resource.readAll();
            if (!versioned.contains(sql))
                queries["catalog " + file.toUtf8()] = sql;
        }
    }
    for (const DdlScope scope : {DdlScope::All, DdlScope::AllWithMembers, DdlScope::One}) {
        for (const DdlQuery *query : ddlQueries(DdlScope::All)) {
            if (scope == DdlScope::One && query->onlyWhole)
                continue;
            queries["ddl " + QByteArray(query->file) + ' ' + QByteArray::number(int(scope))] =
                ddlSql(*query, scope, version);
        }
    }
    QFile names(u":/sluice/ddl/names.sql"_s);
    if (names.open(QIODevice::ReadOnly))
        queries["ddl names"] = names.readAll();
    return queries;
}

QByteArray TestCatalogColumns::refusal(const QByteArray &sql, int major)
{
    // With the types of parameters that the callers name.
    const bool areTexts = sql.contains("parse_ident($1)");
    const bool areNames = !areTexts && sql.contains("$3");
    const QByteArray types =
        areTexts ? "(text, text, text)" : (areNames ? "(oid, name, name)" : "(oid, oid)");
    const auto prepared =
        m_connection->tryExec("PREPARE q " + types + " AS " + onCopy(sql, major) + '\n');
    if (!prepared)
        return prepared.error().text().toUtf8();
    m_connection->exec("DEALLOCATE q");
    return {};
}

void TestCatalogColumns::listsAreTheServers()
{
    const int major = m_connection->value("SHOW server_version_num").toInt() / 10'000;
    QVERIFY(std::ranges::contains(majors, major));
    QByteArrayList listed;
    for (const Listed &column : m_columns) {
        if (column.isIn(major))
            listed.append(column.words.join('|'));
    }
    QByteArrayList theirs = m_connection->column(columnsSql(m_relations));
    std::ranges::sort(listed);
    std::ranges::sort(theirs);
    QCOMPARE(listed, theirs);
    const QByteArrayList functions =
        m_connection->column("SELECT DISTINCT proname::pg_catalog.text FROM pg_catalog.pg_proc"
                             " WHERE pronamespace = 'pg_catalog'::pg_catalog.regnamespace");
    const std::set<QByteArray> here(functions.begin(), functions.end());
    for (const Listed &function : m_functions) {
        const bool isListed = std::ranges::any_of(m_functions, [&](const Listed &other) {
            return other.words == function.words && other.isIn(major);
        });
        QVERIFY2(here.contains(function.words[0]) == isListed, function.words[0].constData());
    }
}

void TestCatalogColumns::queries_data()
{
    QTest::addColumn<int>("major");
    QTest::addColumn<QByteArray>("sql");
    for (const int major : majors) {
        const auto queries = queriesOf(major);
        QVERIFY(queries.size() > 150);
        for (const auto &[name, sql] : queries)
            QTest::addRow("%d %s", major, name.constData()) << major << sql;
    }
}

void TestCatalogColumns::queries()
{
    QFETCH(const int, major);
    QFETCH(const QByteArray, sql);
    QVERIFY(!sql.trimmed().isEmpty());
    QCOMPARE(refusal(sql, major), QByteArray());
    QCOMPARE(functionsMissing(sql, major), QByteArrayList());
}

/// The text for one version, read against the catalogs of another.
void TestCatalogColumns::whatAVersionHasNot_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<int>("major");
    QTest::addColumn<QByteArray>("missing");
    QTest::newRow("index") << catalogSql(CatalogQuery::Indexes, 150000) << 14
                           << "indnullsnotdistinct"_ba;
    QTest::newRow("collation of 15")
        << catalogSql(CatalogQuery::Collations, 150000) << 14 << "colliculocale"_ba;
    QTest::newRow("collation of 16 on 17")
        << catalogSql(CatalogQuery::Collations, 160000) << 17 << "colliculocale"_ba;
    QTest::newRow("collation of 17 on 16")
        << catalogSql(CatalogQuery::Collations, 170000) << 16 << "colllocale"_ba;
    QTest::newRow("membership") << catalogSql(CatalogQuery::Memberships, 160000) << 15
                                << "inherit_option"_ba;
    QTest::newRow("relation") << "SELECT n.pnnspid FROM pg_catalog.pg_publication_namespace n"_ba
                              << 14 << "pg_publication_namespace"_ba;
    const auto queries = ddlQueries(DdlScope::All);
    const auto publications = std::ranges::find(queries, "publications"_L1,
                                                [](const auto *query) { return query->file; });
    QVERIFY(publications != queries.end());
    QTest::newRow("ddl") << ddlSql(**publications, DdlScope::All, 180000) << 17 << "pubgencols"_ba;
}

void TestCatalogColumns::whatAVersionHasNot()
{
    QFETCH(const QByteArray, sql);
    QFETCH(const int, major);
    QFETCH(const QByteArray, missing);
    const QByteArray refused = refusal(sql, major);
    QVERIFY2(refused.contains("does not exist") && refused.contains(missing), refused.constData());
}

void TestCatalogColumns::functionsOfLaterVersions()
{
    const QByteArray sql = "SELECT pg_catalog.pg_basetype(1), 'regexp_count' FROM pg_catalog.pg_am";
    QCOMPARE(functionsMissing(sql, 16), QByteArrayList{"pg_basetype"_ba});
    QCOMPARE(functionsMissing(sql, 17), QByteArrayList());
}

/// A relation that the lists do not have would be read as the running server has it.
void TestCatalogColumns::relationsAreAllListed()
{
    static const QRegularExpression left(
        u"\\b(?:FROM|JOIN)\\s+((?:pg_catalog\\.)?pg_\\w+)\\b(?![.]|\\s*\\()"_s);
    for (const int major : majors) {
        for (const auto &[name, sql] : queriesOf(major)) {
            const auto found = left.match(QString::fromUtf8(onCopy(sql, major)));
            QVERIFY2(!found.hasMatch(), name + ' ' + found.captured(1).toUtf8());
        }
    }
}

QTEST_GUILESS_MAIN(TestCatalogColumns)
#include "tst_catalogcolumns.moc"
