// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/split.h"

#include <QRandomGenerator>
#include <QTest>

#include <pg_query.h>

using namespace Qt::StringLiterals;
using core::SqlPart;
using core::SqlSplit;

class TestSplit : public QObject
{
    Q_OBJECT

private slots:
    void cutsStatements_data();
    void cutsStatements();
    void saysWhatIsUnclosed_data();
    void saysWhatIsUnclosed();
    void findsPsqlLines();
    void agreesWithTheGrammar_data();
    void agreesWithTheGrammar();
    void agreesOnRandomTexts();
    void findsTheStatementAtTheCursor_data();
    void findsTheStatementAtTheCursor();
    void hundredThousandStatements();
};

namespace {

QByteArrayList textsOf(QByteArrayView text)
{
    QByteArrayList found;
    for (const SqlPart &part : core::splitSql(text).statements())
        found.append(part.of(text).toByteArray());
    return found;
}

/// Where PostgreSQL's grammar ends each statement; empty optional where it does not accept the
/// text.
std::optional<std::vector<qsizetype>> endsByGrammar(const QByteArray &text)
{
    const PgQuerySplitResult result = pg_query_split_with_parser(text.constData());
    std::optional<std::vector<qsizetype>> ends;
    if (result.error == nullptr) {
        ends.emplace();
        for (int at = 0; at < result.n_stmts; ++at) {
            const PgQuerySplitStmt *statement = result.stmts[at];
            ends->push_back(statement->stmt_location + statement->stmt_len);
        }
    }
    pg_query_free_split_result(result);
    return ends;
}

/// The same by the splitter: the semicolon's place, or the end of the text for a last statement
/// without one.
std::vector<qsizetype> endsBySplitter(const QByteArray &text)
{
    std::vector<qsizetype> ends;
    for (const SqlPart &part : core::splitSql(text).statements())
        ends.push_back(part.next > part.end ? part.next - 1 : text.size());
    return ends;
}

} // namespace

void TestSplit::cutsStatements_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("statements");
    const auto row = [](const char *name, QByteArray text, QByteArrayList statements) {
        QTest::newRow(name) << std::move(text) << std::move(statements);
    };
    row("nothing", "", {});
    row("blanks, comments, semicolons", " ;; -- x\n /* ; */ ;", {});
    row("one", "select 1", {"select 1"});
    row("byte order mark", "\xef\xbb\xbfselect 1;", {"select 1"});
    row("nothing but a byte order mark", "\xef\xbb\xbf", {});
    row("two", "select 1; select 2;", {"select 1", "select 2"});
    row("comments around", "-- a\nselect 1 -- b\n; /* c */ select 2", {"select 1", "select 2"});
    row("comment inside", "select /* ; */ 1", {"select /* ; */ 1"});
    row("strings", "select ';', E'\\';', $$;$$, \";\"; x",
        {"select ';', E'\\';', $$;$$, \";\"", "x"});
    row("rule", "create or replace rule r as on insert to t do (select 1; select 2); x",
        {"create or replace rule r as on insert to t do (select 1; select 2)", "x"});
    row("atomic body", "create function f() returns int begin atomic select 1; select 2; end; x",
        {"create function f() returns int begin atomic select 1; select 2; end", "x"});
    row("atomic body with cases",
        "create procedure p() begin atomic select case when true then case when false then 1 end "
        "end; "
        "end; x",
        {"create procedure p() begin atomic select case when true then case when false then 1 end "
         "end; "
         "end",
         "x"});
    row("atomic body with a column called end",
        "create function f() returns int begin atomic select 1 as end; select t.case from t; end; "
        "x",
        {"create function f() returns int begin atomic select 1 as end; select t.case from t; end",
         "x"});
    row("function called begin", "create function begin() returns int language sql as 'x'; y",
        {"create function begin() returns int language sql as 'x'", "y"});
    row("begin and end of a transaction", "begin; select 1; end; x",
        {"begin", "select 1", "end", "x"});
    row("an open parenthesis does not swallow the rest", "select (1; select 2",
        {"select (1", "select 2"});
    row("a lone closing parenthesis", "select ); select 2", {"select )", "select 2"});
    row("NUL", QByteArray("a\0b;c", 5), {QByteArray("a\0b", 3), "c"});
    row("invalid UTF-8", "select '\xff;';x", {"select '\xff;'", "x"});
    row("CR alone ends a comment", "--x\rselect 1;y", {"select 1", "y"});
    row("last one unclosed", "a; select 'b;c", {"a", "select 'b;c"});
}

