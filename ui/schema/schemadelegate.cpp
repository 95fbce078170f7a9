// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/schema/schemadelegate.h"

#include "core/catalog/treemodel.h"

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString relationIcon(core::RelationKind kind)
{
    switch (kind) {
    case core::RelationKind::Table:
        return u"table"_s;
    case core::RelationKind::PartitionedTable:
        return u"table-partitioned"_s;
    case core::RelationKind::View:
        return u"view"_s;
    case core::RelationKind::MaterializedView:
        return u"view-materialized"_s;
    case core::RelationKind::ForeignTable:
        return u"foreign-server"_s;
    case core::RelationKind::Sequence:
        return u"sequence"_s;
    }
    return {};
}

QString columnIcon(const QModelIndex &index)
{
    switch (
        core::CatalogTreeModel::ColumnKey(index.data(core::CatalogTreeModel::KeyRole).toInt())) {
    case core::CatalogTreeModel::ColumnKey::Primary:
    case core::CatalogTreeModel::ColumnKey::PrimaryAndForeign:
        return u"key-primary"_s;
    case core::CatalogTreeModel::ColumnKey::Foreign:
        return u"key-foreign"_s;
    case core::CatalogTreeModel::ColumnKey::None:
        break;
    }
    return u"columns"_s;
}

} // namespace

TreeRow SchemaDelegate::describe(const QModelIndex &index) const
{
    TreeRow row;
    row.name = index.data(Qt::DisplayRole).toString();
    row.fact = index.data(core::CatalogTreeModel::FactRole).toString();
    row.dimmed = index.data(core::CatalogTreeModel::NoAccessRole).toBool();
    const auto ref = index.data(core::CatalogTreeModel::RefRole).value<core::TreeRef>();
    switch (ref.kind) {
    case core::TreeRef::Kind::Schema:
        row.iconName = u"schema"_s;
        break;
    case core::TreeRef::Kind::Folder:
        row.iconName = u"folder"_s;
        break;
    case core::TreeRef::Kind::Relation:
        row.iconName = relationIcon(
            core::RelationKind(index.data(core::CatalogTreeModel::RelationKindRole).toInt()));
        row.current = core::isValid(m_current) && ref.object == m_current;
        break;
    case core::TreeRef::Kind::Column:
        row.iconName = columnIcon(index);
        break;
    case core::TreeRef::Kind::None:
        break;
    }
    if (row.dimmed)
        row.fact = tr("no permission");
    return row;
}

} // namespace ui
