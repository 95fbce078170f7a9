// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/catalog.h"

#include <QList>
#include <QString>

#include <optional>
#include <vector>

namespace core {

/// A pattern as people type it to find a name: letters in their order ("ordit" finds order_items),
/// case-blind; a run, the start of a word and the start of the name rank higher. With a dot the
/// part before it is matched against the schema ("au.us" finds auth.users); of a part of a table,
/// against the table and, with two dots, its schema ("us.ma", "au.us.ma" find auth.users.mail).
/// Blanks separate patterns that must all match.
class NamePattern
{
public:
    explicit NamePattern(const QString &text);

    struct Match {
        int score = 0;             ///< higher is better
        QList<int> positions = {}; ///< UTF-16 positions in `name`, ascending; filled on request
    };
    [[nodiscard]] bool isEmpty() const { return m_words.empty(); }
    [[nodiscard]] std::optional<Match> match(QByteArrayView schema, QByteArrayView name,
                                             bool withPositions = false) const;
    /// The same for a name inside of a relation: whether the relation is one in which it may be
    /// looked for, and whether the name matches then.
    [[nodiscard]] bool matchPath(QByteArrayView schema, QByteArrayView relation) const;
    [[nodiscard]] std::optional<Match> matchName(QByteArrayView name,
                                                 bool withPositions = false) const;
    /// Letters of the shortest word; one or two are in nearly every name.
    [[nodiscard]] qsizetype shortest() const;

private:
    struct Word {
        QString schema = {}; ///< all before the last dot
        QString name = {};
        QString outer = {}; ///< of `schema` the part before its last dot, and the part after it
        QString inner = {};
        QByteArray letters = {}; ///< of `name`, where they are ASCII: rules names out quickly
    };
    [[nodiscard]] static bool mayMatch(const Word &word, QByteArrayView name);
    std::vector<Word> m_words;
};

struct FoundName {
    Oid relation = {};
    NamePattern::Match match = {};
};

/// The best matches of a whole catalog, best first, then by name. System schemas only when asked
/// for.
[[nodiscard]] std::vector<FoundName> searchNames(const Catalog &catalog, const QString &pattern,
                                                 int limit, bool systemToo = false);

} // namespace core
