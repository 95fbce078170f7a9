// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

class QLabel;

namespace ui {

// The text of a tooltip: a name with its shortcut, or a fact; and a reason below in Text 2. Always
// plain text, whatever it contains. Pass the result to setToolTip() or QToolTip::showText(); any
// other text works too: its first line is the fact, the lines after it are the reason.
[[nodiscard]] QString tipText(const QString &name, const QString &shortcut = {},
                              const QString &reason = {});

// Gives Qt's tooltip windows their look: at most 280 wide, two tones, plain text. Installed by
// Style on each of them.
class TipLook : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    // Draws a tooltip's text into the label, for windows that show one by themselves as well.
    static void paint(QLabel *tip);
    [[nodiscard]] static QSize sizeFor(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void shape(QLabel *tip);

    bool m_shaping = false;
};

} // namespace ui
