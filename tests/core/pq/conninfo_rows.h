// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pq/conninfo.h"

#include <QByteArray>
#include <QString>

#include <vector>

/// An address and what becomes of it. `keywords` is the whole result as "key=value" lines joined by
/// a space and sorted by key; `changes` is "-key" (dropped), "~key" (translated) and "!key"
/// (refused) in order, joined by a space.
struct GoodRow {
    const char *name;
    QString text;
    QByteArray keywords;
    QByteArray changes = {};
    QByteArray hints = {}; ///< "pgbouncer", "schema:x"
    core::ConnOrigin origin = core::ConnOrigin::File;
};

/// An address that is refused, the id of the error, and the character that it names (1-based).
struct BadRow {
    const char *name;
    QString text;
    QByteArray id;
    int position = 0;
    core::ConnOrigin origin = core::ConnOrigin::File;
};

[[nodiscard]] std::vector<GoodRow> goodRows();
[[nodiscard]] std::vector<BadRow> badRows();
