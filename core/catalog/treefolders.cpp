// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/treefolders.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

namespace core {

namespace {

using Folder = TreeRef::Folder;

struct FolderSpec {
    Folder folder;
    FolderPlace place;
    const char *name;
    const char *source;
    std::array<ObjectKind, 4> kinds = {};
    std::size_t kindCount = 0;
};

// In the order of Folder, which is that of the tree.
constexpr FolderSpec folders[] = {
    {Folder::Tables, FolderPlace::Schema, QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Tables"),
     ""},
    {Folder::Views, FolderPlace::Schema, QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Views"), ""},
    {Folder::MaterializedViews, FolderPlace::Schema,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Materialized views"), ""},
    {Folder::ForeignTables, FolderPlace::Schema,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Foreign tables"), ""},
    {Folder::Sequences, FolderPlace::Schema,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Sequences"), ""},
    {Folder::Functions,
     FolderPlace::Schema,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Functions"),
     "pg_proc",
     {ObjectKind::Function, ObjectKind::WindowFunction},
     2},
    {Folder::Procedures,
     FolderPlace::Schema,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Procedures"),
     "",
     {ObjectKind::Procedure},
     1},
    {Folder::Aggregates,
     FolderPlace::Schema,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Aggregates"),
     "",
     {ObjectKind::Aggregate},
     1},
    {Folder::Types,
     FolderPlace::Schema,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Types"),
     "pg_type",
     {ObjectKind::EnumType, ObjectKind::CompositeType, ObjectKind::RangeType, ObjectKind::BaseType},
     4},
    {Folder::Domains,
     FolderPlace::Schema,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Domains"),
     "",
     {ObjectKind::Domain},
     1},
    {Folder::Operators,
     FolderPlace::Schema,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Operators"),
     "pg_operator",
     {ObjectKind::Operator},
     1},
    {Folder::OperatorClasses,
     FolderPlace::Schema,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Operator classes"),
     "pg_opclass",
     {ObjectKind::OperatorClass, ObjectKind::OperatorFamily},
     2},
    {Folder::Collations,
     FolderPlace::Schema,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Collations"),
     "pg_collation",
     {ObjectKind::Collation},
     1},
    {Folder::Conversions,
     FolderPlace::Schema,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Conversions"),
     "pg_conversion",
     {ObjectKind::Conversion},
     1},
    {Folder::TextSearch,
     FolderPlace::Schema,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Text search"),
     "pg_ts_config",
     {ObjectKind::TextSearchConfiguration, ObjectKind::TextSearchDictionary,
      ObjectKind::TextSearchParser, ObjectKind::TextSearchTemplate},
     4},
    {Folder::Partitions, FolderPlace::Relation,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Partitions"), "pg_inherits"},
    {Folder::Keys, FolderPlace::Relation,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Keys and constraints"), "pg_constraint"},
    {Folder::Indexes, FolderPlace::Relation, QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Indexes"),
     "pg_index"},
    {Folder::Triggers,
     FolderPlace::Relation,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Triggers"),
     "pg_trigger",
     {ObjectKind::Trigger},
     1},
    {Folder::Rules,
     FolderPlace::Relation,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Rules"),
     "pg_rewrite",
     {ObjectKind::Rule},
     1},
    {Folder::Policies,
     FolderPlace::Relation,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Policies"),
     "pg_policy",
     {ObjectKind::Policy},
     1},
    {Folder::Statistics,
     FolderPlace::Relation,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Statistics"),
     "pg_statistic_ext",
     {ObjectKind::Statistics},
     1},
    {Folder::Extensions,
     FolderPlace::Database,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Extensions"),
     "pg_extension",
     {ObjectKind::Extension},
     1},
    {Folder::Casts,
     FolderPlace::Database,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Casts"),
     "pg_cast",
     {ObjectKind::Cast},
     1},
    {Folder::Languages,
     FolderPlace::Database,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Languages"),
     "pg_language",
     {ObjectKind::Language},
     1},
    {Folder::Transforms,
     FolderPlace::Database,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Transforms"),
     "pg_transform",
     {ObjectKind::Transform},
     1},
    {Folder::AccessMethods,
     FolderPlace::Database,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Access methods"),
     "pg_am",
     {ObjectKind::AccessMethod},
     1},
    {Folder::ForeignDataWrappers,
     FolderPlace::Database,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Foreign-data wrappers"),
     "pg_foreign_data_wrapper",
     {ObjectKind::ForeignDataWrapper},
     1},
    {Folder::ForeignServers,
     FolderPlace::Database,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Foreign servers"),
     "pg_foreign_server",
     {ObjectKind::ForeignServer},
     1},
    {Folder::Publications,
     FolderPlace::Database,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Publications"),
     "pg_publication",
     {ObjectKind::Publication},
     1},
    {Folder::Subscriptions,
     FolderPlace::Database,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Subscriptions"),
     "pg_subscription",
     {ObjectKind::Subscription},
     1},
    {Folder::EventTriggers,
     FolderPlace::Database,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Event triggers"),
     "pg_event_trigger",
     {ObjectKind::EventTrigger},
     1},
    {Folder::Roles,
     FolderPlace::Database,
     QT_TRANSLATE_NOOP("core::CatalogTreeModel", "Roles"),
     "pg_roles",
     {ObjectKind::Role},
     1},
};
static_assert(std::size(folders) == std::size_t(Folder::Roles));

const FolderSpec *specOf(Folder folder)
{
    return folder == Folder::None ? nullptr : &folders[std::size_t(folder) - 1];
}

std::vector<Folder> collected(FolderPlace place)
{
    std::vector<Folder> found;
    for (const FolderSpec &spec : folders) {
        if (spec.place == place)
            found.push_back(spec.folder);
    }
    return found;
}

} // namespace

std::span<const TreeRef::Folder> foldersOf(FolderPlace place)
{
    static const std::array<std::vector<Folder>, 3> all = {collected(FolderPlace::Schema),
                                                           collected(FolderPlace::Relation),
                                                           collected(FolderPlace::Database)};
    return all[std::size_t(place)];
}

FolderPlace placeOf(TreeRef::Folder folder)
{
    const FolderSpec *const spec = specOf(folder);
    return spec ? spec->place : FolderPlace::Database;
}

QString folderName(TreeRef::Folder folder)
{
    const FolderSpec *const spec = specOf(folder);
    return spec ? CatalogTreeModel::tr(spec->name) : QString();
}

std::span<const ObjectKind> kindsIn(TreeRef::Folder folder)
{
    const FolderSpec *const spec = specOf(folder);
    return spec ? std::span(spec->kinds).first(spec->kindCount) : std::span<const ObjectKind>{};
}

TreeRef::Folder folderOf(RelationKind kind)
{
    switch (kind) {
    case RelationKind::Table:
    case RelationKind::PartitionedTable:
        return Folder::Tables;
    case RelationKind::View:
        return Folder::Views;
    case RelationKind::MaterializedView:
        return Folder::MaterializedViews;
    case RelationKind::ForeignTable:
        return Folder::ForeignTables;
    case RelationKind::Sequence:
        return Folder::Sequences;
    }
    Q_UNREACHABLE_RETURN(Folder::None);
}

TreeRef::Folder folderOf(ObjectKind kind)
{
    for (const FolderSpec &spec : folders) {
        if (std::ranges::contains(std::span(spec.kinds).first(spec.kindCount), kind))
            return spec.folder;
    }
    return Folder::None;
}

bool mayHaveObjectsBelow(ObjectKind kind)
{
    return kind == ObjectKind::Extension || kind == ObjectKind::Domain
           || kind == ObjectKind::ForeignServer;
}

QByteArrayView sourceOf(TreeRef::Folder folder)
{
    const FolderSpec *const spec = specOf(folder);
    return spec ? QByteArrayView(spec->source) : QByteArrayView{};
}

} // namespace core
