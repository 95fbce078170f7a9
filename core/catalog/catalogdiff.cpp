// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/catalogdiff.h"

#include "core/catalog/diffparts.h"

#include <QMultiHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

/// Pairs what has the same key, in linear time: `both(before, after)` with a null pointer for what
/// is missing, in the order of `after`, then what is only in `before`.
template<class Info, class KeyOf, class Both>
void match(std::span<const Info> before, std::span<const Info> after, KeyOf keyOf, Both both)
{
    const auto sameKey = [&](const Info &left, const Info &right) {
        return keyOf(left, false) == keyOf(right, true);
    };
    // The mostly only case needs no table of names.
    std::size_t same = 0;
    while (same < before.size() && same < after.size() && sameKey(before[same], after[same])) {
        both(&before[same], &after[same]);
        ++same;
    }
    if (same == before.size() && same == after.size())
        return;
    QMultiHash<decltype(keyOf(before[0], false)), const Info *> left;
    for (const Info &info : before.subspan(same))
        left.insert(keyOf(info, false), &info);
    for (const Info &info : after.subspan(same)) {
        const auto found = left.find(keyOf(info, true));
        if (found == left.end()) {
            both(static_cast<const Info *>(nullptr), &info);
            continue;
        }
        both(*found, &info);
        left.erase(found);
    }
    for (const Info &info : before.subspan(same)) {
        const auto found = left.find(keyOf(info, false), &info);
        if (found != left.end())
            both(&info, static_cast<const Info *>(nullptr));
    }
}

QByteArrayView nameOf(const auto &info, bool)
{
    return info.name;
}

class Comparison
{
public:
    Comparison(const Catalog &before, const Catalog &after, CatalogsAre are)
        : m_before{before}
        , m_after{after}
        , m_facts(m_before, m_after, are)
    {
    }
    [[nodiscard]] std::vector<CatalogChange> changes();

private:
    void compareSchemas(const SchemaInfo *before, const SchemaInfo *after);
    void compareRelations(std::span<const RelationInfo> before,
                          std::span<const RelationInfo> after);
    void compareParts(const RelationInfo &before, const RelationInfo &after);
    void compareObjects(std::span<const ObjectInfo> before, std::span<const ObjectInfo> after);
    void tell(const std::optional<ObjectInfo> &before, const std::optional<ObjectInfo> &after,
              std::vector<CatalogChange::Fact> facts);

    DiffSide m_before;
    DiffSide m_after;
    DiffFacts m_facts;
    std::vector<CatalogChange> m_changes;
};

/// One object of which at least one side is there.
void Comparison::tell(const std::optional<ObjectInfo> &before,
                      const std::optional<ObjectInfo> &after,
                      std::vector<CatalogChange::Fact> facts)
{
    if (before && after && facts.empty())
        return;
    const ObjectInfo &object = after ? *after : *before;
    const Catalog &catalog = after ? m_after.catalog : m_before.catalog;
    m_changes.push_back({.kind = !before  ? CatalogChange::Kind::Added
                                 : !after ? CatalogChange::Kind::Removed
                                          : CatalogChange::Kind::Changed,
                         .object = object.kind,
                         .id = object.id,
                         .name = catalog.displayName(object),
                         .facts = std::move(facts)});
}

void Comparison::compareObjects(std::span<const ObjectInfo> before,
                                std::span<const ObjectInfo> after)
{
    const auto keyOf = [this](const ObjectInfo &object, bool isAfter) {
        return (isAfter ? m_after : m_before).keyOf(object);
    };
    match(before, after, keyOf, [this](const ObjectInfo *left, const ObjectInfo *right) {
        if (left && right)
            tell(*left, *right, m_facts.ofObject(*left, *right));
        else if (left)
            tell(*left, {}, {});
        else
            tell({}, *right, {});
    });
}

