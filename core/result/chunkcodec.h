// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result/chunk.h"

#include <array>
#include <span>

namespace core {

/// The two byte runs of which a chunk consists, for a file that this program run alone writes and
/// reads: offsets in the machine's own byte order, then the arena. Pure functions; any thread.
class ChunkCodec
{
public:
    /// What the runs alone do not say.
    struct Shape {
        int rows = 0;
        int columns = 0;
        qsizetype arenaBytes = 0;
        [[nodiscard]] qsizetype endsBytes() const
        {
            return qsizetype(rows) * columns * qsizetype(sizeof(quint32));
        }
        [[nodiscard]] qsizetype bytes() const { return endsBytes() + arenaBytes; }
    };

    [[nodiscard]] static Shape shape(const Chunk &chunk);
    /// Offsets and arena of a chunk; valid as long as the chunk lives.
    [[nodiscard]] static std::array<std::span<const char>, 2> parts(const Chunk &chunk);
    /// A chunk of that shape whose bytes `fill(offsets, arena)` reads in place. Null if fill fails.
    template<class Fill> [[nodiscard]] static ChunkPtr make(const Shape &shape, Fill &&fill)
    {
        const std::shared_ptr<Chunk> chunk = blank(shape);
        const auto [ends, arena] = writableParts(*chunk);
        return fill(ends, arena) ? ChunkPtr(chunk) : nullptr;
    }

private:
    [[nodiscard]] static std::shared_ptr<Chunk> blank(const Shape &shape);
    [[nodiscard]] static std::array<std::span<char>, 2> writableParts(Chunk &chunk);
};

} // namespace core
