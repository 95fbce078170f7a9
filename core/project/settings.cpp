// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/settings.h"

#include "core/base/descriptor.h"
#include "core/base/paths.h"
#include "core/base/worker.h"
#include "core/project/projectkey.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QSettings>
#include <QThreadPool>

#include <algorithm>
#include <cerrno>
#include <functional>
#include <mutex>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr int formatVersion = 1;
constexpr int maxRecent = 20;
constexpr qint64 minResultMemory = qint64(16) << 20;
constexpr qint64 maxResultMemory = qint64(16) << 30;
constexpr qint64 maxTimeout = qint64(24) * 60 * 60 * 1000;

// Every key of the file stands here.
constexpr auto versionKey = "version"_L1;
constexpr auto themeKey = "appearance/theme"_L1;
constexpr auto pointSizeKey = "appearance/editorPointSize"_L1;
constexpr auto timeoutKey = "query/statementTimeoutMs"_L1;
constexpr auto productionTimeoutKey = "query/productionTimeoutMs"_L1;
constexpr auto resultMemoryKey = "query/resultMemoryBytes"_L1;
constexpr auto copyHeaderKey = "grid/copyHeader"_L1;
constexpr auto recentKey = "recent"_L1;

QString tr(const char *text)
{
    return QCoreApplication::translate("core::Settings", text);
}

QString layoutKey(const QString &folder)
{
    return "layout/"_L1 + projectKey(folder);
}

using Values = QHash<QString, QVariant>;
/// What becomes other, seen from what is.
using Change = std::function<Values(const Values &)>;

Values contentOf(const QSettings &ini)
{
    Values values;
    const QStringList keys = ini.allKeys();
    for (const QString &key : keys) {
        if (!key.isEmpty()) // a damaged file has such
            values.insert(key, ini.value(key));
    }
    return values;
}

/// A whole number within bounds, or the default.
qint64 boundedValue(const Values &values, QLatin1StringView key, qint64 low, qint64 high,
                    qint64 otherwise)
{
    bool isNumber = false;
    const qint64 value = values.value(key).toLongLong(&isNumber);
    return isNumber && value >= low && value <= high ? value : otherwise;
}

QString themeWord(ThemeChoice theme)
{
    switch (theme) {
    case ThemeChoice::System:
        return u"system"_s;
    case ThemeChoice::Light:
        return u"light"_s;
    case ThemeChoice::Dark:
        return u"dark"_s;
    case ThemeChoice::HighContrast:
        break;
    }
    return u"highContrast"_s;
}

std::vector<RecentProject> recentOf(const Values &values)
{
    std::vector<RecentProject> recent;
    const QStringList lines = values.value(recentKey).toStringList();
    for (const QString &line : lines) {
        // "time folder"; the folder may hold anything, so it stands last.
        const qsizetype space = line.indexOf(u' ');
        RecentProject project;
        project.opened =
            QDateTime::fromString(line.first(qMax(space, qsizetype(0))), Qt::ISODateWithMs);
        project.folder = line.sliced(space + 1);
        if (project.opened.isValid() && project.folder.startsWith(u'/')
            && recent.size() < size_t(maxRecent))
            recent.push_back(std::move(project));
    }
    return recent;
}

Values linesOf(const std::vector<RecentProject> &recent)
{
    QStringList lines;
    for (const RecentProject &project : recent) {
        if (lines.size() < maxRecent)
            lines.append(project.opened.toString(Qt::ISODateWithMs) + u' ' + project.folder);
    }
    return {{recentKey, lines}};
}

std::vector<RecentProject> recentWithout(const Values &values, const QString &folder)
{
    std::vector<RecentProject> recent = recentOf(values);
    std::erase_if(recent, [&](const RecentProject &one) { return one.folder == folder; });
    return recent;
}

/// QSettings makes its file for everybody to read; one that is there keeps its permissions.
void makeOwnerOnly(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    const Descriptor file(
        ::open(name.constData(), O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600));
    if (file.isValid())
        ::fchmod(file.get(), 0600);
}

