// SPDX-License-Identifier: GPL-3.0-or-later
#include "editorwindow.h"
#include "tests/support/testdatabase.h"

#include <QTest>

using namespace Qt::StringLiterals;
using test::EditorWindow;

namespace {

// As sqleditor.cpp numbers them; asked of the component, so that what is seen is tested.
constexpr int errorIndicator = 8;
constexpr int errorMarker = 1;

/// The bytes under the wavy line.
QByteArray underlined(ui::SqlEditor &editor)
{
    QByteArray marked;
    const QByteArray text = editor.bytes();
    for (int at = 0; at < text.size(); ++at) {
        if (editor.SendScintilla(QsciScintilla::SCI_INDICATORVALUEAT, errorIndicator, long(at)))
            marked += text[at];
    }
    return marked;
}

QList<int> linesWithSymbol(ui::SqlEditor &editor)
{
    QList<int> lines;
    for (int line = 0; line < editor.lines(); ++line) {
        if (editor.markersAtLine(line) & (1U << errorMarker))
            lines << line;
    }
    return lines;
}

} // namespace

/// What the server or we refuse: the sentence, and its place in the text.
class TestEditorErrors : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void errorsAtTheirPlace_data();
    void errorsAtTheirPlace();
    void errorStopsTheRest();
    void rowsBeforeAnErrorStay();
    void errorWithoutAPlace();
    void errorGoesWithTheNextKey();
    void errorGoesWithTheNextRun();
    void writingIsRefusedByTheServer_data();
    void writingIsRefusedByTheServer();
    void copyFromStdin();
    void backslashCommands();
    void serverWordsAreWhole();
    void invalidUtf8IsRefusedByTheServer();
    void hugeCellIsNamed();
    void limitIsTheSettings();
    void limitByExposure();
    void screenReadersAreTold();

private:
    std::unique_ptr<test::TestDatabase> m_database;
};

void TestEditorErrors::initTestCase()
{
    m_database = std::make_unique<test::TestDatabase>();
    m_database->exec("CREATE TABLE t (n int PRIMARY KEY); INSERT INTO t VALUES (1)");
}

void TestEditorErrors::errorsAtTheirPlace_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("marked");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::newRow("first word") << "selct 1"_ba << "selct"_ba << 1 << 1;
    QTest::newRow("column") << "select wrong from t"_ba << "wrong"_ba << 1 << 8;
    QTest::newRow("quoted") << "select \"Wr ong\" from t"_ba << "\"Wr ong\""_ba << 1 << 8;
    QTest::newRow("second line") << "select n,\n  wrong\nfrom t"_ba << "wrong"_ba << 2 << 3;
    QTest::newRow("behind letters of two bytes")
        << "select 'äöüß', wrong from t"_ba << "wrong"_ba << 1 << 16;
    QTest::newRow("behind letters of three bytes")
        << "select '日本語', wrong from t"_ba << "wrong"_ba << 1 << 15;
    QTest::newRow("behind letters of four bytes")
        << "select '😀😀', wrong from t"_ba << "wrong"_ba << 1 << 14;
    QTest::newRow("behind combining letters")
        << "select 'e\u0301', wrong from t"_ba << "wrong"_ba << 1 << 14;
    QTest::newRow("second statement behind such letters")
        << "select '日本語 😀';\n\n-- ä\nselect wrong"_ba << "wrong"_ba << 4 << 8;
    QTest::newRow("line ends of Windows")
        << "select 'ä',\r\n wrong\r\nfrom t"_ba << "wrong"_ba << 2 << 2;
    QTest::newRow("name of several bytes") << "select größe from t"_ba << "größe"_ba << 1 << 8;
    QTest::newRow("end of the text") << "select (1"_ba << ""_ba << 1 << 10;
}

void TestEditorErrors::errorsAtTheirPlace()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, marked);
    EditorWindow shown;
    QVERIFY(shown.openUrl(m_database->url()));
    QVERIFY(shown.runAll(text));
    const auto &failure = shown.run().failure();
    QVERIFY(failure && failure->begin >= 0);
    QTEST(failure->at.line, "line");
    QTEST(failure->at.column, "column");
    QCOMPARE(shown.editor().errorCount(), 1);
    QCOMPARE(linesWithSymbol(shown.editor()), QList<int>{failure->at.line - 1});
    if (!marked.isEmpty()) {
        QCOMPARE(underlined(shown.editor()), marked);
        QCOMPARE(text.sliced(failure->begin, failure->end - failure->begin), marked);
    }
    QVERIFY(failure->error.server && !failure->error.server->message.isEmpty());
    QVERIFY(failure->error.message.contains(failure->error.server->message));
}

