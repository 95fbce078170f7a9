// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/connect/envsample.h"
#include "tests/support/hostiletexts.h"
#include "ui/project/overviewmodel.h"
#include "ui/project/parametermodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::OverviewModel;

namespace {

/// "main[DATABASE_URL DIRECT_URL] Not databases[X]": names by their group.
QString shape(const QAbstractItemModel &model)
{
    QStringList groups;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex group = model.index(row, 0);
        QStringList names;
        for (int child = 0; child < model.rowCount(group); ++child)
            names << model.index(child, 0, group).data().toString();
        groups << group.data().toString() + u'[' + names.join(u' ') + u']';
    }
    return groups.join(u' ');
}

/// Every text of every cell under a role.
QString texts(const QAbstractItemModel &model, int role)
{
    QStringList found;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex group = model.index(row, 0);
        for (int child = 0; child < model.rowCount(group); ++child) {
            for (int column = 0; column < model.columnCount(group); ++column)
                found << model.index(child, column, group).data(role).toString();
        }
    }
    return found.join(u'\n');
}

core::DatabaseSet setOf(const QStringList &lines)
{
    return core::pairDatabases(test::projectOfLines(lines));
}

QModelIndex row(const OverviewModel &model, int group, int child,
                int column = OverviewModel::NameColumn)
{
    return model.index(child, column, model.index(group, 0));
}

} // namespace

class TestOverviewModel : public QObject
{
    Q_OBJECT

private slots:
    void whatWasFoundOut();
    void isAModel_data();
    void isAModel();
    void losersNameTheWinner();
    void bothReadingsStandThere();
    void brokenAddressesSayWhere();
    void leaksAreGrave();
    void oneSecretAtATime();
    void secretsAreNowhereElse();
    void hostileNames_data();
    void hostileNames();
    void parameters();

private:
    static void fill(OverviewModel &model, const core::DatabaseSet &set)
    {
        model.setOverview(ui::overviewOf(set));
    }
};

void TestOverviewModel::isAModel_data()
{
    QTest::addColumn<QStringList>("lines");
    QTest::addColumn<QString>("expected");
    QTest::newRow("nothing") << QStringList() << QString();
    QTest::newRow("both endpoints")
        << QStringList{u"DATABASE_URL=postgres://u:p@db:6432/d?pgbouncer=true"_s,
                       u"DIRECT_URL=postgres://u:p@db/d"_s}
        << u"main[DATABASE_URL DIRECT_URL]"_s;
    QTest::newRow("two databases")
        << QStringList{u"DATABASE_URL=postgres://u@db/d"_s, u"AUTH_DATABASE_URL=postgres://u@a/d"_s}
        << u"main[DATABASE_URL] auth[AUTH_DATABASE_URL]"_s;
    QStringList many;
    QStringList names;
    for (int i = 0; i < 200; ++i) {
        many << u"A%1_DATABASE_URL=postgres://u@h%1/d"_s.arg(1000 + i);
        names << u"a%1[A%1_DATABASE_URL]"_s.arg(1000 + i);
    }
    QTest::newRow("200 databases") << many << names.join(u' ');
}

void TestOverviewModel::isAModel()
{
    QFETCH(const QStringList, lines);
    OverviewModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    fill(model, setOf({u"OTHER_DATABASE_URL=postgres://u:p@x/d"_s}));
    model.reveal(row(model, 0, 0));
    fill(model, setOf(lines));
    QTEST(shape(model), "expected");
    QVERIFY(!model.revealed().isValid()); // what was shown went with its row
}

void TestOverviewModel::losersNameTheWinner()
{
    core::DatabaseSet set = setOf({u"DATABASE_URL=postgres://u@db/d"_s});
    core::IgnoredValue loser;
    loser.value =
        test::projectOfLines({u"DATABASE_URL=postgres://u@old/d"_s}, u".env.test"_s).values.front();
    loser.reason = core::IgnoredReason::Loses;
    loser.explanation = u"Loses to .env:1 in Vite's order."_s;
    loser.winner = set.databases.front().direct->source;
    set.ignored.push_back(loser);
    OverviewModel model;
    fill(model, set);
    QCOMPARE(shape(model), u"main[DATABASE_URL DATABASE_URL]"_s); // below what it loses to
    const QModelIndex lost = row(model, 0, 1);
    QVERIFY(lost.data(OverviewModel::StruckRole).toBool());
    QVERIFY(!row(model, 0, 0).data(OverviewModel::StruckRole).toBool());
    QVERIFY(
        lost.siblingAtColumn(OverviewModel::ActionColumn).data().toString().contains(u".env:1"_s));
    QCOMPARE(lost.siblingAtColumn(OverviewModel::PlaceColumn).data().toString(), u".env.test:1"_s);
}

