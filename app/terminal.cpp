// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/terminal.h"

#include "app/psqlcall.h"

#include <QCoreApplication>
#include <QProcess>

using namespace Qt::StringLiterals;

namespace app {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("app::Terminal", text);
}

/// The shell outlives psql, also when the terminal's window is closed. Ctrl+C is psql's.
const auto wrapper = u"trap 'rm -f -- \"$PGPASSFILE\"' EXIT; trap 'exit 129' HUP; "
                     "trap 'exit 143' TERM; trap : INT; \"$0\""_s;

/// The option behind which a terminal takes a program and its arguments.
QString runOption(const QString &terminal)
{
    if (terminal.endsWith("gnome-terminal"_L1))
        return u"--"_s;
    return terminal.endsWith("xfce4-terminal"_L1) ? u"-x"_s : u"-e"_s;
}

} // namespace

QStringList psqlInTerminal(const QString &psql)
{
    return {u"/bin/sh"_s, u"-c"_s, wrapper, psql};
}

core::Result<> openPsqlInTerminal(const core::Endpoint &endpoint)
{
    if (endpoint.ssh) {
        return core::failure(core::ErrorKind::Usage, "terminal.ssh"_ba,
                             tr("psql cannot be opened through the ssh tunnel of Sluice."),
                             endpoint.ssh->text(),
                             tr("Log in there and start psql, or forward a port yourself."));
    }
    const auto psql = findPsql();
    if (!psql)
        return std::unexpected(psql.error());
    const QString terminal = firstProgram({u"/usr/bin/x-terminal-emulator"_s, u"/usr/bin/konsole"_s,
                                           u"/usr/bin/gnome-terminal"_s,
                                           u"/usr/bin/xfce4-terminal"_s, u"/usr/bin/xterm"_s});
    if (terminal.isEmpty()) {
        return core::failure(core::ErrorKind::Local, "terminal.none"_ba,
                             tr("No terminal program was found."), {},
                             tr("Install one, or copy the address and start psql yourself."));
    }
    auto call = psqlCall(endpoint.keywords());
    if (!call)
        return std::unexpected(call.error());
    QProcess process;
    process.setProgram(terminal);
    process.setArguments(QStringList{runOption(terminal)} + psqlInTerminal(*psql));
    process.setProcessEnvironment(call->environment);
    if (!process.startDetached()) {
        return core::failure(core::ErrorKind::Local, "terminal.none"_ba,
                             tr("The terminal program did not start."), terminal,
                             process.errorString());
    }
    // psql may connect again while it runs (\c), so the file stays until the wrapper removes it.
    call->passFile.release()->setParent(QCoreApplication::instance());
    return {};
}

} // namespace app
