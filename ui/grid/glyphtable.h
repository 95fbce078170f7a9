// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QRawFont>
#include <QStringView>

#include <array>

namespace ui {

// The glyphs and advances of one font for the characters that need no shaping: Latin, and the few
// signs that a grid adds. Text made of these alone is drawn as glyph runs, five times as fast as by
// drawText() (measured). Made through the shaper once, so that the font's features (figures of one
// width) hold. GUI thread.
class GlyphTable
{
public:
    GlyphTable() = default;
    explicit GlyphTable(const QFont &font);

    // 0 when the font lacks the character or it is not in the table: lay the text out instead.
    [[nodiscard]] quint32 glyph(char16_t unit) const { return m_glyphs[slot(unit)]; }
    [[nodiscard]] float advance(char16_t unit) const { return m_advances[slot(unit)]; }
    // Of the whole text; negative when a glyph is missing.
    [[nodiscard]] qreal width(QStringView text) const;

    // Without kerning, ligatures and contextual forms; for the fall-back, so that both look alike.
    [[nodiscard]] const QFont &font() const { return m_font; }
    [[nodiscard]] const QRawFont &rawFont() const { return m_rawFont; }
    [[nodiscard]] qreal ascent() const { return m_ascent; }
    [[nodiscard]] qreal height() const { return m_height; }

private:
    // Slot 0 is never filled: it stands for every other character.
    static constexpr std::size_t latin = 0x300;
    static constexpr std::size_t punctuation = latin + 0x50;
    static constexpr std::size_t currency = punctuation + 0x20;
    static constexpr std::size_t arrows = currency + 0x30;
    [[nodiscard]] static constexpr std::size_t slot(char16_t unit)
    {
        if (unit < 0x300)
            return unit < 0x20 || (unit >= 0x7F && unit < 0xA0) || unit == 0xAD ? 0 : unit;
        if (unit >= 0x2010 && unit < 0x2060)
            return (unit >= 0x2028 && unit <= 0x202F) || unit == 0x205F ? 0
                                                                        : latin + (unit - 0x2010U);
        if (unit >= 0x20A0 && unit < 0x20C0)
            return punctuation + (unit - 0x20A0U);
        if (unit >= 0x2190 && unit < 0x21C0)
            return currency + (unit - 0x2190U);
        return 0;
    }
    void fill();
    void fillFromFont();

    QFont m_font;
    QRawFont m_rawFont;
    qreal m_ascent = 0;
    qreal m_height = 0;
    std::array<quint32, arrows> m_glyphs{};
    std::array<float, arrows> m_advances{};
};

} // namespace ui
