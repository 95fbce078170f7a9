// SPDX-License-Identifier: GPL-3.0-or-later
// Finding any name of a catalog.
#include "core/catalog/loader.h"
#include "core/catalog/objectsearch.h"
#include "core/session/sessionthread.h"
#include "tests/core/catalog/everyobject.h"
#include "tests/support/hostiletexts.h"

#include "core/pq/quoting.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

class TestCatalogSearch : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void finds_data();
    void finds();
    void leavesOut_data();
    void leavesOut();
    void tablesComeBeforeTheirParts();
    void limits();
    void positionsAreOfTheName();
    void systemOnlyWhenAsked();
    void hostileNames();
    void everythingThatIsThere();

private:
    [[nodiscard]] static CatalogPtr load(const TestDatabase &database);
    [[nodiscard]] QStringList found(const QString &pattern, const ObjectSearch &search = {}) const;

    std::unique_ptr<TestDatabase> m_database;
    CatalogPtr m_catalog;
};

CatalogPtr TestCatalogSearch::load(const TestDatabase &database)
{
    SessionThread session(SessionConfig{.keywords = database.keywords()});
    const auto future = loadCatalog(session);
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 30'000))
        return nullptr;
    return future.result().value_or(nullptr);
}

QStringList TestCatalogSearch::found(const QString &pattern, const ObjectSearch &search) const
{
    QStringList lines;
    for (const FoundObject &hit : searchObjects(*m_catalog, pattern, search)) {
        const QByteArrayView kind =
            hit.column != 0 ? QByteArrayView("column") : objectKindName(hit.kind);
        lines << QString::fromUtf8(kind) + u' ' + displayName(*m_catalog, hit);
    }
    return lines;
}

void TestCatalogSearch::initTestCase()
{
    m_database = std::make_unique<TestDatabase>();
    makeEveryObject(*m_database);
    m_catalog = load(*m_database);
    QVERIFY(m_catalog);
}

void TestCatalogSearch::cleanupTestCase()
{
    m_catalog.reset();
    if (m_database)
        dropEveryObject(*m_database);
    m_database.reset();
}

void TestCatalogSearch::finds_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("hit");
    const auto row = [](const QString &pattern, const QString &hit) {
        QTest::newRow(qPrintable(pattern)) << pattern << hit;
    };
    row(u"orders"_s, u"table app.orders"_s);
    row(u"ORD"_s, u"table app.orders"_s);
    row(u"app.orders.amount"_s, u"column app.orders.amount"_s);
    row(u"ap.or.am"_s, u"column app.orders.amount"_s);
    row(u"orders.amo"_s, u"column app.orders.amount"_s);
    row(u"amount"_s, u"column app.orders.amount"_s);
    row(u"total"_s, u"function app.total(bigint)"_s);
    row(u"close"_s, u"procedure app.close(bigint)"_s);
    row(u"product"_s, u"aggregate app.product(double precision)"_s);
    row(u"state"_s, u"enum app.state"_s);
    row(u"posi"_s, u"domain app.positive"_s);
    row(u"orders_note"_s, u"index app.orders_note"_s);
    row(u"lines.lo"_s, u"constraint lines_order on app.lines"_s);
    row(u"touched"_s, u"trigger touched on app.orders"_s);
    row(u"seen"_s, u"policy seen on app.orders"_s);
    row(u"kept"_s, u"rule kept on app.lines"_s);
    row(u"far"_s, u"foreign server \"far\\away\""_s);
    row(u"mylang"_s, u"language mylang"_s);
    row(u"orders_out"_s, u"publication orders_out"_s);
    row(u"plpgsql"_s, u"extension plpgsql"_s);
    row(u"app"_s, u"schema app"_s);
}

void TestCatalogSearch::finds()
{
    QFETCH(QString, pattern);
    QFETCH(QString, hit);
    const QStringList all = found(pattern);
    QVERIFY2(all.contains(hit), qPrintable(all.join(u" | "_s)));
}

