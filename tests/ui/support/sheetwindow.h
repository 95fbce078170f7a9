// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/sheet.h"

#include <QTest>

namespace test {

/// A window in front, for a sheet to stand over.
class SheetWindow : public QWidget
{
public:
    explicit SheetWindow(QSize size = {1000, 700})
    {
        resize(size);
        show();
        activateWindow();
    }
    /// Opens it once the window is active; true when it is in sight.
    [[nodiscard]] bool open(ui::Sheet *sheet)
    {
        if (!QTest::qWaitForWindowActive(this))
            return false;
        sheet->open();
        return sheet->isVisible();
    }
};

} // namespace test
