// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/collect.h"
#include "core/transfer/formats.h"

#include <QHash>

namespace core {

/// How a type that only the catalog knows is written. `onServer`: composite, record, an array of
/// those, an array that is not written as one (int2vector), a type with a cast function to json:
/// the column is selected as to_json(column).
struct TypeFormat {
    FormatColumn format = {};
    bool onServer = false;
    Oid described = {}; ///< what RowDescription says of such a column: a domain's base type
    bool operator==(const TypeFormat &) const = default;
};
using TypeFormats = QHash<Oid, TypeFormat>;

/// One row a type. `types` is SQL for a set of oids in a column `oid`: domains are followed to what
/// they stand for, as json_categorize_type (json.c) does.
[[nodiscard]] QByteArray typeFormatsSql(QByteArrayView types);
/// For these types, given as a parameter.
[[nodiscard]] Statement typeFormatsStatement(const std::vector<Oid> &types);
[[nodiscard]] TypeFormats readTypeFormats(const Table &table);

} // namespace core
