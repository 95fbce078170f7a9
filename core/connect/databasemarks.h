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
    /// Renames a damaged file, so that marking works again; its new name.
    [[nodiscard]] Result<QString> moveAside() const;

private:
    QString m_file;
};

/// Puts the marks where exposureOf() finds them. Pure. "Not production" is passed over where an
/// address has changed since; "production" always counts.
void applyMarks(const FolderMarks &marks, DatabaseSet &set);

/// The folder's databases as pairDatabases() finds them, with the person's marks. Reads one file. A
/// damaged one is moved aside, which becomes one of the warnings.
[[nodiscard]] DatabaseSet markedDatabases(const Project &project,
                                          const DatabaseMarks &marks = DatabaseMarks());

} // namespace core
