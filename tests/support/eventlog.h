// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>

namespace test {

/// Writes down, in order, which signals arrived, for tests that assert a course of events:
///     EventLog log;
///     log.record(request, &Request::started, u"started"_s);
///     log.record(request, &Request::finished, [](const auto &outcome) { return outcome ? u"ok"_s :
///     u"error"_s; }); QTRY_COMPARE(log.text(), u"started, ok"_s);
/// Lives in the thread of the test; signals of other threads arrive queued.
class EventLog : public QObject
{
    Q_OBJECT

public:
    template<class Sender, class Signal>
    void record(Sender *sender, Signal signal, const QString &name)
    {
        connect(sender, signal, this, [this, name] { add(name); });
    }

    /// `describe` makes the entry from the signal's arguments.
    template<class Sender, class Signal, class Describe>
        requires(!std::convertible_to<Describe, QString>)
    void record(Sender *sender, Signal signal, Describe describe)
    {
        connect(sender, signal, this, [this, describe](const auto &...arguments) {
            add(std::invoke(describe, arguments...));
        });
    }

    void add(const QString &entry);
    void clear();
    [[nodiscard]] const QStringList &entries() const { return m_entries; }
    [[nodiscard]] qsizetype count(const QString &entry) const { return m_entries.count(entry); }
    /// "a, b, c"; a run of equal entries is one entry: "chunk ×3".
    [[nodiscard]] QString text() const;

signals:
    void added(const QString &entry);

private:
    QStringList m_entries;
};

} // namespace test
