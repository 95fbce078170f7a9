// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/project/envloader.h"
#include "core/project/urlvalue.h"

#include <QFuture>
#include <QHash>
#include <QString>
#include <QStringList>

#include <vector>

namespace core {

/// For which situation a folder is read.
struct EnvMode {
    QString name = QStringLiteral("development");
    bool useProcess = false; ///< the process's variables beat the files' (`--env process`)
    QHash<QString, QString> process =
        {}; ///< variables of this process; listed even where they are not used
    bool operator==(const EnvMode &) const = default;

    /// The given mode with this process's own variables.
    [[nodiscard]] static EnvMode ofThisProcess(const QString &name, bool useProcess);
};

/// One file of the order of precedence, or one that was looked at beside it.
struct FileSeen {
    enum class State : quint8 { Absent, Read, Refused };
    QString name = {}; ///< relative to the folder
    State state = State::Absent;
    bool inOrder = false;            ///< the loader reads it in this mode
    bool isSettings = false;         ///< a tool's file (schema.prisma, compose.yaml), no env file
    std::optional<Error> error = {}; ///< why it was refused
    bool operator==(const FileSeen &) const = default;
};

/// Something a person should know about the folder; nothing is held up by it.
struct ProjectWarning {
    enum class Kind : quint8 {
        ReadDifferently, ///< two loaders read one text differently
        LoadersDisagree, ///< two loaders take the key from different files
        GitWouldCommit,  ///< a file with passwords is not ignored by git
        GitTracked,      ///< a file with passwords is under git's control already
        BrowserLeak,     ///< an address under a name that bundlers put into pages
        FileRefused,     ///< an env file that was not read, and why
        Cycle,           ///< values that refer to each other
        Pairing,         ///< pooled and direct do not fit together
        CutAtHash,       ///< a bare # ends the value, so that the rest of the address is lost
        NotLoaded,       ///< a tool that reads no env file by itself
    };
    Kind kind = Kind::FileRefused;
    QString text = {};
    QString advice = {};
    std::vector<SourceLocation> places = {};
    bool operator==(const ProjectWarning &) const = default;
};

/// A part of a monorepo with addresses of its own.
struct ProjectPackage {
    QString folder = {}; ///< relative to the project's, without a slash at the end
    QString name = {};   ///< last part of the folder: qualifies names of databases that clash
    LoaderRule loader = {};
    bool operator==(const ProjectPackage &) const = default;
};

/// Everything that a folder says about its databases; a plain value. Nothing was connected to,
/// resolved or started to make it. Holds passwords.
struct Project {
    QString folder = {}; ///< canonical absolute path
    QString name = {};   ///< last part of the path
    QString mode = {};
    uint ownerId = 0; ///< of the folder
    bool ownedByOther = false;
    LoaderRule loader = {};
    std::vector<ProjectPackage> packages = {};
    std::vector<FileSeen> files = {}; ///< those in order first, the strongest first
    QStringList folders = {}; ///< relative; those whose files matter, "" first. For watching them.
    std::vector<UrlValue> values =
        {}; ///< in use, in the order of the files and lines; connect pairs them
    /// In no file: addresses that a person confirmed (core/connect/databasemarks). Trust counts
    /// them, pairing does not.
    std::vector<UrlValue> confirmed = {};
    std::vector<IgnoredValue> ignored = {};
    std::vector<ProjectWarning> warnings = {};
    bool operator==(const Project &) const = default;

    /// What was looked at and why nothing came of it, as one paragraph for the page that has no
    /// database to show.
    [[nodiscard]] QString searchedText() const;
};

/// Reads the folder's files; blocks, so it runs on a worker or in a program without a window.
/// Follows no symbolic link, opens regular files only, at most 1 MiB each; looks into at most
/// 20,000 names, four levels deep, and never into node_modules or a version control's folder.
/// Errors: project.gone,
/// project.notFolder, project.permission.
[[nodiscard]] Result<Project> readProject(const QString &folder, const EnvMode &mode);

/// The same on a worker thread.
[[nodiscard]] QFuture<Result<Project>> readProjectLater(const QString &folder, const EnvMode &mode);

} // namespace core

Q_DECLARE_METATYPE(core::Project)
