// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/namesearch.h"

#include <algorithm>
#include <bitset>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr qsizetype longest = 64; // a name has at most 63 bytes
constexpr int exactScore = 1000;
constexpr int prefixScore = 800;
constexpr int wordScore = 600;
constexpr int initialsScore = 500;
constexpr int insideScore = 300;
constexpr int runCost = 10;

bool startsWord(QStringView name, qsizetype at)
{
    if (at == 0)
        return true;
    const QChar before = name[at - 1];
    const QChar here = name[at];
    if (!before.isLetterOrNumber())
        return here.isLetterOrNumber();
    return (before.isLower() && here.isUpper()) || before.isDigit() != here.isDigit();
}

/// Finds a pattern as runs of letters, each of which begins at the start of a word.
class Initials
{
public:
    Initials(QStringView pattern, QStringView name, QStringView folded)
        : m_pattern(pattern)
        , m_name(name)
        , m_folded(folded)
    {
    }

    /// How many runs; 0 = no match.
    int runs()
    {
        if (m_pattern.size() > longest || m_folded.size() > longest)
            return 0;
        return from(0, 0, false) ? m_runs : 0;
    }
    [[nodiscard]] const QList<int> &positions() const { return m_positions; }

private:
    bool from(qsizetype letter, qsizetype at, bool inRun)
    {
        if (letter == m_pattern.size())
            return true;
        const std::size_t state = std::size_t((letter * longest + at) * 2 + (inRun ? 1 : 0));
        if (at >= m_folded.size() || m_failed[state])
            return false;
        if (inRun && take(letter, at))
            return true;
        for (qsizetype next = at; next < m_folded.size(); ++next) {
            if (!startsWord(m_name, next))
                continue;
            ++m_runs;
            if (take(letter, next))
                return true;
            --m_runs;
        }
        m_failed[state] = true;
        return false;
    }
    bool take(qsizetype letter, qsizetype at)
    {
        if (m_folded[at] != m_pattern[letter])
            return false;
        m_positions.append(int(at));
        if (from(letter + 1, at + 1, true))
            return true;
        m_positions.removeLast();
        return false;
    }

    QStringView m_pattern;
    QStringView m_name;
    QStringView m_folded;
    QList<int> m_positions;
    std::bitset<std::size_t(longest *longest * 2)> m_failed;
    int m_runs = 0;
};

qsizetype bestPlace(QStringView pattern, QStringView name, QStringView folded)
{
    const qsizetype first = folded.indexOf(pattern);
    for (qsizetype at = first; at >= 0; at = folded.indexOf(pattern, at + 1)) {
        if (startsWord(name, at))
            return at;
    }
    return first;
}

std::optional<NamePattern::Match> matchPart(QStringView pattern, QStringView name)
{
    NamePattern::Match match;
    if (pattern.isEmpty())
        return match;
    const QString folded = name.toString().toCaseFolded();
    // Folding may change lengths ("ß"); then positions would lie.
    const QStringView text = folded.size() == name.size() ? QStringView(folded) : name;
    const int spare =
        int(std::min(text.size() - std::min(text.size(), pattern.size()), qsizetype(99)));
    if (const qsizetype at = bestPlace(pattern, name, text); at >= 0) {
        const int kind = at > 0 ? (startsWord(name, at) ? wordScore : insideScore)
                                : (text.size() == pattern.size() ? exactScore : prefixScore);
        match.score = kind - spare;
        for (qsizetype i = 0; i < pattern.size(); ++i)
            match.positions.append(int(at + i));
        return match;
    }
    Initials initials(pattern, name, text);
    const int runs = initials.runs();
    if (runs == 0)
        return std::nullopt;
    match.score = initialsScore - runs * runCost - spare;
    match.positions = initials.positions();
    return match;
}

} // namespace

