// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/result/valuetext.h"
#include "ui/common/fonts.h"
#include "ui/common/theme.h"
#include "ui/grid/cellpainter.h"
#include "ui/grid/glyphtable.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QTest>
#include <QTextLayout>

using namespace Qt::StringLiterals;
using core::TypeCategory;
using ui::CellLook;
using ui::CellPainter;
using ui::GlyphTable;

/// The quick path must draw what the slow one does, and nothing may leave its cell.
class TestCellPainter : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void advancesAreTheShapers_data();
    void advancesAreTheShapers();
    void glyphRunEqualsLayout_data();
    void glyphRunEqualsLayout();
    void nothingLeavesItsCell_data();
    void nothingLeavesItsCell();
    void figuresHaveOneWidth();
    void charactersThatNeedShapingAreNotInTheTable();
    void alignment();
    void missingIsABar();
    void widthHoldsTheText_data();
    void widthHoldsTheText();

private:
    static QImage drawn(const QByteArray &bytes, TypeCategory category, CellLook look);
    static QRect inked(const QImage &image);
    static void hostileTexts();
};

void TestCellPainter::initTestCase()
{
    ui::applyApplicationFont(*qApp);
}

QImage TestCellPainter::drawn(const QByteArray &bytes, TypeCategory category, CellLook look)
{
    QImage image(int(look.rect.right()) + 60, 60, QImage::Format_RGB32);
    const ui::Theme theme = ui::Theme::standard(ui::ColorScheme::Light);
    image.fill(theme.base);
    QPainter painter(&image);
    CellPainter cells;
    cells.begin(&painter, theme);
    cells.draw(core::cellText(bytes, category), look);
    cells.flush();
    return image;
}

QRect TestCellPainter::inked(const QImage &image)
{
    const QRgb ground = image.pixel(0, 0);
    QRect rect;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixel(x, y) != ground)
                rect |= QRect(x, y, 1, 1);
        }
    }
    return rect;
}

void TestCellPainter::advancesAreTheShapers_data()
{
    QTest::addColumn<ui::TextRole>("role");
    QTest::addColumn<QString>("text");
    for (const ui::TextRole role : {ui::TextRole::Grid, ui::TextRole::Mono}) {
        const char *name = role == ui::TextRole::Grid ? "grid" : "mono";
        QTest::addRow("%s letters", name) << role << u"Split over two cost centres"_s;
        QTest::addRow("%s pairs that kern", name) << role << u"AVAV To We LT. Yo"_s;
        QTest::addRow("%s figures", name) << role << u"0123456789 -1.111,77 11:11:11"_s;
        QTest::addRow("%s accents", name) << role << u"äöüß éèñ łódź ŽŠ"_s;
        QTest::addRow("%s signs", name) << role << u"-> != >= (A) [x] x1x … ’ –"_s;
    }
}

