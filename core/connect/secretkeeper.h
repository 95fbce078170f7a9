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

/// Whose password is wanted.
struct SecretWanted {
    QString key = {};  ///< id of the saved connection
    QString name = {}; ///< as a person calls it
    QString user = {};
    QString place = {}; ///< "db.example:5432, database app"
    bool inKeychain = false;
    bool operator==(const SecretWanted &) const = default;
};

/// A question to a person. Core never talks to people: whoever shows it answers by its number.
struct SecretQuestion {
    enum class Reason : quint8 {
        NotKept,    ///< it is asked for each run, or the keychain has none
        Refused,    ///< the server did not accept the one that was used
        NoKeychain, ///< it should be in the keychain, which does not answer
    };
    quint64 number = 0;
    SecretWanted wanted = {};
    Reason reason = Reason::NotKept;
    bool operator==(const SecretQuestion &) const = default;
};

/// Finds passwords of saved connections: in memory for this run, in the keychain, from a person.
/// Several who want the same one wait for one question. Lives in the main thread.
class SecretKeeper : public QObject
{
    Q_OBJECT

public:
    /// `store` may be null: then nothing outlives the run. Borrowed.
    explicit SecretKeeper(SecretStore *store, QObject *parent = nullptr);
    ~SecretKeeper() override;

    /// Errors: secret.needed (kind Consent) where nobody can be asked, request.cancelled where a
    /// person did not want to say.
    [[nodiscard]] QFuture<Result<QString>> get(const SecretWanted &wanted);
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
    struct Waiting {
        SecretQuestion question = {};
        bool asked = false; ///< the keychain had nothing
        std::vector<Promise> promises = {};
    };
    void ask(const QString &key, SecretQuestion::Reason reason);
    void settle(const QString &key, const Result<QString> &answer);
    [[nodiscard]] Waiting *numbered(quint64 number);

    SecretStore *m_store;
    QHash<QString, QString> m_held;
    QSet<QString> m_refused;
    std::vector<std::unique_ptr<Waiting>> m_waiting;
    quint64 m_last = 0;
};

} // namespace core

Q_DECLARE_METATYPE(core::SecretQuestion)
