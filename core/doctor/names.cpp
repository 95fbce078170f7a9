// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/doctor/names_p.h"

#include "core/doctor/explanation.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>
#include <vector>

using namespace Qt::StringLiterals;

namespace core {

QString missingName(const Error &error)
{
    if (!error.server)
        return {};
    const QString &message = error.server->message;
    // Translated messages keep the name in quotation marks of their language.
    static const QRegularExpression quoted(uR"(["“«„]([^"”»“]+)["”»“])"_s);
    const QRegularExpressionMatch match = quoted.match(message);
    if (error.id == "relation.missing" || error.id == "schema.missing")
        return match.captured(1);
    if (error.id != "column.missing")
        return {};
    // column u.email does not exist: a qualified one stands without quotation marks.
    static const QRegularExpression bare(uR"(^column (\S+) does not exist)"_s);
    const QRegularExpressionMatch plain = bare.match(message);
    return plain.hasMatch() ? plain.captured(1).section(u'.', -1).remove(u'"') : match.captured(1);
}

namespace doctor {

namespace {

constexpr qsizetype mostNames = 5;

QString lastPart(const QString &name)
{
    return name.section(u'.', -1);
}

/// Letters to change, add, leave out or swap to make one of the other; stops counting above
/// `limit`.
int distance(QStringView a, QStringView b, int limit)
{
    if (std::abs(a.size() - b.size()) > limit)
        return limit + 1;
    std::vector<int> before(std::size_t(b.size()) + 1);
    std::iota(before.begin(), before.end(), 0);
    std::vector<int> older;
    for (qsizetype i = 1; i <= a.size(); ++i) {
        std::vector<int> now(before.size());
        now[0] = int(i);
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const std::size_t at = std::size_t(j);
            const bool same = a[i - 1] == b[j - 1];
            now[at] = std::min({before[at] + 1, now[at - 1] + 1, before[at - 1] + (same ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[at] = std::min(now[at], older[at - 2] + 1);
        }
        if (std::ranges::min(now) > limit)
            return limit + 1;
        older = std::exchange(before, std::move(now));
    }
    return before.back();
}

int allowed(const QString &name)
{
    return name.size() < 4 ? 0 : name.size() < 8 ? 1 : 2;
}

QStringList relationsWhere(const Catalog &catalog,
                           const std::function<bool(const RelationInfo &)> &fits)
{
    QStringList found;
    for (const SchemaInfo &schema : catalog.schemas()) {
        if (schema.system)
            continue;
        for (const RelationInfo &relation : catalog.relationsOf(schema)) {
            if (found.size() < mostNames && fits(relation))
                found << QString::fromUtf8(schema.name) + u'.' + QString::fromUtf8(relation.name);
        }
    }
    return found;
}

} // namespace

QStringList relationsNamed(const Catalog &catalog, const QString &name)
{
    const QByteArray wanted = lastPart(name).toUtf8();
    return relationsWhere(catalog,
                          [&](const RelationInfo &relation) { return relation.name == wanted; });
}

QStringList relationsInOtherCase(const Catalog &catalog, const QString &name)
{
    const QString wanted = lastPart(name);
    QStringList found = relationsWhere(catalog, [&](const RelationInfo &relation) {
        const QString other = QString::fromUtf8(relation.name);
        return other != wanted && other.compare(wanted, Qt::CaseInsensitive) == 0;
    });
    for (QString &one : found)
        one = one.section(u'.', 0, 0) + u".\""_s + one.section(u'.', 1) + u'"';
    return found;
}

QStringList relationsLike(const Catalog &catalog, const QString &name)
{
    const QString wanted = lastPart(name).toLower();
    const int limit = allowed(wanted);
    if (limit == 0)
        return {};
    return relationsWhere(catalog, [&](const RelationInfo &relation) {
        return distance(QString::fromUtf8(relation.name).toLower(), wanted, limit) <= limit;
    });
}

QStringList columnsLike(const Catalog &catalog, const QString &name)
{
    const QString wanted = lastPart(name).toLower();
    const int limit = std::max(allowed(wanted), 1);
    QStringList found;
    for (const SchemaInfo &schema : catalog.schemas()) {
        if (schema.system)
            continue;
        for (const RelationInfo &relation : catalog.relationsOf(schema)) {
            for (const ColumnInfo &column : catalog.columnsOf(relation)) {
                const QString other = QString::fromUtf8(column.name);
                if (found.size() < mostNames && distance(other.toLower(), wanted, limit) <= limit)
                    found << QString::fromUtf8(relation.name) + u'.' + other;
            }
        }
    }
    return found;
}

bool hasNoTables(const Catalog &catalog)
{
    return relationsWhere(catalog, [](const RelationInfo &) { return true; }).isEmpty();
}

QString extensionOf(const Error &error)
{
    static constexpr std::array known = {
        std::pair{"uuid_generate_v"_L1, "uuid-ossp"_L1}, std::pair{"gen_salt"_L1, "pgcrypto"_L1},
        std::pair{"crypt("_L1, "pgcrypto"_L1},           std::pair{"digest("_L1, "pgcrypto"_L1},
        std::pair{"\"vector\""_L1, "vector"_L1},         std::pair{"\"citext\""_L1, "citext"_L1},
        std::pair{"\"hstore\""_L1, "hstore"_L1},         std::pair{"\"geometry\""_L1, "postgis"_L1},
        std::pair{"\"geography\""_L1, "postgis"_L1},     std::pair{"st_"_L1, "postgis"_L1},
        std::pair{"similarity("_L1, "pg_trgm"_L1},       std::pair{"unaccent("_L1, "unaccent"_L1},
        std::pair{"\"gin_trgm_ops\""_L1, "pg_trgm"_L1},  std::pair{"\"ltree\""_L1, "ltree"_L1},
    };
    if (!error.server)
        return {};
    static const QRegularExpression word(uR"((?:^|\s)(?:"[^"]+"|[\w.]+\())"_s);
    auto matches = word.globalMatch(error.server->message.toLower());
    while (matches.hasNext()) {
        const QString name = matches.next().captured().trimmed();
        for (const auto &[begin, extension] : known) {
            if (name.startsWith(begin))
                return extension;
        }
    }
    return {};
}

} // namespace doctor

} // namespace core
