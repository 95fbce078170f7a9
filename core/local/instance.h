// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QDateTime>
#include <QJsonObject>
#include <QString>

#include <vector>

namespace core {

/// A private PostgreSQL with its PgBouncer, made for one project folder. The ports are chosen when
/// it is made and kept. Both servers listen on 127.0.0.1 with SCRAM; the superuser comes in through
/// a socket in an owner-only folder only.
struct LocalInstance {
    QString id = {};     ///< eight characters, also the name of its folder
    QString folder = {}; ///< canonical path of the project it was made for
    QString database = {};
    QString user = {}; ///< owns the database; not a superuser
    QString password = {};
    quint16 port = 0;       ///< PostgreSQL
    quint16 poolerPort = 0; ///< PgBouncer, transaction mode
    QDateTime created = {};
    bool operator==(const LocalInstance &) const = default;

    /// postgresql://user:password@127.0.0.1:port/database, the password masked unless `reveal`.
    [[nodiscard]] QString directUrl(bool reveal = false) const;
    /// The same through the pooler, with ?pgbouncer=true, which ORMs read and which says what it
    /// is.
    [[nodiscard]] QString pooledUrl(bool reveal = false) const;

    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] static Result<LocalInstance> fromJson(const QJsonObject &json,
                                                        const QString &file);
};

enum class LocalState : quint8 {
    Stopped,
    Starting, ///< the server runs and does not take connections yet
    Running,
    PoolerDown, ///< PostgreSQL runs, PgBouncer does not
};

/// The instances of this user, under $XDG_DATA_HOME/sluice/local/<id>/ (owner-only). Any thread;
/// every call reads disk.
class LocalStore
{
public:
    LocalStore();
    explicit LocalStore(QString directory);

    [[nodiscard]] QString directory() const { return m_directory; }
    [[nodiscard]] QString directoryOf(const QString &id) const;
    /// Instances that can be read; damaged ones are left out of the list and named in `damaged`.
    [[nodiscard]] std::vector<LocalInstance> list(std::vector<Error> *damaged = nullptr) const;
    /// The instance made for this project folder (canonical path). Error: local.none.
    [[nodiscard]] Result<LocalInstance> find(const QString &projectFolder) const;
    /// Writes instance.json, owner-only, atomically.
    [[nodiscard]] Result<> save(const LocalInstance &instance) const;
    [[nodiscard]] LocalState state(const LocalInstance &instance) const;
    /// Where the superuser's socket lies: under XDG_RUNTIME_DIR, short enough for sun_path (107
    /// bytes).
    [[nodiscard]] Result<QString> socketDirectory(const LocalInstance &instance) const;

private:
    QString m_directory;
};

} // namespace core
