// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid/cellpainter.h"

#include "ui/common/fonts.h"
#include "ui/common/paint.h"
#include "ui/common/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace ui {

namespace {

using core::CellText;
using core::TextMark;

constexpr char16_t ellipsis = u'…';
constexpr int keptLayouts = 2000;
constexpr qreal unlimited = 1'000'000;
// A size behind a cut value is worth this share of the cell at most.
constexpr qreal mostTail = 0.6;

bool isBoxed(TextMark::Kind kind)
{
    return kind == TextMark::Kind::Control || kind == TextMark::Kind::Invalid;
}

qsizetype tailOf(const CellText &text)
{
    return !text.marks.empty() && text.marks.back().kind == TextMark::Kind::Size
               ? text.marks.back().begin
               : text.text.size();
}

} // namespace

CellPainter::CellPainter()
    : m_layouts(keptLayouts)
{
}

void CellPainter::resetFonts()
{
    m_tables.reset();
    m_buckets.clear();
    resetLayouts();
}

const CellPainter::Tables &CellPainter::tables() const
{
    if (!m_tables) {
        QFont null = font(TextRole::Grid);
        null.setItalic(true);
        null.setPointSizeF(null.pointSizeF() - 0.5);
        m_tables = std::make_unique<const Tables>(
            GlyphTable(font(TextRole::Grid)), GlyphTable(font(TextRole::Mono)), GlyphTable(null));
    }
    return *m_tables;
}

qreal CellPainter::textHeight() const
{
    return std::max(tables().plain.height(), tables().mono.height());
}

void CellPainter::begin(QPainter *painter, const Theme &theme)
{
    m_painter = painter;
    m_theme = &theme;
}

const GlyphTable &CellPainter::tableFor(const CellText &text, bool monospaced) const
{
    switch (text.kind) {
    case CellText::Kind::Null:
        return tables().null;
    case CellText::Kind::Gone:
        return tables().plain;
    case CellText::Kind::Empty:
        return tables().mono;
    default:
        return monospaced ? tables().mono : tables().plain;
    }
}

QColor CellPainter::inkOf(const CellText &text, const CellLook &look) const
{
    const bool soft = text.kind != CellText::Kind::Value;
    if (look.selected && (!soft || m_theme->isHighContrast()))
        return m_theme->onSelection;
    switch (text.kind) {
    case CellText::Kind::Null:
    case CellText::Kind::Empty:
        return look.tinted ? m_theme->text2 : m_theme->null;
    case CellText::Kind::False:
    case CellText::Kind::Gone:
        return m_theme->text2;
    default:
        return m_theme->text;
    }
}

QColor CellPainter::markInk(TextMark::Kind kind, const CellLook &look) const
{
    if (look.selected && m_theme->isHighContrast())
        return m_theme->onSelection;
    return look.tinted || kind == TextMark::Kind::Size ? m_theme->text2 : m_theme->null;
}

bool CellPainter::fit(const CellText &text, const GlyphTable &table, qreal room, Fit &fit)
{
    const QStringView all = text.text;
    const qsizetype tail = tailOf(text);
    const qreal tailWidth = tail < all.size() ? table.width(all.sliced(tail)) : 0;
    const qreal dots = qreal(table.advance(ellipsis));
    if (table.glyph(ellipsis) == 0 || tailWidth < 0)
        return false;
    // Stops at the cell's edge: what lies beyond is never looked at.
    qreal width = 0;
    qsizetype units = 0;
    for (; units < tail; ++units) {
        const char16_t unit = all.at(units).unicode();
        if (table.glyph(unit) == 0)
            return false;
        if (width + qreal(table.advance(unit)) > room)
            break;
        width += qreal(table.advance(unit));
    }
    if (units == tail && width + tailWidth <= room) {
        fit = {tail, false, tail, width + tailWidth};
        return true;
    }
    const bool keepsTail = tailWidth > 0 && tailWidth <= room * mostTail;
    const qreal body = room - (keepsTail ? tailWidth : dots);
    while (units > 0 && width > body)
        width -= qreal(table.advance(all.at(--units).unicode()));
    fit = {units, !keepsTail, keepsTail ? tail : all.size(),
           width + (keepsTail ? tailWidth : dots)};
    return true;
}

