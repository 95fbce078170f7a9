// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/catalog/catalog.h"
#include "core/catalog/queries.h"
#include "core/result/chunk.h"

#include <array>
#include <vector>

namespace core {

/// The answers of the catalog queries, as they came.
struct CatalogFacts {
    std::array<std::vector<ChunkPtr>, catalogQueryCount> rows = {};
    QByteArrayList refused = {};
    [[nodiscard]] std::vector<ChunkPtr> &of(CatalogQuery query) { return rows[std::size_t(query)]; }
    [[nodiscard]] const std::vector<ChunkPtr> &of(CatalogQuery query) const
    {
        return rows[std::size_t(query)];
    }
};

/// Parses the answers; pure computation for a worker thread. Without `details` only the queries of
/// the names stage are looked at. Rows of relations that appeared or went between two queries of
/// the load are passed over. Error: catalog.unexpected when an answer does not have the columns
/// that were asked for.
[[nodiscard]] Result<CatalogPtr> buildCatalog(const CatalogFacts &facts, bool details);
[[nodiscard]] CatalogFingerprint fingerprintOf(const std::vector<ChunkPtr> &answer);

} // namespace core
