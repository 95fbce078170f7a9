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

/// Of what is neither a relation nor one of its columns.
QString objectIcon(const QModelIndex &index)
{
    using core::ObjectKind;
    switch (ObjectKind(index.data(core::CatalogTreeModel::ObjectKindRole).toInt())) {
    case ObjectKind::Function:
    case ObjectKind::Procedure:
    case ObjectKind::Aggregate:
    case ObjectKind::WindowFunction:
        return u"function"_s;
    case ObjectKind::Domain:
        return u"domain"_s;
    case ObjectKind::Index:
    case ObjectKind::AccessMethod:
        return u"index"_s;
    case ObjectKind::Constraint: {
        const QString key = columnIcon(index);
        return key == "columns"_L1 ? u"constraint"_s : key;
    }
    case ObjectKind::Trigger:
    case ObjectKind::EventTrigger:
        return u"trigger"_s;
    case ObjectKind::Rule:
        return u"swap"_s;
    case ObjectKind::Policy:
        return u"policy"_s;
    case ObjectKind::Statistics:
        return u"activity"_s;
    case ObjectKind::Extension:
        return u"extension"_s;
    case ObjectKind::Language:
    case ObjectKind::Transform:
        return u"sql"_s;
    case ObjectKind::Collation:
        return u"sort"_s;
    case ObjectKind::Conversion:
    case ObjectKind::Cast:
        return u"swap"_s;
    case ObjectKind::Operator:
    case ObjectKind::OperatorClass:
    case ObjectKind::OperatorFamily:
        return u"equal"_s;
    case ObjectKind::TextSearchConfiguration:
    case ObjectKind::TextSearchDictionary:
    case ObjectKind::TextSearchParser:
    case ObjectKind::TextSearchTemplate:
        return u"search"_s;
    case ObjectKind::ForeignDataWrapper:
    case ObjectKind::ForeignServer:
        return u"foreign-server"_s;
    case ObjectKind::Publication:
        return u"publication"_s;
    case ObjectKind::Subscription:
        return u"import"_s;
    case ObjectKind::UserMapping:
    case ObjectKind::Role:
        return u"role"_s;
    default:
        return u"type"_s;
    }
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
    case core::TreeRef::Kind::Object:
        row.iconName = objectIcon(index);
        break;
    case core::TreeRef::Kind::None:
        break;
    }
    if (row.dimmed)
        row.fact = tr("no permission");
    return row;
}

} // namespace ui
