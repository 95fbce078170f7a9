// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QObject>

class QApplication;
class QEvent;
class QFont;

namespace ui {

class FocusRing;

// Dresses the application: style, palette, fonts, focus ring. One a program, made by the
// composition root after the QApplication and before the first widget; lives in the GUI thread.
// Follows the desktop as long as the choice is System, also while the program runs.
class ThemeController : public QObject
{
    Q_OBJECT

public:
    enum class Choice : quint8 { System, Light, Dark, HighContrast };
    Q_ENUM(Choice)

    explicit ThemeController(QApplication &application, Choice choice = Choice::System,
                             QObject *parent = nullptr);
    ~ThemeController() override;

    [[nodiscard]] Choice choice() const;
    // Light or dark within HighContrast is the desktop's. The application's palette changes before
    // this returns; Qt hands it on to the widgets in the next turn of the event loop.
    void setChoice(Choice choice);

    [[nodiscard]] const Theme &current() const;
    // The desktop has a palette of its own, which System uses.
    [[nodiscard]] bool hasPlatformPalette() const;

    // The settings' font size in points, 0 for the desktop's; 7 to 30.
    void setFontPointSize(qreal points);
    // Switches off the fade of the scrim and the running piece of a progress bar (Qt::UI_General).
    void setReducedMotion(bool reduced);

signals:
    // After the palette of every widget has changed, or the font.
    void themeChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void apply();
    void readPlatform();
    void follow();
    [[nodiscard]] QPalette wanted() const;

    QApplication &m_application;
    FocusRing *m_focusRing;
    QPalette m_platformPalette;
    Theme m_current;
    Choice m_choice;
    bool m_hasPlatformPalette = false;
    bool m_platformDark = false;
    bool m_following = false; // a look at the desktop is due
};

} // namespace ui
