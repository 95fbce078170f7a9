// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/themecontroller.h"

#include "ui/common/accessibility.h"
#include "ui/common/focusring.h"
#include "ui/common/fonts.h"
#include "ui/common/style.h"

#include <QApplication>
#include <QEvent>
#include <QStyleFactory>
#include <QStyleHints>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

bool sameColors(const QPalette &a, const QPalette &b)
{
    return std::ranges::all_of(
        std::initializer_list<QPalette::ColorRole>{QPalette::Window, QPalette::Base, QPalette::Text,
                                                   QPalette::Highlight},
        [&a, &b](QPalette::ColorRole role) {
            return a.color(QPalette::Active, role) == b.color(QPalette::Active, role);
        });
}

} // namespace

ThemeController::ThemeController(QApplication &application, Choice choice, QObject *parent)
    : QObject(parent)
    , m_application(application)
    , m_focusRing(new FocusRing(this))
    , m_choice(choice)
{
    installAccessibility();
    applyApplicationFont(application);
    application.setStyle(new Style); // owned by the application
    readPlatform();
    apply();
    application.installEventFilter(this);
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this,
            &ThemeController::follow);
}

ThemeController::~ThemeController() = default;

ThemeController::Choice ThemeController::choice() const
{
    return m_choice;
}

void ThemeController::setChoice(Choice choice)
{
    if (m_choice == choice)
        return;
    m_choice = choice;
    apply();
}

const Theme &ThemeController::current() const
{
    return m_current;
}

bool ThemeController::hasPlatformPalette() const
{
    return m_hasPlatformPalette;
}

void ThemeController::setFontPointSize(qreal points)
{
    applyApplicationFont(m_application, points);
    emit themeChanged();
}

void ThemeController::setReducedMotion(bool reduced)
{
    m_application.setEffectEnabled(Qt::UI_General, !reduced);
}

// A desktop that changes its theme tells every window; one look is enough.
bool ThemeController::eventFilter(QObject *, QEvent *event)
{
    if (event->type() == QEvent::ThemeChange && !m_following) {
        m_following = true;
        QMetaObject::invokeMethod(this, &ThemeController::follow, Qt::QueuedConnection);
    }
    return false;
}

void ThemeController::follow()
{
    m_following = false;
    readPlatform();
    apply();
}

// Our own palette hides the platform's; it shows for the moment in which ours is taken off. Without
// a platform palette Qt falls back to the style's, which then is how its absence is known.
void ThemeController::readPlatform()
{
    m_application.setPalette(QPalette());
    m_platformPalette = QApplication::palette();
    m_hasPlatformPalette = !sameColors(m_platformPalette, m_application.style()->standardPalette());
    m_platformDark = m_hasPlatformPalette
                         ? theme(m_platformPalette).isDark()
                         : QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark;
}

QPalette ThemeController::wanted() const
{
    const auto standard = [](bool dark, ColorScheme light, ColorScheme night) {
        return Theme::standardPalette(dark ? night : light);
    };
    switch (m_choice) {
    case Choice::Light:
        return Theme::standardPalette(ColorScheme::Light);
    case Choice::Dark:
        return Theme::standardPalette(ColorScheme::Dark);
    case Choice::HighContrast:
        if (m_hasPlatformPalette && theme(m_platformPalette).isHighContrast())
            break;
        return standard(m_platformDark, ColorScheme::HighContrastLight,
                        ColorScheme::HighContrastDark);
    case Choice::System:
        if (m_hasPlatformPalette)
            break;
        return standard(m_platformDark, ColorScheme::Light, ColorScheme::Dark);
    }
    return Theme::forPalette(m_platformPalette).toPalette();
}

// Qt posts the change to the widgets; what is queued afterwards comes after it.
void ThemeController::apply()
{
    const QPalette palette = wanted();
    const Theme next = Theme::forPalette(palette);
    const bool changed = next != m_current;
    m_current = next;
    m_application.setPalette(palette);
    if (changed)
        QMetaObject::invokeMethod(this, &ThemeController::themeChanged, Qt::QueuedConnection);
}

} // namespace ui
