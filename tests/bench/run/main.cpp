// SPDX-License-Identifier: GPL-3.0-or-later
// bench_run: measures Sluice, prints a table, and writes bench.json into its folder. Needs a
// display for the groups with windows. packaging/bench calls it.
#include "tests/bench/run/report.h"
#include "tests/bench/run/workbench.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QSysInfo>
#include <QThread>

#include <array>
#include <cstdio>

#include <linux/magic.h>
#include <sys/statfs.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

using Measure = core::Result<bench::Figures> (*)(const bench::Workbench &);

constexpr std::array groups{
    std::pair<const char *, Measure>{"export", bench::measureExports},
    std::pair<const char *, Measure>{"window", bench::measureWindows},
    std::pair<const char *, Measure>{"stream", bench::measureStreams},
    std::pair<const char *, Measure>{"pool", bench::measurePool},
    std::pair<const char *, Measure>{"catalog", bench::measureCatalogs},
    std::pair<const char *, Measure>{"start", bench::measureStarts},
};

/// Our own settings, trust and state for everything that is started, and no address from outside.
void moveHome(const QString &folder)
{
    for (const char *name : {"CONFIG", "DATA", "STATE", "CACHE"}) {
        const QString place = folder + u"/home/"_s + QString::fromLatin1(name).toLower();
        QDir().mkpath(place);
        qputenv(QByteArray("XDG_") + name + "_HOME", QFile::encodeName(place));
    }
    qunsetenv("DATABASE_URL");
    qunsetenv("DIRECT_URL");
}

bool isInMemory(const QString &folder)
{
    struct statfs facts{};
    return statfs(QFile::encodeName(folder).constData(), &facts) == 0
           && facts.f_type == TMPFS_MAGIC;
}

QJsonObject factsOf(const bench::Options &options)
{
    const qint64 memory = qint64(sysconf(_SC_PHYS_PAGES)) * sysconf(_SC_PAGESIZE);
    return {{u"rows"_s, options.rows},
            {u"rounds"_s, options.rounds},
            {u"finished"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODate)},
            {u"processors"_s, QThread::idealThreadCount()},
            {u"memoryBytes"_s, memory},
            {u"kernel"_s, QSysInfo::kernelVersion()},
            {u"qt"_s, QString::fromLatin1(qVersion())}};
}

core::Result<bench::Figures> measure(const bench::Options &options)
{
    bench::BenchServer server(options.folder + u"/cluster"_s);
    if (const auto started = server.start(); !started)
        return std::unexpected(started.error());
    const bench::Workbench workbench{options, server};
    bench::Figures all;
    for (const auto &[name, measureGroup] : groups) {
        if (!options.wantsGroup(QString::fromLatin1(name)))
            continue;
        const auto figures = measureGroup(workbench);
        if (!figures)
            return figures;
        for (const bench::Figure &figure : *figures) {
            if (options.wants(QString::fromLatin1(figure.kind->name)))
                all.push_back(figure);
        }
    }
    return all;
}

int fail(const core::Error &error)
{
    std::fprintf(stderr, "bench: %s\n", qPrintable(error.text()));
    return 1;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const auto options = bench::readOptions(QCoreApplication::arguments());
    if (!options) {
        (void)fail(options.error());
        return 2;
    }
    if (!QDir().mkpath(options->folder))
        return fail({.message = u"The folder cannot be made."_s, .place = options->folder});
    if (isInMemory(options->folder))
        return fail({.message = u"The folder lies in memory; the figures are of a disk."_s,
                     .place = options->folder});
    moveHome(options->folder);
    const auto figures = measure(*options);
    if (!figures)
        return fail(figures.error());
    std::fputs(qPrintable(bench::tableOf(*figures)), stdout);
    const QString file = options->folder + u"/bench.json"_s;
    if (const auto written = bench::writeJson(file, *figures, factsOf(*options)); !written)
        return fail(written.error());
    std::printf("\n%lld rows, %d rounds; all samples: %s\n", static_cast<long long>(options->rows),
                options->rounds, qPrintable(file));
    return 0;
}
