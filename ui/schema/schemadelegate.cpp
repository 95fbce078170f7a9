// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/schema/schemadelegate.h"

#include "core/browse/relationsizes.h"
#include "core/catalog/treemodel.h"
#include "ui/common/format.h"
#include "ui/common/kindicon.h"
#include "ui/common/tooltip.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

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

/// A key says which of the constraints it is.
QString objectIcon(const QModelIndex &index)
{
    using core::ObjectKind;
    const auto kind = ObjectKind(index.data(core::CatalogTreeModel::ObjectKindRole).toInt());
    const QString key = kind == ObjectKind::Constraint ? columnIcon(index) : QString();
    return key.isEmpty() || key == "columns"_L1 ? kindIcon(kind) : key;
}

} // namespace

QString SchemaDelegate::sizeOf(core::Oid relation) const
{
    const auto size = m_sizes ? m_sizes->size(relation) : std::nullopt;
    if (!size)
        return {};
    const QString bytes = formatBytes(size->bytes);
    return size->estimated ? u"≈ "_s + bytes : bytes;
}

bool SchemaDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
                               const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const auto ref = index.data(core::CatalogTreeModel::RefRole).value<core::TreeRef>();
    const bool isTable = ref.kind == core::TreeRef::Kind::Relation;
    const QString size = isTable ? sizeOf(ref.object) : QString();
    const QString rows = index.data(core::CatalogTreeModel::FactRole).toString();
    if (event->type() != QEvent::ToolTip || size.isEmpty() || rows.isEmpty())
        return TreeDelegate::helpEvent(event, view, option, index);
    QToolTip::showText(event->globalPos(),
                       tipText(index.data(Qt::DisplayRole).toString(), {},
                               tr("%1 rows, %2 on disk").arg(isolated(rows), isolated(size))),
                       view);
    return true;
}

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
        row.iconName = objectIcon(index);
        if (const QString size = sizeOf(ref.object); !size.isEmpty())
            row.fact = size;
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
