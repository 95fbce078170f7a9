// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/connect/envsample.h"
#include "tests/support/hostiletexts.h"
#include "ui/common/treedelegate.h"
#include "ui/project/projectmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::ProjectModel;
using ui::TreeDelegate;

namespace {

QModelIndexList below(const QAbstractItemModel &model, const QModelIndex &parent = {})
{
    QModelIndexList all;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        all << index;
        all << below(model, index);
    }
    return all;
}

/// "Databases[main[db:5432]] Not used[OLD]": names by their place.
QString shape(const QAbstractItemModel &model, const QModelIndex &parent = {})
{
    QStringList parts;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        const QString inside = shape(model, index);
        parts << index.data().toString() + (inside.isEmpty() ? inside : u'[' + inside + u']');
    }
    return parts.join(u' ');
}

/// Whatever a view, a tooltip or a screen reader could get.
QString everything(const QAbstractItemModel &model)
{
    QStringList texts;
    for (const QModelIndex &index : below(model)) {
        for (int role = 0; role < Qt::UserRole + 1100; ++role)
            texts << index.data(role).toString();
    }
    return texts.join(u'\n');
}

void fill(ProjectModel &model, const QStringList &lines, const QStringList &files = {})
{
    const core::Project project = test::projectOfLines(lines);
    model.setProject(project, core::pairDatabases(project), files);
}

} // namespace

class TestProjectModel : public QObject
{
    Q_OBJECT

private slots:
    void isAModel_data();
    void isAModel();
    void changesUnderTheTester();
    void endpointsSayWhereTheyAreFrom();
    void whatWasFoundOutStandsInItsRow();
    void productionHasItsSymbolAndWord();
    void valuesThatAreNotUsed();
    void passwordsAreNowhere();
    void hostileNames_data();
    void hostileNames();
    void filesByFolder();
    void currentDatabaseIsMarked();
};

void TestProjectModel::isAModel_data()
{
    QTest::addColumn<QStringList>("lines");
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<QString>("expected");
    QTest::newRow("nothing") << QStringList() << QStringList() << u"Databases"_s;
    QTest::newRow("one") << QStringList{u"DATABASE_URL=postgres://u@db/d"_s} << QStringList()
                         << u"Databases[main[db:5432]]"_s;
    QTest::newRow("both endpoints")
        << QStringList{u"DATABASE_URL=postgres://u@db:6432/d?pgbouncer=true"_s,
                       u"DIRECT_URL=postgres://u@db/d"_s}
        << QStringList() << u"Databases[main[db:6432 db:5432]]"_s;
    QTest::newRow("broken") << QStringList{u"DATABASE_URL=postgres://u@db:99999/d"_s}
                            << QStringList() << u"Databases Not used[DATABASE_URL]"_s;
    QTest::newRow("files") << QStringList() << QStringList{u"a.sql"_s, u"seed/b.sql"_s}
                           << u"Databases SQL files[a.sql b.sql]"_s;
    QStringList many;
    QStringList names;
    for (int i = 0; i < 200; ++i) {
        many << u"A%1_DATABASE_URL=postgres://u@h%1/d"_s.arg(1000 + i);
        names << u"a%1[h%1:5432]"_s.arg(1000 + i);
    }
    QTest::newRow("200 databases")
        << many << QStringList() << u"Databases[%1]"_s.arg(names.join(u' '));
}

void TestProjectModel::isAModel()
{
    QFETCH(const QStringList, lines);
    QFETCH(const QStringList, files);
    ProjectModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    fill(model, lines, files);
    QTEST(shape(model), "expected");
    for (const QModelIndex &index : below(model))
        QVERIFY(!index.data(Qt::AccessibleTextRole).toString().isEmpty());
}

void TestProjectModel::changesUnderTheTester()
{
    ProjectModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    fill(model, {u"DATABASE_URL=postgres://u@db/d"_s}, {u"a.sql"_s});
    const QPersistentModelIndex kept = model.index(0, 0, model.index(0, 0));
    QVERIFY(kept.isValid());
    model.setCurrentDatabase(u"main"_s);
    fill(model, {});
    QVERIFY(!kept.isValid()); // a view must not keep what is gone
    model.setCurrentDatabase({});
    model.clear();
    QCOMPARE(model.rowCount(), 0);
    model.setCurrentDatabase(u"main"_s);
    fill(model, {u"DATABASE_URL=postgres://u@db/d"_s});
    QCOMPARE(shape(model), u"Databases[main[db:5432]]"_s);
}

