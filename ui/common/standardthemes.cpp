// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/theme.h"

// The only place where colours are written down. Each was chosen against its grounds;
// tst_theme computes every pair in use.

namespace ui {

namespace {

QColor rgb(QRgb value)
{
    return QColor::fromRgb(value);
}

Theme lightTheme()
{
    Theme t;
    t.scheme = ColorScheme::Light;
    t.window = rgb(0xF3F5F5);
    t.base = rgb(0xFFFFFF);
    t.alternate = rgb(0xF8FAFA);
    t.raised = rgb(0xFFFFFF);
    t.control = rgb(0xFFFFFF);
    t.text = rgb(0x1B2326);
    t.text2 = rgb(0x525E63);
    t.text3 = rgb(0x5F6B71);
    t.line = rgb(0xD6DCDE);
    t.gridline = rgb(0xEAEEEF);
    t.edge = rgb(0xBFC8CB);
    t.fieldEdge = rgb(0x828E94);
    t.accent = rgb(0x0B6B7F);
    t.onAccent = rgb(0xFFFFFF);
    t.selection = rgb(0xD3E9EE);
    t.onSelection = t.text;
    t.inactiveSelection = rgb(0xE3E8E9);
    t.currentRow = rgb(0xEAF4F6);
    t.hover = rgb(0xE6EBEC);
    t.thumb = rgb(0xC3CBCE);
    t.null = rgb(0x636F74);
    t.onDanger = rgb(0xFFFFFF);
    t.band = rgb(0x8E1F43);
    t.bandHatch = rgb(0x7F1A3B);
    t.onBand = rgb(0xFFFFFF);
    t.productionButton = t.band;
    t.shadow = QColor(0, 0, 0, 41);
    t.scrim = QColor(0, 0, 0, 82);
    t.info = {rgb(0x1D5FAE), rgb(0xEDF3FB)};
    t.ok = {rgb(0x1C7443), rgb(0xEBF6F0)};
    t.warning = {rgb(0x855400), rgb(0xFCF4E2)};
    t.danger = {rgb(0xB3301B), rgb(0xFDF0ED)};
    t.production = {rgb(0x8E1F43), rgb(0xFBEEF2)};
    t.readOnly = {rgb(0x47565C), rgb(0xE7ECED)};
    t.syntax = {rgb(0x0B5F9E), rgb(0x1C7443), rgb(0x9A4A00), rgb(0x6A3FA0), t.text3, t.text};
    return t;
}

Theme darkTheme()
{
    Theme t;
    t.scheme = ColorScheme::Dark;
    t.window = rgb(0x1D2123);
    t.base = rgb(0x151819);
    t.alternate = rgb(0x191D1F);
    t.raised = rgb(0x262B2E);
    t.control = rgb(0x282E31);
    t.text = rgb(0xE2E7E9);
    t.text2 = rgb(0xA4AFB4);
    t.text3 = rgb(0x8B979D);
    t.line = rgb(0x343B3F);
    t.gridline = rgb(0x22282A);
    t.edge = rgb(0x465055);
    t.fieldEdge = rgb(0x6E7A80);
    t.accent = rgb(0x55B7CB);
    t.onAccent = rgb(0x08242B);
    t.selection = rgb(0x1B4049);
    t.onSelection = t.text;
    t.inactiveSelection = rgb(0x2B3235);
    t.currentRow = rgb(0x1A2B30);
    t.hover = rgb(0x2A3033);
    t.thumb = rgb(0x434B4F);
    t.null = rgb(0x8F9BA1);
    t.onDanger = rgb(0x2A0D07);
    t.band = rgb(0x8E1F43);
    t.bandHatch = rgb(0x7F1A3B);
    t.onBand = rgb(0xFFFFFF);
    // Brighter than the band: a button must stand out from the window by 3 : 1 at its edge.
    t.productionButton = rgb(0xA93157);
    t.shadow = QColor(0, 0, 0, 128);
    t.scrim = QColor(0, 0, 0, 128);
    t.info = {rgb(0x85B6F2), rgb(0x1A2534)};
    t.ok = {rgb(0x6CC793), rgb(0x18271D)};
    t.warning = {rgb(0xE2B455), rgb(0x2A2314)};
    t.danger = {rgb(0xF28B76), rgb(0x321D19)};
    t.production = {rgb(0xF286A3), rgb(0x351A23)};
    t.readOnly = {rgb(0xB4BFC4), rgb(0x2A3134)};
    t.syntax = {rgb(0x7FB6EE), rgb(0x7CCB9B), rgb(0xE5A66A), rgb(0xBFA0EA), t.text3, t.text};
    return t;
}

// High contrast leaves one ground and one ink; tints turn into outlines drawn by the parts.
void makeStark(Theme &t, const QColor &ground, const QColor &ink)
{
    for (QColor *color : {&t.window, &t.base, &t.alternate, &t.raised, &t.control, &t.hover,
                          &t.currentRow, &t.inactiveSelection})
        *color = ground;
    for (QColor *color : {&t.text, &t.text2, &t.line, &t.edge, &t.fieldEdge, &t.thumb})
        *color = ink;
    for (Tone *tone : {&t.info, &t.ok, &t.warning, &t.danger, &t.production, &t.readOnly})
        tone->tint = ground;
    t.selection = t.accent;
    t.onSelection = ground;
    t.onAccent = ground;
    t.onDanger = ground;
    t.band = rgb(0x6E1231);
    t.bandHatch = rgb(0x560D26);
    t.productionButton = t.band;
    t.shadow = QColor(0, 0, 0, 0);
    t.scrim = t.isDark() ? rgb(0x262626) : rgb(0xD0D0D0);
    t.syntax.comment = t.text3;
    t.syntax.name = t.text;
}

Theme highContrastLightTheme()
{
    Theme t = lightTheme();
    t.scheme = ColorScheme::HighContrastLight;
    t.text3 = t.null = rgb(0x262626);
    t.gridline = rgb(0x767676);
    t.accent = rgb(0x00434F);
    t.info.ink = rgb(0x0A3A78);
    t.ok.ink = rgb(0x0A4A26);
    t.warning.ink = rgb(0x573600);
    t.danger.ink = rgb(0x7E1A0A);
    t.production.ink = rgb(0x6E1231);
    t.readOnly.ink = rgb(0x000000);
    t.syntax = {rgb(0x06406C), rgb(0x0A4A26), rgb(0x6A3000), rgb(0x4A2480), {}, {}};
    makeStark(t, rgb(0xFFFFFF), rgb(0x000000));
    return t;
}

Theme highContrastDarkTheme()
{
    Theme t = darkTheme();
    t.scheme = ColorScheme::HighContrastDark;
    t.text3 = t.null = rgb(0xDADADA);
    t.gridline = rgb(0x8A8A8A);
    t.accent = rgb(0x8FE3F2);
    t.info.ink = rgb(0xB4D4FA);
    t.ok.ink = rgb(0x96E3B6);
    t.warning.ink = rgb(0xF5D38A);
    t.danger.ink = rgb(0xFFB5A6);
    t.production.ink = rgb(0xFFB3C7);
    t.readOnly.ink = rgb(0xFFFFFF);
    t.syntax = {rgb(0xA9D2F9), rgb(0x9FE3B8), rgb(0xF5C799), rgb(0xD9C6F7), {}, {}};
    makeStark(t, rgb(0x000000), rgb(0xFFFFFF));
    return t;
}

} // namespace

Theme Theme::standard(ColorScheme scheme)
{
    switch (scheme) {
    case ColorScheme::Dark:
        return darkTheme();
    case ColorScheme::HighContrastLight:
        return highContrastLightTheme();
    case ColorScheme::HighContrastDark:
        return highContrastDarkTheme();
    case ColorScheme::Light:
        break;
    }
    return lightTheme();
}

} // namespace ui
