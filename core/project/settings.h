// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QFuture>
#include <QString>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace core {

enum class ThemeChoice : quint8 { System, Light, Dark, HighContrast };

struct AppearanceSettings {
    ThemeChoice theme = ThemeChoice::System;
    int editorPointSize = 0; ///< 0 = the system's fixed font as it is
    bool operator==(const AppearanceSettings &) const = default;
};

struct QuerySettings {
    std::chrono::milliseconds statementTimeout{0};              ///< of a person's text; 0 = none
    std::chrono::milliseconds productionTimeout{5 * 60 * 1000}; ///< the same on production
    qint64 resultMemory =
        qint64(256) * 1024 * 1024; ///< bytes of a result in memory before it spills
    bool operator==(const QuerySettings &) const = default;
};

struct GridSettings {
    bool copyHeader = false; ///< copied cells begin with the names of the columns
    bool operator==(const GridSettings &) const = default;
};

struct RecentProject {
    QString folder = {};
    QDateTime opened = {}; ///< UTC
    bool operator==(const RecentProject &) const = default;
};

/// What the main window looked like; opaque to core.
struct LayoutState {
    QByteArray geometry = {};
    QByteArray docks = {};
    int version = 0;
    bool operator==(const LayoutState &) const = default;
};

/// settings.ini, owner-only. Every getter gives a valid value whatever the file holds: what is
/// missing or out of range is the default. Secrets never go here. Used from one thread; several
/// programs may share the file.
///
/// The constructor reads the file. A setter is in force at once, for this program; a worker writes
/// the file, in the order of the calls, and the future says what came of it: settings.cannotWrite.
/// What others wrote in the meantime is in force then too. The destructor waits for what is not
/// written yet.
class Settings
{
public:
    /// `file` empty = $XDG_CONFIG_HOME/sluice/settings.ini. A file that cannot be understood is
    /// moved aside.
    explicit Settings(QString file = {});
    ~Settings();
    Settings(const Settings &) = delete;
    Settings &operator=(const Settings &) = delete;

    /// Set where the file was damaged and moved aside, or could not be read; says where it is now.
    [[nodiscard]] const std::optional<Error> &problem() const { return m_problem; }

    [[nodiscard]] AppearanceSettings appearance() const;
    QFuture<Result<>> setAppearance(const AppearanceSettings &value);
    [[nodiscard]] QuerySettings query() const;
    QFuture<Result<>> setQuery(const QuerySettings &value);
    [[nodiscard]] GridSettings grid() const;
    QFuture<Result<>> setGrid(const GridSettings &value);

    /// Newest first, at most 20.
    [[nodiscard]] std::vector<RecentProject> recentProjects() const;
    QFuture<Result<>> addRecentProject(const QString &folder, const QDateTime &now);
    QFuture<Result<>> removeRecentProject(const QString &folder);
    QFuture<Result<>> clearRecentProjects();

    /// Of one project folder, or of the window without one (empty).
    [[nodiscard]] LayoutState layout(const QString &folder) const;
    QFuture<Result<>> setLayout(const QString &folder, const LayoutState &state);

private:
    class File;
    std::unique_ptr<File> m_d;
    std::optional<Error> m_problem;
};

} // namespace core
