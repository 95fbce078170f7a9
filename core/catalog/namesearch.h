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
/// part before it is matched against the schema ("au.us" finds auth.users). Blanks separate
/// patterns that must all match.
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

private:
    struct Word {
        QString schema = {};
        QString name = {};
    };
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
