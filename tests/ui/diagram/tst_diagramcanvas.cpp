// SPDX-License-Identifier: GPL-3.0-or-later
// The canvas alone: zoom, choosing and moving by keys and mouse, what is drawn and exported.
#include "ui/diagram/diagramcanvas.h"
#include "ui/diagram/diagramexport.h"
#include "ui/diagram/minimap.h"

#include <QApplication>
#include <QImage>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace Qt::StringLiterals;
using ui::DiagramCanvas;

namespace {

core::DiagramGraph threeTables()
{
    core::DiagramGraph graph;
    const QStringList names{u"plans"_s, u"orders"_s, u"<b>lines</b>\n\u202E"_s};
    for (const QString &name : names) {
        core::DiagramTable table{.relation = core::Oid(quint32(graph.tables.size()) + 1),
                                 .name = name,
                                 .qualifiedName = name,
                                 .rows = 12.0};
        table.columns = {{1, u"id"_s, u"int8"_s, true, false},
                         {2, u"parent_id"_s, u"int8"_s, false, true}};
        graph.tables.push_back(table);
    }
    for (int i = 1; i < 3; ++i) {
        core::DiagramKey key{.from = i, .to = i - 1, .fromRow = 1, .toRow = 0};
        key.fact.name = u"key_%1"_s.arg(i);
        key.fact.fromName = names[i];
        key.fact.toName = names[i - 1];
        key.fact.fromColumns = {u"parent_id"_s};
        key.fact.toColumns = {u"id"_s};
        graph.keys.push_back(key);
    }
    return graph;
}

} // namespace

class TestDiagramCanvas : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void arrowsFollowTheKeys();
    void enterAndDoubleClickOpen();
    void zoomKeepsWhatThePointerIsOn();
    void fitsAll();
    void dragsACard();
    void shiftArrowsMoveACard();
    void dragsTheGround();
    void tellsLinesApart();
    void tellsAScreenReader();
    void keepsTheCurrentTable();
    void exportsEachFormat();
    void drawsEmphasis();

private:
    std::unique_ptr<DiagramCanvas> m_canvas;
};

void TestDiagramCanvas::init()
{
    m_canvas = std::make_unique<DiagramCanvas>();
    m_canvas->resize(1100, 600);
    const core::DiagramGraph graph = threeTables();
    m_canvas->setDiagram(graph, core::layOut(graph, m_canvas->metrics()));
    m_canvas->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_canvas.get()));
}

void TestDiagramCanvas::cleanup()
{
    m_canvas.reset();
}

void TestDiagramCanvas::arrowsFollowTheKeys()
{
    QSignalSpy changed(m_canvas.get(), &DiagramCanvas::currentChanged);
    QTest::keyClick(m_canvas.get(), Qt::Key_Right); // from none to the first
    QCOMPARE(m_canvas->current(), 0);
    QTest::keyClick(m_canvas.get(), Qt::Key_Right);
    QCOMPARE(m_canvas->current(), 1);
    QTest::keyClick(m_canvas.get(), Qt::Key_Right);
    QTest::keyClick(m_canvas.get(), Qt::Key_Right); // there is none further on
    QCOMPARE(m_canvas->current(), 2);
    QTest::keyClick(m_canvas.get(), Qt::Key_Left);
    QCOMPARE(m_canvas->current(), 1);
    QTest::keyClick(m_canvas.get(), Qt::Key_End);
    QCOMPARE(m_canvas->current(), 2);
    QTest::keyClick(m_canvas.get(), Qt::Key_Home);
    QCOMPARE(m_canvas->current(), 0);
    QCOMPARE(changed.count(), 6);
}

void TestDiagramCanvas::enterAndDoubleClickOpen()
{
    QSignalSpy opened(m_canvas.get(), &DiagramCanvas::activated);
    QTest::keyClick(m_canvas.get(), Qt::Key_Return); // nothing is chosen
    QCOMPARE(opened.count(), 0);
    m_canvas->setCurrent(1);
    QTest::keyClick(m_canvas.get(), Qt::Key_Return);
    QTest::mouseDClick(m_canvas->viewport(), Qt::LeftButton, {},
                       m_canvas->cardRect(2).center().toPoint());
    QCOMPARE(opened.count(), 2);
    QCOMPARE(opened[0].first().toInt(), 1);
    QCOMPARE(opened[1].first().toInt(), 2);
}

