// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QByteArrayView>
#include <QMetaType>

#include <optional>
#include <vector>

namespace core {

/// One `column = expression` of an UPDATE, as it is written.
struct Assignment {
    QByteArray column = {};
    QByteArray expression = {};
    bool operator==(const Assignment &) const = default;
};

/// Which rows a statement changes or destroys, and how they can be looked at before it runs: by
/// statements that only read (DESIGN 5: "counts made by reading"). Whether a person is asked at all
/// is writefacts.h's.
struct Affected {
    enum class Verb : quint8 { Update, Delete, Truncate, DropTable, DropSchema };
    Verb verb = Verb::Update;
    QByteArrayList targets = {};   ///< "schema.name" as the grammar folds them, not quoted
    QByteArrayList relations = {}; ///< the same as SQL; not of DropSchema
    bool everyRow = false;         ///< no WHERE, or no rows are left of it
    bool cascade = false;
    /// Gives the number of rows (of DropSchema: of tables and views) that are concerned; empty
    /// where no reading statement can be made of the text.
    QByteArray countSql = {};
    /// "FROM target WHERE …", for reading some of the rows; empty where they come from a join.
    QByteArray rowsFrom = {};
    QByteArray withClause = {}; ///< to stand before a SELECT of rowsFrom
    std::vector<Assignment> assignments =
        {}; ///< of an UPDATE; empty where one sets several at once
    bool operator==(const Affected &) const = default;
};

/// nullopt where the statement is none of these, or where the grammar does not accept it (the
/// server will refuse it). Of statements inside of another (WITH … DELETE) the first counts, and
/// cannot be counted. Same threads, limits and cost as classify().
[[nodiscard]] std::optional<Affected> affectedBy(QByteArrayView statement);

} // namespace core

Q_DECLARE_METATYPE(core::Affected)
