// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result/valuetext.h"
#include "ui/grid/glyphtable.h"

#include <QCache>
#include <QColor>
#include <QGlyphRun>
#include <QPointF>
#include <QRectF>
#include <QTextLayout>

#include <memory>
#include <vector>

class QPainter;

namespace ui {

struct Theme;

// How one cell is to be drawn.
struct CellLook {
    QRectF rect = {}; // the whole cell, padding included
    bool monospaced = false;
    bool alignRight = false;
    bool followsText = false; // direction of the first strong letter; else left to right
    bool selected = false;    // on the selection of a view that has the focus
    bool tinted = false;      // on any other ground than Base: soft inks get firmer
    qreal endRoom = 0;        // kept free at the trailing edge, for a foreign key's arrow
};

// Draws the texts of cells. Latin text becomes glyph runs that are collected over a whole paint and
// drawn by flush(); everything else is laid out, and the layouts are kept. One a view; GUI thread.
class CellPainter
{
public:
    static constexpr qreal padding = 8;

    CellPainter();
    // After a font change. Keeps nothing; the next text that is drawn or measured makes it anew.
    void resetFonts();
    // After a change of colours: the kept layouts have them in.
    void resetLayouts() { m_layouts.clear(); }

    // Between begin() and flush(), in one paint. Boxes and laid-out texts are drawn at once.
    void begin(QPainter *painter, const Theme &theme);
    void draw(const core::CellText &text, const CellLook &look);
    void flush();

    // The width a cell of this text needs, paddings included.
    [[nodiscard]] qreal width(const core::CellText &text, bool monospaced) const;
    [[nodiscard]] qreal textHeight() const;

private:
    struct Bucket {
        const GlyphTable *table = nullptr;
        QRgb color = 0;
        std::vector<quint32> glyphs = {};
        std::vector<QPointF> positions = {};
    };
    // What part of a text fits: [0, units), an ellipsis if it was cut, then [tail, end).
    struct Fit {
        qsizetype units = 0;
        bool ellipsis = false;
        qsizetype tail = 0;
        qreal width = 0;
    };
    struct Layout {
        QTextLayout text;
        qreal width = 0;
    };
    // Nothing of it at the start of the program: asking fonts for a thousand glyphs takes
    // milliseconds, and the first grid comes later.
    struct Tables {
        GlyphTable plain;
        GlyphTable mono;
        GlyphTable null;
    };

    [[nodiscard]] const Tables &tables() const;

    [[nodiscard]] const GlyphTable &tableFor(const core::CellText &text, bool monospaced) const;
    [[nodiscard]] QColor inkOf(const core::CellText &text, const CellLook &look) const;
    [[nodiscard]] QColor markInk(core::TextMark::Kind kind, const CellLook &look) const;
    [[nodiscard]] static bool fit(const core::CellText &text, const GlyphTable &table, qreal room,
                                  Fit &fit);
    void drawGlyphs(const core::CellText &text, const CellLook &look, const GlyphTable &table,
                    const Fit &fit, qreal x);
    [[nodiscard]] qreal addGlyphs(QStringView text, const GlyphTable &table, QColor color,
                                  QPointF at);
    void drawBoxRound(qreal begin, qreal end, const CellLook &look);
    void drawMissing(const CellLook &look);
    void drawLayout(const core::CellText &text, const CellLook &look, const GlyphTable &table,
                    qreal room);
    [[nodiscard]] Layout *layoutOf(const core::CellText &text, const CellLook &look,
                                   const GlyphTable &table, qreal room);
    [[nodiscard]] std::unique_ptr<Layout> makeLayout(const QString &text,
                                                     const core::CellText &marked,
                                                     const CellLook &look,
                                                     const GlyphTable &table) const;
    [[nodiscard]] qreal baseline(const CellLook &look, const GlyphTable &table) const;
    Bucket &bucket(const GlyphTable &table, QColor color);

    mutable std::unique_ptr<const Tables> m_tables;
    QCache<QString, Layout> m_layouts;
    std::vector<Bucket> m_buckets; // kept from paint to paint: their room is reused
    QPainter *m_painter = nullptr;
    const Theme *m_theme = nullptr;
};

} // namespace ui