void TestProjectModel::endpointsSayWhereTheyAreFrom()
{
    ProjectModel model;
    fill(model, {u"DATABASE_URL=postgres://u@db:6432/d?pgbouncer=true&connection_limit=5"_s,
                 u"DIRECT_URL=postgres://u@db/d"_s});
    const QModelIndex database = model.index(0, 0, model.index(0, 0));
    QCOMPARE(database.data(TreeDelegate::FactRole).toString(), u"pooled + direct"_s);
    const QModelIndex pooled = model.index(0, 0, database);
    QCOMPARE(pooled.data(TreeDelegate::FactRole).toString(), u".env:1"_s);
    QCOMPARE(pooled.data(TreeDelegate::IconNameRole).toString(), u"pooled"_s);
    const QString tip = pooled.data(Qt::ToolTipRole).toString();
    for (const QString &part : {u"DATABASE_URL"_s, u".env:1"_s, u"port 6432"_s,
                                u"connection_limit"_s, u"postgresql://u@db:6432/d"_s})
        QVERIFY2(tip.contains(part), qPrintable(tip));
    const QModelIndex direct = model.index(1, 0, database);
    QCOMPARE(direct.data(ProjectModel::EndpointRole).toInt(), int(core::EndpointRole::Direct));
    QCOMPARE(direct.data(ProjectModel::DatabaseRole).toString(), u"main"_s);
}

void TestProjectModel::whatWasFoundOutStandsInItsRow()
{
    ProjectModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QStringList lines{u"DATABASE_URL=postgres://u:canary@h:6432/d"_s,
                            u"DIRECT_URL=postgres://u:canary@h:5432/d"_s};
    const core::Project project = test::projectOfLines(lines);
    const core::DatabaseSet set = core::pairDatabases(project);
    model.setProject(project, set, {});
    core::PoolerFindings findings;
    findings.byPlace.insert_or_assign(core::poolerPlace(*set.databases.front().direct),
                                      core::PoolerFinding{.kind = core::PoolerKind::PgBouncer,
                                                          .mode = core::PoolMode::Transaction,
                                                          .evidence = u"It was seen."_s});
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setPoolers(u"main"_s, findings);
    QCOMPARE(changed.count(), 2);
    const auto direct = [&model] {
        return model.index(1, 0, model.index(0, 0, model.index(0, 0)));
    };
    QCOMPARE(direct().data(TreeDelegate::FactRole).toString(), u"PgBouncer in transaction mode"_s);
    QCOMPARE(direct().data(TreeDelegate::IconNameRole).toString(), u"pooled"_s);
    QCOMPARE(direct().data(TreeDelegate::IconMeaningRole).toInt(), int(ui::Meaning::Warning));
    QVERIFY(direct().data(Qt::ToolTipRole).toString().contains(u"It was seen."_s));
    QVERIFY(!everything(model).contains("canary"_L1));
    // Read again it stays; another folder knows nothing of it.
    model.setProject(project, set, {});
    QCOMPARE(direct().data(TreeDelegate::IconNameRole).toString(), u"pooled"_s);
    model.clear();
    model.setProject(project, set, {});
    QCOMPARE(direct().data(TreeDelegate::IconNameRole).toString(), u"direct"_s);
}

void TestProjectModel::productionHasItsSymbolAndWord()
{
    ProjectModel model;
    fill(model, {u"DATABASE_URL=postgres://u@db.example.com/shop_production"_s});
    const QModelIndex database = model.index(0, 0, model.index(0, 0));
    QCOMPARE(database.data(TreeDelegate::FactRole).toString(), u"production"_s);
    QCOMPARE(database.data(TreeDelegate::IconNameRole).toString(), u"production"_s);
    QCOMPARE(ui::Meaning(database.data(TreeDelegate::FactMeaningRole).toInt()),
             ui::Meaning::Production);
    QVERIFY(database.data(Qt::ToolTipRole).toString().contains(u"production"_s));
}

