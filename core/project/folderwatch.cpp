// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/folderwatch.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <chrono>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace core {

namespace {

constexpr auto quietTime = 200ms;
constexpr auto longestWait = 2s;

QString nearestFolder(QString path)
{
    while (!path.isEmpty() && !QFileInfo(path).isDir())
        path = path.section(u'/', 0, -2);
    return path.isEmpty() ? u"/"_s : path;
}

QString parentOf(const QString &folder)
{
    return nearestFolder(folder.section(u'/', 0, -2));
}

/// A number that another folder under the same path does not have; 0 = there is none.
quint64 identityOf(const QString &folder)
{
    struct stat facts = {};
    return ::stat(QFile::encodeName(folder).constData(), &facts) == 0 ? facts.st_ino : 0;
}

} // namespace

FolderWatch::FolderWatch(QObject *parent)
    : QObject(parent)
{
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(quietTime);
    m_atMost.setSingleShot(true);
    m_atMost.setInterval(longestWait);
    connect(&m_quiet, &QTimer::timeout, this, &FolderWatch::readAgain);
    connect(&m_atMost, &QTimer::timeout, this, &FolderWatch::readAgain);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &FolderWatch::folderChanged);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, [this](const QString &path) {
        m_touched.append(path);
        somethingChanged();
    });
}

void FolderWatch::watch(const Project &project, const EnvMode &mode)
{
    stop();
    m_project = project;
    m_mode = mode;
    m_watching = true;
    watchPaths();
}

void FolderWatch::stop()
{
    m_quiet.stop();
    m_atMost.stop();
    setPaths({});
    ++m_serial;
    m_watching = m_reading = m_again = m_isLost = false;
}

void FolderWatch::folderChanged(const QString &path)
{
    // A busy parent is none of our business as long as the folder is the same.
    const bool isParent = !m_isLost && path == parentOf(m_project.folder);
    if (isParent && identityOf(m_project.folder) == m_identity)
        return;
    if (isParent)
        setPaths({path});
    somethingChanged();
}

void FolderWatch::somethingChanged()
{
    m_quiet.start();
    if (!m_atMost.isActive())
        m_atMost.start();
}

void FolderWatch::readAgain()
{
    m_quiet.stop();
    m_atMost.stop();
    if (!m_watching)
        return;
    if (m_reading) {
        m_again = true;
        return;
    }
    m_reading = true;
    const int serial = m_serial;
    readProjectLater(m_project.folder, m_mode)
        .then(this, [this, serial](const Result<Project> &read) { take(read, serial); });
}

void FolderWatch::take(const Result<Project> &read, int serial)
{
    if (serial != m_serial)
        return;
    m_reading = false;
    if (std::exchange(m_again, false))
        somethingChanged();
    if (read)
        takeProject(*read);
    else
        takeLoss(read.error());
    if (serial == m_serial && !m_quiet.isActive())
        emit settled();
}

void FolderWatch::takeLoss(const Error &error)
{
    const bool isNew = !std::exchange(m_isLost, true);
    watchPaths();
    // Back before its parent was watched: nobody would say so.
    if (error.id == "project.gone" && QFileInfo(m_project.folder).isDir())
        somethingChanged();
    if (isNew)
        emit lost(error);
}

void FolderWatch::takeProject(const Project &project)
{
    const bool isBack = std::exchange(m_isLost, false);
    const bool differs = project != m_project;
    m_project = project;
    // What was not watched while it was read may have changed since.
    if (watchPaths())
        somethingChanged();
    if (differs || isBack)
        emit changed(m_project);
}

/// A replaced file is another one for the system, so what is watched is compared each time.
bool FolderWatch::watchPaths()
{
    if (m_isLost)
        return setPaths({nearestFolder(m_project.folder)});
    m_identity = identityOf(m_project.folder);
    QStringList wanted = {parentOf(m_project.folder)};
    for (const QString &folder : std::as_const(m_project.folders))
        wanted.append(folder.isEmpty() ? m_project.folder : m_project.folder + u'/' + folder);
    for (const FileSeen &file : m_project.files) {
        if (file.state == FileSeen::State::Read)
            wanted.append(m_project.folder + u'/' + file.name);
    }
    return setPaths(wanted);
}

bool FolderWatch::setPaths(const QStringList &wanted)
{
    // The path of a replaced file may still stand for the one that was there before.
    if (!m_touched.isEmpty())
        m_watcher.removePaths(std::exchange(m_touched, {}));
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    QStringList more;
    QStringList less;
    std::ranges::copy_if(wanted, std::back_inserter(more), [&](const QString &path) {
        return !watched.contains(path) && QFileInfo::exists(path);
    });
    std::ranges::copy_if(watched, std::back_inserter(less),
                         [&](const QString &path) { return !wanted.contains(path); });
    if (!less.isEmpty())
        m_watcher.removePaths(less);
    return !more.isEmpty() && m_watcher.addPaths(more).size() < more.size();
}

} // namespace core
