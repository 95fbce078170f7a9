// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/catalogdiff.h"
#include "core/catalog/loader.h"
#include "core/connect/connectionset.h"
#include "core/connect/production.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <optional>

namespace core {

/// A database in use: its connections, the newest catalog, and what is known of the server. Made
/// after trust; lives in the thread that made it. Nothing is connected to before the first load or
/// request. Signals come from the event loop.
class OpenDatabase : public QObject
{
    Q_OBJECT

public:
    enum class CatalogState : quint8 { NotLoaded, Loading, Loaded, Failed };

    /// Errors of ConnectionSet::create().
    [[nodiscard]] static Result<std::unique_ptr<OpenDatabase>> create(Database database,
                                                                      const TrustToken &token);
    ~OpenDatabase() override;

    /// The same place under other words: see ConnectionSet::adopt().
    [[nodiscard]] Result<> adopt(Database database, const TrustToken &token);

    [[nodiscard]] QString name() const;
    [[nodiscard]] const Database &database() const { return m_connections->database(); }
    [[nodiscard]] const ExposureFinding &exposure() const { return m_exposure; }
    [[nodiscard]] ConnectionSet &connections() const { return *m_connections; }

    /// Null before the first names arrived; an older one stays while a new load runs or fails.
    [[nodiscard]] const CatalogPtr &catalog() const { return m_catalog; }
    [[nodiscard]] CatalogState catalogState() const { return m_state; }
    /// Why the last load failed; only in Failed.
    [[nodiscard]] const std::optional<Error> &catalogError() const { return m_error; }
    void loadCatalog();
    void cancelCatalog();
    /// Asks the server for the catalog's fingerprint and loads it anew where that has moved, or
    /// where the last load failed and the server answers again. Says nothing of its own failures.
    /// Where `eager`, what a server does not count (a standby) is taken for changed, and what it
    /// may not have counted yet is asked for once more.
    void checkCatalog(bool eager);

    /// Of the connection made last; version 0 before the first.
    [[nodiscard]] const ServerInfo &serverInfo() const { return m_info; }
    [[nodiscard]] std::optional<std::chrono::microseconds> latency() const { return m_latency; }

signals:
    void catalogChanged();
    void catalogStateChanged();
    /// After a refresh, what it brought; see changesText(). Not for nothing.
    void catalogDiffers(const std::vector<core::CatalogChange> &changes);
    /// Server facts, latency or an endpoint's role changed.
    void connectionChanged();

private:
    OpenDatabase(std::unique_ptr<ConnectionSet> connections, ExposureFinding exposure);
    void watch(SessionThread *session);
    void setState(CatalogState state);
    void accept(const CatalogPtr &catalog);
    void compare(const CatalogPtr &before);

    std::unique_ptr<ConnectionSet> m_connections;
    std::unique_ptr<CatalogLoader> m_loader; ///< of the session in m_loaderSession
    SessionThread *m_loaderSession = nullptr;
    ExposureFinding m_exposure;
    CatalogPtr m_catalog;
    std::optional<Error> m_error;
    ServerInfo m_info;
    std::optional<std::chrono::microseconds> m_latency;
    CatalogState m_state = CatalogState::NotLoaded;
    bool m_checking = false;
};

} // namespace core
