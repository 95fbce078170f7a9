// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/descriptor.h"
#include "core/connect/secretkeeper.h"

#include <QHash>
#include <QPointer>
#include <QProcessEnvironment>
#include <QTemporaryDir>

#include <memory>
#include <vector>

class QSocketNotifier;

namespace core {

class SshQuestion;

/// Answers what one ssh asks, and those that it starts for jump hosts: it listens on a socket that
/// only its owner may use, which this very program reaches as ssh's askpass (sshask.h), and asks a
/// SecretKeeper. Secrets go through that socket alone. Lives in the keeper's thread; open questions
/// end with it.
class SshQuestions : public QObject
{
    Q_OBJECT

public:
    /// `host` is the machine as a person named it, `place` says what for. Borrows the keeper.
    SshQuestions(SecretKeeper &keeper, QString host, QString place);
    ~SshQuestions() override;

    /// Errors: path.runtime, ssh.ask (no socket, or no askpass to start).
    [[nodiscard]] Result<> listen();
    /// Lays the variables by which ssh asks over its environment.
    void addTo(QProcessEnvironment &environment) const;

    /// A passphrase or password was given, and nothing that is good only once: ssh may be started
    /// again without a question.
    [[nodiscard]] bool isRepeatable() const { return !m_last.isEmpty() && !m_onlyOnce; }
    [[nodiscard]] bool gaveAnything() const { return !m_last.isEmpty() || m_onlyOnce; }
    /// Something was meant for a server, not for a key of here.
    [[nodiscard]] bool gaveToServer() const { return m_toServer; }
    /// The file of a key that was not unlocked as often as ssh asks; empty = none.
    [[nodiscard]] QString wrongKey() const;
    /// Nobody was let in: what was given is asked for again the next time.
    void denied();

signals:
    /// Whether an answer is being waited for now; in turns.
    void waiting(bool on);
    /// ssh has nothing to go on with.
    void declined(const core::Error &error);

private:
    void take();
    void read(SshQuestion *question);
    void ask(SshQuestion *question, const QByteArray &hint, const QByteArray &prompt);
    void answered(SshQuestion *question, const Result<QString> &answer);
    void give(SshQuestion *question, const QString &answer);
    [[nodiscard]] bool isOpen(const SshQuestion *question) const;
    void end(SshQuestion *question);
    void count();

    /// What was given last to one process for one key.
    struct Given {
        SecretWanted wanted = {};
        QString secret = {};
        int times = 0;
    };

    QPointer<SecretKeeper> m_keeper;
    QString m_host;
    QString m_place;
    std::unique_ptr<QTemporaryDir> m_folder;
    Descriptor m_socket;
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::vector<std::unique_ptr<SshQuestion>> m_open;
    QHash<QByteArray, Given> m_last; ///< by process and key
    bool m_toServer = false;
    bool m_onlyOnce = false;
    bool m_isWaiting = false;
};

} // namespace core