/// A free name beside the file, for keeping what cannot be understood.
QString asideName(const QString &path)
{
    QString name = path + ".damaged"_L1;
    for (int number = 2; QFileInfo::exists(name) && number < 1000; ++number)
        name = path + ".damaged-"_L1 + QString::number(number);
    return name;
}

} // namespace

/// What the file holds, in memory, and the one thread that writes it.
class Settings::File
{
public:
    explicit File(QString path)
        : m_path(std::move(path))
    {
        m_pool.setMaxThreadCount(1);
    }
    ~File() { m_pool.waitForDone(); }
    File(const File &) = delete;
    File &operator=(const File &) = delete;

    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] QSettings::Status read();
    [[nodiscard]] Values values() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_values;
    }
    [[nodiscard]] QVariant value(const QString &key) const { return values().value(key); }
    QFuture<Result<>> change(Change change);
    QFuture<Result<>> set(const Values &values)
    {
        return change([values](const Values &) { return values; });
    }

private:
    [[nodiscard]] Result<> write(const Change &change);

    QString m_path;
    mutable std::mutex m_mutex; ///< the two that follow; never held over I/O
    Values m_values;
    int m_unwritten = 0;
    Values m_owed; ///< on the worker: what could not be written before
    QThreadPool m_pool;
};

QSettings::Status Settings::File::read()
{
    const QSettings ini(m_path, QSettings::IniFormat);
    // Sections are read at their first use, and only then found damaged.
    Values values = contentOf(ini);
    const std::scoped_lock lock(m_mutex);
    m_values = std::move(values);
    return ini.status();
}

QFuture<Result<>> Settings::File::change(Change change)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_values.insert(change(m_values));
        ++m_unwritten;
    }
    return runOnWorker(m_pool, [this, change = std::move(change)] { return write(change); });
}

Result<> Settings::File::write(const Change &change)
{
    makeOwnerOnly(m_path);
    QSettings ini(m_path, QSettings::IniFormat);
    Values values = contentOf(ini);
    values.insert(m_owed);
    m_owed.insert(change(values));
    m_owed.insert(versionKey, formatVersion);
    // Of a file that was damaged in the meantime only what could be read would be written back.
    if (ini.status() == QSettings::NoError) {
        for (const auto &[key, value] : std::as_const(m_owed).asKeyValueRange())
            ini.setValue(key, value);
        ini.sync();
    }
    const bool written = ini.status() == QSettings::NoError;
    if (written)
        values.insert(std::exchange(m_owed, {}));
    {
        // Where more is to be written, the memory is ahead of the file.
        const std::scoped_lock lock(m_mutex);
        if (--m_unwritten == 0 && written)
            m_values = std::move(values);
    }
    if (written)
        return {};
    return failure(ErrorKind::Local, "settings.cannotWrite"_ba,
                   tr("The settings could not be saved."), m_path);
}

Settings::Settings(QString file)
    : m_d(std::make_unique<File>(file.isEmpty() ? configDirectory() + "/settings.ini"_L1
                                                : std::move(file)))
{
    const QString path = m_d->path();
    if (const Result<> made = makePrivateDirectory(QFileInfo(path).path()); !made)
        m_problem = made.error();
    else
        makeOwnerOnly(path);
    const QSettings::Status status = m_d->read();
    const bool newer = m_d->value(versionKey).toInt() > formatVersion;
    if (status == QSettings::NoError && !newer)
        return;
    if (status == QSettings::AccessError) {
        m_problem = failure(ErrorKind::Local, "settings.unreadable"_ba,
                            tr("The settings cannot be read."), path, tr("The defaults are used."))
                        .error();
        return;
    }
    // QSettings keeps what it could read of a damaged file and would write only that back.
    const QString aside = asideName(path);
    QFile::rename(path, aside);
    makeOwnerOnly(path);
    (void)m_d->read();
    const QString what = newer ? tr("The settings were written by a later version of this program.")
                               : tr("The settings were damaged.");
    m_problem = failure(ErrorKind::Local, newer ? "settings.newer"_ba : "settings.damaged"_ba, what,
                        aside, tr("They were kept under that name; the defaults are used."))
                    .error();
}

