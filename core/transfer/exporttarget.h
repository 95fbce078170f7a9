// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/transfer/exporter.h"

#include <memory>

namespace core {

/// What the bytes of an export go to. One thread at a time, except stop().
class TargetWriter
{
public:
    enum class State : quint8 { Writing, Stopped, ReaderGone };

    virtual ~TargetWriter() = default;
    [[nodiscard]] virtual Result<> open() = 0;
    /// Blocks until all is written (Writing: more may follow) or nothing more can be.
    [[nodiscard]] virtual Result<State> write(QByteArrayView bytes) = 0;
    /// All is there: sync, rename.
    [[nodiscard]] virtual Result<> commit() = 0;
    virtual void discard() = 0;
    /// From any thread: a write() that waits for a slow reader returns Stopped soon.
    virtual void stop() {}
};

/// The error that an errno of writing to a descriptor means: export.diskFull, export.cannotWrite.
[[nodiscard]] Error outputError(int code);

[[nodiscard]] std::unique_ptr<TargetWriter> makeTarget(const ExportTarget &target);

} // namespace core
