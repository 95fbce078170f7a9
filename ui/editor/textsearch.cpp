// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/textsearch.h"

#include <QStringDecoder>

#include <algorithm>

namespace ui {

namespace {

// Of the sequence that this byte begins; 1 for what begins none.
qsizetype sequenceLength(uchar lead)
{
    return lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
}

// The letter's bytes in lower case, if there are as many; else nothing.
QByteArray folded(QByteArrayView letter)
{
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decode(letter);
    const QByteArray lower = decode.hasError() ? QByteArray() : text.toCaseFolded().toUtf8();
    return lower.size() == letter.size() ? lower : QByteArray();
}

// The same text in lower case, byte for byte at the same place.
QByteArray foldedText(QByteArray text)
{
    for (qsizetype at = 0; at < text.size();) {
        const uchar lead = uchar(text[at]);
        if (lead < 0x80) {
            if (lead >= 'A' && lead <= 'Z')
                text[at] = char(lead | 0x20);
            ++at;
            continue;
        }
        const qsizetype length = std::min(sequenceLength(lead), text.size() - at);
        const QByteArray lower = folded(QByteArrayView(text).sliced(at, length));
        std::ranges::copy(lower, text.begin() + at);
        at += lower.isEmpty() ? 1 : length;
    }
    return text;
}

} // namespace

std::vector<int> matchesIn(const QByteArray &text, const QString &wanted)
{
    std::vector<int> found;
    const QByteArray pattern = foldedText(wanted.toUtf8());
    if (pattern.isEmpty())
        return found;
    const QByteArray where = foldedText(text);
    for (qsizetype at = where.indexOf(pattern); at >= 0;
         at = where.indexOf(pattern, at + pattern.size()))
        found.push_back(int(at));
    return found;
}

} // namespace ui
