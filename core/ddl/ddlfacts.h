// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ddl/ddlqueries.h"
#include "core/result/chunk.h"

#include <QByteArrayView>

#include <unordered_map>
#include <vector>

namespace core {

/// ObjectId as one number. Classes below 1000 are ours: ties that no catalog has as objects.
using DdlKey = quint64;
[[nodiscard]] constexpr DdlKey ddlKey(quint32 catalog, quint32 object)
{
    return (DdlKey(catalog) << 32) | object;
}
[[nodiscard]] constexpr quint32 ddlCatalog(DdlKey key)
{
    return quint32(key >> 32);
}

struct DdlColumn {
    QByteArrayView name = {}; ///< quoted
    QByteArrayView type = {};
    QByteArrayView generated = {};
    QByteArrayView defaultText = {};
    QByteArrayView notNull = {};
    QByteArrayView after = {};
    quint32 defaultOid = 0;
    bool inBrackets = false;
    bool hasDefault = false; ///< of its own
};

struct DdlCheck {
    DdlKey key = 0;
    QByteArrayView words = {};
};

/// What an object's text is made from; the cells of the answers, which must outlive it.
struct DdlObject {
    DdlKey key = 0;
    int rank = 0;
    QByteArrayView name = {};
    QByteArrayView target = {}; ///< as COMMENT ON and ALTER name it
    QByteArrayView owner = {};
    QByteArrayView body = {};
    std::vector<DdlKey> needs = {};
    /// Of a view the stand-in for rings; of a type the functions that need its shell.
    QByteArrayView extra = {};
    QByteArrayView afterBrackets = {};
    QByteArrayView afterStatement = {};
    QByteArrayView inlineWords = {}; ///< of a constraint that may stand in its table's brackets
    DdlKey whole = 0;                ///< the table or domain that it stands in
    bool isTable = false;
    bool ofType = false;
    std::vector<DdlColumn> columns = {};
    std::vector<DdlCheck> checks = {}; ///< that may stand in the brackets
};

struct DdlNote {
    DdlKey key = 0;
    QByteArrayView target = {}; ///< of a column; empty = the object's own
    QByteArrayView words = {};
    QByteArrayView verb = {};
};

struct DdlGrant {
    DdlKey key = 0;
    QByteArrayView words = {};
    bool foreign = false; ///< of an object that has no text here
};

struct DdlDependency {
    DdlKey from = 0;
    DdlKey to = 0;
    char kind = 'n';
};

struct DdlAnswer {
    DdlShape shape = DdlShape::Objects;
    std::vector<ChunkPtr> chunks = {};
};

/// The answers of all queries, read. Holds what the views point to.
struct DdlFacts {
    std::vector<DdlAnswer> answers = {};
    std::vector<DdlObject> objects = {};
    std::unordered_map<DdlKey, int> index = {};
    std::vector<DdlNote> notes = {}; ///< an object's in their order
    std::vector<DdlGrant> grants = {};
    std::vector<DdlDependency> dependencies = {};
    DdlKey one = 0; ///< the object that was asked for; 0 = all

    /// Index of an object, -1 for one that has no text of its own.
    [[nodiscard]] int find(DdlKey key) const
    {
        const auto found = index.find(key);
        return found == index.end() ? -1 : found->second;
    }
};

[[nodiscard]] DdlFacts readDdlFacts(std::vector<DdlAnswer> answers, DdlKey one);

} // namespace core
