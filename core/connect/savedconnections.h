// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/databases.h"
#include "core/connect/sshhop.h"
#include "core/project/trust.h"

#include <QString>

#include <optional>
#include <vector>

namespace core {

/// Where the password of a saved connection comes from. It is never in its file.
enum class SecretPlace : quint8 {
    Ask,      ///< asked for once a run, held in memory
    Keychain, ///< in the system's keychain; asked for where that has none
    None,     ///< the server wants none (a certificate, trust)
};

/// A connection that a person entered. Everything in it is theirs, so it needs no trust and may set
/// what files may not (TLS files, a lower sslmode, ssh).
struct SavedConnection {
    struct Twin {
        QString host = {};
        quint16 port = 6432;
        bool operator==(const Twin &) const = default;
    };
    QString id = {}; ///< given by the store; empty = not saved yet
    QString name = {};
    QString host = {};
    quint16 port = 5432;
    QString database = {};
    QString user = {};
    SecretPlace secret = SecretPlace::Keychain;
    std::optional<Twin> pooled = {}; ///< a pooler before the same database
    QByteArray sslMode = {};         ///< empty = by the rule, see effectiveSslMode()
    QString rootCert = {};           ///< file of authorities; empty = the system's
    QString clientCert = {};
    QString clientKey = {};
    bool clearTextPassword = false; ///< the server may ask for the password in clear text
    std::optional<SshHop> ssh = {};
    bool production = false; ///< a person's mark
    QString folder = {};     ///< canonical path of the project it stands beside; empty = none
    bool operator==(const SavedConnection &) const = default;
};

/// What is connected with: the chosen mode, else verify-full for production, else the rule of
/// minimumSslMode() for the host.
[[nodiscard]] QByteArray effectiveSslMode(const SavedConnection &connection);

/// The connection as addresses; holds no password and no way yet (see savedway.h). Its first
/// address is a pooler only by its own evidence. Errors of parseConnInfo(), with user rights;
/// ssh.host, savedConnection.name, savedConnection.twin, savedConnection.socket.
[[nodiscard]] Result<Database> databaseOf(const SavedConnection &connection);

/// The form's fields from any address that a person pastes; `dropped` says what was left out.
/// Errors of parseConnInfo().
struct PastedConnection {
    SavedConnection connection = {};
    QString password = {};
    std::vector<ConnChange> dropped = {};
};
[[nodiscard]] Result<PastedConnection> connectionOfUrl(const QString &url);

/// connections.json: the saved connections of a user, shared by the window and sluicectl under a
/// lock, owner-only. Stateless between calls; any thread. What it does not know of an entry stays
/// in the file. Errors: those of JsonStore, savedConnection.unknown, savedConnection.nameTaken and
/// those of databaseOf().
class SavedConnectionStore
{
public:
    struct Content {
        std::vector<SavedConnection> connections = {}; ///< by name
        std::vector<Error> problems = {}; ///< entries left out, a damaged file that was moved aside
    };

    /// `file` empty = $XDG_CONFIG_HOME/sluice/connections.json.
    explicit SavedConnectionStore(QString file = {});

    /// A damaged file is moved aside, and the content says so.
    [[nodiscard]] Result<Content> read() const;
    [[nodiscard]] Result<SavedConnection> find(const QString &name) const;
    /// Adds it (id empty) or replaces that of its id; gives it back with its id.
    [[nodiscard]] Result<SavedConnection> save(SavedConnection connection) const;
    [[nodiscard]] Result<> remove(const QString &id) const;

    /// What a person typed needs no other consent: covers the addresses of this connection alone.
    /// Errors of databaseOf().
    [[nodiscard]] static Result<TrustToken> token(const SavedConnection &connection);

private:
    QString m_file;
};

/// "keychain", "ask", "none"; stable.
[[nodiscard]] QString secretPlaceId(SecretPlace place);
[[nodiscard]] std::optional<SecretPlace> secretPlaceNamed(const QString &id);

} // namespace core