void TestDiagramCanvas::zoomKeepsWhatThePointerIsOn()
{
    m_canvas->setZoom(2); // scrolls from here on
    m_canvas->setCurrent(1);
    const QPointF pointer = m_canvas->cardRect(1).center();
    QWheelEvent wheel(pointer, m_canvas->viewport()->mapToGlobal(pointer), {}, {0, 120},
                      Qt::NoButton, Qt::ControlModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(m_canvas->viewport(), &wheel);
    QCOMPARE(m_canvas->zoom(), 2.4);
    QVERIFY((m_canvas->cardRect(1).center() - pointer).manhattanLength() < 4);
    QTest::keyClick(m_canvas.get(), Qt::Key_Minus, Qt::ControlModifier);
    QCOMPARE(m_canvas->zoom(), 2.0);
    for (int i = 0; i < 40; ++i)
        m_canvas->zoomBy(-1);
    QCOMPARE(m_canvas->zoom(), 0.1);
}

void TestDiagramCanvas::fitsAll()
{
    m_canvas->resize(500, 300);
    m_canvas->fit();
    QVERIFY(m_canvas->zoom() < 1);
    QCOMPARE(m_canvas->horizontalScrollBar()->maximum(), 0);
    for (int i = 0; i < 3; ++i)
        QVERIFY(QRectF(m_canvas->viewport()->rect()).contains(m_canvas->cardRect(i)));
    m_canvas->resize(1600, 900);
    m_canvas->fit();
    QCOMPARE(m_canvas->zoom(), 1.0); // never larger than it is
}

void TestDiagramCanvas::dragsACard()
{
    QSignalSpy moved(m_canvas.get(), &DiagramCanvas::cardMoved);
    const QPoint from = m_canvas->cardRect(1).center().toPoint();
    const QPointF before = m_canvas->layout().cards[1].topLeft();
    QTest::mousePress(m_canvas->viewport(), Qt::LeftButton, {}, from);
    QTest::mouseMove(m_canvas->viewport(), from + QPoint(30, 20));
    QTest::mouseMove(m_canvas->viewport(), from + QPoint(60, 40));
    QTest::mouseRelease(m_canvas->viewport(), Qt::LeftButton, {}, from + QPoint(60, 40));
    QCOMPARE(moved.count(), 1);
    QCOMPARE(moved.first()[1].toPointF(), before + QPointF(60, 40));
    QCOMPARE(m_canvas->current(), 1);
}

void TestDiagramCanvas::shiftArrowsMoveACard()
{
    QSignalSpy moved(m_canvas.get(), &DiagramCanvas::cardMoved);
    m_canvas->setCurrent(2);
    const QPointF before = m_canvas->layout().cards[2].topLeft();
    QTest::keyClick(m_canvas.get(), Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(m_canvas.get(), Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(m_canvas->layout().cards[2].topLeft(), before + QPointF(16, 16));
    QCOMPARE(moved.count(), 2);
}

void TestDiagramCanvas::dragsTheGround()
{
    m_canvas->setZoom(4);
    m_canvas->setCurrent(1);
    const int before = m_canvas->horizontalScrollBar()->value();
    const QPoint from(550, 20);
    QCOMPARE(m_canvas->tableAt(from), -1);
    QTest::mousePress(m_canvas->viewport(), Qt::LeftButton, {}, from);
    QTest::mouseMove(m_canvas->viewport(), from + QPoint(40, 0));
    QTest::mouseRelease(m_canvas->viewport(), Qt::LeftButton, {}, from + QPoint(40, 0));
    QCOMPARE(m_canvas->horizontalScrollBar()->value(), before - 40);
    QCOMPARE(m_canvas->current(), 1); // a drag chooses nothing
    QTest::mouseClick(m_canvas->viewport(), Qt::LeftButton, {}, from);
    QCOMPARE(m_canvas->current(), -1);
}

void TestDiagramCanvas::tellsLinesApart()
{
    const QRectF left = m_canvas->cardRect(0);
    const QRectF right = m_canvas->cardRect(1);
    const QPointF end = m_canvas->layout().routes[0].points.last();
    const QPointF card = m_canvas->layout().cards[0].topLeft();
    const QPointF onLine(left.right() + 4, left.top() + (end - card).y());
    QCOMPARE(m_canvas->keyAt(onLine), 0);
    QCOMPARE(m_canvas->keyAt(right.center()), -1);
    QCOMPARE(m_canvas->tableAt(right.center()), 1);
}

void TestDiagramCanvas::tellsAScreenReader()
{
    m_canvas->setCurrent(1);
    QCOMPARE(m_canvas->accessibleDescription(),
             u"\u2068orders\u2069, references 1, referenced by 1"_s);
    m_canvas->setCurrent(-1);
    QVERIFY(m_canvas->accessibleDescription().isEmpty());
}

void TestDiagramCanvas::keepsTheCurrentTable()
{
    m_canvas->setCurrent(1);
    core::DiagramGraph graph = threeTables();
    std::swap(graph.tables[0], graph.tables[1]);
    graph.keys.clear();
    m_canvas->setDiagram(graph, core::layOut(graph, m_canvas->metrics()));
    QCOMPARE(m_canvas->current(), 0);
    m_canvas->setDiagram({}, {});
    QCOMPARE(m_canvas->current(), -1);
    QTest::keyClick(m_canvas.get(), Qt::Key_Right);
    QCOMPARE(m_canvas->current(), -1);
}

void TestDiagramCanvas::exportsEachFormat()
{
    const auto file = [this](ui::DiagramFormat format) {
        return ui::diagramFile(m_canvas->graph(), m_canvas->layout(), m_canvas->metrics(), format,
                               u"Relations"_s);
    };
    const QByteArray svg = file(ui::DiagramFormat::Svg);
    QVERIFY(svg.contains("<svg") && svg.contains("&lt;b&gt;lines"));
    QImage image;
    QVERIFY(image.loadFromData(file(ui::DiagramFormat::Png), "PNG"));
    QCOMPARE(image.width(), int(m_canvas->layout().bounds.width() * 2));
    QVERIFY(file(ui::DiagramFormat::Pdf).startsWith("%PDF-"));
    // A drawing of nothing is no reason to fail.
    QVERIFY(!ui::diagramFile({}, {}, {}, ui::DiagramFormat::Png, {}).isEmpty());
}

void TestDiagramCanvas::drawsEmphasis()
{
    const QImage plain = m_canvas->viewport()->grab().toImage();
    m_canvas->setFound({2});
    const QImage found = m_canvas->viewport()->grab().toImage();
    QVERIFY(found != plain);
    m_canvas->setFound({});
    QCOMPARE(m_canvas->viewport()->grab().toImage(), plain);
    QTest::mouseMove(m_canvas->viewport(), m_canvas->cardRect(1).center().toPoint());
    QTRY_VERIFY(m_canvas->viewport()->grab().toImage() != plain);
}

QTEST_MAIN(TestDiagramCanvas)
#include "tst_diagramcanvas.moc"
