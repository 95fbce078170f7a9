// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/secretstore.h"

#include <QHash>
#include <QObject>
#include <QPromise>
#include <QSet>

#include <memory>
#include <vector>

namespace core {

/// What a person is asked for.
enum class SecretKind : quint8 {
    Password,    ///< of a saved connection
    Passphrase,  ///< of a file with a key of ssh
    SshPassword, ///< of a user of a machine that ssh goes through
    Code,        ///< whatever else ssh asks for, perhaps good only once: neither held nor kept
    HostKey,     ///< whether that is the right machine; the answer is "yes", or it is declined
    Permission,  ///< whether ssh may do something; "yes" or "no"
    Notice,      ///< nothing is answered: to be shown until it is settled
};

/// What is wanted, and whose it is.
struct SecretWanted {
    SecretKind kind = SecretKind::Password;
    QString key = {};  ///< id of the saved connection, or of what ssh asks for
    QString name = {}; ///< as a person calls it: the connection, the key's file, the machine
    QString user = {};
    QString place = {}; ///< "db.example:5432, database app"
    bool inKeychain = false;
    QString words = {};       ///< ssh's own, without control characters; may be several lines
    QString fingerprint = {}; ///< of HostKey: "ED25519 SHA256:…"
    bool operator==(const SecretWanted &) const = default;

    /// Held for the run, and may be kept.
    [[nodiscard]] bool lasts() const
    {
        return kind == SecretKind::Password || kind == SecretKind::Passphrase
               || kind == SecretKind::SshPassword;
    }
    /// One question, by its key, is enough for all who wait for the same.
    [[nodiscard]] bool isShared() const { return lasts() || kind == SecretKind::HostKey; }
};

/// A question to a person. Core never talks to people: whoever shows it answers by its number.
struct SecretQuestion {
    enum class Reason : quint8 {
        NotKept,    ///< it is asked for each run, or the keychain has none
        Refused,    ///< the one that was used was not accepted
        NoKeychain, ///< it should be in the keychain, which does not answer
    };
    quint64 number = 0;
    SecretWanted wanted = {};
    Reason reason = Reason::NotKept;
    bool operator==(const SecretQuestion &) const = default;
};

/// Finds passwords of saved connections and what ssh asks for: in memory for this run, in the
/// keychain, from a person. Several who want the same one wait for one question. Lives in the main
/// thread.
class SecretKeeper : public QObject
{
    Q_OBJECT

public:
    /// `store` may be null: then nothing outlives the run. Borrowed.
    explicit SecretKeeper(SecretStore *store, QObject *parent = nullptr);
    ~SecretKeeper() override;

    /// Errors: secret.needed (kind Consent) where nobody can be asked, request.cancelled where a
    /// person did not want to say. When `asker` ends before that, nothing is answered, and the
    /// question is settled unless others wait for it too.
    [[nodiscard]] QFuture<Result<QString>> get(const SecretWanted &wanted,
                                               QObject *asker = nullptr);
    /// The server refused this one: the next get() asks, whatever is kept, unless another one has
    /// been given meanwhile.
    void refused(const QString &key, const QString &secret);

    /// A person's answer. `keep` writes it to the keychain, where keepFailed() may follow.
    void answer(quint64 number, const QString &secret, bool keep);
    void decline(quint64 number);
    /// Questions that are open, oldest first; for who begins to listen late.
    [[nodiscard]] std::vector<SecretQuestion> questions() const;

    /// For this run, as if it had been asked for.
    void remember(const QString &key, const QString &secret);
    /// Out of memory and keychain; keepFailed() may follow.
    void forget(const QString &key);
    [[nodiscard]] SecretStore *store() const { return m_store; }

signals:
    void asked(const core::SecretQuestion &question);
    /// Answered or not wanted any more: take the question away.
    void settled(quint64 number);
    void keepFailed(const core::Error &error);

private:
    using Promise = std::shared_ptr<QPromise<Result<QString>>>;
    struct Waiter {
        Promise promise;
        QObject *asker = nullptr;
    };
    struct Waiting {
        SecretQuestion question = {};
        bool asked = false; ///< the keychain had nothing
        std::vector<Waiter> waiters = {};
    };
    void begin(const SecretQuestion &question);
    void ask(quint64 number, SecretQuestion::Reason reason);
    void settle(quint64 number, const Result<QString> &answer);
    void leave(const QObject *asker);
    [[nodiscard]] Waiting *numbered(quint64 number);

    SecretStore *m_store;
    bool m_storeFailed = false; ///< no keychain has answered
    QHash<QString, QString> m_held;
    QSet<QString> m_refused;
    std::vector<std::unique_ptr<Waiting>> m_waiting;
    quint64 m_last = 0;
};

} // namespace core

Q_DECLARE_METATYPE(core::SecretQuestion)
