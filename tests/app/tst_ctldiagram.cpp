// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/projectfolder.h"
#include "tests/support/testdatabase.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

/// `sluicectl diagram` on a real server.
class TestCtlDiagram : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void words();
    void json();
    void svg();
    void tableAlone();
    void refuses();

private:
    [[nodiscard]] test::Ran run(const QStringList &arguments) const
    {
        return m_folder.run(QStringList{u"diagram"_s} + arguments);
    }

    std::unique_ptr<test::TestDatabase> m_database;
    test::ProjectFolder m_folder;
};

void TestCtlDiagram::initTestCase()
{
    m_database = std::make_unique<test::TestDatabase>();
    m_database->exec("CREATE SCHEMA \"Odd <s>\"; CREATE TABLE plans (id int PRIMARY KEY);"
                     "CREATE TABLE orders (id int PRIMARY KEY, plan_id int REFERENCES plans);"
                     "CREATE TABLE lines (order_id int NOT NULL REFERENCES orders);"
                     "CREATE TABLE \"Odd <s>\".\"<b>&\" (id int REFERENCES plans)");
    m_folder.write(u".env"_s, "DATABASE_URL=" + m_database->url().toUtf8() + '\n');
    QCOMPARE(m_folder.run({u"trust"_s, u"--yes"_s}).exitCode, 0);
}

void TestCtlDiagram::cleanupTestCase()
{
    m_database.reset();
}

void TestCtlDiagram::words()
{
    const test::Ran ran = run({u"public"_s});
    QCOMPARE(ran.err, QByteArray());
    QCOMPARE(ran.exitCode, 0);
    const QString text = QString::fromUtf8(ran.out);
    QVERIFY2(text.contains(u"public.lines\n  order_id → orders.id, many to one\n"_s), ran.out);
    QVERIFY2(text.contains(u"public.orders\n  plan_id → plans.id, many to one, optional\n"
                           "  id ← lines.order_id, many to one\n"_s),
             ran.out);
}

void TestCtlDiagram::json()
{
    const test::Ran ran = run({u"--json"_s});
    QCOMPARE(ran.exitCode, 0);
    const QJsonObject all = QJsonDocument::fromJson(ran.out).object();
    QCOMPARE(all["tables"_L1].toArray().size(), 4);
    QCOMPARE(all["keys"_L1].toArray().size(), 3);
}

void TestCtlDiagram::svg()
{
    const QString file = m_folder.path() + u"/all.svg"_s;
    const test::Ran ran = run({u"--svg"_s, u"-o"_s, file});
    QCOMPARE(ran.err, QByteArray());
    QCOMPARE(ran.exitCode, 0);
    QCOMPARE(ran.out, QByteArray());
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QByteArray bytes = written.readAll();
    QXmlStreamReader reader(bytes);
    int texts = 0;
    while (!reader.atEnd()) {
        if (reader.readNext() == QXmlStreamReader::StartElement && reader.name() == "text"_L1)
            ++texts;
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    QVERIFY(texts >= 12);
    QVERIFY(bytes.contains("&lt;b&gt;&amp;"));
    QCOMPARE(run({u"--svg"_s}).out, bytes); // the same each time
    QCOMPARE(run({u"--svg"_s, u"-o"_s, m_folder.path() + u"/no/such.svg"_s}).exitCode, 1);
}

void TestCtlDiagram::tableAlone()
{
    const auto names = [this](const QStringList &operands) {
        const test::Ran ran = run(operands + QStringList{u"--json"_s});
        if (ran.exitCode != 0)
            qWarning("%s", ran.err.constData());
        const QJsonObject all = QJsonDocument::fromJson(ran.out).object();
        QStringList found;
        for (const QJsonValue &table : all["tables"_L1].toArray())
            found << table["name"_L1].toString();
        return found;
    };
    QCOMPARE(names({u"orders"_s}),
             (QStringList{u"public.orders"_s, u"public.plans"_s, u"public.lines"_s}));
    QCOMPARE(names({u"orders"_s, u"plans"_s}),
             (QStringList{u"public.orders"_s, u"public.plans"_s}));
    QCOMPARE(names({u"\"Odd <s>\""_s}), (QStringList{u"\"Odd <s>\".\"<b>&\""_s}));
}

void TestCtlDiagram::refuses()
{
    const test::Ran ran = run({u"nowhere"_s});
    QVERIFY2(ran.err.contains("relation.missing"), ran.err);
    QCOMPARE(ran.exitCode, 1);
    QCOMPARE(run({u"a.b.c.d"_s}).exitCode, 2);
}

QTEST_GUILESS_MAIN(TestCtlDiagram)
#include "tst_ctldiagram.moc"