void TestSplit::cutsStatements()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArrayList, statements);
    QCOMPARE(textsOf(text), statements);
}

void TestSplit::saysWhatIsUnclosed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<SqlSplit::Unclosed>("what");
    QTest::addColumn<int>("where");
    QTest::newRow("nothing") << "select 1"_ba << SqlSplit::Unclosed::Nothing << -1;
    QTest::newRow("string") << "a;'b"_ba << SqlSplit::Unclosed::String << 2;
    QTest::newRow("escape string") << "E'b\\'"_ba << SqlSplit::Unclosed::String << 0;
    QTest::newRow("identifier") << "a \"b"_ba << SqlSplit::Unclosed::Identifier << 2;
    QTest::newRow("dollar") << "do $a$ $b$"_ba << SqlSplit::Unclosed::DollarString << 3;
    QTest::newRow("comment") << "a /* /* */"_ba << SqlSplit::Unclosed::Comment << 2;
}

void TestSplit::saysWhatIsUnclosed()
{
    QFETCH(const QByteArray, text);
    QFETCH(const SqlSplit::Unclosed, what);
    QFETCH(const int, where);
    const SqlSplit split = core::splitSql(text);
    QCOMPARE(split.unclosed, what);
    QCOMPARE(split.unclosedAt, where);
}

void TestSplit::findsPsqlLines()
{
    const QByteArray text = "\\set x 1\n"
                            "copy t (a) from stdin;\n"
                            "1;'\n"
                            "\\.\n"
                            "select 1 \\gx\n"
                            "copy t from stdin;\n"
                            "select 2;\n";
    const SqlSplit split = core::splitSql(text);
    QVERIFY(split.hasMetaCommands());
    QByteArrayList found;
    for (const SqlPart &part : split.parts)
        found.append(QByteArray::number(int(part.kind)) + ' ' + part.of(text).toByteArray());
    const QByteArrayList expected{
        "1 \\set x 1", "0 copy t (a) from stdin", "2 1;'\n\\.", "0 select 1",
        "1 \\gx",      "0 copy t from stdin",     "0 select 2"};
    QCOMPARE(found, expected);
}

void TestSplit::agreesWithTheGrammar_data()
{
    QTest::addColumn<QByteArray>("text");
    const char *texts[] = {
        "select 1",
        ";;select 1;; -- x\nselect 2 /* a;b /* c */ ; */; select 3",
        "create rule r as on insert to t do also (select 1; select 2); select 4",
        "create rule r as on update to t where (old.a) do instead (notify x; delete from t); table "
        "t",
        "create function f(a int default (1)) returns int begin atomic select 1; select 2; end; "
        "select 3",
        "CREATE PROCEDURE p() BEGIN ATOMIC INSERT INTO t VALUES (CASE WHEN true THEN 1 END); "
        "SELECT 1; "
        "END; SELECT 5",
        "create or replace function f() returns int language sql return case when 1=1 then 2 end; "
        "begin; end",
        "create function begin() returns int language sql as 'select 1'; select 2",
        "create function f() returns table(\"begin\" int) begin atomic; end; select 1",
        "do $x$ begin; end; $x$; select $$a;$$, $1",
        "select E'a'\n'\\';', U&'d;' uescape '!', b'1', x'f', n';'; select 2",
        "create schema s create table t(a int) create view v as select 1; select 2",
        "select a$b$, c$ from t; select '$a$;'",
        "prepare a as select 1; execute a; deallocate a",
        "select 1 --x\r; select 2 --",
    };
    int number = 0;
    for (const char *text : texts)
        QTest::addRow("%d", ++number) << QByteArray(text);
}