CellPainter::Bucket &CellPainter::bucket(const GlyphTable &table, QColor color)
{
    const QRgb rgb = color.rgba();
    for (Bucket &known : m_buckets) {
        if (known.table == &table && known.color == rgb)
            return known;
    }
    return m_buckets.emplace_back(&table, rgb);
}

qreal CellPainter::addGlyphs(QStringView text, const GlyphTable &table, QColor color, QPointF at)
{
    Bucket &to = bucket(table, color);
    for (const QChar character : text) {
        const char16_t unit = character.unicode();
        to.glyphs.push_back(table.glyph(unit));
        to.positions.push_back(at);
        at.rx() += qreal(table.advance(unit));
    }
    return at.x();
}

qreal CellPainter::baseline(const CellLook &look, const GlyphTable &table) const
{
    const qreal top = look.rect.top() + (look.rect.height() - table.height()) / 2;
    return snapped(m_painter, QPointF(0, top + table.ascent())).y();
}

void CellPainter::drawBoxRound(qreal begin, qreal end, const CellLook &look)
{
    const qreal height = tables().plain.height();
    const QRectF box(begin, look.rect.center().y() - height / 2, end - begin, height);
    const QColor edge =
        look.selected && m_theme->isHighContrast() ? m_theme->onSelection : m_theme->edge;
    drawBox(m_painter, box, 3, {}, edge);
}

void CellPainter::drawGlyphs(const CellText &text, const CellLook &look, const GlyphTable &table,
                             const Fit &fit, qreal x)
{
    const QStringView all = text.text;
    const qreal y = baseline(look, table);
    const QColor ink = inkOf(text, look);
    qsizetype done = 0;
    for (const TextMark &mark : text.marks) {
        if (mark.begin >= fit.units)
            break;
        const qsizetype end = std::min<qsizetype>(mark.begin + mark.length, fit.units);
        x = addGlyphs(all.sliced(done, mark.begin - done), table, ink, {x, y});
        const qreal from = x;
        x = addGlyphs(all.sliced(mark.begin, end - mark.begin), table, markInk(mark.kind, look),
                      {x, y});
        if (isBoxed(mark.kind))
            drawBoxRound(from - 1, x + 1, look);
        done = end;
    }
    x = addGlyphs(all.sliced(done, fit.units - done), table, ink, {x, y});
    if (fit.ellipsis)
        x = addGlyphs(QStringView(&ellipsis, 1), table, markInk(TextMark::Kind::Size, look),
                      {x, y});
    x = addGlyphs(all.sliced(fit.tail), table, markInk(TextMark::Kind::Size, look), {x, y});
}

void CellPainter::drawMissing(const CellLook &look)
{
    const qreal width = std::min<qreal>(look.rect.width() / 2, 80);
    const qreal left = look.alignRight ? look.rect.right() - padding - look.endRoom - width
                                       : look.rect.left() + padding;
    const QRectF bar(left, look.rect.center().y() - 4, width, 8);
    drawBox(m_painter, snapped(m_painter, bar), 3, mixed(m_theme->base, m_theme->thumb, 0.5));
}

void CellPainter::draw(const CellText &text, const CellLook &look)
{
    if (text.kind == CellText::Kind::Missing) {
        drawMissing(look);
        return;
    }
    const GlyphTable &table = tableFor(text, look.monospaced);
    const bool boxed = text.kind == CellText::Kind::Empty;
    const qreal inset = boxed ? 4 : 0;
    const qreal room = look.rect.width() - 2 * padding - look.endRoom - 2 * inset;
    if (room <= 0)
        return;
    Fit fit;
    if (text.complex || !CellPainter::fit(text, table, room, fit)) {
        drawLayout(text, look, table, room);
        return;
    }
    const qreal left = look.rect.left() + padding;
    const qreal x = look.alignRight ? look.rect.right() - padding - look.endRoom - inset - fit.width
                                    : left + inset;
    const qreal at = snapped(m_painter, QPointF(x, 0)).x();
    drawGlyphs(text, look, table, fit, at);
    if (boxed)
        drawBoxRound(at - inset, at + fit.width + inset, look);
}

