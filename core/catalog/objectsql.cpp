// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/objectsql.h"

#include "core/result/typeoids.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QByteArray textOf(QLatin1StringView name)
{
    QFile file(":/sluice/catalog/"_L1 + name + ".sql"_L1);
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(opened, "statementOf", "catalog queries are compiled in");
    return opened ? file.readAll() : QByteArray{};
}

QByteArray bytesOf(Oid oid)
{
    return QByteArray::number(number(oid));
}

ObjectKind relationKindOf(char letter)
{
    switch (letter) {
    case 'p':
        return ObjectKind::PartitionedTable;
    case 'v':
        return ObjectKind::View;
    case 'm':
        return ObjectKind::MaterializedView;
    case 'f':
        return ObjectKind::ForeignTable;
    case 'S':
        return ObjectKind::Sequence;
    case 'i':
    case 'I':
        return ObjectKind::Index;
    case 'c':
        return ObjectKind::CompositeType;
    default:
        return ObjectKind::Table;
    }
}

ObjectKind functionKindOf(char letter)
{
    switch (letter) {
    case 'p':
        return ObjectKind::Procedure;
    case 'a':
        return ObjectKind::Aggregate;
    case 'w':
        return ObjectKind::WindowFunction;
    default:
        return ObjectKind::Function;
    }
}

ObjectKind typeKindOf(char letter)
{
    switch (letter) {
    case 'e':
        return ObjectKind::EnumType;
    case 'c':
        return ObjectKind::CompositeType;
    case 'r':
    case 'm':
        return ObjectKind::RangeType;
    case 'd':
        return ObjectKind::Domain;
    default:
        return ObjectKind::BaseType;
    }
}

} // namespace

Statement statementOf(QLatin1StringView file, ObjectId object)
{
    return {.sql = textOf(file),
            .parameters = {bytesOf(object.catalog), bytesOf(object.object)},
            .parameterTypes = {oids::oid, oids::oid},
            .effect = Effect::Reads};
}

Statement statementOf(QLatin1StringView file, Oid relation)
{
    return {.sql = textOf(file),
            .parameters = {bytesOf(relation)},
            .parameterTypes = {oids::oid},
            .effect = Effect::Reads};
}

ObjectKind objectKindOf(Oid catalog, char letter)
{
    if (catalog == classCatalog)
        return relationKindOf(letter);
    if (catalog == catalogs::pgProc)
        return functionKindOf(letter);
    if (catalog == catalogs::pgType)
        return typeKindOf(letter);
    for (int kind = int(ObjectKind::Constraint); kind < objectKindCount; ++kind) {
        if (systemCatalogOf(ObjectKind(kind)) == catalog)
            return ObjectKind(kind);
    }
    return ObjectKind::Table;
}

QString unquotedName(const QString &name)
{
    if (name.size() < 2 || !name.startsWith(u'"') || !name.endsWith(u'"'))
        return name;
    return name.sliced(1, name.size() - 2).replace("\"\""_L1, "\""_L1);
}

bool isRelationWithRows(ObjectKind kind)
{
    return kind <= ObjectKind::Sequence;
}

} // namespace core
