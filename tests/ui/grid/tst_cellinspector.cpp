// SPDX-License-Identifier: GPL-3.0-or-later
#include "invoices.h"
#include "ui/grid/cellinspector.h"
#include "ui/grid/hexview.h"
#include "ui/grid/jsonview.h"

#include <QAbstractButton>
#include <QAbstractItemModel>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::CellInspector;
using ui::HexView;

class TestCellInspector : public QObject
{
    Q_OBJECT

private slots:
    void jsonIsATree();
    void textIsExact_data();
    void textIsExact();
    void byteaIsHex();
    void nullEmptyAndGone();
    void wholeValueOnDemand();
    void lateAnswerIsForgotten();
    void rowThatComesLater();
    void staysWhenItsSourceGoes();
    void longTextIsShownInPart();
    void jsonReadsOn();
    void hexRows();
    void hexOfAGigabyteCostsNothing();

private:
    static SyntheticSource *single(core::Oid type, const QByteArray &bytes, QObject *parent,
                                   qint64 fullSize = -1)
    {
        return new SyntheticSource(
            {invoices::column("value", type)}, 3,
            [bytes, fullSize](qint64, int, QByteArray &) {
                core::Cell cell = SyntheticSource::present(bytes);
                cell.fullSize = fullSize;
                return cell;
            },
            parent);
    }
    static QWidget *shown(const CellInspector &inspector)
    {
        return inspector.findChild<QStackedWidget *>()->currentWidget();
    }
    static QString name(const CellInspector &inspector) { return shown(inspector)->objectName(); }
    static QString label(const CellInspector &inspector, const char *name)
    {
        return inspector.findChild<QLabel *>(QLatin1StringView(name))->text();
    }
    static QPlainTextEdit *text(const CellInspector &inspector)
    {
        return inspector.findChild<QPlainTextEdit *>(u"inspector.text"_s);
    }
};

void TestCellInspector::jsonIsATree()
{
    CellInspector inspector;
    inspector.setCell(
        single(core::oids::jsonb, "{\"po\": \"PO-8832\", \"tags\": [1, 2]}", &inspector), 0, 0);
    QCOMPARE(name(inspector), u"inspector.tree"_s);
    const auto *model = inspector.findChild<ui::JsonView *>()->model();
    const QModelIndex root = model->index(0, 0);
    QCOMPARE(model->rowCount(root), 2);
    QCOMPARE(model->index(0, 0, root).data().toString(), u"po \"PO-8832\""_s);
    QCOMPARE(model->rowCount(model->index(1, 0, root)), 2);
    QCOMPARE(label(inspector, "inspector.size"), u"33 bytes"_s);
    // Text that holds JSON has a tree, too; text that only begins like it has none.
    inspector.setCell(single(core::oids::text, "[1]", &inspector), 0, 0);
    QCOMPARE(name(inspector), u"inspector.tree"_s);
    inspector.setCell(single(core::oids::text, "[draft] 1", &inspector), 0, 0);
    QCOMPARE(name(inspector), u"inspector.text"_s);
    QCOMPARE(text(inspector)->toPlainText(), u"[draft] 1"_s);
}

void TestCellInspector::textIsExact_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("markup") << "<b>not bold</b> &amp;"_ba;
    QTest::newRow("breaks") << "a\nb\n\nc"_ba;
    QTest::newRow("spaces") << "  x  "_ba;
    QTest::newRow("Arabic") << "\xd8\xb4\xd8\xad\xd9\x86\xd8\xa9"_ba;
}

void TestCellInspector::textIsExact()
{
    QFETCH(const QByteArray, bytes);
    CellInspector inspector;
    inspector.setCell(single(core::oids::text, bytes, &inspector), 0, 0);
    QCOMPARE(text(inspector)->toPlainText(), QString::fromUtf8(bytes));
    inspector.findChild<QAbstractButton *>(u"inspector.copy"_s)->click();
    QCOMPARE(QApplication::clipboard()->text(), QString::fromUtf8(bytes));
}

void TestCellInspector::byteaIsHex()
{
    CellInspector inspector;
    inspector.setCell(single(core::oids::bytea, "\\x89504e470d0a1a0a", &inspector), 0, 0);
    QCOMPARE(name(inspector), u"inspector.hex"_s);
    const auto *hex = inspector.findChild<HexView *>();
    QCOMPARE(hex->byteCount(), 8);
    QVERIFY(hex->rowText(0).startsWith(u"00000000  89 50 4E 47"_s));
    QCOMPARE(label(inspector, "inspector.size"), u"8 bytes"_s);
}

void TestCellInspector::nullEmptyAndGone()
{
    CellInspector inspector;
    QCOMPARE(name(inspector), u"inspector.page"_s);
    core::Cell cell;
    auto *source = new SyntheticSource(
        {invoices::column("value", core::oids::text)}, 1,
        [&cell](qint64, int, QByteArray &) { return cell; }, &inspector);
    cell = SyntheticSource::null();
    inspector.setCell(source, 0, 0);
    const QString null = shown(inspector)->accessibleName();
    cell.isNull = false;
    inspector.setCell(source, 0, 0);
    const QString empty = shown(inspector)->accessibleName();
    cell.state = core::Cell::State::Gone;
    inspector.setCell(source, 0, 0);
    const QString gone = shown(inspector)->accessibleName();
    QCOMPARE(null, u"NULL"_s);
    QCOMPARE(empty, u"''"_s);
    QVERIFY(gone != null && gone != empty && !gone.isEmpty());
    inspector.clear();
    QVERIFY(shown(inspector)->accessibleName() != gone);
}

