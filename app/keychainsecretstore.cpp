// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keychainsecretstore.h"

#include <QPromise>

#include <memory>
#include <qt6keychain/keychain.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace app {

namespace {

/// One for all programs of Sluice.
QString service()
{
    return u"io.github.sluice_studio.Sluice"_s;
}

/// Without a session bus the libraries below would try to start one, and wait for it.
bool hasSessionBus()
{
    if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
        return true;
    const QByteArray runtime = qgetenv("XDG_RUNTIME_DIR");
    return !runtime.isEmpty() && ::access((runtime + "/bus").constData(), F_OK) == 0;
}

core::Error noKeychain(const QString &why)
{
    core::Error error;
    error.kind = core::ErrorKind::Local;
    error.id = "secret.unavailable";
    error.message = KeychainSecretStore::tr("No keychain answers: %1").arg(why);
    error.advice = KeychainSecretStore::tr("Passwords are asked for each time; a keychain is "
                                           "GNOME Keyring, KeePassXC or KWallet.");
    return error;
}

core::Error errorOf(const QKeychain::Job &job)
{
    switch (job.error()) {
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser: {
        core::Error error;
        error.kind = core::ErrorKind::Local;
        error.id = "secret.denied";
        error.message = KeychainSecretStore::tr("The keychain did not give access.");
        error.advice = KeychainSecretStore::tr("Unlock it, and try again.");
        return error;
    }
    default:
        return noKeychain(job.errorString());
    }
}

/// Starts the job, which deletes itself; `valueOf` makes the outcome of one that ended well.
template<class Value, class Job, class ValueOf>
QFuture<core::Result<Value>> run(std::unique_ptr<Job> job, QObject *context, ValueOf valueOf)
{
    auto promise = std::make_shared<QPromise<core::Result<Value>>>();
    promise->start();
    QFuture<core::Result<Value>> future = promise->future();
    if (!hasSessionBus()) {
        promise->addResult(core::Result<Value>(
            std::unexpected(noKeychain(KeychainSecretStore::tr("there is no desktop session.")))));
        promise->finish();
        return future;
    }
    job->setInsecureFallback(false);
    job->setAutoDelete(true);
    Job *raw = job.release();
    QObject::connect(raw, &QKeychain::Job::finished, context, [promise, raw, valueOf] {
        promise->addResult(valueOf(*raw));
        promise->finish();
    });
    raw->start();
    return future;
}

} // namespace

KeychainSecretStore::KeychainSecretStore(QObject *parent)
    : QObject(parent)
{
}

QFuture<core::Result<std::optional<QString>>> KeychainSecretStore::read(const QString &key)
{
    auto job = std::make_unique<QKeychain::ReadPasswordJob>(service());
    job->setKey(key);
    using Found = core::Result<std::optional<QString>>;
    return run<std::optional<QString>>(std::move(job), this,
                                       [](const QKeychain::ReadPasswordJob &done) -> Found {
                                           if (done.error() == QKeychain::NoError)
                                               return done.textData();
                                           if (done.error() == QKeychain::EntryNotFound)
                                               return std::optional<QString>();
                                           return std::unexpected(errorOf(done));
                                       });
}

QFuture<core::Result<>> KeychainSecretStore::write(const QString &key, const QString &secret)
{
    auto job = std::make_unique<QKeychain::WritePasswordJob>(service());
    job->setKey(key);
    job->setTextData(secret);
    return run<void>(std::move(job), this,
                     [](const QKeychain::WritePasswordJob &done) -> core::Result<> {
                         if (done.error() == QKeychain::NoError)
                             return {};
                         return std::unexpected(errorOf(done));
                     });
}

QFuture<core::Result<>> KeychainSecretStore::remove(const QString &key)
{
    auto job = std::make_unique<QKeychain::DeletePasswordJob>(service());
    job->setKey(key);
    return run<void>(std::move(job), this,
                     [](const QKeychain::DeletePasswordJob &done) -> core::Result<> {
                         const bool gone = done.error() == QKeychain::NoError
                                           || done.error() == QKeychain::EntryNotFound;
                         if (gone)
                             return {};
                         return std::unexpected(errorOf(done));
                     });
}

} // namespace app
