// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid/glyphtable.h"

#include <QFontMetricsF>
#include <QTextLayout>

namespace ui {

namespace {

QFont unshaped(QFont font)
{
    font.setKerning(false);
    for (const QFont::Tag feature : {QFont::Tag("calt"), QFont::Tag("liga"), QFont::Tag("clig")})
        font.setFeature(feature, 0);
    return font;
}

} // namespace

GlyphTable::GlyphTable(const QFont &font)
    : m_font(unshaped(font))
{
    const QFontMetricsF metrics(m_font);
    m_ascent = metrics.ascent();
    m_height = metrics.height();
    fill();
}

void GlyphTable::fill()
{
    QString ascii;
    for (char16_t unit = 0x20; unit < 0x7F; ++unit)
        ascii += QChar(unit);
    QTextOption option;
    option.setTextDirection(Qt::LeftToRight);
    option.setWrapMode(QTextOption::NoWrap);
    QTextLayout layout(ascii, m_font);
    layout.setTextOption(option);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    layout.endLayout();
    const QList<QGlyphRun> runs = line.glyphRuns(-1, -1, QTextLayout::RetrieveAll);
    for (const QGlyphRun &run : runs) {
        if (run.stringIndexes().contains(ascii.indexOf(u'a')))
            m_rawFont = run.rawFont();
    }
    fillFromFont();
    // Features change figures and their signs, so ASCII comes from the shaper. Beyond it the shaper
    // takes characters apart, and what it says about their places cannot be used.
    for (const QGlyphRun &run : runs) {
        if (!(run.rawFont() == m_rawFont))
            continue;
        const QList<quint32> glyphs = run.glyphIndexes();
        const QList<qsizetype> places = run.stringIndexes();
        for (qsizetype i = 0; i < glyphs.size(); ++i) {
            const int at = int(places.at(i));
            const std::size_t to = slot(ascii.at(at).unicode());
            m_glyphs[to] = glyphs.at(i);
            m_advances[to] = float(line.cursorToX(at + 1) - line.cursorToX(at));
        }
    }
}

void GlyphTable::fillFromFont()
{
    QString all;
    for (char16_t unit = 0x20; unit < 0x21C0; ++unit) {
        if (slot(unit) != 0)
            all += QChar(unit);
    }
    const QList<quint32> glyphs = m_rawFont.glyphIndexesForString(all);
    const QList<QPointF> advances = m_rawFont.advancesForGlyphIndexes(glyphs);
    for (qsizetype i = 0; i < glyphs.size() && i < all.size(); ++i) {
        const std::size_t to = slot(all.at(i).unicode());
        m_glyphs[to] = glyphs.at(i);
        m_advances[to] = float(advances.at(i).x());
    }
}

qreal GlyphTable::width(QStringView text) const
{
    qreal width = 0;
    for (const QChar character : text) {
        if (glyph(character.unicode()) == 0)
            return -1;
        width += qreal(advance(character.unicode()));
    }
    return width;
}

} // namespace ui
