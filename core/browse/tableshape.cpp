// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/browse/tableshape.h"

#include "core/catalog/loader.h"
#include "core/catalog/relationname.h"
#include "core/pq/quoting.h"
#include "core/result/typeoids.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

/// A value of so many characters is shown whole (four bytes each at most); see SelectList.
constexpr int shortText = 256;
constexpr int modifierOffset = 4; // VARHDRSZ in atttypmod of varchar and bpchar

QString tr(const char *text)
{
    return QCoreApplication::translate("core::TableSource", text);
}

/// Varlena types whose text is short whatever they hold.
bool isShortByNature(Oid type)
{
    return type == oids::inet || type == oids::cidr;
}

CellCut cutOf(const ColumnInfo &column, Oid base, const TypeInfo *info)
{
    if (column.typeLength >= 0 || isShortByNature(base) || (info && info->kind == 'e'))
        return CellCut::None;
    const bool limited = column.typeModifier >= 0;
    const bool isShort = limited && column.typeModifier - modifierOffset <= shortText;
    if (base == oids::text || base == oids::xml)
        return CellCut::Text;
    if (base == oids::varchar || base == oids::bpchar)
        return isShort ? CellCut::None : CellCut::Text;
    if (base == oids::bytea)
        return CellCut::Bytes;
    if (base == oids::numeric)
        return limited ? CellCut::None : CellCut::Output;
    if (base == oids::bit || base == oids::varbit)
        return limited && column.typeModifier <= 4 * shortText ? CellCut::None : CellCut::Output;
    return CellCut::Output;
}

Result<ShapeColumn> shapeColumn(const Catalog &catalog, const RelationInfo &relation,
                                const ColumnInfo &info)
{
    auto quoted = quotedIdentifier(info.name);
    if (!quoted)
        return std::unexpected(std::move(quoted).error());
    ShapeColumn column;
    column.quoted = *std::move(quoted);
    column.baseType = catalog.baseType(info.type);
    const TypeInfo *const type = catalog.type(column.baseType);
    column.array = type && type->category == 'A';
    column.cut = cutOf(info, column.baseType, type);
    column.column.name = QString::fromUtf8(info.name);
    column.column.type = info.type;
    column.column.typeModifier = info.typeModifier;
    column.column.table = relation.oid;
    column.column.tableColumn = info.number;
    column.column.typeLength = info.typeLength;
    column.column.typeName = QString::fromUtf8(info.typeText);
    return column;
}

/// Indexes of the key's columns in the shape; empty when one of them may not be read.
std::vector<int> keyColumns(const TableShape &shape, std::span<const qint16> numbers)
{
    std::vector<int> key;
    for (const qint16 attnum : numbers) {
        const auto found =
            std::ranges::find(shape.columns, int(attnum),
                              [](const ShapeColumn &column) { return column.column.tableColumn; });
        if (found == shape.columns.end())
            return {};
        key.push_back(int(found - shape.columns.begin()));
    }
    return key;
}

bool isNeverNull(const Catalog &catalog, const RelationInfo &relation, const IndexInfo &index)
{
    return std::ranges::all_of(index.columns, [&](qint16 attnum) {
        const ColumnInfo *const column = catalog.column(relation, attnum);
        return column && column->notNull;
    });
}

/// The primary key; where physical order cannot be had, any unique key without NULLs.
void chooseKey(const Catalog &catalog, const RelationInfo &relation, TableShape &shape)
{
    for (const bool primary : {true, false}) {
        if (!primary && shape.hasPlaces)
            return;
        for (const IndexInfo &index : catalog.indexesOf(relation)) {
            if (index.primary != primary || !index.unique || !index.ordersPlainly
                || !isNeverNull(catalog, relation, index))
                continue;
            shape.key = keyColumns(shape, index.columns);
            if (shape.key.empty())
                continue;
            shape.keyIsPrimary = primary;
            shape.keyIndex = index.oid;
            // A key is needed whole; an index's entry is short.
            for (const int column : shape.key)
                shape.columns[std::size_t(column)].cut = CellCut::None;
            return;
        }
    }
}

std::unexpected<Error> noPermission(const TableShape &shape)
{
    return failure(ErrorKind::Server, "relation.noPermission"_ba,
                   tr("This role may not read any column of %1.").arg(shape.displayName()), {},
                   tr("Its owner can grant SELECT on it."));
}

} // namespace

bool TableShape::operator==(const TableShape &other) const
{
    return oid == other.oid && from == other.from && kind == other.kind
           && hasPlaces == other.hasPlaces && columns == other.columns
           && unreadable == other.unreadable && key == other.key && keyIndex == other.keyIndex;
}

Columns TableShape::resultColumns() const
{
    Columns all;
    all.reserve(columns.size());
    for (const ShapeColumn &column : columns)
        all.push_back(column.column);
    return all;
}

QString TableShape::displayName() const
{
    return writtenName(schema) + u'.' + writtenName(name);
}

Result<TableShape> tableShape(const Catalog &catalog, Oid oid)
{
    const RelationInfo *const relation = catalog.relation(oid);
    const SchemaInfo *const schema = relation ? catalog.schema(relation->schema) : nullptr;
    if (!schema) {
        return failure(ErrorKind::Server, "relation.missing"_ba,
                       tr("The table is not there any more."), {}, tr("Read the catalog again."));
    }
    TableShape shape;
    shape.oid = oid;
    shape.schema = schema->name.toByteArray();
    shape.name = relation->name.toByteArray();
    shape.kind = relation->kind;
    shape.hasPlaces = relation->hasHeap() && relation->mayReadAll;
    shape.rows = relation->rows;
    auto quoted = quotedName(schema->name, relation->name);
    if (!quoted)
        return std::unexpected(std::move(quoted).error());
    shape.from = (relation->kind == RelationKind::Table ? "ONLY "_ba : QByteArray{}) + *quoted;
    const auto columns = catalog.columnsOf(*relation);
    for (const ColumnInfo &info : columns) {
        if (!info.mayRead) {
            shape.unreadable.append(QString::fromUtf8(info.name));
            continue;
        }
        auto column = shapeColumn(catalog, *relation, info);
        if (!column)
            return std::unexpected(std::move(column).error());
        shape.columns.push_back(*std::move(column));
    }
    const bool nothing = shape.columns.empty() && (!columns.empty() || !relation->mayReadAll);
    if (nothing)
        return noPermission(shape);
    chooseKey(catalog, *relation, shape);
    return shape;
}

QFuture<Result<TableShape>> reloadShape(SessionThread &session, const TableShape &old)
{
    return loadRelationCatalog(session, old.oid, old.schema, old.name)
        .then([](const Result<CatalogPtr> &catalog) -> Result<TableShape> {
            if (!catalog)
                return std::unexpected(catalog.error());
            const auto relations = (*catalog)->relations();
            return tableShape(**catalog, relations.empty() ? Oid{} : relations.front().oid);
        });
}

} // namespace core
