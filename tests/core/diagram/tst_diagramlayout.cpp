// SPDX-License-Identifier: GPL-3.0-or-later
// What every layout has to hold, whatever the graph; and the drawing of hostile names.
#include "core/diagram/diagrammarks.h"
#include "core/diagram/diagramsvg.h"
#include "core/diagram/dot.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace core;

namespace {

/// Tables of a number of columns; the first is the primary key.
struct Made {
    DiagramGraph graph = {};

    explicit Made(int tables = 0, int columns = 4)
    {
        for (int i = 0; i < tables; ++i)
            table(u"table_%1"_s.arg(i), columns);
    }
    int table(const QString &name, int columns)
    {
        DiagramTable table{.relation = Oid(quint32(graph.tables.size()) + 1),
                           .name = name,
                           .qualifiedName = name,
                           .rows = 1204.0};
        for (int i = 0; i < columns; ++i)
            table.columns.push_back({.number = i + 1,
                                     .name = i == 0 ? u"id"_s : u"column_%1"_s.arg(i),
                                     .type = u"int8"_s,
                                     .primary = i == 0});
        graph.tables.push_back(table);
        return int(graph.tables.size()) - 1;
    }
    void key(int from, int fromRow, int to, bool optional = false, int toRow = 0)
    {
        DiagramKey key{.from = from, .to = to, .fromRow = fromRow, .toRow = toRow};
        key.fact.optional = optional;
        key.fact.name = u"key_%1"_s.arg(graph.keys.size());
        graph.keys.push_back(key);
    }
};

/// As schemas are: a few hubs, many that refer to one to three others.
DiagramGraph likely(int tables, quint32 seed)
{
    QRandomGenerator random(seed);
    Made made;
    for (int i = 0; i < tables; ++i)
        made.table(u"table_%1"_s.arg(i), 3 + random.bounded(6));
    for (int i = 1; i < tables; ++i) {
        const int keys = random.bounded(4);
        for (int k = 0; k < keys; ++k) {
            const int to = random.bounded(3) == 0 ? random.bounded(qMin(i, 5)) : random.bounded(i);
            made.key(i, 1 + k, to, random.bounded(3) == 0);
        }
    }
    return made.graph;
}

struct Segment {
    QPointF a;
    QPointF b;
    std::size_t key;
    [[nodiscard]] bool level() const { return a.y() == b.y(); }
};

std::vector<Segment> segmentsOf(const DiagramLayout &layout)
{
    std::vector<Segment> segments;
    for (std::size_t i = 0; i < layout.routes.size(); ++i) {
        const QList<QPointF> &points = layout.routes[i].points;
        for (qsizetype k = 1; k < points.size(); ++k)
            segments.push_back({points[k - 1], points[k], i});
    }
    return segments;
}

QStringList problemsOf(const DiagramGraph &graph, const DiagramLayout &layout)
{
    const DiagramMetrics metrics;
    QStringList problems;
    for (std::size_t i = 0; i < layout.cards.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            if (layout.cards[i].adjusted(-8, -8, 8, 8).intersects(layout.cards[k]))
                problems << u"cards %1 and %2 overlap"_s.arg(i).arg(k);
        }
        if (!layout.bounds.contains(layout.cards[i]))
            problems << u"card %1 is outside"_s.arg(i);
    }
    const auto endsAt = [&](const QPointF &end, int table, int row) {
        const QRectF &card = layout.cards[std::size_t(table)];
        return (end.x() == card.left() || end.x() == card.right())
               && std::abs(end.y() - card.top() - metrics.rowCentre(row)) < metrics.rowHeight / 2;
    };
    for (std::size_t i = 0; i < graph.keys.size(); ++i) {
        const DiagramKey &key = graph.keys[i];
        const QList<QPointF> &points = layout.routes[i].points;
        if (points.size() < 2 || !endsAt(points.first(), key.from, key.fromRow)
            || !endsAt(points.last(), key.to, key.toRow))
            problems << u"line %1 does not end at its columns"_s.arg(i);
    }
    for (const Segment &segment : segmentsOf(layout)) {
        if (segment.a.x() != segment.b.x() && segment.a.y() != segment.b.y())
            problems << u"line %1 is askew"_s.arg(segment.key);
        const QRectF covered = QRectF(segment.a, segment.b).normalized().adjusted(-1, -1, 1, 1);
        for (std::size_t i = 0; i < layout.cards.size(); ++i) {
            if (layout.cards[i].adjusted(2, 2, -2, -2).intersects(covered))
                problems << u"line %1 runs over card %2"_s.arg(segment.key).arg(i);
        }
    }
    return problems;
}

