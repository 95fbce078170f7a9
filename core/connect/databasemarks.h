// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/databases.h"

#include <QHash>

namespace core {

/// What a person has decided about one database of a folder.
struct DatabaseMark {
    ExposureMark exposure = ExposureMark::None;
    /// Where its addresses led at that time ("host:port/name"): "not production" holds for these
    /// alone.
    QStringList places = {};
    /// The derived direct address that was confirmed, and the pooled one that it was derived from
    /// ("user@host:port/name"); empty = none. No password: that is the pooled one's of the day.
    QString direct = {};
    QString derivedFrom = {};
    bool operator==(const DatabaseMark &) const = default;
};

/// By the database's name in its folder.
using FolderMarks = QHash<QString, DatabaseMark>;

/// marks.json: what a person has decided about the databases of folders, kept beside the folders
/// and never in them. Stateless between calls, any thread, shared by all programs of a user. As
/// with trust, an entry is for a folder's path and its owner. Errors: those of JsonStore.
class DatabaseMarks
{
public:
    /// `file` empty = $XDG_STATE_HOME/sluice/marks.json.
    explicit DatabaseMarks(QString file = {});

    [[nodiscard]] Result<FolderMarks> read(const Project &project) const;
    [[nodiscard]] Result<> markExposure(const Project &project, const Database &database,
                                        ExposureMark mark) const;
    /// A person's word that the suggested direct address (derivedDirect) of a database that has a
    /// pooled one only is right. Consent to connect there is TrustStore's, asked for right after.
    /// Error mark.nothingDerived where there is no suggestion.
    [[nodiscard]] Result<> confirmDirect(const Project &project, const Database &database) const;
    /// Takes the word back, for all databases of the folder.
    [[nodiscard]] Result<> forgetDirect(const Project &project) const;
    /// Renames a damaged file, so that marking works again; its new name.
    [[nodiscard]] Result<QString> moveAside() const;

private:
    QString m_file;
};

/// Puts the marks where exposureOf() finds them, and confirmed direct addresses beside their pooled
/// ones and into Project::confirmed. Pure. "Not production" is passed over where an address has
/// changed since, and so is a confirmed one where the pooled address or the folder's own direct one
/// says something else now; "production" always counts.
void applyMarks(const FolderMarks &marks, Project &project, DatabaseSet &set);

/// The folder's databases as pairDatabases() finds them, with the person's marks. Reads one file. A
/// damaged one is moved aside, which becomes one of the warnings.
[[nodiscard]] DatabaseSet markedDatabases(Project &project,
                                          const DatabaseMarks &marks = DatabaseMarks());

} // namespace core