void TestCellPainter::advancesAreTheShapers()
{
    QFETCH(const ui::TextRole, role);
    QFETCH(const QString, text);
    const GlyphTable table(ui::font(role));
    QTextLayout layout(text, table.font());
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(10'000);
    layout.endLayout();
    QVERIFY(std::abs(table.width(text) - line.cursorToX(int(text.size()))) < 0.1);
}

void TestCellPainter::glyphRunEqualsLayout_data()
{
    advancesAreTheShapers_data();
}

void TestCellPainter::glyphRunEqualsLayout()
{
    QFETCH(const ui::TextRole, role);
    QFETCH(const QString, text);
    const GlyphTable table(ui::font(role));
    const auto canvas = [] {
        QImage image(600, 40, QImage::Format_RGB32);
        image.fill(Qt::white);
        return image;
    };
    QImage slow = canvas();
    {
        QPainter painter(&slow);
        painter.setPen(Qt::black);
        painter.setFont(table.font());
        painter.drawText(QPointF(10, 25), text);
    }
    QImage quick = canvas();
    {
        QPainter painter(&quick);
        painter.setPen(Qt::black);
        QList<quint32> glyphs;
        QList<QPointF> positions;
        qreal x = 10;
        for (const QChar character : text) {
            glyphs.append(table.glyph(character.unicode()));
            positions.append({x, 25});
            x += qreal(table.advance(character.unicode()));
        }
        QGlyphRun run;
        run.setRawFont(table.rawFont());
        run.setGlyphIndexes(glyphs);
        run.setPositions(positions);
        painter.drawGlyphRun({}, run);
    }
    QCOMPARE(quick, slow);
}

void TestCellPainter::hostileTexts()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("plain") << "INV-2026-04417"_ba;
    QTest::newRow("long") << QByteArray(5'000, 'W');
    QTest::newRow("long with a size") << "Split over two cost centres " + QByteArray(5'000, 'x');
    QTest::newRow("controls") << QByteArray("\x01\x02\x1b[0m\xc2\x85").repeated(20);
    QTest::newRow("invalid") << QByteArray(300, '\xff');
    QTest::newRow("spaces") << QByteArray(300, ' ');
    QTest::newRow("line breaks") << QByteArray(300, '\n');
    QTest::newRow("override") << QByteArray("\xe2\x80\xae"
                                            "exe.fdp")
                                     .repeated(20);
    QTest::newRow("Arabic") << QByteArray("\xd8\xb4\xd8\xad\xd9\x86\xd8\xa9 ").repeated(40);
    QTest::newRow("Arabic in Latin")
        << QByteArray("abc \xd8\xb4\xd8\xad\xd9\x86 123 ").repeated(30);
    QTest::newRow("Devanagari")
        << QByteArray("\xe0\xa4\xa8\xe0\xa4\xae\xe0\xa4\xb8\xe0\xa5\x8d\xe0\xa4\xa4\xe0\xa5\x87")
               .repeated(20);
    QTest::newRow("Japanese") << QByteArray("\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e").repeated(60);
    QTest::newRow("emoji")
        << QByteArray("\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb").repeated(30);
    QTest::newRow("stacked accents") << QByteArray("Z" + QByteArray("\xcc\x81").repeated(200));
    QTest::newRow("wide sign") << "\xef\xb7\xbd\xef\xb7\xbd\xef\xb7\xbd"_ba;
}

void TestCellPainter::nothingLeavesItsCell_data()
{
    hostileTexts();
}

void TestCellPainter::nothingLeavesItsCell()
{
    QFETCH(const QByteArray, bytes);
    for (const bool right : {false, true}) {
        for (const qreal width : {200.0, 60.0, 20.0, 4.0}) {
            for (const TypeCategory category : {TypeCategory::Text, TypeCategory::Json}) {
                CellLook look;
                look.rect = QRectF(30, 16, width, 28);
                look.alignRight = right;
                look.monospaced = category == TypeCategory::Json;
                look.followsText = category == TypeCategory::Text;
                const QRect ink = inked(drawn(bytes, category, look));
                // A glyph may reach a pixel beyond its advance; the padding of 8 takes it.
                QVERIFY2(ink.isEmpty() || look.rect.toRect().adjusted(2, 0, -2, 0).contains(ink),
                         qPrintable(u"%1 %2..%3"_s.arg(width).arg(ink.left()).arg(ink.right())));
            }
        }
    }
}

void TestCellPainter::figuresHaveOneWidth()
{
    const GlyphTable table(ui::font(ui::TextRole::Grid));
    for (char16_t figure = u'0'; figure <= u'9'; ++figure)
        QCOMPARE(table.advance(figure), table.advance(u'0'));
}

void TestCellPainter::charactersThatNeedShapingAreNotInTheTable()
{
    const GlyphTable table(ui::font(ui::TextRole::Grid));
    for (const char16_t unit :
         {u'\x00', u'\n', u'\x1f', u'\x7f', u'\x85', u'\u00ad', u'\u0301', u'\u0627', u'\u200d',
          u'\u202e', u'\u2028', u'\u2066', u'\ufeff', u'\xd83d'})
        QCOMPARE(table.glyph(unit), 0U);
    QVERIFY(table.glyph(u' ') != 0);
    QVERIFY(table.glyph(u'…') != 0);
    QVERIFY(table.glyph(u'·') != 0);
}

void TestCellPainter::alignment()
{
    CellLook look;
    look.rect = QRectF(30, 16, 200, 28);
    const QRect left = inked(drawn("42", TypeCategory::Number, look));
    QVERIFY(std::abs(left.left() - 38) <= 2);
    look.alignRight = true;
    const QRect right = inked(drawn("42", TypeCategory::Number, look));
    QVERIFY(std::abs(right.right() - 221) <= 2);
    look.endRoom = 18;
    QVERIFY(std::abs(inked(drawn("42", TypeCategory::Number, look)).right() - 203) <= 2);
}

void TestCellPainter::missingIsABar()
{
    CellLook look;
    look.rect = QRectF(30, 16, 200, 28);
    QImage image(260, 60, QImage::Format_RGB32);
    const ui::Theme theme = ui::Theme::standard(ui::ColorScheme::Light);
    image.fill(theme.base);
    QPainter painter(&image);
    CellPainter cells;
    cells.begin(&painter, theme);
    core::CellText text;
    core::setCellText(text, core::Cell{}, TypeCategory::Text);
    cells.draw(text, look);
    cells.flush();
    painter.end();
    QCOMPARE(inked(image), QRect(38, 26, 80, 8));
}

void TestCellPainter::widthHoldsTheText_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("plain") << "INV-2026-04417"_ba;
    QTest::newRow("empty") << ""_ba;
    QTest::newRow("Arabic") << "\xd8\xb4\xd8\xad\xd9\x86\xd8\xa9"_ba;
    QTest::newRow("breaks") << "first\nsecond"_ba;
}

void TestCellPainter::widthHoldsTheText()
{
    QFETCH(const QByteArray, bytes);
    CellPainter cells;
    CellLook look;
    look.followsText = true;
    const qreal width =
        std::ceil(cells.width(core::cellText(bytes, TypeCategory::Text), false)) + 1;
    // The same picture in the room that is asked for and in twice as much: nothing was cut.
    look.rect = QRectF(10, 16, width, 28);
    const QRect fitted = inked(drawn(bytes, TypeCategory::Text, look));
    look.rect = QRectF(10, 16, 2 * width, 28);
    QCOMPARE(fitted, inked(drawn(bytes, TypeCategory::Text, look)));
}

QTEST_MAIN(TestCellPainter)
#include "tst_cellpainter.moc"
