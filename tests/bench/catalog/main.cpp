// SPDX-License-Identifier: GPL-3.0-or-later
// bench_catalog FOLDER ROUNDS: loads the catalog of a project folder's first database, each round
// on a session of its own, and prints milliseconds to the names and to the whole from the request
// on (connected already), of a question whether something changed, of searches and of the tree's
// filter, and what a catalog holds in memory:
// {"names":[…],"whole":[…],"check":[…],"search":[…],"filter":[…],"relations":…,"bytes":…}.
#include "core/catalog/loader.h"
#include "core/catalog/objectsearch.h"
#include "core/catalog/treemodel.h"
#include "core/connect/connectionset.h"
#include "tests/bench/common/childresult.h"
#include "tests/bench/common/clock.h"
#include "tests/bench/common/openfolder.h"
#include "tests/bench/common/statistics.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

class Rounds : public QObject
{
public:
    Rounds(core::SessionThread &session, int rounds)
        : m_session(session)
        , m_loader(session)
        , m_left(rounds)
    {
        connect(&m_loader, &core::CatalogLoader::namesLoaded, this,
                [this] { m_names.push_back(sinceStart()); });
        connect(&m_loader, &core::CatalogLoader::loaded, this, &Rounds::loaded);
        connect(&m_loader, &core::CatalogLoader::failed, this, &Rounds::fail);
        connect(
            &session, &core::SessionThread::connected, this, [this] { next(); },
            Qt::SingleShotConnection);
        connect(&session, &core::SessionThread::connectFailed, this, &Rounds::fail);
        session.open();
    }

private:
    [[nodiscard]] double sinceStart() const
    {
        return bench::milliseconds(bench::nanoseconds() - m_start);
    }
    void next()
    {
        if (m_left-- == 0)
            return report();
        m_start = bench::nanoseconds();
        m_loader.load();
    }
    void loaded(const core::CatalogPtr &catalog)
    {
        m_whole.push_back(sinceStart());
        m_catalog = catalog;
        search();
        filter();
        m_start = bench::nanoseconds();
        core::loadFingerprint(m_session).then(
            this, [this](const core::Result<core::CatalogFingerprint> &now) {
                if (!now)
                    return fail(now.error());
                m_check.push_back(sinceStart());
                next();
            });
    }
    void search()
    {
        for (const QString &pattern : {u"t999"_s, u"creat"_s, u"s1.t5.na"_s, u"zzzz"_s}) {
            m_start = bench::nanoseconds();
            const auto found = core::searchObjects(*m_catalog, pattern, {.limit = 30});
            m_search.push_back(sinceStart());
        }
    }
    void filter()
    {
        core::CatalogTreeModel model;
        model.setCatalog(m_catalog);
        for (const QString &pattern : {u"t"_s, u"t99"_s, u"creat"_s}) {
            m_start = bench::nanoseconds();
            model.setFilter(pattern);
            m_filter.push_back(sinceStart());
        }
    }
    void report()
    {
        bench::printResult({{u"names"_s, bench::toJson(m_names)},
                            {u"whole"_s, bench::toJson(m_whole)},
                            {u"check"_s, bench::toJson(m_check)},
                            {u"search"_s, bench::toJson(m_search)},
                            {u"filter"_s, bench::toJson(m_filter)},
                            {u"relations"_s, qint64(m_catalog->relations().size())},
                            {u"bytes"_s, qint64(m_catalog->residentBytes())}});
        QCoreApplication::exit(0);
    }
    void fail(const core::Error &error)
    {
        std::fprintf(stderr, "bench_catalog: %s\n", qPrintable(error.text()));
        QCoreApplication::exit(1);
    }

    core::SessionThread &m_session;
    core::CatalogLoader m_loader;
    core::CatalogPtr m_catalog;
    bench::Samples m_names;
    bench::Samples m_whole;
    bench::Samples m_check;
    bench::Samples m_search;
    bench::Samples m_filter;
    qint64 m_start = 0;
    int m_left;
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
    const auto session = connections ? (*connections)->session(core::Purpose::Catalog)
                                     : std::unexpected(connections.error());
    if (!session) {
        std::fprintf(stderr, "bench_catalog: %s\n", qPrintable(session.error().text()));
        return 1;
    }
    const Rounds rounds(**session, arguments[2].toInt());
    return QCoreApplication::exec();
}
