// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/envgrammar.h"

using namespace Qt::StringLiterals;

namespace core {

namespace {

// What Node.js 24's util.parseEnv answers, found by asking it (tests/core/project/data says how).
// It knows no colon form, and spaces are blank, tab and newline, so that a value of blanks alone
// takes the next line.

bool isSpace(QChar c)
{
    return c == u' ' || c == u'\t' || c == u'\n';
}

QStringView trimmed(QStringView text)
{
    while (!text.isEmpty() && isSpace(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isSpace(text.back()))
        text.chop(1);
    return text;
}

class NodeEnvScanner
{
public:
    explicit NodeEnvScanner(QString text)
        : m_text(std::move(text))
    {
        m_text.remove(u'\r');
        while (!m_text.isEmpty() && isSpace(m_text.back()))
            m_text.chop(1);
    }

    std::vector<EnvEntry> run();

private:
    [[nodiscard]] qsizetype find(QChar c, qsizetype from) const
    {
        const qsizetype found = m_text.indexOf(c, from);
        return found < 0 ? m_text.size() : found;
    }
    [[nodiscard]] qsizetype skipSpace(qsizetype i) const
    {
        while (i < m_text.size() && isSpace(m_text[i]))
            ++i;
        return i;
    }
    [[nodiscard]] EnvEntry entryAt(qsizetype begin, qsizetype equals);
    void readValue(EnvEntry &entry, qsizetype begin);
    [[nodiscard]] bool readQuoted(EnvEntry &entry, qsizetype begin);
    [[nodiscard]] int lineOf(qsizetype position);

    QString m_text;
    qsizetype m_next = 0;
    qsizetype m_countedTo = 0;
    int m_line = 1;
};

int NodeEnvScanner::lineOf(qsizetype position)
{
    for (; m_countedTo < position; ++m_countedTo) {
        if (m_text[m_countedTo] == u'\n')
            ++m_line;
    }
    return m_line;
}

/// A value between quotes; escapes do not protect a quote, and what follows the closing one is
/// dropped.
bool NodeEnvScanner::readQuoted(EnvEntry &entry, qsizetype begin)
{
    const QChar quote = m_text[begin];
    const qsizetype close = m_text.indexOf(quote, begin + 1);
    if (close < 0)
        return false;
    entry.value = m_text.sliced(begin + 1, close - begin - 1);
    entry.quote = quote == u'\''  ? EnvEntry::Quote::Single
                  : quote == u'"' ? EnvEntry::Quote::Double
                                  : EnvEntry::Quote::Backtick;
    if (quote == u'"')
        entry.value.replace("\\n"_L1, "\n"_L1);
    m_next = find(u'\n', close + 1) + 1;
    return true;
}

void NodeEnvScanner::readValue(EnvEntry &entry, qsizetype begin)
{
    begin = skipSpace(begin);
    if (begin >= m_text.size()) {
        m_next = begin;
        return;
    }
    const QChar first = m_text[begin];
    const bool quoted = first == u'\'' || first == u'"' || first == u'`';
    if (quoted && readQuoted(entry, begin))
        return;
    const qsizetype lineEnd = find(u'\n', begin);
    QStringView value = QStringView(m_text).sliced(begin, lineEnd - begin);
    m_next = lineEnd + 1;
    if (!quoted) {
        const qsizetype hash = value.indexOf(u'#');
        if (hash >= 0)
            value = value.first(hash);
        value = trimmed(value);
        // Only here is the next line's indentation passed over; elsewhere an indented comment
        // becomes a name.
        m_next = skipSpace(m_next);
    }
    entry.value = value.toString();
}

EnvEntry NodeEnvScanner::entryAt(qsizetype begin, qsizetype equals)
{
    EnvEntry entry;
    entry.line = lineOf(begin);
    QStringView key = trimmed(QStringView(m_text).sliced(begin, equals - begin));
    const bool empty = equals + 1 >= m_text.size() || m_text[equals + 1] == u'\n';
    if (empty) {
        // An empty value is stored before `export` is looked for.
        m_next = equals + 2;
    } else {
        if (key.startsWith("export "_L1))
            key = trimmed(key.sliced(7));
        readValue(entry, equals + 1);
    }
    entry.key = key.toString();
    return entry;
}

std::vector<EnvEntry> NodeEnvScanner::run()
{
    std::vector<EnvEntry> entries;
    m_next = skipSpace(0);
    while (m_next < m_text.size()) {
        const qsizetype begin = m_next;
        const qsizetype lineEnd = find(u'\n', begin);
        if (m_text[begin] == u'#' || lineEnd == begin) {
            m_next = lineEnd + 1;
            continue;
        }
        const qsizetype equals = QStringView(m_text).first(lineEnd).indexOf(u'=', begin);
        if (equals < 0) {
            m_next = skipSpace(lineEnd + 1);
            continue;
        }
        // Without a name and with a value only the sign is passed over, so that the value may be a
        // name.
        const bool named = !trimmed(QStringView(m_text).sliced(begin, equals - begin)).isEmpty();
        if (!named && equals + 1 < m_text.size() && m_text[equals + 1] != u'\n') {
            m_next = skipSpace(equals + 1);
            continue;
        }
        entries.push_back(entryAt(begin, equals));
    }
    return entries;
}

} // namespace

std::vector<EnvEntry> parseNodeEnv(QString text)
{
    return NodeEnvScanner(std::move(text)).run();
}

} // namespace core
