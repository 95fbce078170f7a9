// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/parserthread.h"

#include "core/sql/classify.h"

#include <QThread>

#include <pg_query.h>

#include <condition_variable>
#include <mutex>

namespace core {

namespace {

/// The deepest trees are left-associative chains: "+1" makes a level of two bytes of text, and a
/// level costs 160 bytes of stack at most (measured on 20 kinds of chain, x86-64). Right-recursive
/// nesting ends at Bison's YYMAXDEPTH, 10,000.
constexpr qsizetype stackPerTextByte = 192;
constexpr qsizetype stackBase = qsizetype(16) * 1024 * 1024;

RawParse parseHere(const QByteArray &sql)
{
    const PgQueryParseResult result = pg_query_parse(sql.constData());
    RawParse raw;
    raw.started = true;
    if (result.error != nullptr) {
        raw.error = result.error->message;
        raw.position = result.error->cursorpos;
    } else {
        raw.tree = result.parse_tree;
    }
    pg_query_free_parse_result(result);
    return raw;
}

class ParserThread final : public QThread
{
public:
    ParserThread()
    {
        setObjectName(QLatin1StringView("sql-parser"));
        setStackSize(uint(stackBase + stackPerTextByte * largestParsedText));
        start();
    }

    ~ParserThread() override
    {
        {
            const std::scoped_lock lock(m_mutex);
            m_stopping = true;
        }
        m_changed.notify_all();
        wait();
    }

    RawParse parse(const QByteArray &sql)
    {
        const std::scoped_lock turn(m_turn);
        std::unique_lock lock(m_mutex);
        if (!isRunning())
            return {};
        m_sql = &sql;
        m_changed.notify_all();
        m_changed.wait(lock, [this] { return m_sql == nullptr; });
        return std::move(m_result);
    }

protected:
    void run() override
    {
        std::unique_lock lock(m_mutex);
        for (;;) {
            m_changed.wait(lock, [this] { return m_stopping || m_sql != nullptr; });
            if (m_stopping)
                return;
            m_result = parseHere(*m_sql);
            m_sql = nullptr;
            m_changed.notify_all();
        }
    }

private:
    std::mutex m_turn; ///< held by the caller whose text it is
    std::mutex m_mutex;
    std::condition_variable m_changed;
    const QByteArray *m_sql = nullptr;
    RawParse m_result;
    bool m_stopping = false;
};

} // namespace

RawParse parseOnParserThread(const QByteArray &sql)
{
    static ParserThread thread;
    return thread.parse(sql);
}

} // namespace core
