// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/result/chunk.h"
#include "core/result/chunkcodec.h"
#include "core/result/spillfile.h"

#include <deque>
#include <mutex>
#include <optional>
#include <vector>

namespace core {

/// The rows of one result: append-only chunks, an index of them in memory, the oldest unused ones
/// moved to a spill file when they outgrow a cap. Small chunks that arrive one after the other are
/// joined, so that the cost beside the text stays small whatever the sender's grain.
///
/// Threads: every function may be called from any thread; one mutex guards the index and is never
/// held over I/O. append(), resident() and the sizes do no I/O and may be called from the UI
/// thread. trim(), load() and read() do. A ChunkPtr that was handed out stays valid whatever the
/// store does; it then counts for who holds it.
class RowStore
{
public:
    struct Options {
        qint64 residentBytes = qint64(256) * 1024 * 1024;    ///< what stays in memory
        qint64 spillBytes = qint64(64) * 1024 * 1024 * 1024; ///< what may go to disk
        QString folder = {}; ///< of the spill file; empty = the user's cache folder for Sluice
    };
    struct Found {
        ChunkPtr chunk = {};
        qint64 firstRow = 0;
        [[nodiscard]] qint64 endRow() const { return firstRow + chunk->rowCount(); }
        [[nodiscard]] bool contains(qint64 row) const
        {
            return chunk && row >= firstRow && row < endRow();
        }
    };

    RowStore();
    explicit RowStore(Options options);

    /// Adds rows at the end. Fails, and takes nothing, after trim() has failed: the store is full
    /// then for good.
    [[nodiscard]] Result<> append(ChunkPtr chunk);
    /// What comes next is of another result: no chunk will have rows of both.
    void endResult();
    /// True when more is in memory than the cap allows; then trim() is due.
    [[nodiscard]] bool needsTrim() const;
    /// Moves unused chunks to the spill file until an eighth of the cap is free. Errors:
    /// `result.spillFull`, `result.spillFailed`, `result.spillCap` (more than Options::spillBytes).
    /// All rows stay readable then.
    [[nodiscard]] Result<> trim();

    [[nodiscard]] qint64 rowCount() const;
    /// The chunk that holds `row` if it is in memory.
    [[nodiscard]] std::optional<Found> resident(qint64 row) const;
    /// The same from wherever it is; a chunk read from disk is kept in place of others. `row` must
    /// exist.
    [[nodiscard]] Result<Found> load(qint64 row);
    /// The same for one who passes over all rows once: what is in memory stays as it is.
    [[nodiscard]] Result<Found> read(qint64 row) const;

    [[nodiscard]] qint64 payloadBytes() const;  ///< text of all rows
    [[nodiscard]] qint64 residentBytes() const; ///< memory: chunks and index
    [[nodiscard]] qint64 spilledBytes() const;  ///< size of the spill file

private:
    struct Entry {
        qint64 firstRow = 0;
        qint64 fileAt = -1;  ///< -1 = never written
        ChunkPtr chunk = {}; ///< null = only on disk
        ChunkCodec::Shape shape = {};
        mutable bool used = false; ///< looked at since the last time it could have been dropped
    };
    [[nodiscard]] std::size_t entryOf(qint64 row) const;
    void sealTail();
    void queue(std::size_t entry) { m_candidates.push_back(entry); }
    void drop(std::size_t entry);
    [[nodiscard]] std::optional<std::size_t> victim(bool onlyWritten, std::size_t spared);
    [[nodiscard]] Result<> write(std::size_t entry, const Chunk &chunk);
    [[nodiscard]] Result<ChunkPtr> readFromFile(qint64 at, const ChunkCodec::Shape &shape) const;

    const Options m_options;
    std::mutex m_trimming;      ///< one trim() at a time; taken before m_mutex
    mutable std::mutex m_mutex; ///< everything below
    std::vector<Entry> m_entries;
    std::deque<std::size_t> m_candidates; ///< sealed resident entries, oldest first (second chance)
    std::optional<SpillFile>
        m_file; ///< set once, under both mutexes; then appended to under m_trimming
    std::optional<Error> m_full;
    std::size_t m_tail = 0; ///< first entry that may still be joined with later ones
    qint64 m_tailBytes = 0;
    qint64 m_rows = 0;
    qint64 m_payload = 0;
    qint64 m_resident = 0;
    qint64 m_spilled = 0;
};

} // namespace core
