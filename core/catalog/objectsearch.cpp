// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/objectsearch.h"

#include "core/catalog/relationname.h"

#include <algorithm>
#include <unordered_map>

namespace core {

namespace {

// What initdb made has a smaller oid (FirstNormalObjectId).
constexpr quint32 firstUserOid = 16384;
// A part with the same name as a table stands below it.
constexpr int partPenalty = 150;

struct Candidate {
    int score = 0;
    quint32 order = 0;
    ObjectId object = {};
    ObjectKind kind = ObjectKind::Table;
    qint16 column = 0;
    const RelationInfo *relation = nullptr; ///< of a part
    QByteArrayView schema = {};
    QByteArrayView name = {};
};

class Searcher
{
public:
    Searcher(const Catalog &catalog, const QString &pattern, const ObjectSearch &search)
        : m_catalog(catalog)
        , m_pattern(pattern)
        , m_search(search)
    {
    }
    [[nodiscard]] std::vector<FoundObject> run();

private:
    void look(const SchemaInfo &schema);
    void lookInside(const SchemaInfo &schema, const RelationInfo &relation);
    void lookAt(const ObjectInfo &object, QByteArrayView schema);
    void add(Candidate candidate, int score);
    void addPart(const SchemaInfo &schema, const RelationInfo &relation, ObjectId object,
                 ObjectKind kind, QByteArrayView name, qint16 column = 0);
    [[nodiscard]] std::optional<int> scoreOfPart(QByteArrayView name);

    const Catalog &m_catalog;
    NamePattern m_pattern;
    const ObjectSearch &m_search;
    std::vector<Candidate> m_found;
    /// By where the name lies: equal names of a catalog lie in one place, and columns of many
    /// tables have few names.
    std::unordered_map<const char *, std::optional<int>> m_partScores;
    quint32 m_order = 0;
};

void Searcher::add(Candidate candidate, int score)
{
    candidate.score = score;
    candidate.order = m_order++;
    m_found.push_back(candidate);
}

std::optional<int> Searcher::scoreOfPart(QByteArrayView name)
{
    const auto [known, isNew] = m_partScores.try_emplace(name.data());
    if (isNew) {
        if (const auto match = m_pattern.matchName(name))
            known->second = match->score;
    }
    return known->second;
}

void Searcher::addPart(const SchemaInfo &schema, const RelationInfo &relation, ObjectId object,
                       ObjectKind kind, QByteArrayView name, qint16 column)
{
    if (const auto score = scoreOfPart(name))
        add({0, 0, object, kind, column, &relation, schema.name, name}, *score - partPenalty);
}

void Searcher::lookInside(const SchemaInfo &schema, const RelationInfo &relation)
{
    if (!m_pattern.matchPath(schema.name, relation.name))
        return;
    const ObjectId table{classCatalog, relation.oid};
    for (const ColumnInfo &column : m_catalog.columnsOf(relation))
        addPart(schema, relation, table, ObjectKind::Table, column.name, column.number);
    for (const IndexInfo &index : m_catalog.indexesOf(relation))
        addPart(schema, relation, {classCatalog, index.oid}, ObjectKind::Index, index.name);
    for (const ConstraintInfo &constraint : m_catalog.constraintsOf(relation))
        addPart(schema, relation, {systemCatalogOf(ObjectKind::Constraint), constraint.oid},
                ObjectKind::Constraint, constraint.name);
    for (const ObjectInfo &part : m_catalog.partsOf(relation))
        addPart(schema, relation, part.id, part.kind, part.name);
}

void Searcher::lookAt(const ObjectInfo &object, QByteArrayView schema)
{
    if (const auto match = m_pattern.match(schema, object.name))
        add({0, 0, object.id, object.kind, 0, nullptr, schema, object.name}, match->score);
}

void Searcher::look(const SchemaInfo &schema)
{
    for (const RelationInfo &relation : m_catalog.relationsOf(schema)) {
        if (const auto match = m_pattern.match(schema.name, relation.name))
            add({0,
                 0,
                 {classCatalog, relation.oid},
                 m_catalog.objectOf(relation).kind,
                 0,
                 nullptr,
                 schema.name,
                 relation.name},
                match->score);
        if (m_search.partsToo)
            lookInside(schema, relation);
    }
    for (const ObjectInfo &object : m_catalog.objectsOf(schema))
        lookAt(object, schema.name);
}

std::vector<FoundObject> Searcher::run()
{
    for (const SchemaInfo &schema : m_catalog.schemas()) {
        if (schema.system && !m_search.systemToo)
            continue;
        lookAt(*m_catalog.object(ObjectId{schemaCatalog, schema.oid}), {});
        look(schema);
    }
    for (const ObjectInfo &object : m_catalog.databaseObjects()) {
        if (m_search.systemToo || !isSystemObject(m_catalog, object))
            lookAt(object, {});
    }
    const std::size_t count = std::min(m_found.size(), std::size_t(std::max(m_search.limit, 0)));
    std::ranges::partial_sort(m_found, m_found.begin() + qsizetype(count),
                              [](const auto &a, const auto &b) {
                                  return a.score != b.score ? a.score > b.score : a.order < b.order;
                              });
    std::vector<FoundObject> best;
    for (const Candidate &one : std::span(m_found).first(count)) {
        const auto match = one.relation ? m_pattern.matchName(one.name, true)
                                        : m_pattern.match(one.schema, one.name, true);
        best.push_back({one.object, one.kind, one.column, match.value_or(NamePattern::Match{})});
        best.back().match.score = one.score;
    }
    return best;
}

} // namespace

std::vector<FoundObject> searchObjects(const Catalog &catalog, const QString &pattern,
                                       const ObjectSearch &search)
{
    return Searcher(catalog, pattern, search).run();
}

bool isSystemObject(const Catalog &catalog, const ObjectInfo &object)
{
    if (isValid(object.schema)) {
        const SchemaInfo *const schema = catalog.schema(object.schema);
        return schema && schema->system;
    }
    switch (object.kind) {
    case ObjectKind::Role:
        return object.name.startsWith("pg_");
    case ObjectKind::Extension:
    case ObjectKind::Schema:
        return false;
    default:
        return number(object.id.object) < firstUserOid;
    }
}

QString displayName(const Catalog &catalog, const FoundObject &found)
{
    if (found.column != 0) {
        const RelationInfo *const relation = catalog.relation(found.object.object);
        const ColumnInfo *const column =
            relation ? catalog.column(*relation, found.column) : nullptr;
        return column ? catalog.displayName(*relation) + u'.' + writtenName(column->name)
                      : QString();
    }
    const auto object = catalog.object(found.object);
    return object ? catalog.displayName(*object) : QString();
}

} // namespace core