void TestProjectModel::valuesThatAreNotUsed()
{
    core::Project project = test::projectOfLines(
        {u"DATABASE_URL=postgres://u@db/d"_s, u"BAD_DATABASE_URL=postgres://u:p%ZZ@db/d"_s});
    core::IgnoredValue ignored;
    ignored.value.source = {.file = u".env.example"_s, .line = 7, .key = u"OLD_URL"_s};
    ignored.explanation = u"An example that nobody reads."_s;
    project.ignored.push_back(ignored);
    ProjectModel model;
    model.setProject(project, core::pairDatabases(project), {});
    QCOMPARE(shape(model), u"Databases[main[db:5432]] Not used[BAD_DATABASE_URL OLD_URL]"_s);
    const QModelIndex group = model.index(1, 0);
    QCOMPARE(group.data(TreeDelegate::FactRole).toString(), u"2"_s);
    const QModelIndex broken = model.index(0, 0, group);
    QCOMPARE(ui::Meaning(broken.data(TreeDelegate::IconMeaningRole).toInt()), ui::Meaning::Danger);
    QVERIFY(broken.data(Qt::ToolTipRole).toString().startsWith(u"BAD_DATABASE_URL\n"_s));
    const QModelIndex left = model.index(1, 0, group);
    QVERIFY(left.data(TreeDelegate::DimmedRole).toBool());
    QCOMPARE(left.data(TreeDelegate::FactRole).toString(), u".env.example:7"_s);
    QVERIFY(left.data(Qt::ToolTipRole).toString().contains(ignored.explanation));
}

void TestProjectModel::passwordsAreNowhere()
{
    ProjectModel model;
    fill(model, {u"DATABASE_URL=postgres://u:s3cr3t-one@db:6432/d"_s,
                 u"DIRECT_URL=postgres://u:s3cr3t-two@db/d?password=s3cr3t-three"_s,
                 u"SHADOW_DATABASE_URL=postgres://u:s3cr3t-four@db/d"_s,
                 u"BAD_DATABASE_URL=postgres://u:s3cr3t-five%ZZ@db/d"_s,
                 u"WORSE_DATABASE_URL=postgres://u:s3cr3t-six@db:port/d"_s});
    QVERIFY(!below(model).isEmpty());
    QVERIFY2(!everything(model).contains(u"s3cr3t"_s), qPrintable(everything(model)));
}

void TestProjectModel::hostileNames_data()
{
    QTest::addColumn<QString>("text");
    for (const test::HostileText &hostile : test::hostileTexts())
        QTest::newRow(hostile.name) << hostile.text;
}

// What a folder calls its files, keys and databases is shown letter by letter.
void TestProjectModel::hostileNames()
{
    QFETCH(const QString, text);
    core::Project project = test::projectOfLines({u"DATABASE_URL=postgres://u@db/d"_s});
    project.values.front().source.key = text;
    project.values.front().source.file = text;
    core::DatabaseSet databases = core::pairDatabases(project);
    QVERIFY(!databases.databases.empty());
    databases.databases.front().name = text;
    ProjectModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QString file = QString(text).remove(u'/') + u".sql"_s;
    model.setProject(project, databases, {u"seed/"_s + file});
    const QModelIndex database = model.index(0, 0, model.index(0, 0));
    QCOMPARE(database.data().toString(), text);
    QCOMPARE(database.data(ProjectModel::DatabaseRole).toString(), text);
    QVERIFY(
        model.index(0, 0, database).data(Qt::ToolTipRole).toString().contains(text + u" in "_s));
    const QModelIndex files = model.index(1, 0);
    QCOMPARE(model.index(0, 0, files).data().toString(), file);
    QCOMPARE(model.index(0, 0, files).data(ProjectModel::PathRole).toString(),
             u"/home/a/shop/seed/"_s + file);
}

void TestProjectModel::filesByFolder()
{
    ProjectModel model;
    fill(model, {}, {u"schema.sql"_s, u"db/seeds/one.sql"_s});
    const QModelIndex files = model.index(1, 0);
    QCOMPARE(files.data(TreeDelegate::FactRole).toString(), u"2"_s);
    QCOMPARE(model.index(0, 0, files).data(TreeDelegate::FactRole).toString(), QString());
    QCOMPARE(model.index(1, 0, files).data(TreeDelegate::FactRole).toString(), u"db/seeds"_s);
    QCOMPARE(model.index(1, 0, files).data(ProjectModel::PathRole).toString(),
             u"/home/a/shop/db/seeds/one.sql"_s);
}

void TestProjectModel::currentDatabaseIsMarked()
{
    ProjectModel model;
    fill(model, {u"DATABASE_URL=postgres://u@a/d"_s, u"AUTH_DATABASE_URL=postgres://u@b/d"_s});
    const QModelIndex group = model.index(0, 0);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setCurrentDatabase(u"auth"_s);
    QCOMPARE(changed.count(), 1);
    QVERIFY(!model.index(0, 0, group).data(TreeDelegate::CurrentRole).toBool());
    QVERIFY(model.index(1, 0, group).data(TreeDelegate::CurrentRole).toBool());
    QVERIFY(!model.index(0, 0, model.index(1, 0, group)).data(TreeDelegate::CurrentRole).toBool());
}

QTEST_MAIN(TestProjectModel)
#include "tst_projectmodel.moc"