/// Pieces of lines to different columns that lie on one another for more than a corner.
int coveredPieces(const DiagramGraph &graph, const DiagramLayout &layout)
{
    const std::vector<Segment> segments = segmentsOf(layout);
    const auto together = [&](const Segment &a, const Segment &b) {
        const DiagramKey &one = graph.keys[a.key];
        const DiagramKey &other = graph.keys[b.key];
        return one.to == other.to && one.toRow == other.toRow;
    };
    int count = 0;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            const Segment &a = segments[i];
            const Segment &b = segments[k];
            if (a.level() != b.level() || together(a, b))
                continue;
            const bool near =
                a.level() ? std::abs(a.a.y() - b.a.y()) < 2 : std::abs(a.a.x() - b.a.x()) < 2;
            const QRectF common = QRectF(a.a, a.b).normalized().adjusted(-1, -1, 1, 1)
                                  & QRectF(b.a, b.b).normalized().adjusted(-1, -1, 1, 1);
            if (near && qMax(common.width(), common.height()) > 8)
                ++count;
        }
    }
    return count;
}

} // namespace

class TestDiagramLayout : public QObject
{
    Q_OBJECT

private slots:
    void holds_data();
    void holds();
    void readableAtHundred_data();
    void readableAtHundred();
    void parentsStandLeft();
    void linesToOneColumnRunTogether();
    void dotOrdersWhereItIsBetter();
    void dotThatDoesNotAnswer_data();
    void dotThatDoesNotAnswer();
    void movedCardKeepsTheOthers();
    void marks();
    void roundCorners();
    void hostileNamesInSvg();
    void longNamesEndInSvg();
};

void TestDiagramLayout::holds_data()
{
    QTest::addColumn<DiagramGraph>("graph");
    QTest::newRow("nothing") << DiagramGraph{};
    QTest::newRow("one table") << Made(1).graph;
    QTest::newRow("no columns") << Made(3, 0).graph;
    QTest::newRow("no keys") << Made(40).graph;
    Made self(1);
    self.key(0, 1, 0);
    self.key(0, 2, 0, true);
    QTest::newRow("references itself") << self.graph;
    Made sameColumn(1);
    sameColumn.key(0, 0, 0);
    QTest::newRow("a column references itself") << sameColumn.graph;
    Made pair(2);
    pair.key(0, 1, 1);
    pair.key(1, 1, 0);
    QTest::newRow("two reference each other") << pair.graph;
    Made circle(5);
    for (int i = 0; i < 5; ++i)
        circle.key(i, 1, (i + 1) % 5, i % 2 == 0);
    circle.key(2, 2, 4);
    QTest::newRow("circle") << circle.graph;
    Made star(60);
    for (int i = 1; i < 60; ++i)
        star.key(i, 1, 0, i % 3 == 0);
    QTest::newRow("sixty around one") << star.graph;
    Made chain(300);
    for (int i = 1; i < 300; ++i)
        chain.key(i, 1, i - 1);
    QTest::newRow("long chain") << chain.graph;
    Made wide(2, 30);
    for (int i = 1; i < 30; ++i)
        wide.key(0, i, 1, false, i);
    QTest::newRow("many keys between two") << wide.graph;
    Made shared(4);
    for (int i = 1; i < 4; ++i)
        shared.key(i, 0, 0); // the primary key is the foreign one too
    shared.key(0, 0, 3);
    QTest::newRow("shared primary keys") << shared.graph;
    for (const quint32 seed : {1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U})
        QTest::addRow("chance %u", seed) << likely(10 + int(seed) * 5, seed);
    QTest::newRow("three hundred") << likely(300, 300);
}

void TestDiagramLayout::holds()
{
    QFETCH(const DiagramGraph, graph);
    const DiagramLayout layout = layOut(graph, {});
    QCOMPARE(layout.cards.size(), graph.tables.size());
    QCOMPARE(layout.routes.size(), graph.keys.size());
    QCOMPARE(problemsOf(graph, layout), QStringList());
    QVERIFY(layOut(graph, {}) == layout);
}

void TestDiagramLayout::readableAtHundred_data()
{
    QTest::addColumn<quint32>("seed");
    for (const quint32 seed : {11U, 12U, 13U})
        QTest::addRow("%u", seed) << seed;
}

