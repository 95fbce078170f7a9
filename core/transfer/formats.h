// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result/chunk.h"
#include "core/transfer/outbuffer.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>
#include <optional>
#include <vector>

namespace core {

enum class ExportFormat : quint8 {
    Csv,       ///< byte-equal to COPY … WITH (FORMAT csv[, HEADER])
    JsonLines, ///< byte-equal to row_to_json, one row a line
    Json,      ///< those lines joined by ",\n" between "[\n" and "\n]\n"; without rows "[\n\n]\n"
    Tsv,       ///< COPY's text format: NULL as \N, backslash escapes
    Table,     ///< aligned columns for people on a terminal
};

/// "csv", "json", "jsonl", "tsv", "table".
[[nodiscard]] std::optional<ExportFormat> exportFormatNamed(QByteArrayView name);
[[nodiscard]] QByteArrayView nameOf(ExportFormat format);

/// How row_to_json writes a value, by its type (json.c: json_categorize_type,
/// datum_to_json_internal).
enum class JsonKind : quint8 {
    String, ///< everything that has no form of its own: the text, escaped
    Bool,
    Number,   ///< verbatim; NaN and the infinities as strings
    DateTime, ///< date, timestamp, timestamptz in ISO text: "T" between date and time, zone as
              ///< +hh:mm
    Verbatim, ///< json and jsonb, white space kept
};

/// One column of the output. `name` is what the header and the JSON key say.
struct FormatColumn {
    QByteArray name = {};
    JsonKind kind = JsonKind::String;
    bool isArray = false;      ///< `kind` is then that of the elements
    char arrayDelimiter = ','; ///< pg_type.typdelim of the elements
    bool alignRight = false;   ///< numbers in a Table
    bool operator==(const FormatColumn &) const = default;
};
using FormatColumns = std::vector<FormatColumn>;

/// What the built-in types (oid < 10000) are written as; empty for every other type, which only the
/// catalog knows (see columntypes.h). Needs no server.
[[nodiscard]] std::optional<FormatColumn> builtinFormat(Oid type);
/// Columns as a result described them, other types as String: right for CSV, TSV and Table, and for
/// JSON of results that hold built-in types only.
[[nodiscard]] FormatColumns formatColumns(const Columns &columns);

struct FormatOptions {
    bool header = true; ///< CSV, TSV and Table
    /// For terminals: control characters (C0 but \n and \t, DEL, C1) are left out, so that a value
    /// cannot drive the terminal. A Table shows them as escapes always.
    bool stripControls = false;
    /// Columns of a Table are as wide as the widest of so many first rows.
    int sampleRows = 1000;
    bool operator==(const FormatOptions &) const = default;
};

/// Turns chunks into bytes. Call begin(), append() for each chunk, finish(); each writes to the
/// buffer that is given, whose sink may refuse (then the rest is dropped quietly: ask
/// OutBuffer::failed). Not thread-safe, but may move between threads from call to call. Values need
/// ISO DateStyle for JSON; CSV and TSV pass on any text.
class RowFormatter
{
public:
    virtual ~RowFormatter() = default;
    virtual void begin(OutBuffer &out) = 0;
    virtual void append(const Chunk &chunk, OutBuffer &out) = 0;
    virtual void finish(OutBuffer &out) = 0;
};

[[nodiscard]] std::unique_ptr<RowFormatter>
makeFormatter(ExportFormat format, FormatColumns columns, const FormatOptions &options = {});

} // namespace core
