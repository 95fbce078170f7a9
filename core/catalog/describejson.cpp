// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/describe.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString textOf(QByteArrayView bytes)
{
    return QString::fromUtf8(bytes);
}

QLatin1StringView kindKey(RelationKind kind)
{
    switch (kind) {
    case RelationKind::Table:
        return "table"_L1;
    case RelationKind::PartitionedTable:
        return "partitionedTable"_L1;
    case RelationKind::View:
        return "view"_L1;
    case RelationKind::MaterializedView:
        return "materializedView"_L1;
    case RelationKind::ForeignTable:
        return "foreignTable"_L1;
    case RelationKind::Sequence:
        return "sequence"_L1;
    }
    Q_UNREACHABLE_RETURN({});
}

QLatin1StringView originKey(ColumnOrigin origin)
{
    switch (origin) {
    case ColumnOrigin::Plain:
        return "plain"_L1;
    case ColumnOrigin::Default:
        return "default"_L1;
    case ColumnOrigin::IdentityAlways:
        return "identityAlways"_L1;
    case ColumnOrigin::IdentityByDefault:
        return "identityByDefault"_L1;
    case ColumnOrigin::GeneratedStored:
        return "generatedStored"_L1;
    case ColumnOrigin::GeneratedVirtual:
        return "generatedVirtual"_L1;
    }
    Q_UNREACHABLE_RETURN({});
}

QLatin1StringView constraintKey(ConstraintKind kind)
{
    switch (kind) {
    case ConstraintKind::PrimaryKey:
        return "primaryKey"_L1;
    case ConstraintKind::Unique:
        return "unique"_L1;
    case ConstraintKind::ForeignKey:
        return "foreignKey"_L1;
    case ConstraintKind::Check:
        return "check"_L1;
    case ConstraintKind::Exclusion:
        return "exclusion"_L1;
    }
    Q_UNREACHABLE_RETURN({});
}

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QString definitionOf(const std::vector<RelationDetail::Part> &parts, Oid oid)
{
    const auto found = std::ranges::find(parts, oid, &RelationDetail::Part::oid);
    return found == parts.end() ? QString{} : found->definition;
}

QJsonObject nameOf(const Catalog &catalog, const RelationInfo &relation)
{
    const SchemaInfo *const schema = catalog.schema(relation.schema);
    return {{u"schema"_s, schema ? textOf(schema->name) : QString{}},
            {u"name"_s, textOf(relation.name)}};
}

QJsonArray columnNames(const Catalog &catalog, const RelationInfo *relation,
                       std::span<const qint16> numbers)
{
    QJsonArray names;
    for (const qint16 attnum : numbers) {
        const ColumnInfo *const column = relation ? catalog.column(*relation, attnum) : nullptr;
        names.append(column ? QJsonValue(textOf(column->name)) : QJsonValue(QJsonValue::Null));
    }
    return names;
}

QJsonArray columns(const Catalog &catalog, const RelationInfo &relation,
                   const RelationDetail &detail)
{
    QJsonArray list;
    for (const ColumnInfo &column : catalog.columnsOf(relation)) {
        const QString name = textOf(column.name);
        const auto expression =
            std::ranges::find(detail.defaults, name, &RelationDetail::Part::name);
        list.append(QJsonObject{
            {u"number"_s, column.number},
            {u"name"_s, name},
            {u"type"_s, textOf(column.typeText)},
            {u"notNull"_s, column.notNull},
            {u"origin"_s, originKey(column.origin)},
            {u"expression"_s,
             orNull(expression == detail.defaults.end() ? QString{} : expression->definition)},
            {u"readable"_s, column.mayRead},
            {u"comment"_s, orNull(textOf(catalog.comment(relation.oid, column.number)))}});
    }
    return list;
}

