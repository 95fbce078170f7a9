// SPDX-License-Identifier: GPL-3.0-or-later
// bench_stream first FOLDER ROUNDS | store FOLDER ROWS | pass FOLDER: runs queries over the table
// `events` of a project folder in the real window and prints what FirstRow or WholeRun measured.
#include "tests/bench/common/childresult.h"
#include "tests/bench/stream/firstrow.h"
#include "tests/bench/stream/wholerun.h"

#include <QApplication>

using namespace Qt::StringLiterals;

namespace {

void fail(const core::Error &error)
{
    std::fprintf(stderr, "bench_stream: %s\n", qPrintable(error.text()));
    QCoreApplication::exit(1);
}

/// Starts the measure when the desk is ready, prints its result, and ends.
template<class Measure> int measure(bench::Desk &desk, Measure &measure)
{
    QObject::connect(&desk, &bench::Desk::ready, &measure, &Measure::start, Qt::QueuedConnection);
    QObject::connect(&desk, &bench::Desk::failed, qApp, fail);
    QObject::connect(&measure, &Measure::failed, qApp, fail);
    QObject::connect(&measure, &Measure::finished, qApp, [&measure] {
        bench::printResult(measure.result());
        QCoreApplication::exit(0);
    });
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"sluice"_s);
    const QStringList arguments = QCoreApplication::arguments();
    const QString mode = arguments.value(1);
    bench::Desk desk(application);
    if (const auto opened = desk.open(arguments.value(2)); !opened) {
        std::fprintf(stderr, "bench_stream: %s\n", qPrintable(opened.error().text()));
        return 1;
    }
    if (mode == u"first"_s) {
        bench::FirstRow firstRow(desk, arguments.value(3).toInt());
        return measure(desk, firstRow);
    }
    QByteArray sql = "SELECT * FROM events";
    if (mode == u"store"_s)
        sql += " LIMIT " + arguments.value(3).toUtf8();
    bench::WholeRun wholeRun(desk, sql);
    return measure(desk, wholeRun);
}
