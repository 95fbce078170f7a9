// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/terminal.h"

#include "app/psqlcall.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QFileSystemWatcher>
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

/// psql may connect again while it runs (\c), so the passfile and the tunnel stay until the wrapper
/// has removed the file.
void keepWhileItRuns(const std::shared_ptr<PsqlCall> &call)
{
    auto *watcher =
        new QFileSystemWatcher({call->passFile->fileName()}, QCoreApplication::instance());
    QObject::connect(watcher, &QFileSystemWatcher::fileChanged, watcher,
                     [watcher, call](const QString &file) {
                         if (!QFileInfo::exists(file))
                             watcher->deleteLater();
                     });
}

core::Result<> launch(const QString &terminal, const QString &psql,
                      const std::shared_ptr<PsqlCall> &call)
{
    QProcess process;
    process.setProgram(terminal);
    process.setArguments(QStringList{runOption(terminal)} + psqlInTerminal(psql));
    process.setProcessEnvironment(call->environment);
    if (!process.startDetached()) {
        return core::failure(core::ErrorKind::Local, "terminal.none"_ba,
                             tr("The terminal program did not start."), terminal,
                             process.errorString());
    }
    keepWhileItRuns(call);
    return {};
}

core::Result<QString> findTerminal()
{
    const QString terminal = firstProgram({u"/usr/bin/x-terminal-emulator"_s, u"/usr/bin/konsole"_s,
                                           u"/usr/bin/gnome-terminal"_s,
                                           u"/usr/bin/xfce4-terminal"_s, u"/usr/bin/xterm"_s});
    if (terminal.isEmpty()) {
        return core::failure(core::ErrorKind::Local, "terminal.none"_ba,
                             tr("No terminal program was found."), {},
                             tr("Install one, or copy the address and start psql yourself."));
    }
    return terminal;
}

/// What the window offers against it.
core::Error withAdvice(core::Error error)
{
    if (error.id == "shell.pooledWrites")
        error.advice = tr("Open psql on the direct endpoint, or switch writing on first.");
    else if (error.id == "shell.notReadOnly")
        error.advice =
            tr("Name the server's own address in DIRECT_URL, or switch writing on first.");
    return error;
}

} // namespace

QStringList psqlInTerminal(const QString &psql)
{
    return {u"/bin/sh"_s, u"-c"_s, wrapper, psql};
}

QFuture<core::Result<>> openPsqlInTerminal(const core::Endpoint &endpoint,
                                           const std::optional<core::WritePermit> &permit)
{
    const auto psql = findPsql();
    if (!psql)
        return QtFuture::makeReadyValueFuture(core::Result<>(std::unexpected(psql.error())));
    const auto terminal = findTerminal();
    if (!terminal)
        return QtFuture::makeReadyValueFuture(core::Result<>(std::unexpected(terminal.error())));
    return preparePsql(endpoint, permit)
        .then(QCoreApplication::instance(),
              [psql = *psql, terminal = *terminal](
                  const core::Result<std::shared_ptr<PsqlCall>> &call) -> core::Result<> {
                  if (!call)
                      return std::unexpected(withAdvice(call.error()));
                  return launch(terminal, psql, *call);
              });
}

} // namespace app
