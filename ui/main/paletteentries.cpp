// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/paletteentries.h"

#include "core/catalog/namesearch.h"
#include "core/catalog/treemodel.h"
#include "ui/common/icons.h"
#include "ui/common/menu.h"

#include <QAction>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int mostTables = 30;

QList<int> markedLetters(const core::NamePattern &pattern, QByteArrayView name)
{
    const auto match = pattern.match({}, name, true);
    return match ? match->positions : QList<int>();
}

} // namespace

std::vector<PaletteEntry> tableEntries(const core::CatalogPtr &catalog, const QString &pattern,
                                       const std::function<void(core::Oid)> &open)
{
    std::vector<PaletteEntry> entries;
    const core::NamePattern wanted(pattern);
    for (const core::FoundName &found : core::searchNames(*catalog, pattern, mostTables)) {
        const core::RelationInfo *relation = catalog->relation(found.relation);
        PaletteEntry entry;
        entry.kind = PaletteEntry::Kind::Table;
        entry.iconName = relation->kind == core::RelationKind::View ? u"view"_s : u"table"_s;
        entry.text = QString::fromUtf8(relation->name);
        entry.fact = QString::fromUtf8(catalog->schema(relation->schema)->name) + u"  "_s
                     + core::approximateCount(catalog->estimatedRows(*relation));
        entry.marked = markedLetters(wanted, relation->name);
        entry.choose = [open, oid = found.relation] { open(oid); };
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