void TestSplit::agreesWithTheGrammar()
{
    QFETCH(const QByteArray, text);
    const auto expected = endsByGrammar(text);
    QVERIFY2(expected, "the text is meant to be valid");
    QCOMPARE(endsBySplitter(text), *expected);
}

void TestSplit::agreesOnRandomTexts()
{
    static const QByteArrayList pieces{
        "select 1",
        ";",
        "\n",
        " ",
        "-- c;\n",
        "/* ; /* ' */ */",
        "';'",
        ",",
        "$$;$$",
        "$a$'$a$",
        "E'\\';'",
        "\"a;\"",
        "as end",
        "table t",
        "create rule r as on insert to t do (select 1; select 2)",
        "begin",
        "end",
        "commit",
        "$1",
        "+",
        "values (1, ';')",
        "create function f() returns int begin atomic select 1; select 2; end",
        "case when true then 1 end",
        "select",
        "a$b",
        "\r",
        "U&\";\"",
    };
    QRandomGenerator random(4);
    int accepted = 0;
    for (int round = 0; round < 60'000; ++round) {
        QByteArray text;
        for (int count = random.bounded(1, 9); count > 0; --count) {
            text += pieces.at(random.bounded(int(pieces.size())));
            if (random.bounded(3) > 0)
                text += random.bounded(3) > 0 ? ' ' : ';';
        }
        if (const auto expected = endsByGrammar(text)) {
            ++accepted;
            QVERIFY2(endsBySplitter(text) == *expected, text.constData());
        }
    }
    QVERIFY2(accepted > 2'000, "too few of the texts were valid for the comparison to mean much");
}

void TestSplit::findsTheStatementAtTheCursor_data()
{
    QTest::addColumn<QByteArray>("text"); // the cursor stands at |
    QTest::addColumn<QByteArray>("statement");
    QTest::newRow("inside") << "sel|ect 1; select 2"_ba << "select 1"_ba;
    QTest::newRow("at its start") << "|select 1; select 2"_ba << "select 1"_ba;
    QTest::newRow("at its end") << "select 1|; select 2"_ba << "select 1"_ba;
    QTest::newRow("behind the semicolon") << "select 1;| select 2"_ba << "select 1"_ba;
    QTest::newRow("blanks behind") << "select 1;   |\nselect 2"_ba << "select 1"_ba;
    QTest::newRow("on the next line") << "select 1;\n|select 2"_ba << "select 2"_ba;
    QTest::newRow("empty line between") << "select 1;\n|\nselect 2"_ba << "select 2"_ba;
    QTest::newRow("comment before") << "select 1;\n-- a|b\nselect 2"_ba << "select 2"_ba;
    QTest::newRow("comment behind, same line") << "select 1; -- a|b\nselect 2"_ba << "select 2"_ba;
    QTest::newRow("before the first") << " | \nselect 1"_ba << "select 1"_ba;
    QTest::newRow("behind the last") << "select 1;\n\n\n|"_ba << "select 1"_ba;
    QTest::newRow("no statement") << "-- |"_ba << QByteArray();
}

void TestSplit::findsTheStatementAtTheCursor()
{
    QFETCH(QByteArray, text);
    QFETCH(const QByteArray, statement);
    const qsizetype cursor = text.indexOf('|');
    text.remove(cursor, 1);
    const auto part = core::statementAt(core::splitSql(text), text, cursor);
    QCOMPARE(part ? part->of(text).toByteArray() : QByteArray(), statement);
}

void TestSplit::hundredThousandStatements()
{
    QByteArray text;
    for (int number = 0; number < 100'000; ++number)
        text += "insert into t values (" + QByteArray::number(number) + ", 'a;b', $$c;d$$);\n";
    const SqlSplit split = core::splitSql(text);
    QCOMPARE(split.parts.size(), 100'000U);
    QCOMPARE(split.parts.back().of(text).toByteArray(),
             "insert into t values (99999, 'a;b', $$c;d$$)"_ba);
}

QTEST_GUILESS_MAIN(TestSplit)
#include "tst_split.moc"
