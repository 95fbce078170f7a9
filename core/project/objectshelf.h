// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QList>
#include <QString>

namespace core {

/// An object of a database as a person knows it, which stays when the database is made anew.
struct ShelvedObject {
    QString database = {}; ///< of the project
    QString kind = {};     ///< "table", as the terminal names it
    QString name = {};     ///< qualified, as it is displayed
    bool operator==(const ShelvedObject &) const = default;
};

struct ShelvedObjects {
    QList<ShelvedObject> pinned = {}; ///< in the order of pinning
    QList<ShelvedObject> recent = {}; ///< newest first
    bool operator==(const ShelvedObjects &) const = default;

    /// To the front of the recent ones; the oldest fall off.
    void visit(const ShelvedObject &object);
    [[nodiscard]] bool isPinned(const ShelvedObject &object) const;
    void setPinned(const ShelvedObject &object, bool pinned);
};

/// $XDG_STATE_HOME/sluice/objects/<project key>.json: which objects of a project were looked at
/// last, and which a person pinned. Names only. Stateless between calls; any thread.
class ObjectShelf
{
public:
    /// `root` empty = $XDG_STATE_HOME/sluice/objects.
    explicit ObjectShelf(const QString &projectFolder, const QString &root = {});

    /// Nothing where nothing was kept, or what was kept cannot be understood: it is a convenience.
    [[nodiscard]] ShelvedObjects read() const;
    /// Errors of JsonStore.
    [[nodiscard]] Result<> write(const ShelvedObjects &objects) const;

private:
    QString m_folder;
    QString m_file;
};

} // namespace core
