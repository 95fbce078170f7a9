// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/arguments.h"
#include "app/cli/command.h"
#include "app/cli/interrupt.h"
#include "app/cli/output.h"
#include "core/base/process.h"
#include "core/base/translations.h"
#include "core/connect/sshask.h"

#include <QCoreApplication>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace {

int printed(const QString &text)
{
    cli::print(text);
    const auto written = cli::outputResult();
    if (written)
        return cli::Done;
    cli::printError(written.error(), false);
    return cli::exitCodeFor(written.error());
}

} // namespace

int main(int argc, char *argv[])
{
    if (core::isSshAskCall())
        return core::answerSshAskCall(argc, argv);
    core::hardenProcess();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"sluicectl"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(SLUICE_VERSION));
    core::installTranslations(application);

    const auto arguments = cli::parseArguments(QCoreApplication::arguments().mid(1));
    if (!arguments) {
        cli::printError(arguments.error(), QCoreApplication::arguments().contains(u"--json"_s));
        return cli::Usage;
    }
    if (arguments->has(u"version"_s))
        return printed(u"sluicectl "_s + QCoreApplication::applicationVersion() + u'\n');
    if (arguments->has(u"help"_s))
        return printed(cli::helpText(arguments->command));

    const std::unique_ptr<cli::Command> command = cli::makeCommand(*arguments);
    cli::Interrupt interrupt;
    QObject::connect(&interrupt, &cli::Interrupt::arrived, command.get(), &cli::Command::interrupt);
    QObject::connect(command.get(), &cli::Command::finished, &application, &QCoreApplication::exit,
                     Qt::QueuedConnection);
    QTimer::singleShot(0, command.get(), &cli::Command::start);
    return QCoreApplication::exec();
}