std::unique_ptr<CellPainter::Layout> CellPainter::makeLayout(const QString &text,
                                                             const CellText &marked,
                                                             const CellLook &look,
                                                             const GlyphTable &table) const
{
    auto layout = std::make_unique<Layout>();
    layout->text.setText(text);
    layout->text.setFont(table.font());
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    option.setTextDirection(look.followsText && text.isRightToLeft() ? Qt::RightToLeft
                                                                     : Qt::LeftToRight);
    layout->text.setTextOption(option);
    QList<QTextLayout::FormatRange> formats;
    for (const TextMark &mark : marked.marks) {
        QTextLayout::FormatRange range;
        range.start = mark.begin;
        range.length = std::min(mark.length, int(text.size()) - mark.begin);
        if (range.length <= 0)
            break;
        range.format.setForeground(markInk(mark.kind, look));
        formats.append(range);
    }
    layout->text.setFormats(formats);
    layout->text.beginLayout();
    QTextLine line = layout->text.createLine();
    line.setLineWidth(unlimited);
    layout->width = line.naturalTextWidth();
    line.setLineWidth(layout->width + 1);
    layout->text.endLayout();
    return layout;
}

CellPainter::Layout *CellPainter::layoutOf(const CellText &text, const CellLook &look,
                                           const GlyphTable &table, qreal room)
{
    const QColor soft = markInk(TextMark::Kind::Space, look);
    const QString key = QString::number(int(room)) + QChar(look.followsText ? u'a' : u'l')
                        + QChar(&table == &tables().mono ? u'm' : u'p')
                        + QString::number(soft.rgba(), 16) + u' ' + text.text;
    if (Layout *kept = m_layouts.object(key))
        return kept;
    std::unique_ptr<Layout> whole = makeLayout(text.text, text, look, table);
    if (whole->width > room) {
        // The widths of its clusters in reading order say how much fits; the visual order would
        // not.
        const QTextLine line = whole->text.lineAt(0);
        const qreal dots = std::max(table.width(QStringView(&ellipsis, 1)), table.height() / 2);
        qreal width = 0;
        int fitting = 0;
        for (int at = 0; at < text.text.size();) {
            const int next = whole->text.nextCursorPosition(at);
            width += std::abs(line.cursorToX(next) - line.cursorToX(at));
            if (width > room - dots || next <= at)
                break;
            fitting = at = next;
        }
        whole = makeLayout(text.text.left(fitting) + QChar(ellipsis), text, look, table);
    }
    Layout *made = whole.release();
    m_layouts.insert(key, made); // owns it; its cost of 1 never exceeds the cache's
    return made;
}

void CellPainter::drawLayout(const CellText &text, const CellLook &look, const GlyphTable &table,
                             qreal room)
{
    Layout *layout = layoutOf(text, look, table, room);
    const QTextLine line = layout->text.lineAt(0);
    const qreal x = look.alignRight ? look.rect.right() - padding - look.endRoom - layout->width
                                    : look.rect.left() + padding;
    const qreal y = baseline(look, table) - line.ascent();
    const QPointF at = snapped(m_painter, QPointF(x - line.naturalTextRect().left(), y));
    m_painter->save();
    m_painter->setClipRect(look.rect, Qt::IntersectClip);
    m_painter->setPen(inkOf(text, look));
    layout->text.draw(m_painter, at);
    m_painter->restore();
}

void CellPainter::flush()
{
    for (Bucket &bucket : m_buckets) {
        if (bucket.glyphs.empty())
            continue;
        QGlyphRun run;
        run.setRawFont(bucket.table->rawFont());
        run.setRawData(bucket.glyphs.data(), bucket.positions.data(), int(bucket.glyphs.size()));
        m_painter->setPen(QColor::fromRgba(bucket.color));
        m_painter->drawGlyphRun(QPointF(), run);
        bucket.glyphs.clear();
        bucket.positions.clear();
    }
    m_painter = nullptr;
    m_theme = nullptr;
}

qreal CellPainter::width(const CellText &text, bool monospaced) const
{
    const GlyphTable &table = tableFor(text, monospaced);
    qreal width = text.complex ? -1 : table.width(text.text);
    if (width < 0) {
        QTextLayout layout(text.text, table.font());
        layout.beginLayout();
        QTextLine line = layout.createLine();
        line.setLineWidth(unlimited);
        width = line.naturalTextWidth();
        layout.endLayout();
    }
    return width + 2 * padding + (text.kind == CellText::Kind::Empty ? 8 : 0);
}

} // namespace ui
