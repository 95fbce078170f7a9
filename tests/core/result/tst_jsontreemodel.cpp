// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/translations.h"
#include "core/result/jsonscan.h"
#include "core/result/jsontreemodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using core::JsonKind;
using core::JsonSpan;
using core::JsonTreeModel;

class TestJsonTreeModel : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { core::installTranslations(*QCoreApplication::instance()); }
    void accepts_data();
    void accepts();
    void refuses_data();
    void refuses();
    void refusesEveryCut();
    void tree();
    void numbersStayExact();
    void fetchesInBatches();
    void saysWhatIsNotShown();
    void deepNesting();
    void hostileKeys();
    void tooBig();

private:
    static QString line(const QModelIndex &index) { return index.data(Qt::DisplayRole).toString(); }
    static void fetchAll(JsonTreeModel &model, const QModelIndex &parent = {})
    {
        while (model.canFetchMore(parent))
            model.fetchMore(parent);
        for (int row = 0; row < model.rowCount(parent); ++row)
            fetchAll(model, model.index(row, 0, parent));
    }
};

void TestJsonTreeModel::accepts_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("children");
    const auto row = [](const QByteArray &text, JsonKind kind, int children = 0) {
        QTest::newRow(text.constData()) << text << int(kind) << children;
    };
    row("{}", JsonKind::Object);
    row(" [ ] ", JsonKind::Array);
    row("null", JsonKind::Null);
    row("true", JsonKind::True);
    row("-0.5e+10", JsonKind::Number);
    row("0", JsonKind::Number);
    row("\"\\u00e9\\n\\\"\\/\"", JsonKind::String);
    row("{\"a\":1,\"b\":[1,2,{\"c\":{}}],\"d\":\"}\"}", JsonKind::Object, 3);
    row("[[],[],[[[]]]]", JsonKind::Array, 3);
    row("[1 , 2\n,\t3]", JsonKind::Array, 3);
    row("{\"a\":1,\"a\":2}", JsonKind::Object, 2);
}

void TestJsonTreeModel::accepts()
{
    QFETCH(const QByteArray, text);
    const auto root = core::scanJson(text);
    QVERIFY(root);
    QTEST(int(root->kind), "kind");
    QTEST(root->children, "children");
    QCOMPARE(text.sliced(root->begin, root->end - root->begin), text.trimmed());
}

void TestJsonTreeModel::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("position");
    const auto row = [](const QByteArray &text, int position) {
        QTest::newRow(text.constData()) << text << position;
    };
    row("", 1);
    row("nul", 1);
    row("01", 2);
    row("1.", 3);
    row("-", 2);
    row("+1", 1);
    row("1 2", 3);
    row("[1,]", 4);
    row("[,1]", 2);
    row("[1 2]", 4);
    row("{\"a\"}", 5);
    row("{\"a\":}", 6);
    row("{a:1}", 2);
    row("{\"a\":1,}", 8);
    row("[1}", 3);
    row("\"a", 3);
    row("\"\t\"", 2);
    row("\"\\x\"", 4);
    row("\"\\u12g4\"", 3);
    row("'a'", 1);
    row("NaN", 1);
    row("[1]]", 4);
}

void TestJsonTreeModel::refuses()
{
    QFETCH(const QByteArray, text);
    const auto root = core::scanJson(text);
    QVERIFY(!root);
    QCOMPARE(root.error().id, "json.invalid"_ba);
    QTEST(root.error().position, "position");
}

void TestJsonTreeModel::refusesEveryCut()
{
    const QByteArray text =
        "{\"po\": \"PO-8832\", \"tax\": {\"rate\": 0.19}, \"tags\": [\"q1\", null, true]}";
    QVERIFY(core::scanJson(text));
    for (qsizetype end = 0; end < text.size(); ++end)
        QVERIFY2(!core::scanJson(QByteArrayView(text).first(end)), text.first(end).constData());
}

void TestJsonTreeModel::tree()
{
    JsonTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    tester.setUseFetchMore(false); // it would fetch from inside rowsInserted
    QVERIFY(model.setText(
        "{\"po\": \"PO-8832\", \"tax\": {\"rate\": 0.19}, \"tags\": [\"q1\", \"renewal\"]}"));
    const QModelIndex root = model.index(0, 0);
    QCOMPARE(line(root), u"3 keys"_s);
    QVERIFY(model.hasChildren(root));
    QCOMPARE(model.rowCount(root), 0);
    fetchAll(model);
    QCOMPARE(model.rowCount(root), 3);
    QCOMPARE(line(model.index(0, 0, root)), u"po \"PO-8832\""_s);
    const QModelIndex tax = model.index(1, 0, root);
    QCOMPARE(line(tax), u"tax 1 key"_s);
    QCOMPARE(line(model.index(0, 0, tax)), u"rate 0.19"_s);
    QCOMPARE(model.index(0, 0, tax).data(JsonTreeModel::PathRole).toString(),
             u"$.\"tax\".\"rate\""_s);
    const QModelIndex tags = model.index(2, 0, root);
    QCOMPARE(line(tags), u"tags 2 items"_s);
    QCOMPARE(line(model.index(1, 0, tags)), u"1 \"renewal\""_s);
    QCOMPARE(model.index(1, 0, tags).data(JsonTreeModel::PathRole).toString(), u"$.\"tags\"[1]"_s);
    QCOMPARE(tags.data(JsonTreeModel::SourceRole).toString(), u"[\"q1\", \"renewal\"]"_s);
    QCOMPARE(tags.data(JsonTreeModel::KindRole).toInt(), int(JsonKind::Array));
    QVERIFY(!model.setText("oops"));
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(model.setText("7"));
    QCOMPARE(line(model.index(0, 0)), u"7"_s);
    QVERIFY(!model.hasChildren(model.index(0, 0)));
}

