// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QList>
#include <QPalette>

class QWidget;

namespace ui {

// How the window is coloured. Both high contrast schemes follow the rules of high contrast: no tint
// carries a meaning, chips and notes are outlined, popups have a 2 px edge and no shadow.
enum class ColorScheme : quint8 { Light, Dark, HighContrastLight, HighContrastDark };

// What a mark says. Never shown by colour alone: a symbol and a word stand beside it.
enum class Meaning : quint8 { Neutral, Info, Ok, Warning, Danger, Production, ReadOnly };

// The colours that text and symbols are drawn in.
enum class Ink : quint8 {
    Text,        // data, names
    Text2,       // labels, explanations, symbols at rest
    Text3,       // counts, hints, placeholders; Text2 on a selection, a toggled button or hover
    Null,        // NULL, empty text, marks of white space
    Accent,      // links, the current object
    OnAccent,    // on a fill of Accent
    OnSelection, // on a selection of the focused view
    OnBand,      // on the production band
    Info,
    Ok,
    Warning,
    Danger,
    Production,
    ReadOnly
};

struct Tone {
    QColor ink;  // >= 4.5 : 1 (7 : 1 in high contrast) on tint, Window, Base and Raised
    QColor tint; // background of chips and notes; Base in high contrast
    bool operator==(const Tone &) const = default;
};

struct SyntaxColors { // on Base
    QColor keyword;
    QColor string;
    QColor number;
    QColor function;
    QColor comment;
    QColor name;
    bool operator==(const SyntaxColors &) const = default;
};

// Every colour of the window by its role; widgets name roles and never colours. A value: built from
// a palette, compared and copied freely. Colours that a platform's palette gives (Window, Base,
// Text, Highlight, Accent) are taken over; the others are chosen for them and moved in lightness
// until their contrast holds.
struct Theme {
    ColorScheme scheme = ColorScheme::Light;

    QColor window;    // chrome, docks, headers
    QColor base;      // data, editor
    QColor alternate; // filter row, current line, canvas
    QColor raised;    // popups, tooltips
    QColor control;   // plain button
    QColor text;      // 4.5 : 1 on every surface above
    QColor text2;
    QColor text3;
    QColor line;      // between surfaces
    QColor gridline;  // between rows and cells
    QColor edge;      // of a plain button or popup
    QColor fieldEdge; // of fields, check boxes and switches, 3 : 1
    QColor accent;    // links, focus ring, primary button
    QColor onAccent;
    QColor selection; // in the view with focus
    QColor onSelection;
    QColor
        inactiveSelection; // in other views; toggled and pressed buttons; track of a progress bar
    QColor currentRow;     // tint of a grid's current row
    QColor hover;
    QColor thumb; // of scroll bars; cells not loaded
    QColor null;
    QColor onDanger;  // text on a fill of danger.ink
    QColor band;      // production band, production button and chip
    QColor bandHatch; // second colour of the band while writing is on
    QColor onBand;
    QColor productionButton;
    QColor shadow; // with alpha; transparent in high contrast
    QColor scrim;  // behind sheets, with alpha
    Tone info;
    Tone ok;
    Tone warning;
    Tone danger;
    Tone production;
    Tone readOnly;
    SyntaxColors syntax;

    bool operator==(const Theme &) const = default;

    // The theme that belongs to a palette. A palette whose text stands on Base and Window at 20 : 1
    // or more is a high contrast one.
    [[nodiscard]] static Theme forPalette(const QPalette &palette);
    [[nodiscard]] static Theme standard(ColorScheme scheme);
    // Used where the platform has no palette of its own.
    [[nodiscard]] static QPalette standardPalette(ColorScheme scheme);

    // A palette with all roles and groups of this theme; forPalette() of it gives the theme again.
    [[nodiscard]] QPalette toPalette() const;

    [[nodiscard]] bool isDark() const;
    [[nodiscard]] bool isHighContrast() const;
    // Neutral gives Text2 on Window.
    [[nodiscard]] Tone tone(Meaning meaning) const;
    [[nodiscard]] QColor ink(Ink ink) const;
};

// The theme of the palette a widget has now. GUI thread; cheap enough for every paint event. The
// reference stays valid as long as the program runs.
[[nodiscard]] const Theme &theme(const QWidget *widget);
[[nodiscard]] const Theme &theme(const QPalette &palette);
// The theme of the application's palette.
[[nodiscard]] const Theme &theme();

// WCAG 2.1 contrast ratio of two opaque colours, 1 to 21.
[[nodiscard]] double contrastRatio(const QColor &a, const QColor &b);

// `ink` moved in lightness, away from the ground, until it reaches the ratio on all grounds.
[[nodiscard]] QColor withContrast(QColor ink, const QList<QColor> &grounds, double ratio);

// Colour between `a` (share 0) and `b` (share 1).
[[nodiscard]] QColor mixed(const QColor &a, const QColor &b, double share);

} // namespace ui
