// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace core {

/// What libpg_query says of a text: a tree in JSON, or an error.
struct RawParse {
    bool started = false; ///< false: no thread could be had
    QByteArray tree = {};
    QByteArray error = {};
    int position = 0; ///< 1-based character; 0 = none
};

/// Runs libpg_query on the one thread of this program that may: each thread that ever calls it
/// takes a pthread key that is never given back (libpg_query 17-6.1, pg_query_init; 1,024 of them
/// are all that a process has), and its walk over the tree recurses without a limit, so the
/// thread's stack must hold the deepest tree that largestParsedText can make. Started at the first
/// call, joined at the program's end. Blocks the caller; calls wait for each other.
[[nodiscard]] RawParse parseOnParserThread(const QByteArray &sql);

} // namespace core
