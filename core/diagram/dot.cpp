// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagram/dot.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFileInfo>
#include <QProcess>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr int lookEvery = 40; // milliseconds, at whether anybody still waits
constexpr qint64 mostAnswer = qint64(32) << 20;

} // namespace

QString dotProgram()
{
    for (const QString &path : {u"/usr/bin/dot"_s, u"/usr/local/bin/dot"_s,
                                u"/opt/homebrew/bin/dot"_s, u"/app/bin/dot"_s}) {
        if (QFileInfo(path).isExecutable())
            return path;
    }
    return {};
}

std::optional<QByteArray> runDot(const QString &program, const QByteArray &graph,
                                 std::chrono::milliseconds limit,
                                 const std::function<bool()> &stopped)
{
    if (program.isEmpty())
        return std::nullopt;
    const QDeadlineTimer deadline(limit);
    QProcess process;
    QProcessEnvironment environment;
    environment.insert(u"PATH"_s, u"/usr/bin:/bin"_s);
    environment.insert(u"LANG"_s, u"C"_s);
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(QDir::rootPath());
    process.setStandardErrorFile(QProcess::nullDevice());
    process.start(program, {u"-Tplain"_s});
    if (!process.waitForStarted(int(limit.count())))
        return std::nullopt;
    process.write(graph);
    process.closeWriteChannel();
    QByteArray answer;
    while (process.state() != QProcess::NotRunning) {
        (void)process.waitForFinished(lookEvery);
        answer += process.readAllStandardOutput();
        if (deadline.hasExpired() || answer.size() > mostAnswer || (stopped && stopped())) {
            process.kill();
            (void)process.waitForFinished();
            return std::nullopt;
        }
    }
    answer += process.readAllStandardOutput();
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return std::nullopt;
    return answer;
}

} // namespace core
