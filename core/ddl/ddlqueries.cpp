// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ddl/ddlqueries.h"

#include <QFile>
#include <QString>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr quint32 schemas[] = {2615};
constexpr quint32 extensions[] = {3079};
constexpr quint32 languages[] = {2612};
constexpr quint32 collations[] = {3456};
constexpr quint32 accessMethods[] = {2601};
constexpr quint32 types[] = {1247, 1259};
constexpr quint32 routines[] = {1255};
constexpr quint32 operators[] = {2617};
constexpr quint32 families[] = {2753};
constexpr quint32 operatorClasses[] = {2616};
constexpr quint32 casts[] = {2605};
constexpr quint32 transforms[] = {3576};
constexpr quint32 conversions[] = {2607};
constexpr quint32 textSearch[] = {3600, 3601, 3602, 3764};
constexpr quint32 foreignData[] = {1417, 1418, 2328};
constexpr quint32 relations[] = {1259};
constexpr quint32 constraints[] = {1259, 2606};
constexpr quint32 domainConstraints[] = {1247, 2606};
constexpr quint32 rules[] = {1259, 2618, 2620, 3256};
constexpr quint32 statistics[] = {1259, 3381};
constexpr quint32 publications[] = {6100, 6104, 6106, 6237};
constexpr quint32 eventTriggers[] = {3466};

constexpr DdlQuery queries[] = {
    {"schemas"_L1, DdlShape::Objects, schemas},
    {"extensions"_L1, DdlShape::Objects, extensions},
    {"languages"_L1, DdlShape::Objects, languages},
    {"collations"_L1, DdlShape::Objects, collations},
    {"accessmethods"_L1, DdlShape::Objects, accessMethods},
    {"types"_L1, DdlShape::Objects, types},
    {"functions"_L1, DdlShape::Objects, routines},
    {"aggregates"_L1, DdlShape::Objects, routines},
    {"operators"_L1, DdlShape::Objects, operators},
    {"operatorfamilies"_L1, DdlShape::Objects, families},
    {"operatorclasses"_L1, DdlShape::Objects, operatorClasses},
    {"casts"_L1, DdlShape::Objects, casts},
    {"transforms"_L1, DdlShape::Objects, transforms},
    {"conversions"_L1, DdlShape::Objects, conversions},
    {"textsearch"_L1, DdlShape::Objects, textSearch},
    {"foreign"_L1, DdlShape::Objects, foreignData},
    {"sequences"_L1, DdlShape::Objects, relations},
    {"tables"_L1, DdlShape::Tables, relations},
    {"views"_L1, DdlShape::Objects, relations},
    {"columns"_L1, DdlShape::TableColumns, relations},
    {"partitions"_L1, DdlShape::Objects, relations},
    {"constraints"_L1, DdlShape::Constraints, constraints},
    {"domainconstraints"_L1, DdlShape::Parts, domainConstraints},
    {"indexes"_L1, DdlShape::Objects, relations},
    {"rules"_L1, DdlShape::Objects, rules},
    {"statistics"_L1, DdlShape::Objects, statistics},
    {"publications"_L1, DdlShape::Objects, publications},
    {"eventtriggers"_L1, DdlShape::Objects, eventTriggers},
    {"defaultprivileges"_L1, DdlShape::Objects, {}, true},
    {"comments"_L1, DdlShape::Comments},
    {"privileges"_L1, DdlShape::Privileges},
    {"dependencies"_L1, DdlShape::Dependencies, {}, true},
};

/// Whether a line's word lets it stand; nothing for a word that is none.
std::optional<bool> stands(QByteArrayView word, DdlScope scope, int major)
{
    if (word == "all")
        return scope != DdlScope::One;
    if (word == "one")
        return scope == DdlScope::One;
    if (word == "own")
        return scope == DdlScope::All;
    if (word == "members")
        return scope == DdlScope::AllWithMembers;
    if (word.size() < 2 || word.size() > 3)
        return std::nullopt;
    bool isNumber = false;
    const int version = word.first(2).toInt(&isNumber);
    if (!isNumber)
        return std::nullopt;
    if (word.size() == 2)
        return major == version;
    if (word.back() == '+')
        return major >= version;
    return word.back() == '-' ? std::optional(major <= version) : std::nullopt;
}

/// The line without its words; empty where it does not stand. Comments go.
QByteArrayView lineFor(QByteArrayView line, DdlScope scope, int major)
{
    while (line.startsWith("--")) {
        const qsizetype end = line.indexOf(' ');
        const auto fits = end < 0 ? std::nullopt : stands(line.sliced(2, end - 2), scope, major);
        if (!fits || !*fits)
            return {};
        line = line.sliced(end + 1);
    }
    return line;
}

} // namespace

std::vector<const DdlQuery *> ddlQueries(DdlScope scope, Oid catalog)
{
    std::vector<const DdlQuery *> chosen;
    for (const DdlQuery &query : queries) {
        const bool tells =
            query.classes.empty()
            || std::ranges::find(query.classes, number(catalog)) != query.classes.end();
        if (scope != DdlScope::One || (tells && !query.onlyWhole))
            chosen.push_back(&query);
    }
    return chosen;
}

QByteArray ddlSql(const DdlQuery &query, DdlScope scope, int serverVersion)
{
    QFile file(":/sluice/ddl/"_L1 + query.file + ".sql"_L1);
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(opened, "ddlSql", "queries are compiled in");
    const QByteArray all = opened ? file.readAll() : QByteArray{};
    QByteArray text;
    text.reserve(all.size());
    qsizetype begin = 0;
    while (begin < all.size()) {
        const qsizetype end = all.indexOf('\n', begin);
        const qsizetype size = (end < 0 ? all.size() : end) - begin;
        const QByteArrayView line =
            lineFor(QByteArrayView(all).sliced(begin, size), scope, serverVersion / 10'000);
        if (!line.isEmpty())
            text.append(line).append('\n');
        begin += size + 1;
    }
    return text;
}

int ddlColumnCount(DdlShape shape)
{
    switch (shape) {
    case DdlShape::Objects:
    case DdlShape::Parts:
        return 9;
    case DdlShape::Tables:
        return 12;
    case DdlShape::TableColumns:
        return 10;
    case DdlShape::Constraints:
        return 11;
    case DdlShape::Comments:
        return 6;
    case DdlShape::Privileges:
    case DdlShape::Dependencies:
        return 5;
    }
    return 0;
}

} // namespace core
