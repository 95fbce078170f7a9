// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

#include <span>

namespace core {

/// A file without a name, readable by its owner alone, that vanishes with the program however it
/// ends. Bytes are appended and read back by offset. read() may run in several threads at once, and
/// beside one append().
///
/// Errors: `result.spillFull` (no space, quota or file-size limit), `result.spillFailed` (any
/// other).
class SpillFile
{
public:
    /// Makes `folder` (0700) if it is missing; it must be on a disk, not in memory.
    [[nodiscard]] static Result<SpillFile> create(const QString &folder);
    SpillFile(SpillFile &&other) noexcept;
    SpillFile &operator=(SpillFile &&other) noexcept;
    SpillFile(const SpillFile &) = delete;
    SpillFile &operator=(const SpillFile &) = delete;
    ~SpillFile();

    /// Writes both runs one after the other and returns where they begin. A failed append leaves no
    /// trace.
    [[nodiscard]] Result<qint64> append(std::span<const char> first, std::span<const char> second);
    [[nodiscard]] Result<> read(qint64 offset, std::span<char> first, std::span<char> second) const;
    [[nodiscard]] qint64 size() const { return m_size; }

private:
    explicit SpillFile(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    int m_descriptor = -1;
    qint64 m_size = 0;
};

} // namespace core
