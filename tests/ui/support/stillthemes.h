// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/themecontroller.h"

#include <QApplication>

namespace test {

/// The application as it looks, without its fades. A member of a test, which is made after the
/// application.
class StillThemes : public ui::ThemeController
{
public:
    StillThemes()
        : ThemeController(*qApp)
    {
        setReducedMotion(true);
    }
};

} // namespace test
