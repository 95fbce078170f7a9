// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/journalruns.h"

#include "core/base/boundedfile.h"
#include "core/base/paths.h"
#include "core/project/journalfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSet>
#include <QUuid>

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr qint64 largestJournal = largestSqlFile + 65536;
constexpr qsizetype runLength = 32;

/// The lock of a run, or nothing where another process holds it. A lock file that was removed in
/// between is no lock.
Descriptor tryLock(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    Descriptor file(::open(name.constData(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file.isValid() || ::flock(file.get(), LOCK_EX | LOCK_NB) != 0)
        return {};
    struct stat open = {};
    struct stat named = {};
    const bool same = ::fstat(file.get(), &open) == 0 && ::lstat(name.constData(), &named) == 0
                      && open.st_dev == named.st_dev && open.st_ino == named.st_ino;
    return same ? std::move(file) : Descriptor();
}

} // namespace

JournalRuns::JournalRuns(QString folder)
    : m_folder(std::move(folder))
{
}

JournalRuns::~JournalRuns()
{
    if (hasBegun() && textsOf(m_run).isEmpty())
        QFile::remove(lockPath(m_run));
}

QString JournalRuns::lockPath(const QString &run) const
{
    return m_folder + u'/' + run + ".lock"_L1;
}

QString JournalRuns::pathOf(BufferId buffer) const
{
    return m_folder + u'/' + m_run + u'-' + QString::number(quint32(buffer));
}

Result<> JournalRuns::begin()
{
    if (hasBegun())
        return {};
    if (Result<> made = makePrivateDirectory(m_folder); !made)
        return made;
    // A new name each time: another run may take a lock file in the moment between its making and
    // its locking.
    for (int attempt = 0; attempt < 16 && !m_lock.isValid(); ++attempt) {
        m_run = QUuid::createUuid().toString(QUuid::Id128);
        m_lock = tryLock(lockPath(m_run));
    }
    if (!m_lock.isValid()) {
        return failure(
            ErrorKind::Local, "journal.open"_ba,
            QCoreApplication::translate("core::Journal", "Text cannot be kept safe: %1")
                .arg(qt_error_string(errno)),
            m_folder,
            QCoreApplication::translate("core::Journal", "Save often until this is mended."));
    }
    return {};
}

QStringList JournalRuns::textsOf(const QString &run) const
{
    return QDir(m_folder).entryList({run + "-*"_L1}, QDir::Files | QDir::NoSymLinks, QDir::Name);
}

/// What a write that was cut off left; its target is whole.
void JournalRuns::removePartials(const QString &run) const
{
    const QDir folder(m_folder);
    for (const QString &name :
         folder.entryList({u'.' + run + "-*.partial-*"_L1}, QDir::Files | QDir::Hidden))
        QFile::remove(folder.filePath(name));
}

void JournalRuns::endIfEmpty(const QString &run)
{
    if (!textsOf(run).isEmpty())
        return;
    QFile::remove(lockPath(run));
    m_taken.erase(run);
}

std::vector<Leftover> JournalRuns::takeOver()
{
    const QDir folder(m_folder);
    QSet<QString> runs;
    for (const QString &name : folder.entryList(QDir::Files | QDir::NoSymLinks)) {
        if (name.size() > runLength && name.first(runLength) != m_run)
            runs.insert(name.first(runLength));
    }
    std::vector<Leftover> leftovers;
    for (const QString &run : std::as_const(runs)) {
        if (!m_taken.contains(run)) {
            Descriptor lock = tryLock(lockPath(run));
            if (!lock.isValid())
                continue;
            m_taken.emplace(run, std::move(lock));
            removePartials(run);
        }
        for (const QString &name : textsOf(run)) {
            const Result<JournalRecord> record =
                readBoundedFile(folder.filePath(name), largestJournal).and_then(decodeJournal);
            // What cannot be read stays where it is: a later version may know it.
            if (record)
                leftovers.push_back({.id = name, .time = record->time, .content = record->content});
        }
        endIfEmpty(run);
    }
    std::ranges::sort(leftovers, std::ranges::greater(), &Leftover::time);
    return leftovers;
}

void JournalRuns::discard(const QString &leftoverId)
{
    const QString run = leftoverId.first(qMin(runLength, leftoverId.size()));
    if (!m_taken.contains(run) || leftoverId.contains(u'/'))
        return;
    QFile::remove(m_folder + u'/' + leftoverId);
    endIfEmpty(run);
}

} // namespace core
