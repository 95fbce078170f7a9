// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/onterminal.h"

#include <QProcess>
#include <QSocketNotifier>
#include <QTest>

#include <cstdlib>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace test {

QByteArray runOnTerminal(QProcess &process, QByteArrayList typed)
{
    const int master = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    if (master < 0 || ::grantpt(master) != 0 || ::unlockpt(master) != 0)
        qFatal("no terminal");
    const QByteArray name = ::ptsname(master);
    process.setChildProcessModifier([name] {
        ::setsid();
        const int terminal = ::open(name.constData(), O_RDWR);
        ::ioctl(terminal, TIOCSCTTY, 0);
    });
    QByteArray shown;
    qsizetype answered = 0; // of it: up to the last question
    QSocketNotifier notifier(master, QSocketNotifier::Read);
    QObject::connect(&notifier, &QSocketNotifier::activated, &notifier, [&] {
        char buffer[1024];
        const ssize_t got = ::read(master, buffer, sizeof buffer);
        if (got <= 0)
            return notifier.setEnabled(false);
        shown.append(buffer, got);
        const QByteArray last = shown.sliced(answered);
        if (typed.isEmpty() || !(last.endsWith(": ") || last.endsWith("? ")))
            return;
        answered = shown.size();
        const QByteArray keys = typed.takeFirst();
        [[maybe_unused]] const ssize_t sent =
            ::write(master, keys.constData(), size_t(keys.size()));
    });
    process.start();
    const bool ended =
        QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 60'000);
    notifier.setEnabled(false);
    ::close(master);
    if (!ended)
        qFatal("the program did not end: %s", shown.constData());
    return shown + process.readAllStandardOutput() + process.readAllStandardError();
}

} // namespace test
