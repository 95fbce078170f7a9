// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/builder.h"

#include <unordered_map>

namespace core {

class FactRows;

/// Fills a Catalog whose relations, columns, indexes, constraints and types are there with all the
/// other objects, with comments, memberships and what belongs to extensions.
class ObjectBuilder
{
public:
    ObjectBuilder(const CatalogFacts &facts, Catalog &catalog);
    void build();

private:
    struct Placed {
        quint32 place = 0; ///< schema rank, then the database's, then one a relation
        ObjectInfo object = {};
    };
    [[nodiscard]] QByteArrayView keep(QByteArrayView text);
    [[nodiscard]] QByteArrayView ownerOf(quint32 role) const;
    [[nodiscard]] std::optional<quint32> placeOf(const ObjectInfo &object) const;
    [[nodiscard]] ObjectInfo read(const FactRows &row, int first) const;
    void add(ObjectInfo object, QByteArrayView name, QByteArrayView detail);
    void readComments();
    void readMembers();
    void readMemberships();
    void readTypes();
    void readOperatorClasses();
    void readObjects(CatalogQuery query);
    void addRoles();
    void sort();
    void slice();

    const CatalogFacts &m_facts;
    Catalog &m_catalog;
    std::unordered_map<quint32, quint32> m_schemaRanks;
    std::unordered_map<quint64, Oid> m_extensions; ///< by catalog and object
    std::vector<Placed> m_placed;
};

} // namespace core
