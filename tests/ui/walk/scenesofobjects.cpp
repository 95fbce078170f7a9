// SPDX-License-Identifier: GPL-3.0-or-later
// Definitions of objects.
#include "scenes.h"

#include "core/catalog/objectsql.h"
#include "tests/ui/support/hostileschema.h"
#include "ui/grid/gridview.h"
#include "ui/main/documentarea.h"
#include "ui/object/objectpages.h"
#include "ui/object/objecttab.h"
#include "ui/object/samplepage.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace test {

namespace {

ui::ObjectTab *showDefinition(Scenes &scenes, core::ObjectId object)
{
    scenes.window().openDefinition(object);
    auto *tab = qobject_cast<ui::ObjectTab *>(scenes.window().documents().current());
    return tab && QTest::qWaitFor([tab] { return !tab->isRunning(); }, 30'000) ? tab : nullptr;
}

bool showTable(Scenes &scenes, ui::ObjectPages::Page page)
{
    if (!scenes.openTrusted())
        return false;
    const core::CatalogPtr catalog = scenes.window().currentDatabase()->catalog();
    const core::RelationInfo *found =
        catalog->relation(hostileSchemaName().toUtf8(), hostileTableName().toUtf8());
    ui::ObjectTab *tab = found ? showDefinition(scenes, {core::classCatalog, found->oid}) : nullptr;
    if (tab)
        tab->pages().show(page);
    const auto isRead = [tab, page] {
        return page != ui::ObjectPages::Page::Sample || tab->pages().sample()->grid().isVisible();
    };
    return tab && tab->detail() && QTest::qWaitFor(isRead, 30'000);
}

bool showType(Scenes &scenes)
{
    if (!scenes.openTrusted())
        return false;
    scenes.database().exec("DROP TYPE IF EXISTS \"<b>kind\"; CREATE TYPE \"<b>kind\" AS ENUM "
                           "('<i>one', 'two')");
    const core::Oid oid{scenes.database().value("SELECT '\"<b>kind\"'::regtype::oid").toUInt()};
    const ui::ObjectTab *tab = showDefinition(scenes, {core::catalogs::pgType, oid});
    return tab && tab->detail();
}

bool showMissing(Scenes &scenes)
{
    return scenes.openTrusted()
           && showDefinition(scenes, {core::classCatalog, core::Oid{4'000'000'000}})
           && scenes.isShown(u"object.state"_s);
}

} // namespace

std::vector<Scenes::Scene> scenesOfObjects()
{
    using Page = ui::ObjectPages::Page;
    return {
        {"definition", [](Scenes &scenes) { return showTable(scenes, Page::Structure); }},
        {"definition, policies", [](Scenes &scenes) { return showTable(scenes, Page::Policies); }},
        {"definition, statistics",
         [](Scenes &scenes) { return showTable(scenes, Page::Statistics); }},
        {"definition, sample", [](Scenes &scenes) { return showTable(scenes, Page::Sample); }},
        {"definition of a type", showType},
        {"definition that is gone", showMissing},
    };
}

} // namespace test
