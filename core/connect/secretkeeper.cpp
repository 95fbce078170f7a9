// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/secretkeeper.h"

#include "core/base/redact.h"

#include <QCoreApplication>
#include <QMetaMethod>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::SecretKeeper", text);
}

/// Where nobody can be asked: what is missing, and what to do instead.
std::unexpected<Error> nobodyToAsk(const SecretWanted &wanted)
{
    QString message;
    QString advice = tr("Run this in a terminal, or use a key that your agent holds (ssh-add).");
    switch (wanted.kind) {
    case SecretKind::Password:
        message = tr("The password of %1 is not known, and nobody can be asked for it.");
        advice = tr("Keep it in the keychain, run this in a terminal, or give --password-file.");
        break;
    case SecretKind::Passphrase:
        message = tr("The key %1 has a passphrase, and nobody can be asked for it.");
        advice = tr("Load the key into your agent (ssh-add), or run this in a terminal.");
        break;
    case SecretKind::SshPassword:
        message = tr("ssh wants the password of %1, and nobody can be asked for it.");
        break;
    case SecretKind::HostKey:
        message = tr("The host key of %1 is not known here, and nobody can be asked about it.");
        advice = tr("Connect once in a terminal, and compare the key.");
        break;
    case SecretKind::Code:
    case SecretKind::Permission:
    case SecretKind::Notice:
        message = tr("ssh asks something on its way to %1, and nobody can be asked.");
        break;
    }
    return failure(ErrorKind::Consent, "secret.needed"_ba, message.arg(wanted.name), wanted.place,
                   advice);
}

QString declinedText(const SecretWanted &wanted)
{
    switch (wanted.kind) {
    case SecretKind::Password:
    case SecretKind::SshPassword:
        break;
    case SecretKind::Passphrase:
        return tr("The passphrase was not given.");
    case SecretKind::HostKey:
        return tr("The host key of %1 was not accepted.").arg(wanted.name);
    case SecretKind::Code:
    case SecretKind::Permission:
    case SecretKind::Notice:
        return tr("What ssh asked was not answered.");
    }
    return tr("The password was not given.");
}

} // namespace

SecretKeeper::SecretKeeper(SecretStore *store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
}

SecretKeeper::~SecretKeeper() = default;

QFuture<Result<QString>> SecretKeeper::get(const SecretWanted &wanted, QObject *asker)
{
    auto promise = std::make_shared<QPromise<Result<QString>>>();
    promise->start();
    QFuture<Result<QString>> future = promise->future();
    const auto held = m_held.constFind(wanted.key);
    if (wanted.lasts() && held != m_held.constEnd()) {
        promise->addResult(Result<QString>(*held));
        promise->finish();
        return future;
    }
    if (asker)
        connect(asker, &QObject::destroyed, this, [this, asker] { leave(asker); });
    for (const std::unique_ptr<Waiting> &waiting : m_waiting) {
        if (wanted.isShared() && waiting->question.wanted.key == wanted.key) {
            waiting->waiters.push_back({.promise = std::move(promise), .asker = asker});
            return future;
        }
    }
    auto waiting = std::make_unique<Waiting>();
    waiting->question.number = ++m_last;
    waiting->question.wanted = wanted;
    waiting->waiters.push_back({.promise = std::move(promise), .asker = asker});
    m_waiting.push_back(std::move(waiting));
    begin(SecretQuestion(m_waiting.back()->question));
    return future;
}

/// Looks into the keychain first, where that may have it.
void SecretKeeper::begin(const SecretQuestion &question)
{
    const quint64 number = question.number;
    const QString key = question.wanted.key;
    if (m_refused.contains(key))
        return ask(number, SecretQuestion::Reason::Refused);
    if (!question.wanted.inKeychain || !question.wanted.lasts())
        return ask(number, SecretQuestion::Reason::NotKept);
    if (!m_store)
        return ask(number, SecretQuestion::Reason::NoKeychain);
    m_store->read(key).then(this, [this, key, number](const Result<std::optional<QString>> &kept) {
        m_storeFailed = !kept;
        if (kept && *kept) {
            rememberSecret(**kept);
            m_held.insert(key, **kept);
            settle(number, **kept);
        } else {
            ask(number,
                kept ? SecretQuestion::Reason::NotKept : SecretQuestion::Reason::NoKeychain);
        }
    });
}

