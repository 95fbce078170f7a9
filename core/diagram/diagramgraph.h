// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/catalog.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <span>
#include <vector>

namespace core {

/// A foreign key as people read it. Names are the server's, whatever they hold.
struct RelationFact {
    Oid constraint = {};
    Oid from = {};         ///< the referencing table
    Oid to = {};           ///< the referenced one; may be `from`
    QString name = {};     ///< of the constraint
    QString fromName = {}; ///< as SQL reads it; with its schema where the other's is another
    QString toName = {};   ///< the same
    QStringList fromColumns = {};
    QStringList toColumns = {}; ///< beside fromColumns
    ForeignKeyAction onUpdate = ForeignKeyAction::NoAction;
    ForeignKeyAction onDelete = ForeignKeyAction::NoAction;
    bool unique = false;   ///< the referencing columns are: one to one, else many to one
    bool optional = false; ///< one of them may be null
    bool validated = true;
    bool operator==(const RelationFact &) const = default;
};

/// What a table references, and what references it; each by the constraint's place in the catalog.
/// A key to itself is in both. A partition's copies of its parent's keys are in neither.
struct TableRelations {
    std::vector<RelationFact> references = {};
    std::vector<RelationFact> referencedBy = {};
};
[[nodiscard]] TableRelations relationsOf(const Catalog &catalog, const RelationInfo &relation);

/// "many to one, optional, on delete cascade, not validated": the words for a key, in the language
/// of the interface.
[[nodiscard]] QString relationWords(const RelationFact &fact);

/// A row of a card.
struct DiagramColumn {
    int number = 0; ///< attnum
    QString name = {};
    QString type = {};    ///< short: "timestamptz"
    bool primary = false; ///< of the primary key
    bool reference = false;
    bool operator==(const DiagramColumn &) const = default;
};

/// A card: a table with the columns that keys begin or end at, then the first few others.
struct DiagramTable {
    Oid relation = {};
    Oid schema = {};
    RelationKind kind = RelationKind::Table;
    QString name = {};          ///< alone where all cards are of one schema, else the same as below
    QString qualifiedName = {}; ///< as SQL reads it
    std::optional<double> rows = {}; ///< estimated
    std::vector<DiagramColumn> columns = {};
    int more = 0; ///< columns that are not among them; a last row counts them
    bool operator==(const DiagramTable &) const = default;

    [[nodiscard]] int rowCount() const { return int(columns.size()) + (more > 0 ? 1 : 0); }
};

/// A line: a foreign key between two cards.
struct DiagramKey {
    RelationFact fact = {};
    int from = 0; ///< index of the table
    int to = 0;
    int fromRow = 0; ///< row of the card that the line begins at; of several columns the one that
                     ///< the fewest keys have
    int toRow = 0;
    bool operator==(const DiagramKey &) const = default;
};

struct DiagramGraph {
    std::vector<DiagramTable> tables = {};
    std::vector<DiagramKey> keys = {};
    bool operator==(const DiagramGraph &) const = default;
};

/// What can be a card of a schema: tables, partitioned and foreign ones, but no partitions; in the
/// order of their names.
[[nodiscard]] std::vector<Oid> diagramTables(const Catalog &catalog, const SchemaInfo &schema);
/// `tables`, then those of other schemas that share a key with one of them.
[[nodiscard]] std::vector<Oid> withForeignNeighbours(const Catalog &catalog,
                                                     std::span<const Oid> tables);
/// A table, then all that share a key with it.
[[nodiscard]] std::vector<Oid> neighbourhood(const Catalog &catalog, Oid table);

/// The cards of these tables, in this order, and the keys between them. What the catalog does not
/// know is left out. Needs a catalog with details.
[[nodiscard]] DiagramGraph diagramGraph(const Catalog &catalog, std::span<const Oid> tables);

} // namespace core
