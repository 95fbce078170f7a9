// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/catalog.h"
#include "core/catalog/relationname.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr qsizetype mostSuggestions = 3;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(core::Catalog)
};

QString tr(const char *text)
{
    return Text::tr(text);
}

/// Edits that lead from one name to another, as far as `limit`: one row of the usual table.
int distance(QByteArrayView from, QByteArrayView to, int limit)
{
    if (std::abs(from.size() - to.size()) > limit)
        return limit + 1;
    std::vector<int> row(std::size_t(to.size()) + 1);
    std::ranges::generate(row, [next = 0]() mutable { return next++; });
    for (qsizetype i = 0; i < from.size(); ++i) {
        int diagonal = std::exchange(row[0], int(i) + 1);
        for (std::size_t j = 1; j < row.size(); ++j) {
            const int change = diagonal + (from[i] == to[qsizetype(j) - 1] ? 0 : 1);
            diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, change}));
        }
    }
    return row.back();
}

/// 0 = the same name elsewhere or in other capitals; more = less alike; none = not alike.
std::optional<int> unlikeness(const QByteArray &wanted, QByteArrayView name)
{
    if (name == wanted)
        return 0;
    const QByteArray lower = name.toByteArray().toLower();
    if (lower == wanted.toLower())
        return 0;
    const int limit = wanted.size() < 4 ? 1 : 2;
    const int edits = distance(wanted.toLower(), lower, limit);
    return edits <= limit ? std::optional(edits) : std::nullopt;
}

QStringList suggestions(const Catalog &catalog, const QByteArray &wanted)
{
    struct Candidate {
        int unlike = 0;
        bool system = false;
        QString name = {};
        auto operator<=>(const Candidate &) const = default;
    };
    std::vector<Candidate> found;
    for (const SchemaInfo &schema : catalog.schemas()) {
        for (const RelationInfo &relation : catalog.relationsOf(schema)) {
            if (const auto unlike = unlikeness(wanted, relation.name))
                found.push_back({*unlike, schema.system, catalog.displayName(relation)});
        }
    }
    std::ranges::sort(found);
    QStringList names;
    for (const Candidate &candidate : found) {
        if (names.size() < mostSuggestions)
            names.append(candidate.name);
    }
    return names;
}

std::unexpected<Error> missing(const Catalog &catalog, QStringView text, const QByteArray &wanted)
{
    const QStringList names = suggestions(catalog, wanted);
    return failure(
        ErrorKind::Usage, "relation.missing"_ba, tr("There is no table or view %1.").arg(text),
        tr("Database %1.").arg(QString::fromUtf8(catalog.databaseName())),
        names.isEmpty() ? tr("Names are folded to lower case unless they stand in double quotes.")
                        : tr("Similar names: %1.").arg(names.join(", "_L1)));
}

/// Unqualified, not on the search path, but elsewhere.
std::unexpected<Error> elsewhere(const Catalog &catalog, QStringView text, const QByteArray &wanted)
{
    QStringList names;
    for (const SchemaInfo &schema : catalog.schemas()) {
        if (const RelationInfo *const relation = catalog.relation(schema.name, wanted))
            names.append(catalog.displayName(*relation));
    }
    if (names.size() < 2)
        return missing(catalog, text, wanted);
    return failure(ErrorKind::Usage, "relation.ambiguous"_ba,
                   Text::tr("%1 is in %n schemas, and none of them is on the search path.", nullptr,
                            int(names.size()))
                       .arg(text),
                   tr("Database %1.").arg(QString::fromUtf8(catalog.databaseName())),
                   tr("Name one of: %1.").arg(names.join(", "_L1)));
}

} // namespace

Result<Oid> Catalog::resolve(QStringView name) const
{
    const QStringView trimmed = name.trimmed();
    const auto isDigit = [](QChar letter) { return letter >= u'0' && letter <= u'9'; };
    if (!trimmed.isEmpty() && std::ranges::all_of(trimmed, isDigit)) {
        const RelationInfo *const byOid = relation(Oid{trimmed.toUInt()});
        return byOid ? Result<Oid>(byOid->oid) : missing(*this, trimmed, trimmed.toUtf8());
    }
    Result<QByteArrayList> parts = parseRelationName(name);
    if (!parts)
        return std::unexpected(std::move(parts).error());
    if (parts->size() == 3 && parts->first() == m_database)
        parts->removeFirst();
    if (parts->size() > 2) {
        return failure(ErrorKind::Usage, "relation.badName"_ba,
                       tr("A name has at most a schema before it, or this database and a schema."),
                       tr("This database is %1.").arg(QString::fromUtf8(m_database)));
    }
    if (parts->size() == 2) {
        const RelationInfo *const found = relation((*parts)[0], (*parts)[1]);
        return found ? Result<Oid>(found->oid) : missing(*this, trimmed, (*parts)[1]);
    }
    for (const QByteArray &path : m_searchPath) {
        if (const RelationInfo *const found = relation(path, parts->first()))
            return found->oid;
    }
    return elsewhere(*this, trimmed, parts->first());
}

} // namespace core