void TestEditorErrors::errorStopsTheRest()
{
    EditorWindow shown;
    QVERIFY(shown.openUrl(m_database->url()));
    QVERIFY(shown.runAll("select 1; select wrong; select 3"));
    QCOMPARE(shown.errorId(), "column.missing"_ba);
    QCOMPARE(shown.run().results().size(), std::size_t(1));
    QCOMPARE(shown.rows(), "1"_ba);
    QVERIFY(!shown.run().wasCancelled());
}

void TestEditorErrors::rowsBeforeAnErrorStay()
{
    EditorWindow shown;
    QVERIFY(shown.openUrl(m_database->url()));
    QVERIFY(shown.runAll("select 1 / (100000 - i) from generate_series(1, 200000) i"));
    QCOMPARE(shown.errorId(), "server.22012"_ba);
    QCOMPARE(shown.run().results().size(), std::size_t(1));
    QVERIFY(shown.run().results()[0].rows->rowCount().rows > 0);
    QVERIFY(!shown.run().results()[0].finished);
}

void TestEditorErrors::errorWithoutAPlace()
{
    EditorWindow shown;
    QVERIFY(shown.openUrl(m_database->url()));
    QVERIFY(shown.runAll("select 1;\n select 1 / 0"));
    QCOMPARE(shown.errorId(), "server.22012"_ba);
    QCOMPARE(shown.run().failure()->begin, -1);
    QCOMPARE(shown.run().failure()->at.line, 2); // the statement at least
    QCOMPARE(shown.editor().errorCount(), 0);
}

void TestEditorErrors::errorGoesWithTheNextKey()
{
    EditorWindow shown;
    QVERIFY(shown.present() && shown.openUrl(m_database->url()));
    QVERIFY(shown.runAll("select wrong"));
    QCOMPARE(underlined(shown.editor()), "wrong"_ba);
    QTest::keyClick(&shown.editor(), Qt::Key_X);
    QCOMPARE(shown.editor().errorCount(), 0);
    QVERIFY(underlined(shown.editor()).isEmpty());
    QVERIFY(linesWithSymbol(shown.editor()).isEmpty());
}

void TestEditorErrors::errorGoesWithTheNextRun()
{
    EditorWindow shown;
    QVERIFY(shown.openUrl(m_database->url()));
    QVERIFY(shown.runAll("select wrong; select 2"));
    QCOMPARE(shown.editor().errorCount(), 1);
    QVERIFY(shown.runAt(20));
    QCOMPARE(shown.rows(), "2"_ba);
    QCOMPARE(shown.editor().errorCount(), 0);
    QVERIFY(!shown.run().failure());
}

void TestEditorErrors::writingIsRefusedByTheServer_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("words");
    const QString words = u"cannot execute %1 in a read-only transaction"_s;
    QTest::newRow("insert") << "insert into t values (7)"_ba << words.arg(u"INSERT"_s);
    QTest::newRow("update") << "update t set n = 8"_ba << words.arg(u"UPDATE"_s);
    QTest::newRow("delete") << "delete from t"_ba << words.arg(u"DELETE"_s);
    QTest::newRow("create") << "create table u (n int)"_ba << words.arg(u"CREATE TABLE"_s);
    QTest::newRow("drop") << "drop table t"_ba << words.arg(u"DROP TABLE"_s);
    QTest::newRow("in a WITH") << "with x as (delete from t returning n) select * from x"_ba
                               << words.arg(u"SELECT"_s);
    QTest::newRow("behind SET") << "set transaction read write; delete from t"_ba << QString();
}

void TestEditorErrors::writingIsRefusedByTheServer()
{
    QFETCH(const QByteArray, sql);
    QFETCH(const QString, words);
    EditorWindow shown;
    QVERIFY(shown.openUrl(m_database->url()));
    QVERIFY(shown.runAll(sql));
    QVERIFY(shown.run().failure());
    const core::Error &error = shown.run().failure()->error;
    QVERIFY2(error.server && error.server->message.contains(words), qPrintable(error.text()));
    QCOMPARE(m_database->value("select string_agg(n::text, ',') from t"), "1"_ba);
}

// The server refuses it before it waits for the rows.
void TestEditorErrors::copyFromStdin()
{
    EditorWindow shown;
    QVERIFY(shown.openUrl(m_database->url()));
    QVERIFY(shown.runAll("copy t from stdin"));
    QCOMPARE(shown.errorId(), "transaction.readOnly"_ba);
    const core::Error &error = shown.run().failure()->error;
    QVERIFY2(error.text().contains(u"COPY FROM"_s), qPrintable(error.text()));
    QVERIFY(shown.runAll("select 1")); // the connection is usable
    QCOMPARE(shown.rows(), "1"_ba);
}

