// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcessEnvironment>
#include <QStringList>

namespace cli {

/// Why a program did not start, in a shell's exit codes: 127 not found, 126 not executable.
struct ExecFailure {
    int exitCode = 127;
    QString reason = {};
};

/// Replaces this process by a program, found in PATH as a shell finds it, with this process's
/// environment, terminal, working folder and open standard streams; what hardenProcess() changed of
/// limits is as it was. Signals and the exit code are then the program's own. Comes back only where
/// it could not be started.
[[nodiscard]] ExecFailure becomeProgram(const QStringList &command);

struct ChildEnd {
    int exitCode = 0;     ///< 128 + number where a signal ended it
    QString failure = {}; ///< why it did not start
};

/// Runs a program to its end as the same job of the terminal: Ctrl+C and Ctrl+Z are the program's,
/// SIGTERM and SIGHUP are handed on to it. Blocks; the event loop stands still meanwhile.
[[nodiscard]] ChildEnd runChild(const QStringList &command, const QProcessEnvironment &environment);

} // namespace cli
