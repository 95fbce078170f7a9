// SPDX-License-Identifier: GPL-3.0-or-later
#include "scenes.h"

#include "tests/ui/support/hostileschema.h"
#include "ui/diagram/diagramcanvas.h"
#include "ui/diagram/relationstab.h"
#include "ui/main/documentarea.h"

#include <QMenu>
#include <QTest>

using namespace Qt::StringLiterals;

namespace test {

namespace {

ui::RelationsTab *showRelations(Scenes &scenes)
{
    if (!scenes.openTrusted())
        return nullptr;
    scenes.window().openRelations(hostileSchemaName().toUtf8(), {});
    auto *tab = qobject_cast<ui::RelationsTab *>(scenes.window().documents().current());
    return tab && QTest::qWaitFor([tab] { return tab->isSettled(); }, 30'000) ? tab : nullptr;
}

bool showRelationsList(Scenes &scenes)
{
    ui::RelationsTab *tab = showRelations(scenes);
    if (tab)
        tab->showList(true);
    return tab && scenes.isShown(u"relations.list"_s);
}

bool showRelationsFind(Scenes &scenes)
{
    if (!showRelations(scenes))
        return false;
    scenes.studio().trigger(u"edit.find"_s);
    return scenes.isShown(u"relations.findBar"_s);
}

bool showTableChooser(Scenes &scenes)
{
    ui::RelationsTab *tab = showRelations(scenes);
    if (tab)
        tab->chooseTables();
    return tab && scenes.isShown(u"tableChooser"_s);
}

bool showTableMenu(Scenes &scenes)
{
    ui::RelationsTab *tab = showRelations(scenes);
    if (!tab)
        return false;
    emit tab->canvas().menuWanted(0, scenes.window().mapToGlobal(QPoint(400, 300)));
    return scenes.menu();
}

} // namespace

std::vector<Scenes::Scene> scenesOfRelations()
{
    return {
        {"relations", [](Scenes &scenes) { return showRelations(scenes) != nullptr; }},
        {"relations as a list", showRelationsList},
        {"find in relations", showRelationsFind},
        {"table chooser", showTableChooser},
        {"menu of a table in relations", showTableMenu,
         [](Scenes &scenes) -> QWidget * { return scenes.menu(); }},
    };
}

} // namespace test
