// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/savedconnections.h"
#include "core/connect/secretkeeper.h"
#include "core/connect/sshtunnel.h"
#include "core/session/connectionway.h"
#include "core/session/tlsprobe.h"

#include <QObject>
#include <QPointer>

#include <memory>
#include <vector>

namespace core {

/// The way to one address of a saved connection: first its tunnel, then its password. Lives in the
/// thread that made it, which has an event loop; open() and explain() may be called from any other.
/// A tunnel that ended is made anew by the next open(): that is the whole rule of reconnecting.
class SavedWay : public QObject, public ConnectionWay
{
    Q_OBJECT

public:
    /// `keeper` is borrowed and may end first: then passwords are not to be had.
    SavedWay(const SavedConnection &connection, const Endpoint &endpoint, SecretKeeper *keeper,
             const SshSetup &setup);

    [[nodiscard]] QFuture<Result<ConnKeywords>> open() override;
    [[nodiscard]] QFuture<Error> explain(const Error &error) override;
    /// Null where it needs none.
    [[nodiscard]] SshTunnel *tunnel() const { return m_tunnel.get(); }

private:
    using Promise = std::shared_ptr<QPromise<Result<ConnKeywords>>>;
    void openTunnel(const Promise &promise);
    void tunnelEnded(const Error &error);
    void addPassword(const Promise &promise);
    void tell(const Error &error, const std::shared_ptr<QPromise<Error>> &promise);
    void tellOnceEnded(const Error &error, const std::shared_ptr<QPromise<Error>> &promise);
    [[nodiscard]] Error explained(Error error);
    [[nodiscard]] bool mayBeTls(const Error &error) const;
    void explainTls(const Error &error, const std::shared_ptr<QPromise<Error>> &promise);
    void probe(TlsWanted wanted, const Error &error,
               const std::shared_ptr<QPromise<Error>> &promise);

    SecretWanted m_wanted;
    ConnKeywords m_keywords; ///< of the address
    bool m_wantsSecret;
    QPointer<SecretKeeper> m_keeper;
    QString m_lastSecret; ///< that was handed out
    std::unique_ptr<SshTunnel> m_tunnel;
    std::vector<Promise> m_waiting; ///< for the tunnel
};

/// The database of a saved connection, ready to be opened: databaseOf() with ways. Errors of
/// databaseOf().
[[nodiscard]] Result<Database> openableDatabase(const SavedConnection &connection,
                                                SecretKeeper *keeper, const SshSetup &setup = {});

/// Adds the saved connections that stand beside this folder to its databases. A name that the
/// folder uses itself gets " (saved)" behind it.
void addSavedDatabases(DatabaseSet &set, const std::vector<SavedConnection> &connections,
                       const QString &folder, SecretKeeper *keeper, const SshSetup &setup = {});

} // namespace core
