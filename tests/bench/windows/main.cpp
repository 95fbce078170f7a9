// SPDX-License-Identifier: GPL-3.0-or-later
// bench_windows FOLDER POSITIONS: times windows of the tables `events` and `events_heap` of a
// project folder, in turns, on one browse session, and prints {"events":{…},"events_heap":{…}} (see
// WindowTimer).
#include "core/catalog/loader.h"
#include "core/connect/connectionset.h"
#include "tests/bench/common/childresult.h"
#include "tests/bench/common/openfolder.h"
#include "tests/bench/windows/windowtimer.h"

#include <QCoreApplication>

#include <array>

using namespace Qt::StringLiterals;

namespace {

/// The two timers, taking turns.
class Windows : public QObject
{
public:
    explicit Windows(core::SessionThread &session, int positions)
        : m_session(session)
        , m_positions(positions)
    {
    }

    void start()
    {
        core::loadCatalog(m_session).then(
            this, [this](const core::Result<core::CatalogPtr> &catalog) {
                if (!catalog)
                    return fail(catalog.error());
                makeTimer(0, *catalog, u"events", "SELECT * FROM events ORDER BY id OFFSET"_ba);
                makeTimer(1, *catalog, u"events_heap", "SELECT * FROM events_heap OFFSET"_ba);
                m_timers[0]->start();
            });
    }

private:
    void makeTimer(std::size_t at, const core::CatalogPtr &catalog, QStringView table,
                   const QByteArray &offsetSql)
    {
        const auto relation = catalog->resolve(table.toString());
        m_timers[at] = std::make_unique<bench::WindowTimer>(
            m_session, catalog, relation.value_or(core::Oid{}), offsetSql, m_positions);
        const auto *timer = m_timers[at].get();
        connect(timer, &bench::WindowTimer::ready, this, [this, at] {
            if (at == 0)
                m_timers[1]->start();
            else
                m_timers[0]->measureNext();
        });
        connect(timer, &bench::WindowTimer::measured, this, [this, at] { next(at); });
        connect(timer, &bench::WindowTimer::failed, this, &Windows::fail);
    }

    void next(std::size_t at)
    {
        bench::WindowTimer &other = *m_timers[1 - at];
        if (!other.isDone())
            return other.measureNext();
        // Both have all their windows; the OFFSET queries come last, one a table.
        if (m_offsets < 2)
            return m_timers[std::size_t(m_offsets++)]->measureOffset();
        bench::printResult(
            {{u"events"_s, m_timers[0]->result()}, {u"events_heap"_s, m_timers[1]->result()}});
        QCoreApplication::exit(0);
    }

    void fail(const core::Error &error)
    {
        std::fprintf(stderr, "bench_windows: %s\n", qPrintable(error.text()));
        QCoreApplication::exit(1);
    }

    core::SessionThread &m_session;
    std::array<std::unique_ptr<bench::WindowTimer>, 2> m_timers;
    int m_positions;
    int m_offsets = 0;
};

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 3)
        return 2;
    const auto opened = bench::openFolder(arguments[1]);
    if (!opened || opened->databases.databases.empty())
        return 1;
    auto connections =
        core::ConnectionSet::create(opened->databases.databases.front(), *opened->question.token);
    const auto session = connections ? (*connections)->session(core::Purpose::Browse)
                                     : std::unexpected(connections.error());
    if (!session) {
        std::fprintf(stderr, "bench_windows: %s\n", qPrintable(session.error().text()));
        return 1;
    }
    Windows windows(**session, arguments[2].toInt());
    windows.start();
    return QCoreApplication::exec();
}