void TestCatalogSearch::leavesOut_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::newRow("nothing like it") << u"zzzz"_s;
    QTest::newRow("column of another table") << u"lines.amount"_s;
    QTest::newRow("table of another schema") << u"public.orders"_s;
    QTest::newRow("path of another schema") << u"public.orders.amount"_s;
}

void TestCatalogSearch::leavesOut()
{
    QFETCH(QString, pattern);
    const QStringList all = found(pattern);
    QVERIFY2(all.isEmpty(), qPrintable(all.join(u" | "_s)));
}

void TestCatalogSearch::tablesComeBeforeTheirParts()
{
    QCOMPARE(found(u"orders"_s).first(), u"table app.orders"_s);
    QCOMPARE(found(u"state"_s).first(), u"enum app.state"_s); // and a column of that name
    ObjectSearch whole;
    whole.partsToo = false;
    QVERIFY(!found(u"amount"_s, whole).contains(u"column app.orders.amount"_s));
    QVERIFY(found(u"orders"_s, whole).contains(u"table app.orders"_s));
}

void TestCatalogSearch::limits()
{
    ObjectSearch search;
    search.limit = 3;
    QCOMPARE(found(u"o"_s, search).size(), 3);
    QCOMPARE(found(u"o"_s, search), found(u"o"_s).first(3));
    search.limit = 0;
    QVERIFY(found(u"o"_s, search).isEmpty());
}

void TestCatalogSearch::positionsAreOfTheName()
{
    const auto hits = searchObjects(*m_catalog, u"or.amo"_s, {});
    const auto column = std::ranges::find_if(hits, [](const auto &hit) { return hit.column != 0; });
    QVERIFY(column != hits.end());
    QCOMPARE(column->match.positions, (QList<int>{0, 1, 2}));
}

void TestCatalogSearch::systemOnlyWhenAsked()
{
    ObjectSearch search;
    QVERIFY(!found(u"pg_class"_s, search).contains(u"table pg_catalog.pg_class"_s));
    QVERIFY(!found(u"pg_monitor"_s, search).contains(u"role pg_monitor"_s));
    search.systemToo = true;
    QVERIFY(found(u"pg_class"_s, search).contains(u"table pg_catalog.pg_class"_s));
    QVERIFY(found(u"pg_monitor"_s, search).contains(u"role pg_monitor"_s));
}

void TestCatalogSearch::hostileNames()
{
    TestDatabase database;
    for (const HostileText &hostile : hostileTexts())
        database.exec("CREATE TABLE " + quotedIdentifier(hostile.text).value() + " (a int)");
    const CatalogPtr catalog = load(database);
    QVERIFY(catalog);
    for (const HostileText &hostile : hostileTexts()) {
        // Blanks part patterns and dots part names.
        QString pattern = hostile.text;
        pattern.replace(u'.', u' ');
        const QByteArray name = hostile.text.toUtf8();
        const auto hits = searchObjects(*catalog, pattern, {});
        QVERIFY2(std::ranges::any_of(hits,
                                     [&](const FoundObject &hit) {
                                         return catalog->object(hit.object)->name == name;
                                     }),
                 hostile.name);
    }
}

/// An empty pattern gives all there is, up to the limit.
void TestCatalogSearch::everythingThatIsThere()
{
    ObjectSearch search;
    search.limit = 100'000;
    const QStringList all = found({}, search);
    QCOMPARE(QSet<QString>(all.begin(), all.end()).size(), all.size());
    for (const char *kind : {"sequence ", "statistics ", "conversion ", "collation ", "cast ",
                             "transform ", "user mapping ", "subscription ", "event trigger "})
        QVERIFY2(
            std::ranges::any_of(
                all, [&](const QString &line) { return line.startsWith(QLatin1StringView(kind)); }),
            kind);
}

QTEST_GUILESS_MAIN(TestCatalogSearch)
#include "tst_catalogsearch.moc"
