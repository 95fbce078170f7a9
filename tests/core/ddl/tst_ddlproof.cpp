// SPDX-License-Identifier: GPL-3.0-or-later
// The proof: the definitions of a database that has everything, loaded into an empty one, are its
// definitions.
#include "core/catalog/catalogdiff.h"
#include "core/catalog/loader.h"
#include "core/ddl/ddl.h"
#include "core/session/sessionthread.h"
#include "tests/core/ddl/torture.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include <array>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

class TestDdlProof : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void theTextMakesTheSame();
    void theCatalogsAreEqual();
    void pgDumpSaysTheSame();

private:
    std::unique_ptr<TestDatabase> m_home; ///< from which the roles are made
    std::unique_ptr<TestRole> m_one;
    std::unique_ptr<TestRole> m_two;
    std::unique_ptr<TestDatabase> m_source;
    std::unique_ptr<TestDatabase> m_target;
    std::unique_ptr<SessionThread> m_session;
    QString m_text;
};

namespace {

QString waited(const QFuture<Result<QString>> &future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 60'000))
        return {};
    const Result<QString> outcome = future.result();
    if (!outcome)
        qWarning("%s %s", outcome.error().id.constData(), qPrintable(outcome.error().text()));
    return outcome.value_or(QString{});
}

/// The first line in which two texts differ, with what is around it.
QString difference(const QString &one, const QString &other)
{
    const QStringList left = one.split(u'\n');
    const QStringList right = other.split(u'\n');
    qsizetype at = 0;
    while (at < left.size() && at < right.size() && left[at] == right[at])
        ++at;
    if (at == left.size() && at == right.size())
        return {};
    const qsizetype from = std::max<qsizetype>(0, at - 3);
    return u"line %1:\n%2\n-- other:\n%3"_s.arg(QString::number(at), left.mid(from, 8).join(u'\n'),
                                                right.mid(from, 8).join(u'\n'));
}

/// pg_dump without what it says of itself.
QString dump(const TestDatabase &database)
{
    QProcess process;
    process.start(u"pg_dump"_s, {u"--schema-only"_s, u"--no-subscriptions"_s, u"-d"_s,
                                 database.url(Role::Super)});
    if (!process.waitForFinished(60'000) || process.exitCode() != 0) {
        qWarning("%s", process.readAllStandardError().constData());
        return {};
    }
    QStringList lines;
    for (const QString &line : QString::fromUtf8(process.readAllStandardOutput()).split(u'\n')) {
        if (!line.startsWith("--"_L1) && !line.startsWith("\\restrict"_L1)
            && !line.startsWith("\\unrestrict"_L1) && !line.isEmpty())
            lines.append(line);
    }
    return lines.join(u'\n');
}

} // namespace

void TestDdlProof::initTestCase()
{
    m_home = std::make_unique<TestDatabase>();
    m_one = std::make_unique<TestRole>(*m_home);
    m_two = std::make_unique<TestRole>(*m_home);
    m_source = std::make_unique<TestDatabase>();
    m_target = std::make_unique<TestDatabase>();
    m_source->execSuper(tortureFor(*m_source, *m_one, *m_two));
    m_session =
        std::make_unique<SessionThread>(SessionConfig{.keywords = m_source->keywords(Role::Super)});
    m_text = waited(loadAllDdl(*m_session));
    QVERIFY(!m_text.isEmpty());
}

void TestDdlProof::cleanupTestCase()
{
    m_session.reset();
    for (const auto &database : {std::ref(m_source), std::ref(m_target)}) {
        // A database with a subscription cannot be dropped.
        const QByteArray subscription = "\"Sub " + m_one->name() + '"';
        database.get()->execSuper("DROP SUBSCRIPTION IF EXISTS " + subscription);
        database.get().reset();
    }
    m_one.reset();
    m_two.reset();
    m_home.reset();
}

void TestDdlProof::theTextMakesTheSame()
{
    if (const QString path = qEnvironmentVariable("SLUICE_DDL_KEEP"); !path.isEmpty()) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(m_text.toUtf8());
    }
    const auto loaded = m_target->connect(Role::Super).tryExec(m_text.toUtf8());
    QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error().text()));
    SessionThread session(SessionConfig{.keywords = m_target->keywords(Role::Super)});
    const QString again = waited(loadAllDdl(session));
    QCOMPARE(difference(m_text, again), QString{});
}

/// The names that a person sees are the same, too: nothing of a catalog differs but the oids.
void TestDdlProof::theCatalogsAreEqual()
{
    std::array<CatalogPtr, 2> catalogs;
    for (std::size_t at = 0; at < catalogs.size(); ++at) {
        const TestDatabase &database = at == 0 ? *m_source : *m_target;
        SessionThread session(SessionConfig{.keywords = database.keywords(Role::Super)});
        const auto future = loadCatalog(session);
        QVERIFY(QTest::qWaitFor([&] { return future.isFinished(); }, 60'000));
        catalogs[at] = future.result().value_or(nullptr);
        QVERIFY(catalogs[at]);
    }
    QStringList differences;
    for (const CatalogChange &change :
         catalogChanges(*catalogs[0], *catalogs[1], CatalogsAre::OfTwoDatabases)) {
        QString line = QString::number(int(change.kind)) + u' '
                       + QString::fromUtf8(objectKindName(change.object)) + u' ' + change.name;
        for (const CatalogChange::Fact &fact : change.facts)
            line += u" [%1] → [%2]"_s.arg(fact.before, fact.after);
        // Of the cluster, and another test's at the same time.
        if (change.object != ObjectKind::Role)
            differences.append(line);
    }
    QCOMPARE(differences, QStringList());
}

void TestDdlProof::pgDumpSaysTheSame()
{
    // It reads no newer server than itself.
    QProcess version;
    version.start(u"pg_dump"_s, {u"--version"_s});
    QVERIFY(version.waitForFinished(60'000));
    static const QRegularExpression number(u"\\) (\\d+)"_s);
    if (number.match(QString::fromUtf8(version.readAllStandardOutput())).captured(1).toInt()
        < majorOf(*m_source)) {
        qInfo("pg_dump here is older than the server and cannot be asked");
        return;
    }
    const QString one = dump(*m_source);
    QVERIFY(!one.isEmpty());
    QCOMPARE(difference(one, dump(*m_target)), QString{});
}

QTEST_MAIN(TestDdlProof)
#include "tst_ddlproof.moc"
