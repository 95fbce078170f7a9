// SPDX-License-Identifier: GPL-3.0-or-later
#include "invoices.h"
#include "ui/grid/gridview.h"

#include <QApplication>
#include <QClipboard>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::GridView;

/// What lands in the clipboard is what the server sent, whatever the grid shows.
class TestGridCopy : public QObject
{
    Q_OBJECT

private slots:
    void init() { QApplication::clipboard()->setText(u"before"_s); }
    void oneValueIsExact_data();
    void oneValueIsExact();
    void rangeIsTabbed();
    void columnsAsTheyStand();
    void quotesWhatWouldBreakTheTable();
    void csvTellsNullFromEmpty();
    void rowsFromTheServer();
    void failureCopiesNothing();
    void escapeEndsIt();
    void tooMuchIsRefused();
    void cutValuesAreSaid();
    void emptyValue();

private:
    static QString clipboard() { return QApplication::clipboard()->text(); }
    static SyntheticSource *texts(std::vector<QByteArray> values, QObject *parent)
    {
        core::Columns columns(1);
        columns[0].name = u"note"_s;
        columns[0].type = core::oids::text;
        const qint64 rows = qint64(values.size());
        return new SyntheticSource(
            columns, rows,
            [values = std::move(values)](qint64 row, int, QByteArray &) {
                return SyntheticSource::present(values[std::size_t(row)]);
            },
            parent);
    }
};

void TestGridCopy::oneValueIsExact_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("spaces at the ends") << "  gold "_ba;
    QTest::newRow("line breaks and tabs") << "a\tb\nc\r\nd"_ba;
    QTest::newRow("quotes") << "say \"x\""_ba;
    QTest::newRow("control characters") << "\x1b[31m\x01"_ba;
    QTest::newRow("override") << "a\xe2\x80\xae"
                                 "b"_ba;
    QTest::newRow("longer than the grid shows") << QByteArray(100'000, 'x');
    QTest::newRow("exact number") << "9007199254740993.100"_ba;
}

void TestGridCopy::oneValueIsExact()
{
    QFETCH(const QByteArray, bytes);
    GridView view;
    view.setSource(texts({bytes}, &view));
    view.setCurrent(0, 0);
    QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(clipboard(), QString::fromUtf8(bytes));
}

void TestGridCopy::rangeIsTabbed()
{
    GridView view;
    view.setSource(SyntheticSource::plain(10, 4, &view));
    view.setCurrent(2, 1);
    view.setCurrent(3, 2, GridView::Extend::Yes);
    QSignalSpy copied(&view, &GridView::copied);
    QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(clipboard(), u"r2c1\tr2c2\nr3c1\tr3c2\n"_s);
    QCOMPARE(copied.size(), 1);
    view.copyAs(GridView::CopyFormat::TextWithNames);
    QCOMPARE(clipboard(), u"c1\tc2\nr2c1\tr2c2\nr3c1\tr3c2\n"_s);
}

void TestGridCopy::columnsAsTheyStand()
{
    GridView view;
    view.setSource(SyntheticSource::plain(3, 3, &view));
    view.moveColumn(0, 2);
    view.setColumnHidden(1, true);
    view.selectAll();
    view.copy();
    QCOMPARE(clipboard(), u"r0c2\tr0c0\nr1c2\tr1c0\nr2c2\tr2c0\n"_s);
}

void TestGridCopy::quotesWhatWouldBreakTheTable()
{
    GridView view;
    view.setSource(texts({"a\tb", "line\nbreak", "say \"x\"", "plain, with comma"}, &view));
    view.selectAll();
    view.copy();
    QCOMPARE(clipboard(), u"\"a\tb\"\n\"line\nbreak\"\n\"say \"\"x\"\"\"\nplain, with comma\n"_s);
    view.copyAs(GridView::CopyFormat::CsvWithNames);
    QCOMPARE(clipboard(),
             u"note\na\tb\n\"line\nbreak\"\n\"say \"\"x\"\"\"\n\"plain, with comma\"\n"_s);
}