void TestDiagramLayout::readableAtHundred()
{
    QFETCH(const quint32, seed);
    const DiagramGraph graph = likely(100, seed);
    const DiagramLayout layout = layOut(graph, {});
    QCOMPARE(problemsOf(graph, layout), QStringList());
    QCOMPARE(coveredPieces(graph, layout), 0);
    const double aspect = layout.bounds.width() / layout.bounds.height();
    QVERIFY2(aspect > 0.7 && aspect < 3.5, qPrintable(QString::number(aspect)));
    QDir folder(QCoreApplication::applicationDirPath());
    QVERIFY(folder.mkpath(u"pictures"_s));
    QFile file(folder.filePath(u"pictures/diagram-%1.svg"_s.arg(seed)));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(diagramSvg(graph, layout, {}));
}

void TestDiagramLayout::parentsStandLeft()
{
    Made made(4);
    made.key(1, 1, 0);
    made.key(2, 1, 1);
    made.key(3, 1, 1);
    made.key(3, 2, 0);
    const DiagramLayout layout = layOut(made.graph, {});
    for (const DiagramKey &key : made.graph.keys)
        QVERIFY(layout.cards[std::size_t(key.to)].right()
                < layout.cards[std::size_t(key.from)].left());
}

void TestDiagramLayout::linesToOneColumnRunTogether()
{
    Made made(12);
    for (int i = 1; i < 12; ++i)
        made.key(i, 1, 0);
    const DiagramLayout layout = layOut(made.graph, {});
    for (const DiagramRoute &route : layout.routes)
        QCOMPARE(route.points.last(), layout.routes.front().points.last());
    // One that may be null has another sign at its end, so it has an end of its own.
    made.key(1, 2, 0, true);
    const DiagramLayout other = layOut(made.graph, {});
    QVERIFY(other.routes.back().points.last() != other.routes.front().points.last());
}

void TestDiagramLayout::dotOrdersWhereItIsBetter()
{
    const DiagramGraph graph = likely(40, 21);
    const DiagramLayout own = layOut(graph, {});
    QByteArray asked;
    // An answer that turns every layer round crosses no less: ours is kept.
    const DiagramLayout same = layOut(graph, {}, [&asked](const QByteArray &text) {
        asked = text;
        QByteArray answer = "graph 1 10 10\n";
        for (int i = 0; i < 400; ++i)
            answer += "node n" + QByteArray::number(i) + " 1 " + QByteArray::number(i) + " 1 1\n";
        return std::optional(answer);
    });
    QVERIFY(asked.startsWith("digraph"));
    QVERIFY(!asked.contains("table_"));
    QCOMPARE(problemsOf(graph, same), QStringList());
    // One that is not whole is none.
    for (const QByteArray &answer : {""_ba, "node n0 1 2 3 4\n"_ba, "node nx y z\nstop\n"_ba})
        QVERIFY(layOut(graph, {}, [&](const QByteArray &) { return std::optional(answer); })
                == own);
    if (const QString program = dotProgram(); !program.isEmpty()) {
        const DiagramLayout better = layOut(graph, {}, [&](const QByteArray &text) {
            return runDot(program, text, std::chrono::seconds(30));
        });
        QCOMPARE(problemsOf(graph, better), QStringList());
    }
}

void TestDiagramLayout::dotThatDoesNotAnswer_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("answers") << "cat"_ba << "graph"_ba;
    QTest::newRow("fails") << "cat; exit 3"_ba << QByteArray();
    QTest::newRow("never ends") << "exec tail -f /dev/null"_ba << QByteArray();
    QTest::newRow("knows nothing of us") << "echo $HOME$SLUICE_SECRET"_ba << "\n"_ba;
}

