// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QSet>

#include <optional>

namespace core {

class OpenDatabase;

/// How much tables take on disk, with indexes and what is stored out of line. Asked for only of
/// what somebody looks at, together what is asked for in one go; kept until the catalog is read
/// again, and shown further until the new answer is here. A table that somebody holds exclusively
/// is not waited for. Lives in the thread of its database.
class RelationSizes : public QObject
{
    Q_OBJECT

public:
    struct Size {
        qint64 bytes = 0;
        bool estimated = false; ///< of a partitioned table: by statistics, without indexes
        bool operator==(const Size &) const = default;
    };

    using QObject::QObject;

    /// Null forgets everything.
    void setDatabase(OpenDatabase *database);
    /// Nothing while it is not known; changed() comes with the answer.
    [[nodiscard]] std::optional<Size> size(Oid relation);

signals:
    void changed();

private:
    void ask();
    void forgetAsked();

    QPointer<OpenDatabase> m_database;
    QHash<Oid, Size> m_sizes;
    QSet<Oid> m_asked; ///< since the catalog was read
    QList<Oid> m_wanted;
    quint64 m_serial = 0; ///< of the database whose answers count
};

} // namespace core
