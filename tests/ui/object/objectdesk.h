// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/objectinfo.h"
#include "tests/support/testdatabase.h"
#include "tests/ui/support/studio.h"
#include "ui/object/objecttab.h"

#include <QPointer>

namespace test {

/// The billing part of a business, as invoices and what hangs on them.
[[nodiscard]] QByteArray billingSchema();

/// A trusted folder over a database in the whole window, in which definitions are opened.
class ObjectDesk
{
public:
    explicit ObjectDesk(const TestDatabase &database, Role role = Role::Plain,
                        ui::ThemeController::Choice choice = ui::ThemeController::Choice::Light);

    [[nodiscard]] bool present();
    /// The tab of an object, as far as it is read; null where that does not end.
    [[nodiscard]] ui::ObjectTab *open(core::ObjectId object);
    [[nodiscard]] ui::ObjectTab *openTable(const QString &name);
    [[nodiscard]] ui::ObjectTab *current() const;
    [[nodiscard]] static bool settled(ui::ObjectTab *tab);

    Studio studio;

private:
    QString m_url;
};

} // namespace test
