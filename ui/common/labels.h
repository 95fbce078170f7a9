// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/fonts.h"
#include "ui/common/theme.h"

#include <QLabel>

namespace ui {

// A label of one type role and ink. Text is always plain: names and messages of servers are shown
// as they are, never as rich text. Follows palette and font changes.
class TextLabel : public QLabel
{
    Q_OBJECT

public:
    explicit TextLabel(const QString &text = {}, TextRole role = TextRole::Body,
                       Ink ink = Ink::Text, QWidget *parent = nullptr);

    void setInk(Ink ink);
    void setRole(TextRole role);
    // Words wrap, and the mouse selects them: for sentences and error texts.
    void makeParagraph();
    // Of a paragraph: one line; its height comes from its width. QLabel would ask for the height of
    // a width that it never gets.
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void dress();

    TextRole m_role;
    Ink m_ink;
    bool m_dressing = false;
};

// Body text.
[[nodiscard]] TextLabel *plainLabel(const QString &text, QWidget *parent = nullptr);
// Heading of a section in a list, dock or sheet.
[[nodiscard]] TextLabel *headingLabel(const QString &text, QWidget *parent = nullptr);
// Counts, second lines: caption font, Text 2.
[[nodiscard]] TextLabel *captionLabel(const QString &text, QWidget *parent = nullptr);

// One line that gives way to the room there is: elided in the middle (names) or at its end
// (sentences). While elided the tooltip shows the whole text; the accessible name always is the
// whole text.
class ElidedLabel : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(const QString &text = {}, TextRole role = TextRole::Body,
                         Ink ink = Ink::Text, QWidget *parent = nullptr);

    void setText(const QString &text);
    [[nodiscard]] QString text() const;
    void setElideMode(Qt::TextElideMode mode);
    void setInk(Ink ink);
    void setRole(TextRole role);
    [[nodiscard]] bool isElided() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    TextRole m_role;
    Ink m_ink;
    Qt::TextElideMode m_mode = Qt::ElideMiddle;
    bool m_dressing = false;
};

// A line of one device pixel between surfaces.
class HairLine : public QWidget
{
    Q_OBJECT

public:
    explicit HairLine(Qt::Orientation orientation = Qt::Horizontal, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Qt::Orientation m_orientation;
};

} // namespace ui
