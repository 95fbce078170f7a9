// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/main/actions.h"
#include "ui/main/launchrow.h"
#include "ui/main/welcomepage.h"

#include <QMainWindow>

namespace test {

/// A window that holds the welcome page alone.
struct WelcomeWindow {
    QMainWindow window;
    ui::Actions actions{&window};
    ui::WelcomePage *page = new ui::WelcomePage(actions, &window);

    WelcomeWindow()
    {
        window.setCentralWidget(page);
        window.resize(1100, 700);
        window.show();
    }
    [[nodiscard]] ui::LaunchRow *row(const QString &name) const
    {
        return page->findChild<ui::LaunchRow *>(name);
    }
    [[nodiscard]] ui::LaunchRow *recent(int row) const
    {
        return this->row(QStringLiteral("welcome.recent%1").arg(row));
    }
};

} // namespace test
