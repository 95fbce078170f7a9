// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/secretkeeper.h"

#include "core/base/redact.h"

#include <QMetaMethod>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

SecretKeeper::SecretKeeper(SecretStore *store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
}

SecretKeeper::~SecretKeeper() = default;

QFuture<Result<QString>> SecretKeeper::get(const SecretWanted &wanted)
{
    auto promise = std::make_shared<QPromise<Result<QString>>>();
    promise->start();
    QFuture<Result<QString>> future = promise->future();
    if (const auto held = m_held.constFind(wanted.key); held != m_held.constEnd()) {
        promise->addResult(Result<QString>(*held));
        promise->finish();
        return future;
    }
    for (const std::unique_ptr<Waiting> &waiting : m_waiting) {
        if (waiting->question.wanted.key == wanted.key) {
            waiting->promises.push_back(std::move(promise));
            return future;
        }
    }
    auto waiting = std::make_unique<Waiting>();
    waiting->question.number = ++m_last;
    waiting->question.wanted = wanted;
    waiting->promises.push_back(std::move(promise));
    m_waiting.push_back(std::move(waiting));
    const QString key = wanted.key;
    if (m_refused.contains(key)) {
        ask(key, SecretQuestion::Reason::Refused);
    } else if (!wanted.inKeychain) {
        ask(key, SecretQuestion::Reason::NotKept);
    } else if (!m_store) {
        ask(key, SecretQuestion::Reason::NoKeychain);
    } else {
        m_store->read(key).then(this, [this, key](const Result<std::optional<QString>> &kept) {
            if (kept && *kept) {
                rememberSecret(**kept);
                m_held.insert(key, **kept);
                settle(key, **kept);
            } else {
                ask(key,
                    kept ? SecretQuestion::Reason::NotKept : SecretQuestion::Reason::NoKeychain);
            }
        });
    }
    return future;
}

void SecretKeeper::ask(const QString &key, SecretQuestion::Reason reason)
{
    const auto waiting = std::ranges::find_if(
        m_waiting, [&key](const auto &one) { return one->question.wanted.key == key; });
    if (waiting == m_waiting.end())
        return;
    (*waiting)->question.reason = reason;
    (*waiting)->asked = true;
    if (isSignalConnected(QMetaMethod::fromSignal(&SecretKeeper::asked))) {
        emit asked((*waiting)->question);
        return;
    }
    const SecretWanted &wanted = (*waiting)->question.wanted;
    settle(
        key,
        failure(
            ErrorKind::Consent, "secret.needed"_ba,
            tr("The password of %1 is not known, and nobody can be asked for it.").arg(wanted.name),
            wanted.place,
            tr("Keep it in the keychain, run this in a terminal, or give "
               "--password-file.")));
}

void SecretKeeper::settle(const QString &key, const Result<QString> &answer)
{
    const auto found = std::ranges::find_if(
        m_waiting, [&key](const auto &one) { return one->question.wanted.key == key; });
    if (found == m_waiting.end())
        return;
    const std::unique_ptr<Waiting> waiting = std::move(*found);
    m_waiting.erase(found);
    emit settled(waiting->question.number);
    for (const Promise &promise : waiting->promises) {
        promise->addResult(answer);
        promise->finish();
    }
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
    const QString key = waiting->question.wanted.key;
    remember(key, secret);
    if (keep && m_store) {
        m_store->write(key, secret).then(this, [this](const Result<> &written) {
            if (!written)
                emit keepFailed(written.error());
        });
    }
    settle(key, secret);
}

void SecretKeeper::decline(quint64 number)
{
    const Waiting *waiting = numbered(number);
    if (!waiting)
        return;
    const SecretWanted wanted = waiting->question.wanted;
    settle(wanted.key, failure(ErrorKind::Cancelled, "request.cancelled"_ba,
                               tr("The password was not given."), wanted.place));
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
