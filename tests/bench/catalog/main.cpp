// SPDX-License-Identifier: GPL-3.0-or-later
// bench_catalog FOLDER ROUNDS: reads the catalog of a project folder's first database, each round
// on a session of its own that has just connected, then once through a proxy that makes every round
// trip 50 ms long. Prints {"names":[…],"whole":[…],…}: see CatalogMeasuring; times are
// milliseconds.
#include "core/connect/connectionset.h"
#include "tests/bench/catalog/measuring.h"
#include "tests/bench/common/childresult.h"
#include "tests/bench/common/openfolder.h"

#include <QCoreApplication>

namespace {

int failed(const core::Error &error)
{
    std::fprintf(stderr, "bench_catalog: %s\n", qPrintable(error.text()));
    return 1;
}

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
    if (!connections)
        return failed(connections.error());
    const auto session = (*connections)->session(core::Purpose::Catalog);
    if (!session)
        return failed(session.error());
    bench::CatalogMeasuring measuring((*session)->config(), arguments[2].toInt());
    QObject::connect(&measuring, &bench::CatalogMeasuring::done, &measuring, [&measuring] {
        bench::printResult(measuring.result());
        QCoreApplication::exit(0);
    });
    QObject::connect(&measuring, &bench::CatalogMeasuring::failed, &measuring,
                     [](const core::Error &error) { QCoreApplication::exit(failed(error)); });
    measuring.start();
    return QCoreApplication::exec();
}