void TestDiagramLayout::dotThatDoesNotAnswer()
{
    QFETCH(const QByteArray, script);
    QFETCH(const QByteArray, answer);
    qputenv("SLUICE_SECRET", "x");
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"dot"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("#!/bin/sh\n" + script + '\n');
    file.close();
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
    const std::chrono::milliseconds limit(answer.isEmpty() ? 400 : 30'000);
    QCOMPARE(runDot(file.fileName(), "graph"_ba, limit).value_or(QByteArray()), answer);
    QVERIFY(!runDot(file.fileName(), "graph"_ba, std::chrono::seconds(30), [] { return true; })
            || script.startsWith("cat"_ba) || script.startsWith("echo"_ba));
    QVERIFY(!runDot(folder.filePath(u"none"_s), "graph"_ba, limit));
    QVERIFY(!runDot({}, "graph"_ba, limit));
}

void TestDiagramLayout::movedCardKeepsTheOthers()
{
    Made made(4);
    made.key(1, 1, 0);
    made.key(2, 1, 1);
    made.key(3, 1, 2);
    const DiagramMetrics metrics;
    const DiagramLayout before = layOut(made.graph, metrics);
    for (const QPointF &place :
         {QPointF(-900, 40), QPointF(2000, -300), before.cards[2].topLeft() + QPointF(10, 400)}) {
        const DiagramLayout after = moved(made.graph, metrics, before, {{3, place}});
        QCOMPARE(after.cards[3].topLeft(), place);
        QCOMPARE(after.routes[0], before.routes[0]);
        QCOMPARE(after.routes[1], before.routes[1]);
        QVERIFY(after.bounds.contains(after.cards[3]));
        for (const Segment &segment : segmentsOf(after))
            QVERIFY(segment.a.x() == segment.b.x() || segment.a.y() == segment.b.y());
        QVERIFY(after.cards[3].adjusted(-1, -1, 1, 1).contains(after.routes[2].points.first()));
        QVERIFY(after.cards[2].adjusted(-1, -1, 1, 1).contains(after.routes[2].points.last()));
    }
}

void TestDiagramLayout::marks()
{
    DiagramKey key;
    const DiagramRoute route{{{100, 0}, {0, 0}}};
    DiagramMarks marks = marksOf(key, route, {});
    QCOMPARE(marks.strokes.size(), 3); // two toes and a bar
    QCOMPARE(marks.strokes[0].p1(), QPointF(90, 0));
    QCOMPARE(marks.strokes[0].p2().x(), 100.0);
    QCOMPARE(marks.strokes[2].x1(), 7.0);
    QVERIFY(marks.rings.isEmpty());
    key.fact.unique = true;
    key.fact.optional = true;
    marks = marksOf(key, route, {});
    QCOMPARE(marks.strokes.size(), 2);
    QCOMPARE(marks.strokes[0].x1(), 93.0);
    QCOMPARE(marks.rings, QList<QPointF>{QPointF(14, 0)});
    QVERIFY(marksOf(key, {}, {}).strokes.isEmpty());
}

void TestDiagramLayout::roundCorners()
{
    const auto steps = roundedSteps({{0, 0}, {20, 0}, {20, 4}, {40, 4}}, 6);
    QCOMPARE(steps.size(), 5U);
    QCOMPARE(steps[0].to, QPointF(18, 0)); // no more than half of the short piece
    QVERIFY(steps[1].round && steps[1].corner == QPointF(20, 0));
    QCOMPARE(steps[1].to, QPointF(20, 2));
    QCOMPARE(steps.back().to, QPointF(40, 4));
    QVERIFY(roundedSteps({}, 6).empty());
}

void TestDiagramLayout::hostileNamesInSvg()
{
    Made made;
    const QString hostile = u"</text><script>\"'&%1 %2\n\t\u202E\u0007x"_s;
    made.table(hostile, 2);
    made.table(u"]]>&amp;"_s, 2);
    made.graph.tables[0].columns[1].name = u"<b>%1"_s;
    made.graph.tables[0].columns[1].type = QString(QChar(0xd800)) + QChar(0xffff);
    made.key(0, 1, 1);
    made.graph.keys[0].fact.name = hostile;
    made.graph.keys[0].fact.fromColumns = {hostile};
    const QByteArray svg = diagramSvg(made.graph, layOut(made.graph, {}), {});
    QXmlStreamReader reader(svg);
    QStringList texts;
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isStartElement()) {
            QVERIFY(reader.name() != "script"_L1 && reader.name() != "b"_L1);
            if (reader.name() == "text"_L1 || reader.name() == "title"_L1)
                texts << reader.readElementText();
        }
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    QVERIFY(texts.contains(u"</text><script>\"'&%1 %2\uFFFD\uFFFD\uFFFD\uFFFDx"_s));
    QVERIFY(texts.contains(u"]]>&amp;"_s));
    QVERIFY(texts.contains(u"<b>%1"_s));
}

void TestDiagramLayout::longNamesEndInSvg()
{
    Made made;
    const QString longName = u"x"_s.repeated(63);
    made.table(longName, 1);
    made.table(QString(QChar(0x8868)).repeated(21), 1);
    const QString svg = QString::fromUtf8(diagramSvg(made.graph, layOut(made.graph, {}), {}));
    QCOMPARE(svg.count(longName), 1); // in the title
    QCOMPARE(svg.count(u'…'), 2);
    const QString elided = QString::fromUtf8(diagramSvg(
        made.graph, layOut(made.graph, {}), {}, {},
        [](const QString &, double, bool heading) { return heading ? u"H"_s : u"n"_s; }));
    QVERIFY(elided.contains(u">H</text>"_s) && elided.contains(u">n</text>"_s));
}

QTEST_GUILESS_MAIN(TestDiagramLayout)
#include "tst_diagramlayout.moc"
