// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/catalog/catalog.h"
#include "core/catalog/queries.h"
#include "core/result/chunk.h"

#include <array>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace core {

class FactRows;

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

/// Fills one Catalog from answers, in steps that follow each other as the answers come: the most
/// rows are columns, and are read while the server still answers the rest. One thread at a time.
/// Rows of relations that appeared or went between two queries of the load are passed over.
class CatalogBuilder
{
public:
    CatalogBuilder();
    CatalogBuilder(const CatalogBuilder &) = delete;
    CatalogBuilder &operator=(const CatalogBuilder &) = delete;
    ~CatalogBuilder();

    void readNames(const CatalogFacts &facts);   ///< up to CatalogQuery::Inheritance
    void readColumns(const CatalogFacts &facts); ///< up to CatalogQuery::Attributes
    void readRest(const CatalogFacts &facts);    ///< all that a catalog with details has
    /// What was read; the last call.
    [[nodiscard]] CatalogPtr take(const CatalogFacts &facts);

private:
    template<class Info> struct Part {
        quint32 relation = 0;
        Info info = {};
    };
    /// One that every database of a version has.
    struct CommonType {
        QByteArrayView name = {};
        qint16 length = -1;
    };
    [[nodiscard]] QByteArrayView keep(QByteArrayView text);
    [[nodiscard]] std::optional<quint32> indexOf(Oid relation) const;
    template<class Info>
    void place(std::vector<Part<Info>> &parts, std::vector<Info> &infos,
               CatalogSlice RelationInfo::*slice);
    void readContext(const CatalogFacts &facts);
    void readRoles(const CatalogFacts &facts);
    void readSchemas(const CatalogFacts &facts);
    void readRelations(const CatalogFacts &facts);
    void sortRelations();
    void readInheritance(const CatalogFacts &facts);
    void readTypes(const CatalogFacts &facts);
    void readTypeNames(const CatalogFacts &facts);
    void countAttributes(const CatalogFacts &facts);
    void readAttributes(const CatalogFacts &facts);
    [[nodiscard]] ColumnInfo columnOf(const FactRows &row, const RelationInfo &relation);
    void readConstraints(const CatalogFacts &facts);
    void linkReferences();
    void readIndexes(const CatalogFacts &facts);
    [[nodiscard]] bool ordersPlainly(const IndexInfo &index, const RelationInfo &relation,
                                     const FactRows &row);

    std::shared_ptr<Catalog> m_catalog;
    std::unordered_map<quint32, QByteArrayView> m_owners;
    std::unordered_map<quint32, quint32> m_relationByOid;
    std::unordered_set<quint32> m_defaultClasses;
    std::vector<CommonType> m_commonTypes; ///< by oid
    std::vector<qint16> m_buffer;
    std::vector<quint32> m_oidBuffer;
};

/// Error: catalog.unexpected when an answer does not have the columns that were asked for.
[[nodiscard]] Result<> checkFacts(const CatalogFacts &facts);
/// All steps at once, after checkFacts(); pure computation for a worker thread. Without `details`
/// only the queries of the names stage are looked at.
[[nodiscard]] Result<CatalogPtr> buildCatalog(const CatalogFacts &facts, bool details);
[[nodiscard]] CatalogFingerprint fingerprintOf(const std::vector<ChunkPtr> &answer);

} // namespace core