Settings::~Settings() = default;

AppearanceSettings Settings::appearance() const
{
    AppearanceSettings value;
    const Values values = m_d->values();
    const QString word = values.value(themeKey).toString();
    for (const ThemeChoice theme :
         {ThemeChoice::Light, ThemeChoice::Dark, ThemeChoice::HighContrast}) {
        if (word == themeWord(theme))
            value.theme = theme;
    }
    value.editorPointSize = int(boundedValue(values, pointSizeKey, 6, 72, value.editorPointSize));
    return value;
}

QFuture<Result<>> Settings::setAppearance(const AppearanceSettings &value)
{
    return m_d->set({{themeKey, themeWord(value.theme)}, {pointSizeKey, value.editorPointSize}});
}

QuerySettings Settings::query() const
{
    using std::chrono::milliseconds;
    QuerySettings value;
    const Values values = m_d->values();
    value.statementTimeout = milliseconds(
        boundedValue(values, timeoutKey, 0, maxTimeout, value.statementTimeout.count()));
    value.productionTimeout = milliseconds(
        boundedValue(values, productionTimeoutKey, 0, maxTimeout, value.productionTimeout.count()));
    value.resultMemory =
        boundedValue(values, resultMemoryKey, minResultMemory, maxResultMemory, value.resultMemory);
    return value;
}

QFuture<Result<>> Settings::setQuery(const QuerySettings &value)
{
    return m_d->set({{timeoutKey, qlonglong(value.statementTimeout.count())},
                     {productionTimeoutKey, qlonglong(value.productionTimeout.count())},
                     {resultMemoryKey, value.resultMemory}});
}

GridSettings Settings::grid() const
{
    return {.copyHeader = m_d->value(copyHeaderKey).toString() == "true"_L1};
}

QFuture<Result<>> Settings::setGrid(const GridSettings &value)
{
    return m_d->set({{copyHeaderKey, value.copyHeader}});
}

std::vector<RecentProject> Settings::recentProjects() const
{
    return recentOf(m_d->values());
}

// Each is done once more on the file's own list: another window may have changed it.

QFuture<Result<>> Settings::addRecentProject(const QString &folder, const QDateTime &now)
{
    return m_d->change([folder, now](const Values &values) {
        std::vector<RecentProject> recent = recentWithout(values, folder);
        recent.insert(recent.begin(), {.folder = folder, .opened = now.toUTC()});
        return linesOf(recent);
    });
}

QFuture<Result<>> Settings::removeRecentProject(const QString &folder)
{
    return m_d->change(
        [folder](const Values &values) { return linesOf(recentWithout(values, folder)); });
}

QFuture<Result<>> Settings::clearRecentProjects()
{
    return m_d->set({{recentKey, QStringList()}});
}

LayoutState Settings::layout(const QString &folder) const
{
    const QString key = layoutKey(folder);
    LayoutState state;
    state.geometry = m_d->value(key + "/geometry"_L1).toByteArray();
    state.docks = m_d->value(key + "/docks"_L1).toByteArray();
    state.version = m_d->value(key + "/version"_L1).toInt();
    return state;
}

QFuture<Result<>> Settings::setLayout(const QString &folder, const LayoutState &state)
{
    // Asked for whenever a window lets go of a folder, and changed rarely.
    if (layout(folder) == state)
        return QtFuture::makeReadyValueFuture(Result<>());
    const QString key = layoutKey(folder);
    return m_d->set({{key + "/geometry"_L1, state.geometry},
                     {key + "/docks"_L1, state.docks},
                     {key + "/version"_L1, state.version}});
}

} // namespace core
