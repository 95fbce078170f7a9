// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/run/options.h"

#include "tests/bench/run/figure.h"

#include <QCommandLineParser>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bench {

namespace {

std::unexpected<core::Error> usage(const QString &what)
{
    return core::failure(core::ErrorKind::Usage, "bench.usage"_ba, what);
}

QStringList knownNames()
{
    QStringList names;
    for (const FigureKind &kind : figureKinds()) {
        if (!names.contains(kind.group()))
            names << kind.group();
        names << QString::fromLatin1(kind.name);
    }
    return names;
}

} // namespace

bool Options::wants(const QString &name) const
{
    return only.isEmpty() || only.contains(name) || only.contains(name.section(u'.', 0, 0));
}

bool Options::wantsGroup(const QString &group) const
{
    return std::ranges::any_of(figureKinds(), [&](const FigureKind &kind) {
        return kind.group() == group && wants(QString::fromLatin1(kind.name));
    });
}

core::Result<Options> readOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Measures Sluice against psql and Qt in one run.\nNames: "_s
                                     + knownNames().join(u' '));
    parser.addHelpOption();
    parser.addOption({u"rows"_s, u"Rows of the big table (10000000)."_s, u"N"_s, u"10000000"_s});
    parser.addOption({u"rounds"_s, u"Interleaved rounds (5)."_s, u"N"_s, u"5"_s});
    parser.addOption({u"only"_s, u"A group or a figure; may be repeated."_s, u"NAME"_s});
    parser.addOption({u"folder"_s, u"Where everything is kept."_s, u"DIR"_s, u"build/bench"_s});
    parser.process(arguments);
    Options options;
    bool rowsFine = false;
    bool roundsFine = false;
    options.rows = parser.value(u"rows"_s).toLongLong(&rowsFine);
    options.rounds = parser.value(u"rounds"_s).toInt(&roundsFine);
    // Fewer rows have no place for three windows apart from each other.
    if (!rowsFine || options.rows < 50'000)
        return usage(u"--rows takes a number of at least 50000."_s);
    if (!roundsFine || options.rounds < 1 || options.rounds > 100)
        return usage(u"--rounds takes a number from 1 to 100."_s);
    options.only = parser.values(u"only"_s) + parser.positionalArguments();
    for (const QString &name : std::as_const(options.only)) {
        if (!knownNames().contains(name))
            return usage(
                u"There is no figure “%1”. Known: %2"_s.arg(name, knownNames().join(u' ')));
    }
    options.folder = QFileInfo(parser.value(u"folder"_s)).absoluteFilePath();
    return options;
}

} // namespace bench
