// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/testdatabase.h"
#include "tests/ui/support/projecthome.h"
#include "ui/common/searchfield.h"
#include "ui/common/statepage.h"
#include "ui/schema/schemadock.h"

#include <QMainWindow>
#include <QStackedWidget>
#include <QTest>
#include <QTreeView>

/// The dock in a window, over one real database.
class SchemaWindow
{
public:
    SchemaWindow()
    {
        m_window.addDockWidget(Qt::LeftDockWidgetArea, dock);
        m_window.resize(700, 800);
        m_window.show();
        m_window.activateWindow();
    }

    [[nodiscard]] bool present() { return QTest::qWaitForWindowActive(&m_window); }
    /// Opens the database of this address; nothing is read yet.
    [[nodiscard]] bool open(const QString &url)
    {
        if (!home.write(QStringLiteral(".env"), "DATABASE_URL=" + url.toUtf8() + '\n')
            || !home.read() || !home.trust() || !home.database())
            return false;
        dock->setDatabase(home.database());
        return true;
    }
    /// The same, and waits until the names and the columns are there.
    [[nodiscard]] bool load(const QString &url)
    {
        if (!open(url))
            return false;
        home.database()->loadCatalog();
        return waitFor(core::OpenDatabase::CatalogState::Loaded);
    }
    [[nodiscard]] bool waitFor(core::OpenDatabase::CatalogState state)
    {
        return QTest::qWaitFor([&] { return home.database()->catalogState() == state; }, 30'000);
    }

    /// By displayed names: {"public", "Tables (2)" …} without the facts.
    [[nodiscard]] QModelIndex at(const QStringList &names) const
    {
        QModelIndex index;
        for (const QString &name : names) {
            QModelIndex found;
            for (int row = 0; row < tree->model()->rowCount(index); ++row) {
                const QModelIndex one = tree->model()->index(row, 0, index);
                if (one.data().toString() == name)
                    found = one;
            }
            if (!found.isValid())
                return {};
            index = found;
        }
        return index;
    }
    [[nodiscard]] bool showsTree() const { return tree->isVisible(); }
    [[nodiscard]] ui::StatePage *page() const
    {
        return dock->findChild<ui::StatePage *>(QStringLiteral("schemaDock.page"));
    }
    /// What the page says, or nothing while the tree is shown.
    [[nodiscard]] QString says() const
    {
        return page()->isVisible()
                   ? page()->accessibleName() + u'|' + page()->accessibleDescription()
                   : QString();
    }

    test::ProjectHome home;

private:
    QMainWindow m_window;

public:
    ui::SchemaDock *dock = new ui::SchemaDock(&m_window);
    QTreeView *tree = dock->findChild<QTreeView *>(QStringLiteral("schemaDock.tree"));
    ui::SearchField *filter =
        dock->findChild<ui::SearchField *>(QStringLiteral("schemaDock.filter"));
};