void SecretKeeper::ask(quint64 number, SecretQuestion::Reason reason)
{
    Waiting *waiting = numbered(number);
    if (!waiting)
        return;
    waiting->question.reason = reason;
    // What was refused was asked for before: it is known by now whether it can be kept.
    if (reason == SecretQuestion::Reason::Refused && (m_storeFailed || !m_store))
        waiting->question.wanted.inKeychain = false;
    waiting->asked = true;
    if (isSignalConnected(QMetaMethod::fromSignal(&SecretKeeper::asked)))
        emit asked(SecretQuestion(waiting->question));
    else
        settle(number, nobodyToAsk(waiting->question.wanted));
}

void SecretKeeper::settle(quint64 number, const Result<QString> &answer)
{
    const auto found = std::ranges::find_if(
        m_waiting, [number](const auto &one) { return one->question.number == number; });
    if (found == m_waiting.end())
        return;
    const std::unique_ptr<Waiting> waiting = std::move(*found);
    m_waiting.erase(found);
    emit settled(number);
    for (const Waiter &waiter : waiting->waiters) {
        waiter.promise->addResult(answer);
        waiter.promise->finish();
    }
}

void SecretKeeper::leave(const QObject *asker)
{
    std::vector<std::unique_ptr<Waiting>> left;
    for (std::unique_ptr<Waiting> &waiting : m_waiting) {
        std::erase_if(waiting->waiters, [asker](const Waiter &one) { return one.asker == asker; });
        if (waiting->waiters.empty())
            left.push_back(std::move(waiting));
    }
    std::erase(m_waiting, nullptr);
    for (const std::unique_ptr<Waiting> &waiting : left)
        emit settled(waiting->question.number);
}

SecretKeeper::Waiting *SecretKeeper::numbered(quint64 number)
{
    const auto found = std::ranges::find_if(
        m_waiting, [number](const auto &one) { return one->question.number == number; });
    return found == m_waiting.end() ? nullptr : found->get();
}

void SecretKeeper::answer(quint64 number, const QString &secret, bool keep)
{
    const Waiting *waiting = numbered(number);
    if (!waiting)
        return;
    const SecretWanted wanted = waiting->question.wanted;
    if (wanted.lasts())
        remember(wanted.key, secret);
    else if (wanted.kind == SecretKind::Code)
        rememberSecret(secret);
    if (keep && m_store && wanted.lasts()) {
        m_store->write(wanted.key, secret).then(this, [this](const Result<> &written) {
            if (!written)
                emit keepFailed(written.error());
        });
    }
    settle(number, secret);
}

void SecretKeeper::decline(quint64 number)
{
    const Waiting *waiting = numbered(number);
    if (!waiting)
        return;
    const SecretWanted wanted = waiting->question.wanted;
    settle(number, failure(ErrorKind::Cancelled, "request.cancelled"_ba, declinedText(wanted),
                           wanted.place));
}

std::vector<SecretQuestion> SecretKeeper::questions() const
{
    std::vector<SecretQuestion> open;
    for (const std::unique_ptr<Waiting> &waiting : m_waiting) {
        if (waiting->asked)
            open.push_back(waiting->question);
    }
    return open;
}

void SecretKeeper::refused(const QString &key, const QString &secret)
{
    if (m_held.value(key) != secret)
        return;
    m_held.remove(key);
    m_refused.insert(key);
}

void SecretKeeper::remember(const QString &key, const QString &secret)
{
    rememberSecret(secret);
    m_held.insert(key, secret);
    m_refused.remove(key);
}

void SecretKeeper::forget(const QString &key)
{
    m_held.remove(key);
    m_refused.remove(key);
    if (!m_store)
        return;
    m_store->remove(key).then(this, [this](const Result<> &removed) {
        if (!removed && removed.error().id != "secret.unavailable")
            emit keepFailed(removed.error());
    });
}

} // namespace core