void TestCellInspector::wholeValueOnDemand()
{
    CellInspector inspector;
    inspector.setCell(single(core::oids::text, "beginning", &inspector, 4'096), 2, 0);
    QCOMPARE(label(inspector, "inspector.size"), u"4 KB"_s);
    QSignalSpy wanted(&inspector, &CellInspector::wholeValueWanted);
    const auto load = [&inspector] {
        QAbstractButton *button = nullptr;
        for (QAbstractButton *one :
             inspector.findChildren<QAbstractButton *>(u"inspector.load"_s)) {
            if (!one->isHidden())
                button = one;
        }
        return button;
    };
    QVERIFY(load());
    load()->click();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.at(0).at(0).toLongLong(), 2);
    QTRY_VERIFY(load() && !load()->isEnabled());
    inspector.setWholeValueFailed(u"The row was deleted."_s);
    QVERIFY(load()->isEnabled());
    inspector.setWholeValue(2, 0, QByteArray(4'096, 'w'));
    QCOMPARE(text(inspector)->toPlainText().size(), 4'096);
    QCOMPARE(label(inspector, "inspector.size"), u"4 KB"_s);
    QVERIFY(inspector.findChild<QWidget *>(u"inspector.note"_s)->isHidden());
}

void TestCellInspector::lateAnswerIsForgotten()
{
    CellInspector inspector;
    SyntheticSource *source = single(core::oids::text, "beginning", &inspector, 4'096);
    inspector.setCell(source, 2, 0);
    inspector.setCell(source, 1, 0);
    inspector.setWholeValue(2, 0, "of the other row");
    QCOMPARE(text(inspector)->toPlainText(), u"beginning"_s);
}

void TestCellInspector::rowThatComesLater()
{
    CellInspector inspector;
    SyntheticSource *source = SyntheticSource::plain(1'000, 2, &inspector);
    source->setLazy(true);
    inspector.setCell(source, 500, 1);
    QCOMPARE(name(inspector), u"inspector.page"_s);
    source->want({490, 20});
    QTRY_COMPARE(name(inspector), u"inspector.text"_s);
    QCOMPARE(text(inspector)->toPlainText(), u"r500c1"_s);
}

void TestCellInspector::staysWhenItsSourceGoes()
{
    CellInspector inspector;
    SyntheticSource *source = SyntheticSource::plain(10, 2, nullptr);
    inspector.setCell(source, 5, 1);
    delete source;
    QCOMPARE(text(inspector)->toPlainText(), u"r5c1"_s);
    inspector.clear();
    QCOMPARE(name(inspector), u"inspector.page"_s);
}

void TestCellInspector::longTextIsShownInPart()
{
    CellInspector inspector;
    const QByteArray bytes = QByteArray("\xc3\xa9").repeated(600'000);
    inspector.setCell(single(core::oids::text, bytes, &inspector), 0, 0);
    const QString part = text(inspector)->toPlainText();
    QCOMPARE(part.size(), 524'288);
    QCOMPARE(part.back(), QChar(u'é'));
    QVERIFY(!inspector.findChild<QWidget *>(u"inspector.note"_s)->isHidden());
    inspector.findChild<QAbstractButton *>(u"inspector.copy"_s)->click();
    QCOMPARE(QApplication::clipboard()->text().size(), 600'000);
}

void TestCellInspector::jsonReadsOn()
{
    QByteArray array = "[[0";
    for (int i = 1; i < 3'000; ++i)
        array += "," + QByteArray::number(i);
    array += "],7]";
    CellInspector inspector;
    inspector.resize(272, 500);
    inspector.setCell(single(core::oids::jsonb, array, &inspector), 0, 0);
    inspector.show();
    QVERIFY(QTest::qWaitForWindowExposed(&inspector));
    auto *tree = inspector.findChild<ui::JsonView *>();
    const QModelIndex inner = tree->model()->index(0, 0, tree->model()->index(0, 0));
    tree->expand(inner);
    const int first = tree->model()->rowCount(inner);
    QVERIFY(first > 0 && first < 3'000);
    tree->verticalScrollBar()->setValue(tree->verticalScrollBar()->maximum());
    QTRY_VERIFY(tree->model()->rowCount(inner) > first);
}

void TestCellInspector::hexRows()
{
    HexView view;
    view.resize(800, 300);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.setBytes("0123456789abcdef\n\xff");
    QCOMPARE(view.bytesPerRow(), 16);
    QCOMPARE(view.rowText(0),
             u"00000000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  0123456789abcdef"_s);
    QCOMPARE(view.rowText(1).left(16), u"00000010  0A FF "_s);
    QVERIFY(view.rowText(1).endsWith(u" ··"_s));
    QVERIFY(view.rowText(2).isEmpty());
    view.resize(280, 300);
    QTRY_COMPARE(view.bytesPerRow(), 4);
    view.grab();
    view.setHexOutput("\\x");
    QCOMPARE(view.byteCount(), 0);
    QVERIFY(view.rowText(0).isEmpty());
}

void TestCellInspector::hexOfAGigabyteCostsNothing()
{
    // Virtual memory alone: the bytes of this array are never touched but for those that show.
    const QByteArray big(qsizetype(256) * 1024 * 1024, Qt::Uninitialized);
    HexView view;
    view.resize(800, 300);
    view.setBytes(big);
    view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum());
    QCOMPARE(view.byteCount(), big.size());
    QVERIFY(view.rowText((big.size() - 1) / view.bytesPerRow()).startsWith(u"0FFFFFF"_s));
}

QTEST_MAIN(TestCellInspector)
#include "tst_cellinspector.moc"
