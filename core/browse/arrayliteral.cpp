// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/browse/arrayliteral.h"

namespace core {

std::optional<std::vector<QByteArray>> readArray(QByteArrayView text)
{
    if (text.size() < 2 || text.front() != '{' || text.back() != '}')
        return std::nullopt;
    std::vector<QByteArray> elements;
    const QByteArrayView inner = text.sliced(1, text.size() - 2);
    QByteArray element;
    bool quoted = false;
    bool wasQuoted = false;
    const auto finish = [&] {
        if (wasQuoted || element != "NULL")
            elements.push_back(element);
        element.clear();
        wasQuoted = false;
    };
    for (qsizetype at = 0; at < inner.size(); ++at) {
        const char letter = inner[at];
        if (letter == '\\' && at + 1 < inner.size()) {
            element += inner[++at];
        } else if (letter == '"') {
            quoted = !quoted;
            wasQuoted = true;
        } else if (!quoted && (letter == '{' || letter == '}')) {
            return std::nullopt;
        } else if (!quoted && letter == ',') {
            finish();
        } else {
            element += letter;
        }
    }
    if (quoted)
        return std::nullopt;
    if (!inner.isEmpty())
        finish();
    return elements;
}

QByteArray writeArray(const std::vector<QByteArray> &elements)
{
    QByteArray text(1, '{');
    for (const QByteArray &element : elements) {
        if (text.size() > 1)
            text += ',';
        text += '"';
        for (const char letter : element) {
            if (letter == '"' || letter == '\\')
                text += '\\';
            text += letter;
        }
        text += '"';
    }
    return text + '}';
}

} // namespace core
