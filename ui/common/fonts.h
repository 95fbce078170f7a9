// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

class QApplication;
class QWidget;

namespace ui {

// The roles of text, in points relative to the application's font. Weights are 400, 500 and 600
// only; italic is for NULL and SQL comments.
enum class TextRole : quint8 {
    Display, // +8, 600: welcome page
    Title,   // +2, 600: sheet titles, plan figures
    Heading, // 0, 600: docks, sections, column names
    Name,    // 0, 500: names, plain and primary buttons, first sentences
    Body,    // 0, 400
    Grid,    // -1, 400, figures of one width, no kerning: cells
    Caption, // -1.5, 400: types, counts, shortcuts
    Chip,    // -1.5, 500: words of chips, headings of lists in popups
    Mono,    // -1, monospace: jsonb, bytea, uuid, paths, host names
    Editor   // 0, monospace, no ligatures: SQL
};

// A font of that role, made from the application's present font; ask again after a font change.
[[nodiscard]] QFont font(TextRole role);

// Heights follow the text: `atLeast`, or the height of the role's text + 10, whichever is more.
[[nodiscard]] int rowHeight(int atLeast, TextRole role = TextRole::Body);

// A width or padding of the look (drawn for a text height of 16) grown with a larger font.
[[nodiscard]] int grown(int width);

// Sets the application's font: the desktop's where it has one; Inter 10 pt where the platform gives
// none (plain X11, offscreen) and Inter is installed. `points` > 0 overrides the size.
void applyApplicationFont(QApplication &application, qreal points = 0);

} // namespace ui
