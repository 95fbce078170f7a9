// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/button.h"
#include "ui/common/theme.h"

#include <QFont>
#include <QIcon>

class QStyleOptionButton;

namespace ui {

// What a button looks like at a moment; Style draws plain QPushButtons through it as well.
struct ButtonLook {
    Button::Kind kind = Button::Kind::Plain;
    bool enabled = true;
    bool pointedAt = false;
    bool down = false;
    bool checked = false;
    bool focused = false;
    bool hasMenu = false;
    QIcon icon;
    QString text; // with mnemonic
    QString fact;
    QString keyHint;
    bool showMnemonic = false;
    Qt::LayoutDirection direction = Qt::LeftToRight;
};

// The look of any push button from its option; the fields beyond QPushButton's are left empty.
[[nodiscard]] ButtonLook lookOf(const QStyleOptionButton &option, Button::Kind kind);

[[nodiscard]] QFont buttonFont(Button::Kind kind);
// The width of the contents with the paddings.
[[nodiscard]] int buttonWidth(const ButtonLook &look);

void paintButtonBody(QPainter *painter, const QRect &rect, const ButtonLook &look,
                     const Theme &theme);
void paintButtonContents(QPainter *painter, const QRect &rect, const ButtonLook &look,
                         const Theme &theme);

} // namespace ui
