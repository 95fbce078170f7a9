// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/formats.h"

namespace core {

/// Bytes as a JSON string with its quotes; escapes as PostgreSQL's escape_json does.
void writeJsonString(QByteArrayView text, OutBuffer &out);
/// One value that is not NULL, as row_to_json would write it; `text` is what the type's output
/// function says.
void writeJsonValue(JsonKind kind, QByteArrayView text, OutBuffer &out);

/// An array's text ("{1,NULL,\"a b\"}", "[0:1]={…}") as a JSON array. Keeps its scratch memory
/// between calls.
class JsonArrayWriter
{
public:
    void write(const FormatColumn &column, QByteArrayView text, OutBuffer &out);

private:
    [[nodiscard]] qsizetype quotedElement(QByteArrayView text, qsizetype at);
    QByteArray m_element;
};

} // namespace core
