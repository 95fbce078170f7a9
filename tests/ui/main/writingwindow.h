// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/testdatabase.h"
#include "tests/ui/support/studio.h"
#include "ui/common/button.h"
#include "ui/common/chip.h"
#include "ui/editor/editortab.h"
#include "ui/editor/sqleditor.h"
#include "ui/main/actions.h"
#include "ui/main/documentarea.h"
#include "ui/main/messagespanel.h"
#include "ui/main/paneldocks.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QTest>

namespace test {

/// The window on a trusted folder with an editor in front, and a table `item` of three rows.
struct WritingWindow {
    TestDatabase database;
    Studio studio;
    ui::EditorTab *editor = nullptr;

    [[nodiscard]] bool open()
    {
        database.exec("CREATE TABLE item (id int PRIMARY KEY, note text);"
                      "INSERT INTO item SELECT i, 'old' FROM generate_series(1, 3) AS i");
        if (!studio.home().write(QStringLiteral(".env"), "DATABASE_URL=" + database.url().toUtf8())
            || !studio.present() || !studio.openTrusted())
            return false;
        editor = studio.window().newEditor();
        return true;
    }
    /// As Ctrl+Alt+W does.
    [[nodiscard]] bool turnOn()
    {
        studio.trigger(QStringLiteral("database.write"));
        return QTest::qWaitFor([this] { return isWriting(); });
    }
    [[nodiscard]] bool isWriting()
    {
        return studio.writes().permit(studio.window().currentDatabase()->database()).has_value();
    }
    /// Puts the text in and presses Ctrl+Enter.
    void press(const QByteArray &text) const
    {
        editor->editor()->setBytes(text);
        editor->editor()->setFocus();
        editor->runAll();
    }
    /// The same, to the end of the run.
    [[nodiscard]] bool run(const QByteArray &text) const
    {
        const QPointer<ui::QueryRun> before = editor->run();
        press(text);
        return QTest::qWaitFor(
            [&] { return editor->run() && editor->run() != before && !editor->isRunning(); },
            30'000);
    }
    [[nodiscard]] QByteArray errorId() const
    {
        return editor->run()->failure() ? editor->run()->failure()->error.id : QByteArray();
    }
    [[nodiscard]] QString messages() const
    {
        QStringList all;
        for (const QLabel *label : studio.window().panels().messages().findChildren<QLabel *>())
            all << label->text();
        return all.join(u'|');
    }
    [[nodiscard]] bool isShown(const QString &name) const
    {
        for (const QWidget *widget : studio.window().findChildren<QWidget *>(name)) {
            if (widget->isVisible())
                return true;
        }
        return false;
    }
    [[nodiscard]] bool click(const QString &name) const
    {
        for (auto *button : studio.window().findChildren<QAbstractButton *>(name)) {
            if (button->isVisible() && button->isEnabled()) {
                button->click();
                return true;
            }
        }
        return false;
    }
    [[nodiscard]] QString transactionWord() const
    {
        return studio.find<ui::Chip>(QStringLiteral("status.transaction"))->text();
    }
};

} // namespace test
