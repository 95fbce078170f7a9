// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/journal.h"

namespace core {

/// A journal file: one line of JSON (version, time, file, title, hash, size of the text), then the
/// text as it is.
[[nodiscard]] QByteArray encodeJournal(const JournalText &content, const QDateTime &time);

struct JournalRecord {
    QDateTime time = {};
    JournalText content = {};
};
/// Errors: journal.damaged (cut off, or not a journal file), journal.newer (written by a later
/// version).
[[nodiscard]] Result<JournalRecord> decodeJournal(const QByteArray &bytes);

} // namespace core