void TestOverviewModel::bothReadingsStandThere()
{
    core::Project project = test::projectOfLines({u"DATABASE_URL=postgres://u:a@db/d"_s});
    core::OtherReading other;
    other.reader = u"Vite"_s;
    other.info = *core::parseConnInfo(u"postgres://u:b@db/d"_s, core::ConnOrigin::File);
    other.difference = u"another password"_s;
    project.values.front().otherReadings = {other};
    OverviewModel model;
    fill(model, core::pairDatabases(project));
    QCOMPARE(model.rowCount(model.index(0, 0)), 2);
    QVERIFY(row(model, 0, 1).data().toString().contains(u"Vite"_s));
    QVERIFY(
        row(model, 0, 1, OverviewModel::ActionColumn).data().toString().contains(u"password"_s));
    QVERIFY(model.secret(row(model, 0, 0)) != model.secret(row(model, 0, 1)));
}

void TestOverviewModel::brokenAddressesSayWhere()
{
    OverviewModel model;
    fill(model, setOf({u"DATABASE_URL=postgres://u:s3cr%ZZ@db/d"_s}));
    const QModelIndex broken = row(model, 0, 0);
    QCOMPARE(broken.data().toString(), u"DATABASE_URL"_s);
    const QModelIndex action = broken.siblingAtColumn(OverviewModel::ActionColumn);
    QVERIFY(!action.data().toString().isEmpty());
    QCOMPARE(action.data(OverviewModel::MeaningRole).toInt(), int(ui::Meaning::Danger));
    for (const int role : {int(Qt::DisplayRole), int(Qt::AccessibleTextRole), int(Qt::ToolTipRole)})
        QVERIFY(!texts(model, role).contains(u"s3cr"_s));
}

void TestOverviewModel::leaksAreGrave()
{
    core::DatabaseSet set = setOf({u"DATABASE_URL=postgres://u@db/d"_s});
    core::IgnoredValue leak;
    leak.value = test::projectOfLines({u"VITE_DATABASE_URL=postgres://u:p@db/d"_s}).values.front();
    leak.reason = core::IgnoredReason::BrowserLeak;
    leak.explanation = u"Visible in the browser."_s;
    set.ignored.push_back(leak);
    OverviewModel model;
    fill(model, set);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(row(model, 1, 0).data(OverviewModel::MeaningRole).toInt(), int(ui::Meaning::Danger));
    QVERIFY(!row(model, 1, 0).data(OverviewModel::StruckRole).toBool());
}

void TestOverviewModel::oneSecretAtATime()
{
    OverviewModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    fill(model, setOf({u"DATABASE_URL=postgres://u:first@db/d"_s,
                       u"AUTH_DATABASE_URL=postgres://u:second@a/d"_s,
                       u"X_DATABASE_URL=postgres://u@x/d"_s}));
    QSignalSpy changed(&model, &OverviewModel::revealedChanged);
    model.reveal(row(model, 0, 0));
    QVERIFY(row(model, 0, 0, OverviewModel::AddressColumn).data().toString().contains(u"first"_s));
    // When it hides is said in words.
    QVERIFY(row(model, 0, 0, OverviewModel::ActionColumn).data().toString().contains(u':'));
    model.reveal(row(model, 1, 0, OverviewModel::ActionColumn));
    const QString shown = texts(model, Qt::DisplayRole);
    QVERIFY(!shown.contains(u"first"_s));
    QVERIFY(shown.contains(u"second"_s));
    model.reveal(row(model, 2, 0)); // holds none: hides only
    QVERIFY(!texts(model, Qt::DisplayRole).contains(u"second"_s));
    QVERIFY(!model.revealed().isValid());
    QVERIFY(changed.count() >= 3);
}

