// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/result/rowstore.h"
#include "core/base/translations.h"

#include <QCoreApplication>
#include <QStandardPaths>

#include <algorithm>
#include <limits>

namespace core {

namespace {

using namespace Qt::StringLiterals;

/// Chunks below this are joined with their neighbours: a chunk's own cost is about 150 bytes.
constexpr qint64 joinBelow = 64 * 1024;
constexpr std::size_t noEntry = std::numeric_limits<std::size_t>::max();

RowStore::Options completed(RowStore::Options options)
{
    if (options.folder.isEmpty()) {
        options.folder = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation)
                         + "/sluice/rows"_L1;
    }
    return options;
}

std::unexpected<Error> capReached(qint64 rows)
{
    return failure(
        ErrorKind::Local, "result.spillCap"_ba,
        QCoreApplication::translate("core::RowStore", "The result is larger than Sluice keeps."),
        QCoreApplication::translate("core::RowStore", "After %n rows.", nullptr,
                                    pluralNumber(rows)),
        QCoreApplication::translate("core::RowStore",
                                    "The rows read so far stay. Export the query to a "
                                    "file to have all of them."));
}

} // namespace

RowStore::RowStore()
    : RowStore(Options{})
{
}

RowStore::RowStore(Options options)
    : m_options(completed(std::move(options)))
{
}

Result<> RowStore::append(ChunkPtr chunk)
{
    const std::scoped_lock lock(m_mutex);
    if (m_full)
        return std::unexpected(*m_full);
    if (chunk->rowCount() == 0)
        return {};
    const qint64 bytes = chunk->residentBytes();
    m_resident += bytes;
    m_payload += chunk->payloadBytes();
    Entry entry;
    entry.firstRow = m_rows;
    entry.shape = ChunkCodec::shape(*chunk);
    m_rows += chunk->rowCount();
    entry.chunk = std::move(chunk);
    if (bytes >= joinBelow)
        sealTail();
    m_entries.push_back(std::move(entry));
    m_tailBytes += bytes;
    if (m_tailBytes >= joinBelow)
        sealTail();
    return {};
}

void RowStore::endResult()
{
    const std::scoped_lock lock(m_mutex);
    sealTail();
}

void RowStore::sealTail()
{
    const std::size_t count = m_entries.size() - m_tail;
    if (count == 0)
        return;
    if (count > 1) {
        int rows = 0;
        qsizetype bytes = 0;
        for (std::size_t i = m_tail; i < m_entries.size(); ++i) {
            rows += m_entries[i].shape.rows;
            bytes += m_entries[i].shape.arenaBytes;
            m_resident -= m_entries[i].chunk->residentBytes();
        }
        const int columns = m_entries[m_tail].shape.columns;
        ChunkBuilder builder(columns);
        builder.reserve(rows, bytes);
        for (std::size_t i = m_tail; i < m_entries.size(); ++i) {
            const Chunk &part = *m_entries[i].chunk;
            for (int row = 0; row < part.rowCount(); ++row) {
                for (int column = 0; column < columns; ++column) {
                    if (part.isNull(row, column))
                        builder.appendNull();
                    else
                        builder.append(part.cell(row, column));
                }
                if (columns == 0)
                    builder.endEmptyRow();
            }
        }
        Entry &joined = m_entries[m_tail];
        joined.chunk = builder.take();
        joined.shape = ChunkCodec::shape(*joined.chunk);
        m_resident += joined.chunk->residentBytes();
        m_entries.resize(m_tail + 1);
    }
    queue(m_tail);
    m_tail = m_entries.size();
    m_tailBytes = 0;
}

bool RowStore::needsTrim() const
{
    const std::scoped_lock lock(m_mutex);
    return m_resident > m_options.residentBytes && !m_full;
}

std::optional<std::size_t> RowStore::victim(bool onlyWritten, std::size_t spared)
{
    // Twice round: the first time may only take the marks of use away.
    for (std::size_t tries = 2 * m_candidates.size(); tries > 0; --tries) {
        const std::size_t index = m_candidates.front();
        m_candidates.pop_front();
        const Entry &entry = m_entries[index];
        if (index == spared || (onlyWritten && entry.fileAt < 0) || entry.used) {
            m_entries[index].used = false;
            m_candidates.push_back(index);
            continue;
        }
        return index;
    }
    return std::nullopt;
}

void RowStore::drop(std::size_t entry)
{
    m_resident -= m_entries[entry].chunk->residentBytes();
    m_entries[entry].chunk.reset();
}

