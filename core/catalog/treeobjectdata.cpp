// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/treedata.h"

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr QByteArrayView arrow(" \xE2\x86\x92 ");

bool isRoutine(ObjectKind kind)
{
    return kind == ObjectKind::Function || kind == ObjectKind::Procedure
           || kind == ObjectKind::Aggregate || kind == ObjectKind::WindowFunction;
}

/// Whether what tells it apart stands behind its name: arguments.
bool hasSignature(ObjectKind kind)
{
    return isRoutine(kind) || kind == ObjectKind::Operator;
}

QString roleFact(const Catalog &catalog, const ObjectInfo &object)
{
    const RoleInfo *const role = catalog.role(object.id.object);
    if (!role)
        return {};
    QStringList facts;
    facts << (role->superuser  ? CatalogTreeModel::tr("superuser")
              : role->mayLogIn ? CatalogTreeModel::tr("may log in")
                               : CatalogTreeModel::tr("group"));
    QStringList groups;
    for (const RoleMembership &membership : catalog.membershipsOf(role->oid)) {
        if (const RoleInfo *const group = catalog.role(membership.role))
            groups << visibleName(group->name);
    }
    if (!groups.isEmpty())
        facts << CatalogTreeModel::tr("in %1").arg(groups.join(u", "_s));
    return facts.join(u", "_s);
}

QString kindFact(ObjectKind kind)
{
    switch (kind) {
    case ObjectKind::WindowFunction:
        return CatalogTreeModel::tr("window function");
    case ObjectKind::CompositeType:
        return CatalogTreeModel::tr("composite");
    case ObjectKind::BaseType:
        return CatalogTreeModel::tr("base type");
    case ObjectKind::TextSearchConfiguration:
        return CatalogTreeModel::tr("configuration");
    case ObjectKind::TextSearchDictionary:
        return CatalogTreeModel::tr("dictionary");
    case ObjectKind::TextSearchParser:
        return CatalogTreeModel::tr("parser");
    case ObjectKind::TextSearchTemplate:
        return CatalogTreeModel::tr("template");
    default:
        return {};
    }
}

QString factOf(const Catalog &catalog, const ObjectInfo &object)
{
    if (object.kind == ObjectKind::Role)
        return roleFact(catalog, object);
    if (hasSignature(object.kind)) {
        const qsizetype at = object.detail.indexOf(arrow);
        return at < 0 ? QString() : visibleName(object.detail.sliced(at + arrow.size()));
    }
    return object.detail.isEmpty() ? kindFact(object.kind) : visibleName(object.detail);
}

QString constraintFact(const Catalog &catalog, const ConstraintInfo &constraint)
{
    QString fact;
    switch (constraint.kind) {
    case ConstraintKind::PrimaryKey:
        fact = CatalogTreeModel::tr("primary key");
        break;
    case ConstraintKind::Unique:
        fact = CatalogTreeModel::tr("unique");
        break;
    case ConstraintKind::ForeignKey: {
        const RelationInfo *const target = catalog.relation(constraint.target);
        fact = target ? u"→ "_s + visibleName(target->name) : CatalogTreeModel::tr("foreign key");
        break;
    }
    case ConstraintKind::Check:
        fact = CatalogTreeModel::tr("check");
        break;
    case ConstraintKind::Exclusion:
        fact = CatalogTreeModel::tr("exclusion");
        break;
    }
    return constraint.validated ? fact : CatalogTreeModel::tr("%1, not validated").arg(fact);
}

QString indexFact(const IndexInfo &index)
{
    if (!index.valid)
        return CatalogTreeModel::tr("invalid");
    return index.unique ? CatalogTreeModel::tr("unique") : visibleName(index.method);
}

/// The roles that an object has beside its own facts.
QVariant commonData(const ObjectInfo &object, int role)
{
    switch (role) {
    case Qt::DisplayRole:
        return visibleName(object.name);
    case CatalogTreeModel::NameRole:
        return QString::fromUtf8(object.name);
    case CatalogTreeModel::ObjectKindRole:
        return int(object.kind);
    case CatalogTreeModel::OidRole:
        return number(object.id.object);
    case CatalogTreeModel::CommentRole:
        return QString::fromUtf8(object.comment);
    case CatalogTreeModel::NoAccessRole:
        return false;
    default:
        return {};
    }
}

/// Of an index or a constraint of a table, which have more facts.
QVariant partData(const Catalog &catalog, const ObjectInfo &object, int role)
{
    if (role != CatalogTreeModel::FactRole && role != CatalogTreeModel::KeyRole)
        return commonData(object, role);
    if (object.kind == ObjectKind::Index) {
        const IndexInfo *const index = catalog.index(object.id.object);
        return index && role == CatalogTreeModel::FactRole ? indexFact(*index) : QVariant{};
    }
    const ConstraintInfo *const constraint = catalog.constraint(object.id.object);
    if (!constraint)
        return {};
    if (role == CatalogTreeModel::FactRole)
        return constraintFact(catalog, *constraint);
    using Key = CatalogTreeModel::ColumnKey;
    return int(constraint->kind == ConstraintKind::PrimaryKey   ? Key::Primary
               : constraint->kind == ConstraintKind::ForeignKey ? Key::Foreign
                                                                : Key::None);
}

} // namespace

QVariant objectTreeData(const TreeContent &content, const TreeRef &ref, int role)
{
    const Catalog &catalog = *content.catalog();
    const auto object = catalog.object({systemCatalogOf(ref.what), ref.object});
    if (!object)
        return {};
    if (object->parent.catalog == classCatalog
        && (object->kind == ObjectKind::Index || object->kind == ObjectKind::Constraint))
        return partData(catalog, *object, role);
    switch (role) {
    case Qt::DisplayRole: {
        QString text = visibleName(object->name);
        if (hasSignature(object->kind)) {
            const qsizetype at = object->detail.indexOf(arrow);
            text += visibleName(at < 0 ? object->detail : object->detail.first(at));
        }
        return text;
    }
    case CatalogTreeModel::FactRole:
        return factOf(catalog, *object);
    case CatalogTreeModel::MatchRole: {
        const SchemaInfo *const schema = catalog.schema(object->schema);
        if (!content.isFiltered())
            return {};
        const auto match =
            content.pattern().match(schema ? schema->name : QByteArrayView{}, object->name, true);
        return match ? QVariant::fromValue(match->positions) : QVariant{};
    }
    default:
        return commonData(*object, role);
    }
}

} // namespace core
