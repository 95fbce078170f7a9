// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/settings.h"

#include "core/base/descriptor.h"
#include "core/base/paths.h"
#include "core/project/projectkey.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSettings>

#include <algorithm>
#include <cerrno>

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

/// A whole number within bounds, or the default.
qint64 boundedValue(const QSettings &file, QLatin1StringView key, qint64 low, qint64 high,
                    qint64 otherwise)
{
    bool isNumber = false;
    const qint64 value = file.value(key).toLongLong(&isNumber);
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

struct Settings::File {
    QString path = {};
    std::unique_ptr<QSettings> ini = {};

    void open() { ini = std::make_unique<QSettings>(path, QSettings::IniFormat); }
    [[nodiscard]] Result<> write(std::initializer_list<std::pair<QString, QVariant>> values)
    {
        ini->setValue(versionKey, formatVersion);
        for (const auto &[key, value] : values)
            ini->setValue(key, value);
        ini->sync();
        if (ini->status() == QSettings::NoError)
            return {};
        return failure(ErrorKind::Local, "settings.cannotWrite"_ba,
                       tr("The settings could not be saved."), path);
    }
};

Settings::Settings(QString file)
    : m_d(std::make_unique<File>())
{
    m_d->path = file.isEmpty() ? configDirectory() + "/settings.ini"_L1 : std::move(file);
    if (const Result<> made = makePrivateDirectory(QFileInfo(m_d->path).path()); !made) {
        m_problem = made.error();
    } else {
        makeOwnerOnly(m_d->path);
    }
    m_d->open();
    (void)m_d->ini->allKeys(); // sections are read at their first use, and only then found damaged
    const QSettings::Status status = m_d->ini->status();
    const bool newer = m_d->ini->value(versionKey).toInt() > formatVersion;
    if (status == QSettings::NoError && !newer)
        return;
    if (status == QSettings::AccessError) {
        m_problem =
            failure(ErrorKind::Local, "settings.unreadable"_ba, tr("The settings cannot be read."),
                    m_d->path, tr("The defaults are used."))
                .error();
        return;
    }
    // QSettings keeps what it could read of a damaged file and would write only that back.
    m_d->ini.reset();
    const QString aside = asideName(m_d->path);
    QFile::rename(m_d->path, aside);
    makeOwnerOnly(m_d->path);
    m_d->open();
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
    const QString word = m_d->ini->value(themeKey).toString();
    for (const ThemeChoice theme :
         {ThemeChoice::Light, ThemeChoice::Dark, ThemeChoice::HighContrast}) {
        if (word == themeWord(theme))
            value.theme = theme;
    }
    value.editorPointSize =
        int(boundedValue(*m_d->ini, pointSizeKey, 6, 72, value.editorPointSize));
    return value;
}

Result<> Settings::setAppearance(const AppearanceSettings &value)
{
    return m_d->write({{themeKey, themeWord(value.theme)}, {pointSizeKey, value.editorPointSize}});
}

QuerySettings Settings::query() const
{
    using std::chrono::milliseconds;
    QuerySettings value;
    const QSettings &ini = *m_d->ini;
    value.statementTimeout =
        milliseconds(boundedValue(ini, timeoutKey, 0, maxTimeout, value.statementTimeout.count()));
    value.productionTimeout = milliseconds(
        boundedValue(ini, productionTimeoutKey, 0, maxTimeout, value.productionTimeout.count()));
    value.resultMemory =
        boundedValue(ini, resultMemoryKey, minResultMemory, maxResultMemory, value.resultMemory);
    return value;
}

Result<> Settings::setQuery(const QuerySettings &value)
{
    return m_d->write({{timeoutKey, qlonglong(value.statementTimeout.count())},
                       {productionTimeoutKey, qlonglong(value.productionTimeout.count())},
                       {resultMemoryKey, value.resultMemory}});
}

GridSettings Settings::grid() const
{
    return {.copyHeader = m_d->ini->value(copyHeaderKey).toString() == "true"_L1};
}

Result<> Settings::setGrid(const GridSettings &value)
{
    return m_d->write({{copyHeaderKey, value.copyHeader}});
}

std::vector<RecentProject> Settings::recentProjects() const
{
    std::vector<RecentProject> recent;
    const QStringList lines = m_d->ini->value(recentKey).toStringList();
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

Result<> Settings::addRecentProject(const QString &folder, const QDateTime &now)
{
    m_d->ini->sync(); // another window may have added one
    std::vector<RecentProject> recent = recentProjects();
    std::erase_if(recent, [&](const RecentProject &project) { return project.folder == folder; });
    recent.insert(recent.begin(), {.folder = folder, .opened = now.toUTC()});
    QStringList lines;
    for (const RecentProject &project : recent) {
        if (lines.size() < maxRecent)
            lines.append(project.opened.toString(Qt::ISODateWithMs) + u' ' + project.folder);
    }
    return m_d->write({{recentKey, lines}});
}

Result<> Settings::clearRecentProjects()
{
    return m_d->write({{recentKey, QStringList()}});
}

LayoutState Settings::layout(const QString &folder) const
{
    const QString key = layoutKey(folder);
    LayoutState state;
    state.geometry = m_d->ini->value(key + "/geometry"_L1).toByteArray();
    state.docks = m_d->ini->value(key + "/docks"_L1).toByteArray();
    state.version = m_d->ini->value(key + "/version"_L1).toInt();
    return state;
}

Result<> Settings::setLayout(const QString &folder, const LayoutState &state)
{
    // Asked for whenever a window lets go of a folder, and changed rarely.
    if (layout(folder) == state)
        return {};
    const QString key = layoutKey(folder);
    return m_d->write({{key + "/geometry"_L1, state.geometry},
                       {key + "/docks"_L1, state.docks},
                       {key + "/version"_L1, state.version}});
}

} // namespace core