Result<> RowStore::trim()
{
    const std::scoped_lock once(m_trimming);
    const qint64 target = m_options.residentBytes - m_options.residentBytes / 8;
    bool due = needsTrim();
    while (due) {
        std::size_t index = 0;
        ChunkPtr chunk;
        {
            const std::scoped_lock lock(m_mutex);
            const std::optional<std::size_t> found = victim(false, noEntry);
            if (!found)
                return {};
            index = *found;
            if (m_entries[index].fileAt < 0)
                chunk = m_entries[index].chunk;
        }
        Result<> written = chunk ? write(index, *chunk) : Result<>{};
        const std::scoped_lock lock(m_mutex);
        if (!written) {
            m_full = written.error();
            queue(index);
            return written;
        }
        drop(index);
        due = m_resident > target;
    }
    return {};
}

Result<> RowStore::write(std::size_t entry, const Chunk &chunk)
{
    if (!m_file) {
        Result<SpillFile> file = SpillFile::create(m_options.folder);
        if (!file)
            return std::unexpected(std::move(file.error()));
        const std::scoped_lock lock(m_mutex);
        m_file.emplace(std::move(*file));
    }
    if (m_file->size() + ChunkCodec::shape(chunk).bytes() > m_options.spillBytes)
        return capReached(rowCount());
    const auto [ends, arena] = ChunkCodec::parts(chunk);
    const Result<qint64> at = m_file->append(ends, arena);
    if (!at)
        return std::unexpected(at.error());
    const std::scoped_lock lock(m_mutex);
    m_entries[entry].fileAt = *at;
    m_spilled = m_file->size();
    return {};
}

qint64 RowStore::rowCount() const
{
    const std::scoped_lock lock(m_mutex);
    return m_rows;
}

std::size_t RowStore::entryOf(qint64 row) const
{
    const auto after = std::ranges::upper_bound(m_entries, row, {}, &Entry::firstRow);
    return std::size_t(std::distance(m_entries.begin(), after)) - 1;
}

std::optional<RowStore::Found> RowStore::resident(qint64 row) const
{
    const std::scoped_lock lock(m_mutex);
    if (row < 0 || row >= m_rows)
        return std::nullopt;
    const Entry &entry = m_entries[entryOf(row)];
    if (!entry.chunk)
        return std::nullopt;
    entry.used = true;
    return Found{entry.chunk, entry.firstRow};
}

Result<ChunkPtr> RowStore::readFromFile(qint64 at, const ChunkCodec::Shape &shape) const
{
    Result<> outcome;
    ChunkPtr chunk = ChunkCodec::make(shape, [&](std::span<char> ends, std::span<char> arena) {
        outcome = m_file->read(at, ends, arena);
        return outcome.has_value();
    });
    if (!outcome)
        return std::unexpected(std::move(outcome.error()));
    return chunk;
}

Result<RowStore::Found> RowStore::read(qint64 row) const
{
    qint64 at = 0;
    qint64 firstRow = 0;
    ChunkCodec::Shape shape;
    {
        const std::scoped_lock lock(m_mutex);
        Q_ASSERT_X(row >= 0 && row < m_rows, "RowStore", "there is no such row");
        const Entry &entry = m_entries[entryOf(row)];
        if (entry.chunk)
            return Found{entry.chunk, entry.firstRow};
        at = entry.fileAt;
        firstRow = entry.firstRow;
        shape = entry.shape;
    }
    return readFromFile(at, shape).transform(
        [firstRow](ChunkPtr chunk) { return Found{std::move(chunk), firstRow}; });
}

Result<RowStore::Found> RowStore::load(qint64 row)
{
    Result<Found> found = read(row);
    if (!found)
        return found;
    const std::scoped_lock lock(m_mutex);
    const std::size_t index = entryOf(row);
    Entry &entry = m_entries[index];
    entry.used = true;
    if (entry.chunk) // it was here, or another thread was quicker
        return Found{entry.chunk, entry.firstRow};
    entry.chunk = found->chunk;
    m_resident += entry.chunk->residentBytes();
    queue(index);
    while (m_resident > m_options.residentBytes) {
        const std::optional<std::size_t> unneeded = victim(true, index);
        if (!unneeded)
            break;
        drop(*unneeded);
    }
    return found;
}

qint64 RowStore::payloadBytes() const
{
    const std::scoped_lock lock(m_mutex);
    return m_payload;
}

qint64 RowStore::residentBytes() const
{
    const std::scoped_lock lock(m_mutex);
    return m_resident + qint64(m_entries.capacity() * sizeof(Entry))
           + qint64(m_candidates.size() * sizeof(std::size_t));
}

qint64 RowStore::spilledBytes() const
{
    const std::scoped_lock lock(m_mutex);
    return m_spilled;
}

} // namespace core
