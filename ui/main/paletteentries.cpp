// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/paletteentries.h"

#include "core/catalog/objectsearch.h"
#include "core/catalog/treemodel.h"
#include "ui/common/icons.h"
#include "ui/common/kindicon.h"
#include "ui/common/menu.h"
#include "ui/object/objectwords.h"

#include <QAction>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int mostObjects = 30;

QList<int> markedLetters(const core::NamePattern &pattern, QByteArrayView name)
{
    const auto match = pattern.match({}, name, true);
    return match ? match->positions : QList<int>();
}

} // namespace

PaletteEntry objectEntry(const core::Catalog &catalog, core::ObjectId id,
                         const std::function<void(core::ObjectId)> &open)
{
    PaletteEntry entry;
    entry.kind = PaletteEntry::Kind::Object;
    entry.choose = [open, id] { open(id); };
    const auto object = catalog.object(id);
    if (!object)
        return entry;
    entry.iconName = kindIcon(object->kind);
    entry.text = QString::fromUtf8(object->name);
    const core::RelationInfo *const relation =
        id.catalog == core::classCatalog ? catalog.relation(id.object) : nullptr;
    const core::SchemaInfo *const schema = catalog.schema(object->schema);
    const auto parent = catalog.object(object->parent);
    const bool isPart = parent && parent->id.catalog == core::classCatalog;
    QStringList facts;
    if (isPart)
        facts << catalog.displayName(*parent);
    else if (schema)
        facts << QString::fromUtf8(schema->name);
    if (relation)
        facts << core::approximateCount(catalog.estimatedRows(*relation));
    else
        facts << kindWord(object->kind);
    if (!relation && !isPart && !object->detail.isEmpty())
        facts << QString::fromUtf8(object->detail);
    facts.removeAll(QString());
    entry.fact = facts.join(u"  "_s);
    return entry;
}

std::vector<PaletteEntry> objectEntries(const core::CatalogPtr &catalog, const QString &pattern,
                                        const std::function<void(core::ObjectId)> &open)
{
    std::vector<PaletteEntry> entries;
    const core::ObjectSearch search{.limit = mostObjects, .partsToo = !pattern.isEmpty()};
    for (const core::FoundObject &found : core::searchObjects(*catalog, pattern, search)) {
        PaletteEntry entry = objectEntry(*catalog, found.object, open);
        entry.marked = found.match.positions;
        const core::RelationInfo *const relation =
            found.column != 0 ? catalog->relation(found.object.object) : nullptr;
        const core::ColumnInfo *const column =
            relation ? catalog->column(*relation, found.column) : nullptr;
        if (column) {
            entry.iconName = u"columns"_s;
            entry.text = QString::fromUtf8(column->name);
            entry.fact =
                catalog->displayName(*relation) + u"  "_s + QString::fromUtf8(column->typeText);
        }
        entries.push_back(std::move(entry));
    }
    return entries;
}

std::vector<PaletteEntry> fileEntries(const QStringList &files, const QString &pattern,
                                      const std::function<void(const QString &)> &open)
{
    std::vector<PaletteEntry> entries;
    // The dot of a table's name parts it from its schema; a file's is a letter like others.
    const core::NamePattern wanted(QString(pattern).remove(u'.'));
    for (const QString &file : files) {
        const QByteArray name = file.toUtf8();
        if (!wanted.isEmpty() && !wanted.match({}, name))
            continue;
        PaletteEntry entry;
        entry.kind = PaletteEntry::Kind::File;
        entry.iconName = u"sql"_s;
        entry.text = file;
        entry.marked = markedLetters(wanted, name);
        entry.choose = [open, file] { open(file); };
        entries.push_back(std::move(entry));
    }
    return entries;
}

std::vector<PaletteEntry> commandEntries(const QList<QAction *> &actions, const QString &pattern)
{
    struct Found {
        int score;
        PaletteEntry entry;
    };
    std::vector<Found> found;
    const core::NamePattern wanted(pattern);
    for (QAction *action : actions) {
        PaletteEntry entry;
        entry.text = QString(action->text()).remove(u'&');
        const auto match = wanted.match({}, entry.text.toUtf8(), true);
        if (!wanted.isEmpty() && !match)
            continue;
        entry.iconName = iconName(action->icon());
        entry.shortcut = action->shortcut().toString(QKeySequence::NativeText);
        if (!action->isEnabled())
            entry.reason = Menu::reason(action).isEmpty() ? CommandPalette::tr("not in this view")
                                                          : Menu::reason(action);
        entry.marked = match ? match->positions : QList<int>();
        entry.choose = [action] { action->trigger(); };
        found.push_back({match ? match->score : 0, std::move(entry)});
    }
    std::ranges::stable_sort(found, std::greater(), &Found::score);
    std::vector<PaletteEntry> entries;
    for (Found &one : found)
        entries.push_back(std::move(one.entry));
    return entries;
}

} // namespace ui
