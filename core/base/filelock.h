// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

#include <memory>

namespace core {

/// A lock between processes (flock), held by an object. It ends with the process however that ends,
/// and unlike lock files with a process id it holds between sandboxes that do not see each other's
/// processes (TRUST 0.4). The file is made owner-only and stays. Not inherited by children. Errors:
/// lock.held (kind Local), and those of opening a file.
class FileLock
{
public:
    enum class Mode : quint8 { Shared, Exclusive };
    enum class Wait : quint8 {
        No,
        Yes
    }; ///< Yes blocks: never in the main thread for longer than a file's write

    [[nodiscard]] static Result<FileLock> acquire(const QString &path, Mode mode, Wait wait);
    FileLock(FileLock &&) noexcept;
    FileLock &operator=(FileLock &&) noexcept;
    ~FileLock();

private:
    struct State;
    explicit FileLock(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace core
