// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

#include <functional>
#include <vector>

namespace core {

/// Which program's reading of an env file is meant; they differ in details that change passwords.
enum class EnvGrammar : quint8 {
    Dotenv,    ///< motdotla/dotenv 15–17: a regular expression over the whole file
    NodeParse, ///< util.parseEnv of Node.js 20.20 and later, which Vite and node --env-file use
};

/// How references between values are replaced.
enum class EnvExpansion : quint8 {
    None,
    Braced,   ///< Prisma up to 6: only ${NAME}
    Expand10, ///< dotenv-expand up to 10: $NAME, ${NAME:-default}, in any order; bundled by Next.js
    Expand12, ///< dotenv-expand 12: only names that stand earlier, more operators; bundled by Vite
};

/// One assignment of a file as its grammar reads it, before expansion.
struct EnvEntry {
    enum class Quote : quint8 { None, Single, Double, Backtick };
    QString key = {};
    QString value = {};
    int line = 0; ///< 1-based, of the key
    Quote quote = Quote::None;
    bool operator==(const EnvEntry &) const = default;
};

/// Bytes of an env file → text. A UTF-8 byte order mark is passed over. Errors: envfile.utf16,
/// envfile.binary (holds NUL), envfile.encoding (not UTF-8; names the line).
[[nodiscard]] Result<QString> decodeEnvText(const QByteArray &bytes);

/// Every assignment in the order of the file, duplicates included (the last one of a key counts).
/// Lines that are no assignment are passed over, as every loader does; nothing is executed. Linear
/// in the size of the text.
[[nodiscard]] std::vector<EnvEntry> parseEnv(const QString &text, EnvGrammar grammar);

/// What a name stands for outside of the entries; nullopt = unset.
using EnvLookup = std::function<std::optional<QString>(const QString &name)>;

/// Replaces references in the values, in place. `outer` wins over the entries where it knows a name
/// (it is the process environment in the loaders; here it is empty unless a person chose
/// otherwise). `$(command)` is never run and stays as text. Cycles end: a value that is not settled
/// after 100 replacements, or grows over 64 KiB, is left as it stands and its entry's number is
/// returned.
[[nodiscard]] std::vector<int> expandEnv(std::vector<EnvEntry> &entries, EnvExpansion expansion,
                                         const EnvLookup &outer = {});

} // namespace core