void TestGridCopy::csvTellsNullFromEmpty()
{
    core::Columns columns(2);
    columns[0].name = u"a"_s;
    columns[1].name = u"b"_s;
    GridView view;
    view.setSource(new SyntheticSource(
        columns, 1,
        [](qint64, int column, QByteArray &store) {
            store.clear();
            return column == 0 ? SyntheticSource::null() : SyntheticSource::present(store);
        },
        &view));
    view.selectAll();
    view.copyAs(GridView::CopyFormat::CsvWithNames);
    QCOMPARE(clipboard(), u"a,b\n,\"\"\n"_s);
}

void TestGridCopy::rowsFromTheServer()
{
    GridView view;
    SyntheticSource *source = SyntheticSource::plain(100'000, 2, &view);
    source->setLazy(true);
    view.setSource(source);
    view.setCurrent(10, 0);
    view.setCurrent(6'009, 1, GridView::Extend::Yes);
    QSignalSpy copied(&view, &GridView::copied);
    view.copy();
    QVERIFY(copied.isEmpty());
    QTRY_COMPARE(copied.size(), 1);
    const QStringList lines = clipboard().split(u'\n');
    QCOMPARE(lines.size(), 6'001);
    for (int i = 0; i < 6'000; ++i)
        QCOMPARE(lines.at(i), u"r%1c0\tr%1c1"_s.arg(i + 10));
    // Then the view has its own rows again.
    QTRY_COMPARE(source->wishes().back(), view.visibleRows());
}

void TestGridCopy::failureCopiesNothing()
{
    GridView view;
    SyntheticSource *source = SyntheticSource::plain(100'000, 2, &view);
    source->setLazy(true);
    source->hold();
    view.setSource(source);
    view.selectAll();
    QSignalSpy copied(&view, &GridView::copied);
    view.copy();
    core::Error error;
    error.message = u"The connection was closed."_s;
    source->fail(error);
    QCOMPARE(copied.size(), 1);
    QVERIFY(copied.at(0).at(0).toString().contains(error.message));
    QCOMPARE(clipboard(), u"before"_s);
}

void TestGridCopy::escapeEndsIt()
{
    GridView view;
    SyntheticSource *source = SyntheticSource::plain(100'000, 2, &view);
    source->setLazy(true);
    source->hold();
    view.setSource(source);
    view.selectAll();
    view.copy();
    QTest::keyClick(&view, Qt::Key_Escape);
    QSignalSpy copied(&view, &GridView::copied);
    source->release();
    QVERIFY(!view.cancelCopy());
    QVERIFY(copied.isEmpty());
    QCOMPARE(clipboard(), u"before"_s);
}

void TestGridCopy::tooMuchIsRefused()
{
    GridView view;
    const QByteArray big(1'000'000, 'x');
    core::Columns columns(1);
    view.setSource(new SyntheticSource(
        columns, 1'000'000'000,
        [big](qint64, int, QByteArray &) { return SyntheticSource::present(big); }, &view));
    view.selectAll();
    QSignalSpy copied(&view, &GridView::copied);
    view.copy();
    QTRY_COMPARE(copied.size(), 1);
    QCOMPARE(clipboard(), u"before"_s);
}

void TestGridCopy::cutValuesAreSaid()
{
    GridView view;
    core::Columns columns(1);
    view.setSource(new SyntheticSource(
        columns, 2,
        [](qint64 row, int, QByteArray &store) {
            store = "beginning";
            core::Cell cell = SyntheticSource::present(store);
            cell.fullSize = row == 1 ? 5'000 : -1;
            return cell;
        },
        &view));
    view.selectAll();
    QSignalSpy copied(&view, &GridView::copied);
    view.copy();
    QVERIFY(copied.at(0).at(0).toString().contains(u"only the beginning"_s));
}

void TestGridCopy::emptyValue()
{
    GridView view;
    view.setSource(texts({""}, &view));
    view.setCurrent(0, 0);
    view.copy();
    QCOMPARE(clipboard(), QString());
}

QTEST_MAIN(TestGridCopy)
#include "tst_gridcopy.moc"
