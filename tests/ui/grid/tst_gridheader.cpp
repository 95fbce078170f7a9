// SPDX-License-Identifier: GPL-3.0-or-later
#include "invoices.h"
#include "ui/grid/gridheader.h"
#include "ui/grid/gridview.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

using namespace Qt::StringLiterals;
using ui::GridColumns;
using ui::GridHeader;
using ui::GridView;

class TestGridHeader : public QObject
{
    Q_OBJECT

private slots:
    void borderIsDragged();
    void doubleClickFits();
    void firstWidthsComeFromASample();
    void laterRowsDoNotMoveColumns();
    void chosenWidthsStay();
    void clickNamesTheColumn();
    void dragMovesAColumn();
    void namesOfEveryKind_data();
    void namesOfEveryKind();

private:
    struct Window {
        GridView view;
        GridHeader *header = view.findChild<GridHeader *>();
        explicit Window(SyntheticSource *source, QSize size = {900, 400})
        {
            source->setParent(&view);
            view.resize(size);
            view.setSource(source);
            view.show();
        }
        /// A point of the header `in` pixels behind the trailing border of a column.
        [[nodiscard]] QPoint border(int column, int in = 0) const
        {
            return {view.cellRect(0, column).right() + 1 + in, 20};
        }
        [[nodiscard]] QPoint middle(int column) const
        {
            return {view.cellRect(0, column).center().x(), 20};
        }
        [[nodiscard]] int width(int column) const { return view.columns().item(column).width; }
        void drag(QPoint from, QPoint to) const
        {
            QTest::mousePress(header, Qt::LeftButton, {}, from);
            QMouseEvent move(QEvent::MouseMove, QPointF(to), header->mapToGlobal(QPointF(to)),
                             Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(header, &move);
            QTest::mouseRelease(header, Qt::LeftButton, {}, to);
        }
    };
};

void TestGridHeader::borderIsDragged()
{
    Window window(SyntheticSource::plain(100, 4, nullptr));
    QSignalSpy changed(&window.view, &GridView::columnsChanged);
    QSignalSpy clicked(&window.view, &GridView::headerClicked);
    const int before = window.width(1);
    const int others = window.width(2);
    window.drag(window.border(1, 1), window.border(1, 51));
    QCOMPARE(window.width(1), before + 50);
    QCOMPARE(window.width(2), others);
    QCOMPARE(changed.size(), 1);
    window.drag(window.border(1), window.border(1, -2'000));
    QCOMPARE(window.width(1), GridColumns::leastWidth);
    QVERIFY(clicked.isEmpty());
}

void TestGridHeader::doubleClickFits()
{
    core::Columns columns(2);
    columns[0].name = u"short"_s;
    columns[1].name = u"long"_s;
    Window window(new SyntheticSource(columns, 100, [](qint64 row, int column, QByteArray &store) {
        store = column == 0 ? QByteArray("x") : QByteArray(int(row % 60), 'm');
        return SyntheticSource::present(store);
    }));
    window.view.setColumnWidth(0, 300);
    QTest::mouseDClick(window.header, Qt::LeftButton, {}, window.border(0));
    QVERIFY(window.width(0) < 100);
    QVERIFY(window.width(0) >= window.header->fittedWidth(0));
    window.view.setColumnWidth(1, 50);
    QTest::mouseDClick(window.header, Qt::LeftButton, {}, window.border(1));
    // To what shows: the widest of the visible rows, not of the table.
    const int fitted = window.width(1);
    QVERIFY(fitted > 60);
    window.view.scrollToRow(55);
    QTest::mouseDClick(window.header, Qt::LeftButton, {}, window.border(1));
    QVERIFY(window.width(1) > fitted);
    QVERIFY(window.width(1) <= GridColumns::mostFitted);
}

void TestGridHeader::firstWidthsComeFromASample()
{
    Window window(invoices::source(1'000, nullptr), {1'200, 400});
    // Timestamps are longer than their name, booleans are not.
    QVERIFY(window.width(5) > window.header->fittedWidth(5));
    QCOMPARE(window.width(4), window.header->fittedWidth(4));
    QVERIFY(window.width(7) <= GridColumns::mostSampled(core::TypeCategory::Json));
}

void TestGridHeader::laterRowsDoNotMoveColumns()
{
    core::Columns columns(1);
    columns[0].name = u"text"_s;
    auto *source = new SyntheticSource(columns, 1'000, [](qint64 row, int, QByteArray &store) {
        store = QByteArray(row < 100 ? 20 : 60, 'm');
        return SyntheticSource::present(store);
    });
    source->setLazy(true);
    Window window(source);
    QTRY_VERIFY(window.width(0) > window.header->fittedWidth(0));
    const int first = window.width(0);
    window.view.scrollToRow(900);
    QTRY_COMPARE(source->cell(900, 0).state, core::Cell::State::Present);
    window.view.grab();
    QCOMPARE(window.width(0), first);
}

void TestGridHeader::chosenWidthsStay()
{
    GridView view;
    view.restoreColumns({{u"number"_s, 77, false}, {u"paid"_s, 0, true}});
    view.setSource(invoices::source(1'000, &view));
    view.resize(1'200, 400);
    view.show();
    QCOMPARE(view.columns().item(1).width, 77);
    QVERIFY(view.columns().item(4).hidden);
    QCOMPARE(view.columns().columnAt(0), 1);
    QCOMPARE(view.columnState().front(), (ui::ColumnState{u"number"_s, 77, false}));
}

void TestGridHeader::clickNamesTheColumn()
{
    Window window(SyntheticSource::plain(100, 4, nullptr));
    QSignalSpy clicked(&window.view, &GridView::headerClicked);
    QTest::mouseClick(window.header, Qt::LeftButton, {}, window.middle(2));
    QCOMPARE(clicked.size(), 1);
    QCOMPARE(clicked.at(0).at(0).toInt(), 2);
    // Beside the columns there is nothing to click.
    QTest::mouseClick(window.header, Qt::LeftButton, {}, {window.border(3, 40).x(), 20});
    QTest::mouseClick(window.header, Qt::LeftButton, {}, {4, 20});
    QCOMPARE(clicked.size(), 1);
}

void TestGridHeader::dragMovesAColumn()
{
    Window window(SyntheticSource::plain(100, 4, nullptr));
    window.view.setCurrent(0, 0);
    QSignalSpy clicked(&window.view, &GridView::headerClicked);
    window.drag(window.middle(0), window.middle(2));
    QCOMPARE(window.view.columns().columnAt(0), 1);
    QCOMPARE(window.view.columns().columnAt(2), 0);
    QCOMPARE(window.view.currentColumn(), 0);
    QVERIFY(clicked.isEmpty());
}

void TestGridHeader::namesOfEveryKind_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("63 letters") << QString(63, u'W');
    QTest::newRow("quotes") << u"a \"quoted\" 'name'"_s;
    QTest::newRow("line break") << u"two\nlines"_s;
    QTest::newRow("markup") << u"<b>bold</b><img src=x>"_s;
    QTest::newRow("right-to-left") << u"شحنة"_s;
    QTest::newRow("override") << u"abc\u202efdp"_s;
    QTest::newRow("nothing") << QString();
}

void TestGridHeader::namesOfEveryKind()
{
    QFETCH(const QString, name);
    core::Columns columns(2);
    columns[0].name = name;
    columns[1].name = u"next"_s;
    Window window(new SyntheticSource(columns, 10, &SyntheticSource::plainCell));
    const int natural = window.width(0);
    QVERIFY(natural >= GridColumns::leastWidth && natural <= GridColumns::mostFitted);
    // Nothing of a name that is too long gets into its neighbour's head.
    window.view.setColumnWidth(0, GridColumns::leastWidth);
    const QImage head =
        window.header->grab(QRect(window.border(0).x() + 1, 0, 60, window.header->height()))
            .toImage();
    core::Columns plain = columns;
    plain[0].name = u"x"_s;
    Window other(new SyntheticSource(plain, 10, &SyntheticSource::plainCell));
    other.view.setColumnWidth(0, GridColumns::leastWidth);
    QCOMPARE(head, other.header->grab(QRect(other.border(0).x() + 1, 0, 60, other.header->height()))
                       .toImage());
    const QPoint at = window.middle(0);
    QHelpEvent help(QEvent::ToolTip, at, window.header->mapToGlobal(at));
    QCoreApplication::sendEvent(window.header, &help);
    // As text (the style of the program shows no other): a tag that is part of a name is a name.
    QVERIFY(!QToolTip::text().contains(u"&lt;"_s));
    QToolTip::hideText();
}

QTEST_MAIN(TestGridHeader)
#include "tst_gridheader.moc"
