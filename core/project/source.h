// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/project.h"
#include "core/project/urlkey.h"

#include <functional>

namespace core {

/// What every source reader is given; nothing of it was taken from outside of the folder.
struct FolderView {
    QString folder = {}; ///< canonical
    LoaderEvidence evidence = {};
    LoaderRule rule = {};
    EnvMode mode = {};
};

/// What source readers add to, each in its own order of strength.
struct Findings {
    std::vector<FileSeen> files = {};
    std::vector<UrlValue> values = {};
    std::vector<IgnoredValue> ignored = {};
    std::vector<ProjectWarning> warnings = {};
};

/// One kind of place that addresses come from. Adds what it finds; never fails as a whole, never
/// starts anything.
using SourceReader = void (*)(const FolderView &view, Findings &findings);

void readProcessSource(const FolderView &view, Findings &findings); ///< processsource.cpp
void readEnvSource(const FolderView &view, Findings &findings);     ///< envsource.cpp

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

/// Reads one file of the folder as text and records it. nullopt where it is not there or was
/// refused. A path that leaves the folder through a link is refused.
[[nodiscard]] std::optional<QString> readEnvText(const FolderView &view, const QString &name,
                                                 bool inOrder, Findings &findings);

/// The text of one env file and its assignments.
struct EnvText {
    QString name = {};
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

/// In which parts two addresses differ ("host and password"), without any secret; empty = in none.
[[nodiscard]] QString differenceOf(const ConnInfo &one, const ConnInfo &other);

} // namespace core
