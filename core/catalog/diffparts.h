// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/catalogdiff.h"

namespace core {

/// One of the two catalogs that are compared.
struct DiffSide {
    const Catalog &catalog;

    /// What is the same for an object of the same name in another load.
    [[nodiscard]] QByteArray keyOf(const ObjectInfo &object) const;
    [[nodiscard]] std::optional<ObjectInfo> objectOf(const ConstraintInfo *constraint) const;
    [[nodiscard]] std::optional<ObjectInfo> objectOf(const IndexInfo *index) const;
    [[nodiscard]] QString relationName(Oid oid) const;
    [[nodiscard]] QString extensionName(Oid oid) const;
    [[nodiscard]] QString collationName(Oid oid) const;
    [[nodiscard]] QString columnNames(Oid relation, std::span<const qint16> numbers) const;
    [[nodiscard]] QString roleText(Oid oid) const;
    [[nodiscard]] QString membershipText(Oid role) const;
};

/// What two catalogs say differently of two objects that have the same name.
class DiffFacts
{
public:
    using Facts = std::vector<CatalogChange::Fact>;

    DiffFacts(const DiffSide &before, const DiffSide &after, CatalogsAre are);

    [[nodiscard]] Facts ofObject(const ObjectInfo &before, const ObjectInfo &after) const;
    [[nodiscard]] Facts ofRelation(const RelationInfo &before, const RelationInfo &after) const;
    [[nodiscard]] Facts ofColumn(const RelationInfo &oldRelation, const ColumnInfo &before,
                                 const RelationInfo &newRelation, const ColumnInfo &after) const;
    [[nodiscard]] Facts ofConstraint(const RelationInfo &oldRelation, const ConstraintInfo &before,
                                     const RelationInfo &newRelation,
                                     const ConstraintInfo &after) const;
    [[nodiscard]] Facts ofIndex(const RelationInfo &oldRelation, const IndexInfo &before,
                                const RelationInfo &newRelation, const IndexInfo &after) const;

private:
    void identity(Facts &facts, Oid before, Oid after) const;
    void columns(Facts &facts, const RelationInfo &oldRelation, std::span<const qint16> before,
                 const RelationInfo &newRelation, std::span<const qint16> after) const;
    void extension(Facts &facts, Oid before, Oid after) const;

    const DiffSide &m_before;
    const DiffSide &m_after;
    bool m_areOfOne;
};

[[nodiscard]] QString writtenColumn(const ColumnInfo &column);

} // namespace core
