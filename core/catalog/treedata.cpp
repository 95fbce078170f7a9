// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/treedata.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace core {

namespace {

using Kind = TreeRef::Kind;

bool turnsTheDirection(QChar letter)
{
    return (letter >= QChar(0x202A) && letter <= QChar(0x202E))
           || (letter >= QChar(0x2066) && letter <= QChar(0x2069));
}

QVariant schemaData(const SchemaInfo &schema, int role)
{
    switch (role) {
    case Qt::DisplayRole:
        return visibleName(schema.name);
    case CatalogTreeModel::NameRole:
        return QString::fromUtf8(schema.name);
    case CatalogTreeModel::OidRole:
        return number(schema.oid);
    case CatalogTreeModel::ObjectKindRole:
        return int(ObjectKind::Schema);
    case CatalogTreeModel::NoAccessRole:
        return !schema.mayUse;
    case CatalogTreeModel::CommentRole:
        return QString::fromUtf8(schema.comment);
    default:
        return {};
    }
}

QVariant folderData(const TreeContent &content, const TreeRef &ref, int role)
{
    const bool isRefused = content.isRefused(ref);
    switch (role) {
    case Qt::DisplayRole:
    case CatalogTreeModel::NameRole:
        return folderName(ref.folder);
    case CatalogTreeModel::FactRole:
        return isRefused ? QString() : QLocale().toString(content.folderCount(ref));
    case CatalogTreeModel::NoAccessRole:
        return isRefused;
    default:
        return {};
    }
}

QVariant relationData(const TreeContent &content, const RelationInfo &relation, int role)
{
    switch (role) {
    case Qt::DisplayRole:
        return visibleName(relation.name);
    case CatalogTreeModel::NameRole:
        return QString::fromUtf8(relation.name);
    case CatalogTreeModel::RelationKindRole:
        return int(relation.kind);
    case CatalogTreeModel::ObjectKindRole:
        return int(content.catalog()->objectOf(relation).kind);
    case CatalogTreeModel::FactRole:
        return approximateCount(content.catalog()->estimatedRows(relation));
    case CatalogTreeModel::OidRole:
        return number(relation.oid);
    case CatalogTreeModel::LoadingRole:
        return !content.catalog()->hasDetails();
    case CatalogTreeModel::NoAccessRole: {
        const auto columns = content.catalog()->columnsOf(relation);
        return !relation.mayReadAll && std::ranges::none_of(columns, &ColumnInfo::mayRead);
    }
    case CatalogTreeModel::MatchRole: {
        const SchemaInfo *const schema = content.catalog()->schema(relation.schema);
        if (!content.isFiltered() || !schema)
            return {};
        const auto match = content.pattern().match(schema->name, relation.name, true);
        return match ? QVariant::fromValue(match->positions) : QVariant{};
    }
    case CatalogTreeModel::CommentRole:
        return QString::fromUtf8(content.catalog()->comment(relation.oid));
    default:
        return {};
    }
}

QVariant columnData(const TreeContent &content, const TreeRef &ref, int role)
{
    const RelationInfo *const relation = content.catalog()->relation(ref.object);
    const ColumnInfo *const column =
        relation ? content.catalog()->column(*relation, ref.number) : nullptr;
    if (!column)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return visibleName(column->name);
    case CatalogTreeModel::NameRole:
        return QString::fromUtf8(column->name);
    case CatalogTreeModel::FactRole:
        return visibleName(column->typeText);
    case CatalogTreeModel::NotNullRole:
        return column->notNull;
    case CatalogTreeModel::NoAccessRole:
        return !column->mayRead;
    case CatalogTreeModel::CommentRole:
        return QString::fromUtf8(content.catalog()->comment(relation->oid, ref.number));
    case CatalogTreeModel::KeyRole: {
        bool primary = false;
        bool foreign = false;
        for (const ConstraintInfo &key : content.catalog()->constraintsOf(*relation)) {
            const bool holds = std::ranges::contains(key.columns, column->number);
            primary = primary || (holds && key.kind == ConstraintKind::PrimaryKey);
            foreign = foreign || (holds && key.kind == ConstraintKind::ForeignKey);
        }
        return int((primary ? 1 : 0) + (foreign ? 2 : 0));
    }
    default:
        return {};
    }
}

} // namespace

/// Control characters are shown as their pictures (U+2400…), those that turn the direction as
/// U+FFFD: places of the name are places of the text.
QString visibleName(QByteArrayView name)
{
    QString text = QString::fromUtf8(name);
    for (QChar &letter : text) {
        if (letter < u' ')
            letter = QChar(0x2400 + letter.unicode());
        else if (letter == QChar(0x7F))
            letter = QChar(0x2421);
        else if (turnsTheDirection(letter))
            letter = QChar::ReplacementCharacter;
    }
    return text;
}

QVariant treeData(const TreeContent &content, const TreeRef &ref, int role)
{
    if (!content.catalog())
        return {};
    if (role == CatalogTreeModel::RefRole)
        return QVariant::fromValue(ref);
    switch (ref.kind) {
    case Kind::Schema: {
        const SchemaInfo *const schema = content.catalog()->schema(ref.object);
        return schema ? schemaData(*schema, role) : QVariant{};
    }
    case Kind::Folder:
        return folderData(content, ref, role);
    case Kind::Relation: {
        const RelationInfo *const relation = content.catalog()->relation(ref.object);
        return relation ? relationData(content, *relation, role) : QVariant{};
    }
    case Kind::Column:
        return columnData(content, ref, role);
    case Kind::Object:
        return objectTreeData(content, ref, role);
    case Kind::None:
        break;
    }
    return {};
}

QString approximateCount(std::optional<double> rows)
{
    if (!rows || !std::isfinite(*rows) || *rows < 0)
        return {};
    const QLocale locale;
    const auto shortened = [&](double unit, const QString &name) {
        const double value = *rows / unit;
        return CatalogTreeModel::tr("≈ %1 %2").arg(locale.toString(value, 'f', value < 100 ? 1 : 0),
                                                   name);
    };
    // 999,950,000 would read "1000 M".
    if (*rows >= 999.5e6)
        return shortened(1e9, CatalogTreeModel::tr("B", "thousand million rows"));
    if (*rows >= 999.5e3)
        return shortened(1e6, CatalogTreeModel::tr("M", "million rows"));
    return CatalogTreeModel::tr("≈ %1").arg(locale.toString(qRound64(*rows)));
}

} // namespace core
