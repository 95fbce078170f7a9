// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/arguments.h"

#include "app/cli/commandtable.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

std::unexpected<core::Error> usage(const QString &message)
{
    return core::failure(core::ErrorKind::Usage, "cli.usage"_ba, message, {},
                         tr("See: sluicectl --help"));
}

/// One word that begins with a dash, and the value that follows it.
core::Result<> readOption(Arguments &arguments, const QString &word, QStringList &rest)
{
    const bool isLong = word.startsWith("--"_L1);
    const qsizetype equals = word.indexOf(u'=');
    const QString name = isLong ? word.mid(2, equals < 0 ? -1 : equals - 2) : word.mid(1, 1);
    const OptionSpec *option = findOption(name);
    const bool isLongName = option && name == QLatin1StringView(option->name);
    if (!option || isLong != isLongName)
        return usage(tr("There is no option %1.").arg(word));
    const QString key = QString::fromLatin1(option->name);
    if (!option->valueName) {
        if ((isLong && equals >= 0) || (!isLong && word.size() > 2))
            return usage(tr("The option %1 takes no value.").arg(u"--"_s + key));
        arguments.flags << key;
        return {};
    }
    if (isLong && equals >= 0) {
        arguments.values[key] = word.mid(equals + 1);
    } else if (!isLong && word.size() > 2) {
        arguments.values[key] = word.mid(2);
    } else if (rest.isEmpty()) {
        return usage(tr("The option %1 needs a value.").arg(u"--"_s + key));
    } else {
        arguments.values[key] = rest.takeFirst();
    }
    return {};
}

core::Result<> checkAgainst(const CommandSpec &spec, const Arguments &arguments)
{
    const auto allowed = [&](const QString &name) {
        const auto same = [&](const char *one) { return name == QLatin1StringView(one); };
        return std::ranges::any_of(spec.options, same)
               || std::ranges::any_of(commonOptions(), same);
    };
    for (const QString &name : arguments.values.keys() + arguments.flags) {
        if (!allowed(name))
            return usage(tr("The command %1 does not take --%2.").arg(arguments.command, name));
    }
    if (arguments.operands.size() < spec.minimum)
        return usage(tr("The command %1 needs: %2")
                         .arg(arguments.command, QString::fromUtf8(spec.operands)));
    if (spec.maximum >= 0 && arguments.operands.size() > spec.maximum)
        return usage(tr("The command %1 does not take “%2”.")
                         .arg(arguments.command, arguments.operands[spec.maximum]));
    return {};
}

/// What is too long for its column has a line of its own.
QString helpLine(const QString &left, qsizetype column, const QString &help)
{
    const bool fits = left.size() < column;
    return (fits ? left.leftJustified(column) : left + u'\n' + QString(column, u' ')) + help
           + u'\n';
}

QString optionLine(const OptionSpec &option)
{
    QString left =
        option.shortName ? u"  -%1, "_s.arg(QLatin1StringView(option.shortName)) : u"      "_s;
    left += u"--"_s + QLatin1StringView(option.name);
    if (option.valueName)
        left += u' ' + QLatin1StringView(option.valueName);
    return helpLine(left, 26, tr(option.help));
}

} // namespace

std::optional<QString> Arguments::value(const QString &option) const
{
    const auto found = values.constFind(option);
    return found == values.cend() ? std::nullopt : std::optional(*found);
}

core::Result<Arguments> parseArguments(const QStringList &words)
{
    Arguments arguments;
    QStringList rest = words;
    bool optionsEnded = false;
    while (!rest.isEmpty()) {
        const QString word = rest.takeFirst();
        // What follows a command's own words (`run ls -l`) is not ours.
        const CommandSpec *begun = findCommand(arguments.command);
        if (begun && begun->maximum < 0 && !arguments.operands.isEmpty())
            optionsEnded = true;
        if (!optionsEnded && word == "--"_L1) {
            optionsEnded = true;
        } else if (!optionsEnded && word.size() > 1 && word.startsWith(u'-')) {
            if (auto read = readOption(arguments, word, rest); !read)
                return std::unexpected(read.error());
        } else if (arguments.command.isEmpty()) {
            arguments.command = word;
        } else {
            arguments.operands << word;
        }
    }
    if (arguments.has(u"help"_s) || arguments.has(u"version"_s))
        return arguments;
    if (arguments.command.isEmpty())
        return usage(tr("A command is missing."));
    const CommandSpec *spec = findCommand(arguments.command);
    if (!spec)
        return usage(tr("There is no command “%1”.").arg(arguments.command));
    if (auto fits = checkAgainst(*spec, arguments); !fits)
        return std::unexpected(fits.error());
    return arguments;
}

QString helpText(const QString &command)
{
    const CommandSpec *only = findCommand(command);
    QString text;
    if (only) {
        text = u"sluicectl [OPTIONS] %1 %2"_s
                   .arg(QLatin1StringView(only->name), QString::fromUtf8(only->operands))
                   .trimmed()
               + u"\n\n"_s + tr(only->help) + u"\n\n"_s + tr("Options:") + u'\n';
        for (const char *name : only->options)
            text += optionLine(*findOption(QLatin1StringView(name)));
    } else {
        text = u"sluicectl [OPTIONS] COMMAND …\n\n"_s + tr("Commands:") + u'\n';
        for (const CommandSpec &spec : commands()) {
            const QString left =
                u"  "_s + QLatin1StringView(spec.name)
                + (*spec.operands ? u' ' + QString::fromUtf8(spec.operands) : QString());
            text += helpLine(left, 16, tr(spec.help).section(u'\n', 0, 0));
        }
        text += u'\n' + tr("Options of every command:") + u'\n';
    }
    for (const char *name : commonOptions())
        text += optionLine(*findOption(QLatin1StringView(name)));
    text += u'\n'
            + tr("Exit status: 0 done, 1 failed, 2 wrong usage, 3 cannot connect, 4 needs consent, "
                 "130 interrupted.")
            + u'\n';
    return text;
}

} // namespace cli