QJsonArray constraints(const Catalog &catalog, const RelationInfo &relation,
                       const RelationDetail &detail)
{
    QJsonArray list;
    for (const ConstraintInfo &constraint : catalog.constraintsOf(relation)) {
        QJsonObject entry{{u"name"_s, textOf(constraint.name)},
                          {u"kind"_s, constraintKey(constraint.kind)},
                          {u"columns"_s, columnNames(catalog, &relation, constraint.columns)},
                          {u"validated"_s, constraint.validated},
                          {u"definition"_s, definitionOf(detail.constraints, constraint.oid)}};
        const RelationInfo *const target = catalog.relation(constraint.target);
        if (target) {
            QJsonObject reference = nameOf(catalog, *target);
            reference[u"columns"_s] = columnNames(catalog, target, constraint.targetColumns);
            entry[u"references"_s] = reference;
        }
        list.append(entry);
    }
    return list;
}

QJsonArray indexes(const Catalog &catalog, const RelationInfo &relation,
                   const RelationDetail &detail)
{
    QJsonArray list;
    for (const IndexInfo &index : catalog.indexesOf(relation)) {
        list.append(QJsonObject{{u"name"_s, textOf(index.name)},
                                {u"method"_s, textOf(index.method)},
                                {u"columns"_s, columnNames(catalog, &relation, index.columns)},
                                {u"unique"_s, index.unique},
                                {u"primary"_s, index.primary},
                                {u"valid"_s, index.valid},
                                {u"partial"_s, index.partial},
                                {u"definition"_s, definitionOf(detail.indexes, index.oid)}});
    }
    return list;
}

QJsonArray referencedBy(const Catalog &catalog, const RelationInfo &relation)
{
    QJsonArray list;
    for (const ConstraintInfo *const key : catalog.referencesTo(relation)) {
        const RelationInfo *const from = catalog.relation(key->relation);
        if (!from)
            continue;
        QJsonObject entry = nameOf(catalog, *from);
        entry[u"constraint"_s] = textOf(key->name);
        entry[u"columns"_s] = columnNames(catalog, from, key->columns);
        list.append(entry);
    }
    return list;
}

QJsonArray definitions(const std::vector<RelationDetail::Part> &parts)
{
    QJsonArray list;
    for (const RelationDetail::Part &part : parts)
        list.append(QJsonObject{{u"name"_s, part.name}, {u"definition"_s, part.definition}});
    return list;
}

} // namespace

QJsonObject describeJson(const Catalog &catalog, const RelationInfo &relation,
                         const RelationDetail &detail)
{
    QJsonObject object = nameOf(catalog, relation);
    object[u"oid"_s] = qint64(number(relation.oid));
    object[u"kind"_s] = kindKey(relation.kind);
    object[u"owner"_s] = textOf(relation.owner);
    object[u"comment"_s] = orNull(textOf(catalog.comment(relation.oid)));
    const auto estimate = catalog.estimatedRows(relation);
    object[u"estimatedRows"_s] =
        estimate ? QJsonValue(qRound64(*estimate)) : QJsonValue(QJsonValue::Null);
    object[u"heapBytes"_s] =
        detail.heapBytes < 0 ? QJsonValue(QJsonValue::Null) : QJsonValue(detail.heapBytes);
    object[u"totalBytes"_s] =
        detail.totalBytes < 0 ? QJsonValue(QJsonValue::Null) : QJsonValue(detail.totalBytes);
    object[u"partitionKey"_s] = orNull(detail.partitionKey);
    object[u"partitionBound"_s] = orNull(detail.partitionBound);
    const RelationInfo *const parent = catalog.relation(relation.parent);
    object[u"parent"_s] =
        parent ? QJsonValue(nameOf(catalog, *parent)) : QJsonValue(QJsonValue::Null);
    object[u"rowSecurity"_s] = relation.rowSecurity;
    object[u"columns"_s] = columns(catalog, relation, detail);
    object[u"constraints"_s] = constraints(catalog, relation, detail);
    object[u"indexes"_s] = indexes(catalog, relation, detail);
    object[u"referencedBy"_s] = referencedBy(catalog, relation);
    QJsonArray children;
    for (const RelationInfo *const child : catalog.childrenOf(relation))
        children.append(nameOf(catalog, *child));
    object[u"children"_s] = children;
    object[u"triggers"_s] = definitions(detail.triggers);
    object[u"policies"_s] = definitions(detail.policies);
    object[u"viewDefinition"_s] = orNull(detail.viewDefinition);
    return object;
}

} // namespace core