void TestJsonTreeModel::numbersStayExact()
{
    JsonTreeModel model;
    QVERIFY(model.setText("[9007199254740993, 1e400, 0.10000000000000000000001, -0.0]"));
    fetchAll(model);
    const QModelIndex root = model.index(0, 0);
    QCOMPARE(line(model.index(0, 0, root)), u"0 9007199254740993"_s);
    QCOMPARE(line(model.index(1, 0, root)), u"1 1e400"_s);
    QCOMPARE(line(model.index(2, 0, root)), u"2 0.10000000000000000000001"_s);
    QCOMPARE(line(model.index(3, 0, root)), u"3 -0.0"_s);
}

void TestJsonTreeModel::fetchesInBatches()
{
    JsonTreeModel model({.batch = 10}, nullptr);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    tester.setUseFetchMore(false); // it would fetch from inside rowsInserted
    QByteArray text = "[0";
    for (int i = 1; i < 25; ++i)
        text += "," + QByteArray::number(i);
    QVERIFY(model.setText(text + "]"));
    const QModelIndex root = model.index(0, 0);
    for (const int rows : {10, 20, 25}) {
        QVERIFY(model.canFetchMore(root));
        model.fetchMore(root);
        QCOMPARE(model.rowCount(root), rows);
    }
    QVERIFY(!model.canFetchMore(root));
    QCOMPARE(line(model.index(24, 0, root)), u"24 24"_s);
}

void TestJsonTreeModel::saysWhatIsNotShown()
{
    JsonTreeModel model({.batch = 4, .children = 8}, nullptr);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    tester.setUseFetchMore(false); // it would fetch from inside rowsInserted
    QVERIFY(model.setText("[0,1,2,3,4,5,6,7,8,9,10,11]"));
    fetchAll(model);
    const QModelIndex root = model.index(0, 0);
    QCOMPARE(model.rowCount(root), 9);
    const QModelIndex rest = model.index(8, 0, root);
    QCOMPARE(line(rest), u"and 4 more, not shown"_s);
    QVERIFY(!rest.data(JsonTreeModel::KindRole).isValid());
    QVERIFY(!model.hasChildren(rest));
}

void TestJsonTreeModel::deepNesting()
{
    const QByteArray deep = QByteArray(5'000, '[') + QByteArray(5'000, ']');
    JsonTreeModel model;
    QVERIFY(model.setText(deep));
    QModelIndex at = model.index(0, 0);
    int depth = 0;
    while (model.canFetchMore(at)) {
        model.fetchMore(at);
        at = model.index(0, 0, at);
        ++depth;
    }
    QCOMPARE(depth, 501);
    QCOMPARE(line(at), u"and 1 more, not shown"_s);
    QVERIFY(!core::scanJson(QByteArray(20'000, '[') + QByteArray(20'000, ']')));
}

void TestJsonTreeModel::hostileKeys()
{
    JsonTreeModel model;
    QVERIFY(model.setText("{\"<b>x</b>\": 1, \"\": 2, \"a\xe2\x80\xae\": \"\xff\"}"));
    fetchAll(model);
    const QModelIndex root = model.index(0, 0);
    QCOMPARE(model.index(0, 0, root).data(JsonTreeModel::KeyRole).toString(), u"<b>x</b>"_s);
    QCOMPARE(model.index(2, 0, root).data(JsonTreeModel::KeyRole).toString(), u"aU+202E"_s);
    QCOMPARE(model.index(2, 0, root).data(JsonTreeModel::ValueRole).toString(), u"\"\\xFF\""_s);
}

void TestJsonTreeModel::tooBig()
{
    JsonTreeModel model;
    const auto outcome = model.setText(QByteArray(JsonTreeModel::mostBytes + 1, ' '));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().id, "json.tooBig"_ba);
}

QTEST_GUILESS_MAIN(TestJsonTreeModel)
#include "tst_jsontreemodel.moc"
