// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagram/diagramgraph.h"

#include "core/catalog/relationname.h"
#include "core/result/typetraits.h"

#include <QCoreApplication>
#include <QHash>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr int fewColumns = 4;   // rows of a card that has no more keys than that
constexpr int fewOthers = 2;    // columns beside the keys of one that has
constexpr int mostKeyRows = 24; // a card is no list of hundreds

QString tr(const char *text)
{
    return QCoreApplication::translate("core::Diagram", text);
}

QString textOf(QByteArrayView bytes)
{
    return QString::fromUtf8(bytes);
}

bool isCard(const RelationInfo &relation)
{
    return !relation.partition
           && (relation.kind == RelationKind::Table
               || relation.kind == RelationKind::PartitionedTable
               || relation.kind == RelationKind::ForeignTable);
}

bool isKey(const ConstraintInfo &constraint)
{
    return constraint.kind == ConstraintKind::ForeignKey && !constraint.inherited;
}

/// Two rows cannot have the same values in these columns.
bool isUnique(const Catalog &catalog, const RelationInfo &relation, std::span<const qint16> columns)
{
    return std::ranges::any_of(catalog.indexesOf(relation), [&](const IndexInfo &index) {
        return index.unique && index.valid && !index.partial && !index.columns.empty()
               && std::ranges::all_of(index.columns, [&](qint16 column) {
                      return column != 0 && std::ranges::contains(columns, column);
                  });
    });
}

QStringList columnNames(const Catalog &catalog, const RelationInfo &relation,
                        std::span<const qint16> numbers)
{
    QStringList names;
    for (const qint16 number : numbers) {
        const ColumnInfo *column = catalog.column(relation, number);
        names << (column ? textOf(column->name) : QString::number(number));
    }
    return names;
}

std::optional<RelationFact> factOf(const Catalog &catalog, const ConstraintInfo &key)
{
    const RelationInfo *from = catalog.relation(key.relation);
    const RelationInfo *to = catalog.relation(key.target);
    if (!from || !to || !isKey(key))
        return std::nullopt;
    const bool oneSchema = from->schema == to->schema;
    RelationFact fact{.constraint = key.oid,
                      .from = from->oid,
                      .to = to->oid,
                      .name = textOf(key.name),
                      .fromName = oneSchema ? writtenName(from->name) : catalog.displayName(*from),
                      .toName = oneSchema ? writtenName(to->name) : catalog.displayName(*to),
                      .fromColumns = columnNames(catalog, *from, key.columns),
                      .toColumns = columnNames(catalog, *to, key.targetColumns),
                      .onUpdate = key.onUpdate,
                      .onDelete = key.onDelete,
                      .unique = isUnique(catalog, *from, key.columns),
                      .validated = key.validated};
    fact.optional = std::ranges::any_of(key.columns, [&](qint16 number) {
        const ColumnInfo *column = catalog.column(*from, number);
        return column && !column->notNull;
    });
    return fact;
}

QString actionWords(ForeignKeyAction action)
{
    switch (action) {
    case ForeignKeyAction::NoAction:
        break;
    case ForeignKeyAction::Restrict:
        return u"RESTRICT"_s;
    case ForeignKeyAction::Cascade:
        return u"CASCADE"_s;
    case ForeignKeyAction::SetNull:
        return u"SET NULL"_s;
    case ForeignKeyAction::SetDefault:
        return u"SET DEFAULT"_s;
    }
    return {};
}

/// As a grid's header names it.
QString shortType(const ColumnInfo &column)
{
    Column shown;
    shown.type = column.type;
    shown.typeModifier = column.typeModifier;
    shown.typeName = textOf(column.typeText);
    return typeName(shown);
}

/// The numbers of the columns at which keys of the shown tables begin or end.
using EndsByTable = QHash<Oid, QHash<int, int>>;

DiagramTable tableOf(const Catalog &catalog, const RelationInfo &relation,
                     const QHash<int, int> &ends)
{
    DiagramTable table{.relation = relation.oid,
                       .schema = relation.schema,
                       .kind = relation.kind,
                       .name = textOf(relation.name),
                       .qualifiedName = catalog.displayName(relation),
                       .rows = catalog.estimatedRows(relation)};
    const ConstraintInfo *primary = catalog.primaryKeyOf(relation);
    QSet<int> referencing;
    for (const ConstraintInfo &constraint : catalog.constraintsOf(relation)) {
        if (constraint.kind == ConstraintKind::ForeignKey)
            referencing.unite({constraint.columns.begin(), constraint.columns.end()});
    }
    std::vector<DiagramColumn> others;
    for (const ColumnInfo &column : catalog.columnsOf(relation)) {
        DiagramColumn row{.number = column.number,
                          .name = textOf(column.name),
                          .type = shortType(column),
                          .primary =
                              primary && std::ranges::contains(primary->columns, column.number),
                          .reference = referencing.contains(column.number)};
        const bool wanted = row.primary || row.reference || ends.contains(row.number);
        if (wanted && table.columns.size() < std::size_t(mostKeyRows))
            table.columns.push_back(std::move(row));
        else
            others.push_back(std::move(row));
    }
    const auto isFirst = [](const DiagramColumn &column) { return !column.primary; };
    std::ranges::stable_sort(table.columns, {}, isFirst);
    const int room = qMax(fewOthers, fewColumns - int(table.columns.size()));
    // One more column needs no more room than the row that would count it.
    const std::size_t taken =
        others.size() <= std::size_t(room) + 1 ? others.size() : std::size_t(room);
    std::ranges::move(others.begin(), others.begin() + qsizetype(taken),
                      std::back_inserter(table.columns));
    table.more = int(others.size() - taken);
    return table;
}

