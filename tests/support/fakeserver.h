// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QtTypes>

#include <atomic>
#include <mutex>
#include <thread>

namespace test {

/// Somebody who pretends to be a PostgreSQL server on 127.0.0.1, in a thread of its own: refuses
/// encryption and then says what it is told to, to each client. Only for what no real server does.
class FakeServer
{
public:
    enum class Says : quint8 {
        ClearTextPassword, ///< "give me the password as it is"
        TooManyClients,    ///< FATAL 53300 to everybody
    };

    explicit FakeServer(Says says);
    FakeServer(const FakeServer &) = delete;
    FakeServer &operator=(const FakeServer &) = delete;
    ~FakeServer();

    [[nodiscard]] quint16 port() const { return m_port; }
    /// How many clients have come.
    [[nodiscard]] int connections() const { return m_connections; }
    /// Every byte that came after the start-up message, of all clients.
    [[nodiscard]] QByteArray heard() const;

private:
    void run();
    void serve(int client);
    [[nodiscard]] QByteArray answer() const;

    const Says m_says;
    int m_listener = -1;
    int m_end = -1; ///< an eventfd
    quint16 m_port = 0;
    std::atomic<int> m_connections = 0;
    mutable std::mutex m_mutex;
    QByteArray m_heard;
    std::thread m_thread;
};

} // namespace test
