// SPDX-License-Identifier: GPL-3.0-or-later
// Types into a journal without end and is killed by tst_journal at a random moment:
//   journalchild ROOT FOLDER BUFFERS
// Writes "changed BUFFER NUMBER MICROSECONDS" after each change and "written BUFFER NUMBER" when
// the journal says so.
#include "core/project/journal.h"

#include <QCoreApplication>
#include <QRandomGenerator>
#include <QTimer>

#include <chrono>
#include <cstdio>
#include <map>
#include <utility>

using namespace Qt::StringLiterals;
using namespace core;

namespace {

qint64 now()
{
    using namespace std::chrono;
    return duration_cast<microseconds>(steady_clock::now().time_since_epoch()).count();
}

/// One buffer: its text is the number of its last change, over and over, so that a torn text shows.
struct Typing {
    BufferId id{};
    qint64 number = 0;
    qint64 inSnapshot = 0;
};

QByteArray textOf(qint64 number)
{
    return (QByteArray::number(number) + '\n').repeated(1 + int(number % 4000));
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 4)
        return 2;
    Journal journal(arguments[2], arguments[1]);
    if (!journal.open())
        return 1;
    std::vector<Typing> buffers(size_t(arguments[3].toInt()));
    std::map<BufferId, size_t> numbers;
    for (size_t i = 0; i < buffers.size(); ++i) {
        Typing &typing = buffers[i];
        typing.id = journal.add([&typing, i] {
            typing.inSnapshot = typing.number;
            return JournalText{.file = u"/tmp/file%1.sql"_s.arg(i),
                               .title = u"t"_s,
                               .text = textOf(typing.number)};
        });
        numbers[typing.id] = i;
    }
    QObject::connect(&journal, &Journal::written, &app, [&](BufferId id) {
        std::printf("written %zu %lld\n", numbers[id],
                    static_cast<long long>(buffers[numbers[id]].inSnapshot));
        std::fflush(stdout);
    });
    QTimer keys;
    QObject::connect(&keys, &QTimer::timeout, &app, [&] {
        const size_t i = size_t(QRandomGenerator::global()->bounded(quint32(buffers.size())));
        ++buffers[i].number;
        journal.changed(buffers[i].id);
        std::printf("changed %zu %lld %lld\n", i, static_cast<long long>(buffers[i].number),
                    static_cast<long long>(now()));
        std::fflush(stdout);
    });
    keys.start(7);
    return QCoreApplication::exec();
}
