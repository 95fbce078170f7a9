// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>

namespace core {

/// What the functions of a database were found to set, kept from one run to the next: they may be
/// thousands, and a server that others wait for reads only what is new since then.
struct SourcesRead {
    QByteArray server = {}; ///< which one, since when, and which database; empty = never read
    QByteArray until = {};  ///< transactions before this one were seen
    /// Settings with names of one's own (my.name) that they set; the server lists none of those.
    QByteArrayList names = {};
    bool operator==(const SourcesRead &) const = default;
};

/// A query for one row: `secret`, true where a function that is not in `read` may have set what
/// nobody can list, or has set what was not asked for; and `server`, `until` and `names` (in one
/// text, with commas) of what was read now.
[[nodiscard]] QByteArray sourcesText(const SourcesRead &read);
/// `read` and the last three columns of that row.
[[nodiscard]] SourcesRead withRow(SourcesRead read, const QByteArray &server,
                                  const QByteArray &until, const QByteArray &names);

} // namespace core