void TestOverviewModel::secretsAreNowhereElse()
{
    OverviewModel model;
    fill(model, setOf({u"DATABASE_URL=postgres://u:hunter22@db/d?sslpassword=hunter22"_s}));
    model.reveal(row(model, 0, 0));
    for (int role = 0; role < Qt::UserRole + 100; ++role) {
        if (role != Qt::DisplayRole)
            QVERIFY2(!texts(model, role).contains(u"hunter22"_s),
                     qPrintable(QString::number(role)));
    }
    model.conceal();
    QVERIFY(!texts(model, Qt::DisplayRole).contains(u"hunter22"_s));
    QVERIFY(!model.maskedUrl(row(model, 0, 0)).contains(u"hunter22"_s));
}

void TestOverviewModel::hostileNames_data()
{
    QTest::addColumn<QString>("name");
    for (const test::HostileText &text : test::hostileTexts())
        QTest::newRow(text.name) << text.text;
}

void TestOverviewModel::hostileNames()
{
    QFETCH(const QString, name);
    core::Project project = test::projectOfLines({u"DATABASE_URL=postgres://u:p@db/d"_s});
    project.values.front().source.key = name;
    project.values.front().source.file = name;
    OverviewModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    fill(model, core::pairDatabases(project));
    QCOMPARE(row(model, 0, 0).data().toString(), name);
    QCOMPARE(row(model, 0, 0).data(OverviewModel::PathRole).toString(), name);
}

void TestOverviewModel::parameters()
{
    ui::ParameterModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    const core::DatabaseSet set =
        setOf({u"DATABASE_URL=postgres://u@db/d?connection_limit=1&sslkey=/etc/key&schema=app"_s});
    model.setParameters(ui::overviewOf(set).parameters);
    QStringList names;
    for (int at = 0; at < model.rowCount(); ++at) {
        names << model.index(at, 0).data(Qt::DisplayRole).toString();
        QCOMPARE(model.index(at, 1).data(Qt::DisplayRole).toString(), u".env:1"_s);
        QVERIFY(!model.index(at, 2).data(Qt::DisplayRole).toString().isEmpty());
        QVERIFY(!model.index(at, 0).data(OverviewModel::IconNameRole).toString().isEmpty());
    }
    QVERIFY2(names.join(u' ').contains(u"connection_limit"_s), qPrintable(names.join(u' ')));
    QVERIFY(names.join(u' ').contains(u"sslkey"_s));
    model.setParameters({});
    QCOMPARE(model.rowCount(), 0);
}

void TestOverviewModel::whatWasFoundOut()
{
    const core::DatabaseSet set =
        setOf({u"DATABASE_URL=postgres://u@h:6432/d"_s, u"DIRECT_URL=postgres://u@h:5432/d"_s});
    ui::PoolersOfDatabases poolers;
    const core::Database &database = set.databases.front();
    core::PoolerFindings &findings = poolers[u"main"_s];
    findings.byPlace[core::poolerPlace(*database.pooled)] = {};
    findings.byPlace[core::poolerPlace(*database.direct)] = {.kind = core::PoolerKind::PgBouncer,
                                                             .mode = core::PoolMode::Transaction};
    OverviewModel model;
    model.setOverview(ui::overviewOf(set, poolers));
    const auto action = [&model](int child) {
        return row(model, 0, child, OverviewModel::ActionColumn).data().toString();
    };
    QVERIFY2(action(0).endsWith("; no pooler was seen"_L1), qPrintable(action(0)));
    QVERIFY2(action(1).endsWith("; PgBouncer in transaction mode answers"_L1),
             qPrintable(action(1)));
    QCOMPARE(row(model, 0, 1).data(OverviewModel::IconNameRole).toString(), u"pooled"_s);
    QCOMPARE(row(model, 0, 0).data(OverviewModel::EndpointRole).toInt(),
             int(core::EndpointRole::Pooled));
}

QTEST_GUILESS_MAIN(TestOverviewModel)
#include "tst_overviewmodel.moc"