/// Of a key of several columns: which pair of them the line joins.
std::size_t shownPair(const ConstraintInfo &key, const QHash<int, int> &uses)
{
    std::size_t best = 0;
    for (std::size_t i = 1; i < key.columns.size(); ++i) {
        if (uses.value(key.columns[i]) < uses.value(key.columns[best]))
            best = i;
    }
    return best;
}

int rowOf(const DiagramTable &table, int number)
{
    const auto found = std::ranges::find(table.columns, number, &DiagramColumn::number);
    return int(found - table.columns.begin()); // the last row where it is none of them
}

} // namespace

TableRelations relationsOf(const Catalog &catalog, const RelationInfo &relation)
{
    TableRelations relations;
    for (const ConstraintInfo &key : catalog.constraintsOf(relation)) {
        if (auto fact = factOf(catalog, key))
            relations.references.push_back(std::move(*fact));
    }
    for (const ConstraintInfo *key : catalog.referencesTo(relation)) {
        if (auto fact = factOf(catalog, *key))
            relations.referencedBy.push_back(std::move(*fact));
    }
    return relations;
}

QString relationWords(const RelationFact &fact)
{
    QStringList words{fact.unique ? tr("one to one") : tr("many to one")};
    if (fact.optional)
        words << tr("optional");
    if (const QString action = actionWords(fact.onDelete); !action.isEmpty())
        words << u"ON DELETE "_s + action;
    if (const QString action = actionWords(fact.onUpdate); !action.isEmpty())
        words << u"ON UPDATE "_s + action;
    if (!fact.validated)
        words << tr("not validated");
    return words.join(u", "_s);
}

std::vector<Oid> diagramTables(const Catalog &catalog, const SchemaInfo &schema)
{
    std::vector<Oid> tables;
    for (const RelationInfo &relation : catalog.relationsOf(schema)) {
        if (isCard(relation))
            tables.push_back(relation.oid);
    }
    return tables;
}

std::vector<Oid> neighbourhood(const Catalog &catalog, Oid table)
{
    std::vector<Oid> found{table};
    const RelationInfo *relation = catalog.relation(table);
    const auto add = [&](Oid other) {
        const RelationInfo *info = catalog.relation(other);
        if (info && isCard(*info) && !std::ranges::contains(found, other))
            found.push_back(other);
    };
    if (!relation)
        return {};
    for (const ConstraintInfo &key : catalog.constraintsOf(*relation)) {
        if (isKey(key))
            add(key.target);
    }
    for (const ConstraintInfo *key : catalog.referencesTo(*relation)) {
        if (isKey(*key))
            add(key->relation);
    }
    return found;
}

std::vector<Oid> withForeignNeighbours(const Catalog &catalog, std::span<const Oid> tables)
{
    std::vector<Oid> all(tables.begin(), tables.end());
    QSet<Oid> known(tables.begin(), tables.end());
    for (const Oid table : tables) {
        const RelationInfo *relation = catalog.relation(table);
        for (const Oid other : neighbourhood(catalog, table)) {
            if (catalog.relation(other)->schema != relation->schema && !known.contains(other)) {
                known.insert(other);
                all.push_back(other);
            }
        }
    }
    return all;
}

DiagramGraph diagramGraph(const Catalog &catalog, std::span<const Oid> tables)
{
    DiagramGraph graph;
    QHash<Oid, int> places;
    std::vector<const RelationInfo *> relations;
    for (const Oid oid : tables) {
        const RelationInfo *relation = catalog.relation(oid);
        if (!relation || places.contains(oid))
            continue;
        places.insert(oid, int(relations.size()));
        relations.push_back(relation);
    }
    std::vector<const ConstraintInfo *> keys;
    EndsByTable ends;
    for (const RelationInfo *relation : relations) {
        for (const ConstraintInfo &key : catalog.constraintsOf(*relation)) {
            if (!isKey(key) || !places.contains(key.target) || key.columns.empty()
                || key.columns.size() != key.targetColumns.size())
                continue;
            keys.push_back(&key);
            for (const qint16 number : key.columns)
                ++ends[key.relation][number];
            for (const qint16 number : key.targetColumns)
                ends[key.target][number] += 0;
        }
    }
    QSet<Oid> schemas;
    for (const RelationInfo *relation : relations) {
        graph.tables.push_back(tableOf(catalog, *relation, ends.value(relation->oid)));
        schemas.insert(relation->schema);
    }
    for (DiagramTable &table : graph.tables)
        table.name = schemas.size() > 1 ? table.qualifiedName : table.name;
    for (const ConstraintInfo *key : keys) {
        auto fact = factOf(catalog, *key);
        if (!fact)
            continue;
        const std::size_t pair = shownPair(*key, ends[key->relation]);
        DiagramKey line{.fact = std::move(*fact),
                        .from = places.value(key->relation),
                        .to = places.value(key->target)};
        line.fromRow = rowOf(graph.tables[std::size_t(line.from)], key->columns[pair]);
        line.toRow = rowOf(graph.tables[std::size_t(line.to)], key->targetColumns[pair]);
        graph.keys.push_back(std::move(line));
    }
    return graph;
}

} // namespace core
