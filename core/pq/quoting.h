// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QStringView>

namespace core {

/// The only place where names and values become part of SQL text; a parameter ($1) is better
/// wherever one can stand. Pure text, no connection: the output means the same under either setting
/// of standard_conforming_strings and is always valid UTF-8, which needs client_encoding UTF8. Both
/// are what the server checks too (CVE-2025-1094). Errors (kind Usage): quoting.empty, quoting.nul,
/// quoting.notUtf8. A name that a SQL_ASCII database holds in other bytes cannot be written as text
/// at all: address the object by its oid.

/// `"name"`, always in double quotes. An empty name is an error: SQL has none.
[[nodiscard]] Result<QByteArray> quotedIdentifier(QByteArrayView name);
/// A QString with half a surrogate pair is refused, not repaired.
[[nodiscard]] Result<QByteArray> quotedIdentifier(QStringView name);

/// `"schema"."name"`.
[[nodiscard]] Result<QByteArray> quotedName(QByteArrayView schema, QByteArrayView name);
[[nodiscard]] Result<QByteArray> quotedName(QStringView schema, QStringView name);

/// `'text'`, or ` E'text'` (with the leading space, so that it cannot join a word before it) where
/// there is a backslash.
[[nodiscard]] Result<QByteArray> quotedLiteral(QByteArrayView text);
[[nodiscard]] Result<QByteArray> quotedLiteral(QStringView text);

} // namespace core
