// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyle>

class QPainter;
class QStyleOption;
class QStyleOptionComplex;
class QStyleOptionSlider;
class QWidget;

namespace ui {

struct Theme;

// The painting behind Style, by subject. Each draws what the option says with the colours of the
// theme and nothing else; the rectangles come from QStyle's own metrics.
namespace paint {

using Option = const QStyleOption *;

// stylefields.cpp
void checkBox(Option option, QPainter *painter, const Theme &theme);
void radioButton(Option option, QPainter *painter, const Theme &theme);
void fieldFrame(Option option, QPainter *painter, const Theme &theme, bool focused);
void comboBox(const QStyleOptionComplex *option, QPainter *painter, const Theme &theme);
void comboBoxLabel(Option option, QPainter *painter, const Theme &theme);
void spinBox(const QStyleOptionComplex *option, QPainter *painter, const Theme &theme,
             const QStyle *style, const QWidget *widget);
void progressBar(Option option, QPainter *painter, const Theme &theme);

// stylemenus.cpp
void popupPanel(const QRect &rect, QPainter *painter, const Theme &theme, bool translucent);
void menuItem(Option option, QPainter *painter, const Theme &theme);
void menuBarItem(Option option, QPainter *painter, const Theme &theme);
[[nodiscard]] QSize menuItemSize(Option option);

// styleviews.cpp
void scrollBar(const QStyleOptionComplex *option, QPainter *painter, const Theme &theme,
               const QStyle *style, const QWidget *widget);
// No arrow buttons: the groove is the whole bar.
[[nodiscard]] QRect scrollBarPart(const QStyleOptionSlider &bar, QStyle::SubControl part,
                                  int leastThumb);
void branch(Option option, QPainter *painter, const Theme &theme);
void rowPanel(Option option, QPainter *painter, const Theme &theme, bool rounded);
void header(Option option, QPainter *painter, const Theme &theme);
void headerLabel(Option option, QPainter *painter, const Theme &theme);
void separator(Option option, QPainter *painter, const Theme &theme);
void frame(Option option, QPainter *painter, const Theme &theme);

// styletabs.cpp
void tab(Option option, QPainter *painter, const Theme &theme);
void tabLabel(Option option, QPainter *painter, const Theme &theme);
void tabBarBase(Option option, QPainter *painter, const Theme &theme);

} // namespace paint

} // namespace ui
