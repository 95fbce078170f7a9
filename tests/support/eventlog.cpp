// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/eventlog.h"

using namespace Qt::StringLiterals;

namespace test {

void EventLog::add(const QString &entry)
{
    m_entries << entry;
    emit added(entry);
}

void EventLog::clear()
{
    m_entries.clear();
}

QString EventLog::text() const
{
    QStringList parts;
    for (qsizetype i = 0; i < m_entries.size();) {
        qsizetype end = i;
        while (end < m_entries.size() && m_entries[end] == m_entries[i])
            ++end;
        parts << (end - i == 1 ? m_entries[i] : u"%1 ×%2"_s.arg(m_entries[i]).arg(end - i));
        i = end;
    }
    return parts.join(", "_L1);
}

} // namespace test
