// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/result/cellmatcher.h"

#include <QCoreApplication>

#include <algorithm>

namespace core {

namespace {

using namespace Qt::StringLiterals;

char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? char(byte | 0x20) : byte;
}

bool isAscii(const QString &text)
{
    return std::ranges::all_of(text, [](QChar character) { return character.unicode() < 0x80; });
}

bool containsLower(QByteArrayView bytes, QByteArrayView needle)
{
    const auto found = std::ranges::search(bytes, needle, {}, lower);
    return !found.empty() || needle.isEmpty();
}

} // namespace

Result<CellMatcher> CellMatcher::make(const FindOptions &options)
{
    CellMatcher matcher;
    matcher.m_matchCase = options.matchCase;
    // UTF-8 can be searched as bytes; only case and words of other scripts need characters.
    if (!options.expression && !options.wholeWord && (options.matchCase || isAscii(options.text))) {
        const QString text = options.matchCase ? options.text : options.text.toLower();
        matcher.m_bytes = text.toUtf8();
        return matcher;
    }
    QString pattern = options.expression ? options.text : QRegularExpression::escape(options.text);
    if (options.wholeWord)
        pattern = u"(?<!\\w)(?:"_s + pattern + u")(?!\\w)"_s;
    QRegularExpression::PatternOptions how = QRegularExpression::UseUnicodePropertiesOption;
    how.setFlag(QRegularExpression::CaseInsensitiveOption, !options.matchCase);
    matcher.m_expression = QRegularExpression(pattern, how);
    if (!matcher.m_expression.isValid()) {
        auto error = failure(
            ErrorKind::Usage, "find.badExpression"_ba,
            QCoreApplication::translate("core::CellMatcher", "This is not a regular expression."),
            matcher.m_expression.errorString());
        error.error().position = int(matcher.m_expression.patternErrorOffset()) + 1;
        return error;
    }
    matcher.m_expression.optimize();
    return matcher;
}

bool CellMatcher::matches(const Cell &cell, TypeCategory category) const
{
    return cell.state == Cell::State::Present && !cell.isNull && matches(cell.bytes, category);
}

bool CellMatcher::matches(QByteArrayView bytes, TypeCategory category) const
{
    if (category == TypeCategory::Boolean && bytes.size() == 1)
        bytes = bytes == "t" ? QByteArrayView("true") : QByteArrayView("false");
    if (m_bytes.isEmpty())
        return m_expression.match(QString::fromUtf8(bytes)).hasMatch();
    return m_matchCase ? bytes.contains(m_bytes) : containsLower(bytes, m_bytes);
}

Result<std::vector<CellHit>> findInStore(const RowStore &store, RowRange rows,
                                         const std::vector<TypeCategory> &categories,
                                         const CellMatcher &matcher, std::size_t most,
                                         const std::atomic<bool> &cancelled)
{
    std::vector<CellHit> hits;
    for (qint64 row = rows.first; row < rows.end();) {
        const Result<RowStore::Found> found = store.read(row);
        if (!found)
            return std::unexpected(found.error());
        const Chunk &chunk = *found->chunk;
        const int columns = std::min(chunk.columnCount(), int(categories.size()));
        const qint64 end = std::min(found->endRow(), rows.end());
        for (; row < end; ++row) {
            if (cancelled || hits.size() >= most)
                return hits;
            const int inChunk = int(row - found->firstRow);
            for (int column = 0; column < columns; ++column) {
                if (!chunk.isNull(inChunk, column)
                    && matcher.matches(chunk.cell(inChunk, column),
                                       categories[std::size_t(column)]))
                    hits.push_back({row, column});
            }
        }
    }
    return hits;
}

} // namespace core