void TestEditorErrors::backslashCommands()
{
    EditorWindow shown;
    QVERIFY(shown.openUrl(m_database->url()));
    QVERIFY(shown.runAll("select 1;\n\\copy t from '/etc/passwd'\n"));
    QCOMPARE(shown.errorId(), "query.metaCommand"_ba);
    QVERIFY(shown.run().results().empty()); // nothing of it was sent
    QVERIFY(shown.run().failure()->error.place.startsWith(u"\\copy t"_s));
}

void TestEditorErrors::serverWordsAreWhole()
{
    EditorWindow shown;
    QVERIFY(shown.openUrl(m_database->url()));
    QVERIFY(shown.runAll("do $$ begin raise exception '<img src=x>%', repeat('long ', 200)"
                         " using detail = 'the detail', hint = 'the hint',"
                         " errcode = 'U0001'; end $$"));
    QCOMPARE(shown.errorId(), "server.U0001"_ba);
    const core::ServerReport &report = *shown.run().failure()->error.server;
    QCOMPARE(report.message, u"<img src=x>"_s + u"long "_s.repeated(200));
    QCOMPARE(report.detail, u"the detail"_s);
    QCOMPARE(report.hint, u"the hint"_s);
    QCOMPARE(report.sqlState, "U0001"_ba);
}

void TestEditorErrors::invalidUtf8IsRefusedByTheServer()
{
    EditorWindow shown;
    QVERIFY(shown.openUrl(m_database->url()));
    QVERIFY(shown.runAll("select 'gr\xf6\xdf"
                         "e'"));
    QCOMPARE(shown.errorId(), "server.22021"_ba);
    QCOMPARE(shown.editor().bytes(), "select 'gr\xf6\xdf"
                                     "e'"_ba);
    QVERIFY(shown.runAll("select 1"));
    QCOMPARE(shown.rows(), "1"_ba);
}

void TestEditorErrors::hugeCellIsNamed()
{
    EditorWindow shown;
    QVERIFY(shown.openUrl(m_database->url()));
    QVERIFY(shown.runAll("select repeat('x', 80 * 1024 * 1024)"));
    QCOMPARE(shown.errorId(), "result.cellTooBig"_ba);
    QVERIFY2(shown.run().failure()->error.text().contains(u"80"_s),
             qPrintable(shown.run().failure()->error.text()));
}

void TestEditorErrors::screenReadersAreTold()
{
    EditorWindow shown;
    QVERIFY(shown.openUrl(m_database->url()));
    QVERIFY(shown.runAll("select wrong"));
    QVERIFY(shown.editor().accessibleDescription().contains(u"wrong"_s));
    QVERIFY(shown.runAll("select 1"));
    QVERIFY(shown.editor().accessibleDescription().isEmpty());
}

void TestEditorErrors::limitIsTheSettings()
{
    EditorWindow shown;
    core::Settings settings(shown.home().homePath(u"settings.ini"_s));
    settings.setQuery({.statementTimeout = std::chrono::milliseconds(200)});
    shown.tab().setSettings(&settings);
    QVERIFY(shown.openUrl(m_database->url()));
    QVERIFY(shown.runAll("select pg_sleep(30)"));
    QCOMPARE(shown.errorId(), "statement.timeout"_ba);
    QVERIFY(shown.run().failure()->error.message.contains(u"0.2"_s));
    QVERIFY(shown.run().failure()->error.advice.contains(u"query/statementTimeoutMs"_s));
    // Read anew for each run.
    settings.setQuery({.statementTimeout = std::chrono::milliseconds(0)});
    QVERIFY(shown.runAll("select pg_sleep(0.3)"));
    QCOMPARE(shown.errorId(), QByteArray());
}

void TestEditorErrors::limitByExposure()
{
    const core::QuerySettings settings{.statementTimeout = std::chrono::seconds(7),
                                       .productionTimeout = std::chrono::seconds(3)};
    using ui::QueryRun;
    QCOMPARE(QueryRun::limitOf(settings, core::Exposure::Production), std::chrono::seconds(3));
    for (const core::Exposure other : {core::Exposure::Local, core::Exposure::Remote})
        QCOMPARE(QueryRun::limitOf(settings, other), std::chrono::seconds(7));
}

QTEST_MAIN(TestEditorErrors)
#include "tst_editorerrors.moc"
