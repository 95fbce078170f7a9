// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/catalog/catalog.h"
#include "core/result/chunk.h"

#include <QFuture>
#include <QStringList>

#include <vector>

namespace core {

class SessionThread;

/// How a column is read for a grid.
enum class CellCut : quint8 {
    None,   ///< short by its type
    Text,   ///< the server can cut it without reading all of it
    Bytes,  ///< the same for bytea
    Output, ///< text only comes of the whole value (json, jsonb, arrays, composites …)
};

struct ShapeColumn {
    Column column = {};
    QByteArray quoted = {}; ///< the name as SQL
    Oid baseType = {};      ///< below domains
    bool array = false;
    CellCut cut = CellCut::None;
    bool operator==(const ShapeColumn &) const = default;
};

/// All that statements over one relation are made from.
struct TableShape {
    Oid oid = {};
    QByteArray schema = {};
    QByteArray name = {};
    QByteArray from = {}; ///< `ONLY "s"."t"`, or without ONLY where the rows lie in partitions
    RelationKind kind = RelationKind::Table;
    bool hasPlaces = false;                ///< ctid is there and may be read
    std::vector<ShapeColumn> columns = {}; ///< those that may be read
    QStringList unreadable = {};
    std::vector<int> key =
        {}; ///< indexes into columns: a unique order that an index gives; empty = none
    bool keyIsPrimary = false;
    Oid keyIndex = {};
    float rows = -1; ///< by the statistics of when the catalog was read
    bool operator==(const TableShape &other) const;

    [[nodiscard]] Columns resultColumns() const;
    [[nodiscard]] QString displayName() const;
};

/// Errors: relation.missing, relation.noPermission (no column may be read), quoting errors for a
/// name in bytes that no SQL text can hold.
[[nodiscard]] Result<TableShape> tableShape(const Catalog &catalog, Oid relation);

/// Reads the relation again from the server: by oid, and if there is none of it any more, by name.
/// One round trip.
[[nodiscard]] QFuture<Result<TableShape>> reloadShape(SessionThread &session,
                                                      const TableShape &old);

} // namespace core
