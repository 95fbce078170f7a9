// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/catalog/catalog.h"

#include <QFuture>
#include <QObject>

#include <memory>

namespace core {

class SessionThread;

/// Loads a Catalog through a session in one pipelined request (one round trip, a query a kind of
/// fact, none a table). Rows are parsed on a worker. Lives in the thread of the session object,
/// whose event loop must run. For each load(): namesLoaded as soon as schemas and relations are
/// here, then loaded or failed, exactly one of them. What the server refuses to this role (42501)
/// is left out and named in Catalog::refused(). Errors: the server's and the session's;
/// catalog.unexpected for an answer that cannot be read. Deleting it cancels.
class CatalogLoader : public QObject
{
    Q_OBJECT

public:
    /// The session must outlive the loader.
    explicit CatalogLoader(SessionThread &session, QObject *parent = nullptr);
    ~CatalogLoader() override;

    /// Begins a load; one that runs is cancelled and its outcome is not reported any more.
    void load();
    void cancel();
    [[nodiscard]] bool isLoading() const;

signals:
    /// Catalog::hasDetails() is false.
    void namesLoaded(const core::CatalogPtr &catalog);
    void loaded(const core::CatalogPtr &catalog);
    /// Cancelled is among the outcomes (ErrorKind::Cancelled).
    void failed(const core::Error &error);

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// The same for one who waits for the whole; continue with `.then(context, …)`. Cancelling the
/// future cancels the load.
[[nodiscard]] QFuture<Result<CatalogPtr>> loadCatalog(SessionThread &session);

/// A Catalog (with details) of one relation: the one with this oid, else the one that has the name
/// now; without relations when there is neither. One round trip; for one who holds a relation that
/// was changed meanwhile.
[[nodiscard]] QFuture<Result<CatalogPtr>> loadRelationCatalog(SessionThread &session, Oid relation,
                                                              const QByteArray &schema,
                                                              const QByteArray &name);

/// What Catalog::fingerprint() would be now, in one round trip and without reading a catalog.
[[nodiscard]] QFuture<Result<CatalogFingerprint>> loadFingerprint(SessionThread &session);

} // namespace core