void Comparison::compareParts(const RelationInfo &before, const RelationInfo &after)
{
    const Catalog &old = m_before.catalog;
    const Catalog &now = m_after.catalog;
    match(old.columnsOf(before), now.columnsOf(after), nameOf<ColumnInfo>,
          [&](const ColumnInfo *left, const ColumnInfo *right) {
              std::vector<CatalogChange::Fact> facts;
              if (left && right)
                  facts = m_facts.ofColumn(before, *left, after, *right);
              if (left && right && facts.empty())
                  return;
              tell(left ? std::optional(old.objectOf(before)) : std::nullopt,
                   right ? std::optional(now.objectOf(after)) : std::nullopt, std::move(facts));
              m_changes.back().isColumn = true;
              m_changes.back().name += u'.' + writtenColumn(right ? *right : *left);
          });
    match(old.constraintsOf(before), now.constraintsOf(after), nameOf<ConstraintInfo>,
          [&](const ConstraintInfo *left, const ConstraintInfo *right) {
              std::vector<CatalogChange::Fact> facts;
              if (left && right)
                  facts = m_facts.ofConstraint(before, *left, after, *right);
              if (!left || !right || !facts.empty())
                  tell(m_before.objectOf(left), m_after.objectOf(right), std::move(facts));
          });
    match(old.indexesOf(before), now.indexesOf(after), nameOf<IndexInfo>,
          [&](const IndexInfo *left, const IndexInfo *right) {
              std::vector<CatalogChange::Fact> facts;
              if (left && right)
                  facts = m_facts.ofIndex(before, *left, after, *right);
              if (!left || !right || !facts.empty())
                  tell(m_before.objectOf(left), m_after.objectOf(right), std::move(facts));
          });
    compareObjects(old.partsOf(before), now.partsOf(after));
}

void Comparison::compareRelations(std::span<const RelationInfo> before,
                                  std::span<const RelationInfo> after)
{
    match(before, after, nameOf<RelationInfo>,
          [this](const RelationInfo *left, const RelationInfo *right) {
              const bool isOther = left && right && left->kind != right->kind;
              if (left && right && !isOther) {
                  if (auto facts = m_facts.ofRelation(*left, *right); !facts.empty())
                      tell(m_before.catalog.objectOf(*left), m_after.catalog.objectOf(*right),
                           std::move(facts));
                  compareParts(*left, *right);
                  return;
              }
              if (right)
                  tell({}, m_after.catalog.objectOf(*right), {});
              if (left)
                  tell(m_before.catalog.objectOf(*left), {}, {});
          });
}

void Comparison::compareSchemas(const SchemaInfo *before, const SchemaInfo *after)
{
    const auto objectOf = [](const DiffSide &side, const SchemaInfo *schema) {
        return schema ? side.catalog.object(ObjectId{schemaCatalog, schema->oid}) : std::nullopt;
    };
    const auto left = objectOf(m_before, before);
    const auto right = objectOf(m_after, after);
    tell(left, right,
         left && right ? m_facts.ofObject(*left, *right) : std::vector<CatalogChange::Fact>{});
    const auto relations = [](const DiffSide &side, const SchemaInfo *schema) {
        return schema ? side.catalog.relationsOf(*schema) : std::span<const RelationInfo>{};
    };
    const auto objects = [](const DiffSide &side, const SchemaInfo *schema) {
        return schema ? side.catalog.objectsOf(*schema) : std::span<const ObjectInfo>{};
    };
    compareRelations(relations(m_before, before), relations(m_after, after));
    compareObjects(objects(m_before, before), objects(m_after, after));
}

std::vector<CatalogChange> Comparison::changes()
{
    match(m_before.catalog.schemas(), m_after.catalog.schemas(), nameOf<SchemaInfo>,
          [this](const SchemaInfo *left, const SchemaInfo *right) { compareSchemas(left, right); });
    compareObjects(m_before.catalog.databaseObjects(), m_after.catalog.databaseObjects());
    return std::move(m_changes);
}

} // namespace

std::vector<CatalogChange> catalogChanges(const Catalog &before, const Catalog &after,
                                          CatalogsAre are)
{
    return Comparison(before, after, are).changes();
}

} // namespace core
