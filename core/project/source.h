// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/project.h"
#include "core/project/urlkey.h"

#include <functional>

namespace core {

/// What every source reader is given; nothing of it was taken from outside of the folder.
struct FolderView {
    QString folder = {};  ///< canonical
    QString package = {}; ///< relative folder that is read; empty = the folder itself
    LoaderEvidence evidence = {};
    LoaderRule rule = {};
    EnvMode mode = {};

    /// The name of a file of the package, relative to the folder.
    [[nodiscard]] QString path(const QString &name) const
    {
        return package.isEmpty() ? name : package + u'/' + name;
    }
};

/// A variable as the folder's loader leaves it.
struct Winner {
    SourceLocation place = {};
    QString value = {};
};
using Winners = QHash<QString, Winner>;

/// A service of a compose file, which is a host inside of its network.
struct ComposeService {
    struct Port {
        quint16 inside = 0;
        quint16 here = 0;  ///< 0 = chosen anew at each start
        QString host = {}; ///< address of this computer that it is published on
        QString file = {};
        int line = 0;

        /// Where a program of this computer finds it.
        [[nodiscard]] QString address() const;
    };
    QStringList names = {}; ///< that of the service first
    QString file = {};
    int line = 0;
    std::vector<Port> ports = {};

    /// The port of this computer that leads to one inside; nullptr = none.
    [[nodiscard]] const Port *published(quint16 inside) const;
};

/// What source readers add to, each in its own order of strength.
struct Findings {
    std::vector<FileSeen> files = {};
    std::vector<UrlValue> values = {};
    std::vector<IgnoredValue> ignored = {};
    std::vector<ProjectWarning> warnings = {};
    Winners variables = {}; ///< of the package that is read; readEnvSource() sets them
    std::vector<ComposeService> services = {};
};

/// One kind of place that addresses come from. Adds what it finds; never fails as a whole, never
/// starts anything.
using SourceReader = void (*)(const FolderView &view, Findings &findings);

void readProcessSource(const FolderView &view, Findings &findings);     ///< processsource.cpp
void readEnvSource(const FolderView &view, Findings &findings);         ///< envsource.cpp
void readPartsSource(const FolderView &view, Findings &findings);       ///< partssource.cpp
void readPrismaSource(const FolderView &view, Findings &findings);      ///< prismasource.cpp
void readDrizzleSource(const FolderView &view, Findings &findings);     ///< drizzlesource.cpp
void readTomlSource(const FolderView &view, Findings &findings);        ///< tomlsource.cpp
void readSupabaseSource(const FolderView &view, Findings &findings);    ///< supabasesource.cpp
void readJsonSource(const FolderView &view, Findings &findings);        ///< jsonsource.cpp
void readDatabaseYmlSource(const FolderView &view, Findings &findings); ///< databaseymlsource.cpp
void readComposeSource(const FolderView &view, Findings &findings);     ///< composesource.cpp

/// A variable that holds, or by its name should hold, an address.
struct Candidate {
    UrlKey key = {};
    UrlValue value = {};
    std::optional<IgnoredReason> ignored =
        {}; ///< set where it is not to be used, whatever else there is
    QString explanation = {};
};

/// nullopt where neither the name nor the text speaks of a database.
[[nodiscard]] std::optional<Candidate> candidateOf(const SourceLocation &source,
                                                   const QString &text);

/// Reads one file of the package as text and records it. nullopt where it is not there or was
/// refused. A path that leaves the folder through a link is refused.
[[nodiscard]] std::optional<QString> readEnvText(const FolderView &view, const QString &name,
                                                 bool inOrder, Findings &findings);

/// Warns of a file that was not read; `form` has the places of its name and of the reason.
void addRefusal(const QString &path, const QString &form, const Error &error, Findings &findings);

/// The text of one env file and its assignments.
struct EnvText {
    QString name = {}; ///< relative to the folder
    QString text = {};
    std::vector<EnvEntry> entries = {}; ///< expanded
    std::vector<int> unsettled = {};    ///< numbers of entries that refer to each other
};

/// Fills `entries` by a rule. `files` are the strongest first.
void interpret(std::vector<EnvText> &files, const LoaderRule &rule, const EnvMode &mode);

/// The last assignment of a key; nullptr = none. Borrowed from `file`.
[[nodiscard]] const EnvEntry *lastOf(const EnvText &file, const QString &key);

/// Finds what other loaders make of the same text and adds it to the values, with one warning a
/// value (readings.cpp).
void addOtherReadings(const FolderView &view, const std::vector<EnvText> &files,
                      Findings &findings);

/// Finds values that end at a bare # inside of an address, which no loader reads on (hashcut.cpp).
void addHashCuts(const std::vector<EnvText> &files, Findings &findings);

/// Marks hosts that mean nothing on this computer, and adds the address that leads there from here
/// where the folder names one (hosts.cpp).
void markHosts(Findings &findings);

/// In which parts two addresses differ ("host and password"), without any secret; empty = in none.
[[nodiscard]] QString differenceOf(const ConnInfo &one, const ConnInfo &other);

} // namespace core