NamePattern::NamePattern(const QString &text)
{
    for (const QString &part : text.toCaseFolded().split(u' ', Qt::SkipEmptyParts)) {
        const qsizetype dot = part.lastIndexOf(u'.');
        Word word;
        word.name = part.sliced(dot + 1);
        if (dot >= 0) {
            word.schema = part.first(dot);
            const qsizetype outerDot = word.schema.lastIndexOf(u'.');
            word.inner = word.schema.sliced(outerDot + 1);
            if (outerDot >= 0)
                word.outer = word.schema.first(outerDot);
        }
        if (std::ranges::all_of(word.name, [](QChar letter) { return letter < QChar(0x80); }))
            word.letters = word.name.toLatin1();
        m_words.push_back(std::move(word));
    }
}

/// False only where the letters of the pattern are not in the name in their order, which every kind
/// of match needs. Nothing is said of names with letters beyond ASCII, which may fold to it.
bool NamePattern::mayMatch(const Word &word, QByteArrayView name)
{
    qsizetype at = 0;
    for (const char byte : name) {
        if (uchar(byte) >= 0x80)
            return true;
        const char folded = byte >= 'A' && byte <= 'Z' ? char(byte - 'A' + 'a') : byte;
        if (at < word.letters.size() && folded == word.letters[at])
            ++at;
    }
    return at == word.letters.size();
}

qsizetype NamePattern::shortest() const
{
    const auto size = [](const Word &word) { return word.name.size(); };
    return m_words.empty() ? 0 : size(*std::ranges::min_element(m_words, {}, size));
}

std::optional<NamePattern::Match> NamePattern::matchName(QByteArrayView name,
                                                         bool withPositions) const
{
    Match whole;
    if (!std::ranges::all_of(m_words, [&](const Word &word) { return mayMatch(word, name); }))
        return std::nullopt;
    const QString nameText = QString::fromUtf8(name);
    for (const Word &word : m_words) {
        const auto part = matchPart(word.name, nameText);
        if (!part)
            return std::nullopt;
        whole.score += part->score;
        if (withPositions)
            whole.positions.append(part->positions);
    }
    std::ranges::sort(whole.positions);
    whole.positions.erase(std::ranges::unique(whole.positions).begin(), whole.positions.end());
    return whole;
}

std::optional<NamePattern::Match> NamePattern::match(QByteArrayView schema, QByteArrayView name,
                                                     bool withPositions) const
{
    std::optional<Match> whole = matchName(name, withPositions);
    for (const Word &word : m_words) {
        if (!whole || word.schema.isEmpty())
            continue;
        const auto schemaPart = matchPart(word.schema, QString::fromUtf8(schema));
        if (!schemaPart)
            return std::nullopt;
        whole->score += schemaPart->score / 10;
    }
    return whole;
}

bool NamePattern::matchPath(QByteArrayView schema, QByteArrayView relation) const
{
    return std::ranges::all_of(m_words, [&](const Word &word) {
        return (word.inner.isEmpty() || matchPart(word.inner, QString::fromUtf8(relation)))
               && (word.outer.isEmpty() || matchPart(word.outer, QString::fromUtf8(schema)));
    });
}

std::vector<FoundName> searchNames(const Catalog &catalog, const QString &pattern, int limit,
                                   bool systemToo)
{
    const NamePattern wanted(pattern);
    std::vector<FoundName> found;
    for (const SchemaInfo &schema : catalog.schemas()) {
        if (schema.system && !systemToo)
            continue;
        for (const RelationInfo &relation : catalog.relationsOf(schema)) {
            if (const auto match = wanted.match(schema.name, relation.name))
                found.push_back({relation.oid, *match});
        }
    }
    std::ranges::stable_sort(found, std::ranges::greater{},
                             [](const FoundName &name) { return name.match.score; });
    if (qsizetype(found.size()) > limit)
        found.resize(std::size_t(std::max(limit, 0)));
    for (FoundName &name : found) {
        const RelationInfo *const relation = catalog.relation(name.relation);
        const SchemaInfo *const schema = catalog.schema(relation->schema);
        name.match = wanted.match(schema->name, relation->name, true).value_or(name.match);
    }
    return found;
}

} // namespace core
