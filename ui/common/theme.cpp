// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/theme.h"

#include <QGuiApplication>
#include <QHash>
#include <QWidget>

#include <array>
#include <map>

namespace ui {

namespace {

// The palette roles that decide a theme; what else a palette holds follows from them.
constexpr std::array decidingRoles{
    QPalette::Window,          QPalette::Base,  QPalette::Text, QPalette::Highlight,
    QPalette::HighlightedText, QPalette::Accent};
using Key = std::array<QRgb, decidingRoles.size() + 1>;

Key keyOf(const QPalette &palette)
{
    Key key{};
    for (size_t i = 0; i < decidingRoles.size(); ++i)
        key[i] = palette.color(QPalette::Active, decidingRoles[i]).rgb();
    key.back() = palette.color(QPalette::Inactive, QPalette::Highlight).rgb();
    return key;
}

ColorScheme schemeOf(const QPalette &palette)
{
    const auto color = [&palette](QPalette::ColorRole role) {
        return palette.color(QPalette::Active, role);
    };
    const bool dark = color(QPalette::Base).lightnessF() < 0.5F;
    const bool strong = contrastRatio(color(QPalette::Text), color(QPalette::Base)) >= 20.0
                        && contrastRatio(color(QPalette::Text), color(QPalette::Window)) >= 20.0;
    if (strong)
        return dark ? ColorScheme::HighContrastDark : ColorScheme::HighContrastLight;
    return dark ? ColorScheme::Dark : ColorScheme::Light;
}

QList<QColor> surfaces(const Theme &theme)
{
    return {theme.window, theme.base, theme.raised, theme.alternate};
}

// Grounds that a row or a control has for a while.
QList<QColor> states(const Theme &theme)
{
    return {theme.hover, theme.inactiveSelection, theme.currentRow, theme.control};
}

QList<QColor> tints(const Theme &theme)
{
    return {theme.info.tint,   theme.ok.tint,         theme.warning.tint,
            theme.danger.tint, theme.production.tint, theme.readOnly.tint};
}

void takeSurfaces(Theme &theme, const QPalette &palette)
{
    const auto active = [&palette](QPalette::ColorRole role) {
        return palette.color(QPalette::Active, role);
    };
    theme.window = active(QPalette::Window);
    theme.base = active(QPalette::Base);
    theme.accent = active(QPalette::Accent);
    theme.selection = active(QPalette::Highlight);
    theme.onSelection = withContrast(active(QPalette::HighlightedText), {theme.selection}, 4.5);
    const QColor text = active(QPalette::Text);
    theme.alternate = mixed(theme.base, theme.window, 0.4);
    theme.raised = theme.isDark() ? mixed(theme.base, text, 0.09) : theme.base;
    theme.control = theme.isDark() ? mixed(theme.base, text, 0.1) : theme.base;
    theme.hover = mixed(theme.window, text, 0.06);
    theme.currentRow = mixed(theme.base, theme.accent, 0.09);
    // Many platforms give the same strong selection to both groups; a view without focus is
    // quieter.
    const QColor inactive = palette.color(QPalette::Inactive, QPalette::Highlight);
    const bool quiet = contrastRatio(text, inactive) >= 7.0 && inactive != theme.selection;
    theme.inactiveSelection = quiet ? inactive : mixed(theme.window, text, 0.08);
    if (theme.isHighContrast())
        theme.hover = theme.currentRow = theme.inactiveSelection = theme.base;
    if (theme.isHighContrast())
        theme.info.tint = theme.ok.tint = theme.warning.tint = theme.danger.tint =
            theme.production.tint = theme.readOnly.tint = theme.base;
    theme.text = withContrast(text, surfaces(theme) + states(theme) + tints(theme), 4.5);
}

void deriveLines(Theme &theme)
{
    const double edgeRatio = theme.isHighContrast() ? 4.5 : 3.0;
    theme.line = mixed(theme.window, theme.text, 0.14);
    theme.gridline = mixed(theme.base, theme.text, 0.08);
    theme.edge = mixed(theme.window, theme.text, 0.25);
    theme.thumb = mixed(theme.base, theme.text, 0.26);
    theme.fieldEdge =
        withContrast(mixed(theme.window, theme.text, 0.5), {theme.window, theme.base}, edgeRatio);
    if (!theme.isHighContrast())
        return;
    theme.line = theme.edge = theme.fieldEdge = theme.thumb = theme.text;
    theme.gridline = withContrast(mixed(theme.base, theme.text, 0.5), {theme.base}, 4.5);
}

void deriveInks(Theme &theme)
{
    const double ratio = theme.isHighContrast() ? 7.0 : 4.5;
    const auto onFill = [](const QColor &fill) {
        const QColor white(Qt::white);
        return contrastRatio(white, fill) >= 4.5 ? white : QColor(Qt::black);
    };
    const QList<QColor> everywhere = surfaces(theme) + states(theme);
    theme.accent = withContrast(theme.accent, surfaces(theme) + tints(theme), ratio);
    theme.onAccent = onFill(theme.accent);
    theme.text3 = withContrast(mixed(theme.window, theme.text, 0.6), surfaces(theme), ratio);
    theme.null = theme.text3;
    theme.text2 =
        withContrast(mixed(theme.window, theme.text, 0.75), everywhere + tints(theme), ratio);
    for (Tone *tone : {&theme.info, &theme.ok, &theme.warning, &theme.danger, &theme.production,
                       &theme.readOnly})
        tone->ink = withContrast(tone->ink, everywhere + QList<QColor>{tone->tint}, ratio);
    theme.onDanger = onFill(theme.danger.ink);
    SyntaxColors &syntax = theme.syntax;
    for (QColor *ink : {&syntax.keyword, &syntax.string, &syntax.number, &syntax.function})
        *ink = withContrast(*ink, {theme.base, theme.alternate}, ratio);
    syntax.comment = theme.text3;
    syntax.name = theme.text;
}

Theme derived(const QPalette &palette, ColorScheme scheme)
{
    Theme theme = Theme::standard(scheme);
    takeSurfaces(theme, palette);
    deriveLines(theme);
    deriveInks(theme);
    return theme;
}

} // namespace

Theme Theme::forPalette(const QPalette &palette)
{
    const ColorScheme scheme = schemeOf(palette);
    if (keyOf(palette) == keyOf(standardPalette(scheme)))
        return standard(scheme);
    // A colour that was moved is mixed into others: repeated until all of them stand, so that the
    // palette made of a theme gives the same theme.
    Theme theme = derived(palette, scheme);
    constexpr int enough = 16;
    for (int round = 0; round < enough; ++round) {
        const Theme next = derived(theme.toPalette(), scheme);
        if (next == theme)
            break;
        theme = next;
    }
    return theme;
}

QPalette Theme::standardPalette(ColorScheme scheme)
{
    return standard(scheme).toPalette();
}

QPalette Theme::toPalette() const
{
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, const QColor &all,
                                const QColor &disabled) {
        palette.setColor(QPalette::Active, role, all);
        palette.setColor(QPalette::Inactive, role, all);
        palette.setColor(QPalette::Disabled, role, disabled);
    };
    set(QPalette::Window, window, window);
    set(QPalette::Base, base, window);
    set(QPalette::AlternateBase, alternate, window);
    set(QPalette::ToolTipBase, raised, raised);
    set(QPalette::Button, control, window);
    for (auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        set(role, text, text3);
    set(QPalette::ToolTipText, text, text);
    set(QPalette::BrightText, base, base);
    set(QPalette::PlaceholderText, text3, text3);
    set(QPalette::Mid, line, line);
    set(QPalette::Midlight, gridline, gridline);
    set(QPalette::Dark, edge, line);
    set(QPalette::Light, base, base);
    set(QPalette::Shadow, fieldEdge, line);
    set(QPalette::Accent, accent, text3);
    set(QPalette::Link, accent, text3);
    set(QPalette::LinkVisited, accent, text3);
    set(QPalette::Highlight, selection, inactiveSelection);
    set(QPalette::HighlightedText, onSelection, text2);
    palette.setColor(QPalette::Inactive, QPalette::Highlight, inactiveSelection);
    palette.setColor(QPalette::Inactive, QPalette::HighlightedText, text);
    return palette;
}

bool Theme::isDark() const
{
    return scheme == ColorScheme::Dark || scheme == ColorScheme::HighContrastDark;
}

bool Theme::isHighContrast() const
{
    return scheme == ColorScheme::HighContrastLight || scheme == ColorScheme::HighContrastDark;
}

Tone Theme::tone(Meaning meaning) const
{
    switch (meaning) {
    case Meaning::Info:
        return info;
    case Meaning::Ok:
        return ok;
    case Meaning::Warning:
        return warning;
    case Meaning::Danger:
        return danger;
    case Meaning::Production:
        return production;
    case Meaning::ReadOnly:
        return readOnly;
    case Meaning::Neutral:
        break;
    }
    return {text2, window};
}

QColor Theme::ink(Ink ink) const
{
    switch (ink) {
    case Ink::Text:
        return text;
    case Ink::Text2:
        return text2;
    case Ink::Text3:
        return text3;
    case Ink::Null:
        return null;
    case Ink::Accent:
        return accent;
    case Ink::OnAccent:
        return onAccent;
    case Ink::OnSelection:
        return onSelection;
    case Ink::OnBand:
        return onBand;
    case Ink::Info:
        return info.ink;
    case Ink::Ok:
        return ok.ink;
    case Ink::Warning:
        return warning.ink;
    case Ink::Danger:
        return danger.ink;
    case Ink::Production:
        return production.ink;
    case Ink::ReadOnly:
        return readOnly.ink;
    }
    return text;
}

const Theme &theme(const QPalette &palette)
{
    // Themes live in a map, whose nodes stay where they are; a program meets a handful of palettes.
    static std::map<Key, Theme> themes;
    static QHash<qint64, const Theme *> byCacheKey;
    const qint64 cacheKey = palette.cacheKey();
    if (const Theme *known = byCacheKey.value(cacheKey))
        return *known;
    auto [it, added] = themes.try_emplace(keyOf(palette));
    if (added)
        it->second = Theme::forPalette(palette);
    if (byCacheKey.size() > 512)
        byCacheKey.clear();
    byCacheKey.insert(cacheKey, &it->second);
    return it->second;
}

const Theme &theme()
{
    return theme(QGuiApplication::palette());
}

const Theme &theme(const QWidget *widget)
{
    return theme(widget->palette());
}

} // namespace ui
