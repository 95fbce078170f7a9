// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QtTypes>

#include <chrono>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace test {

enum class Direction : quint8 { ToServer, ToClient };

/// What happens to the bytes of one direction. Counts of bytes begin when the faults are set.
struct Faults {
    std::chrono::milliseconds delay{0}; ///< everything arrives so much later, as over a long line
    qsizetype pieceSize = 0;            ///< at most so many bytes a write; 0 = as they came
    std::chrono::milliseconds pieceGap{
        0};                 ///< pause after each piece, so that the reader sees it alone
    qint64 stallAfter = -1; ///< after so many bytes nothing passes, with the sockets left open
    qint64 cutAfter = -1;   ///< after so many bytes both sockets are closed
    bool reset = false;     ///< cut with RST instead of FIN
};

/// A TCP proxy before a server on 127.0.0.1, in a thread of its own, for any number of connections
/// (a cancel request is one more). What is not passed on is not read either, so both sides feel a
/// stall as a full buffer. All functions may be called from any thread at any time and act at once.
class FaultProxy
{
public:
    enum class Scope : quint8 {
        All,      ///< open connections and those to come
        Existing, ///< open connections only: a new one (a cancel, a reconnect) gets through
    };

    explicit FaultProxy(quint16 serverPort);
    FaultProxy(const FaultProxy &) = delete;
    FaultProxy &operator=(const FaultProxy &) = delete;
    ~FaultProxy();

    [[nodiscard]] quint16 port() const { return m_port; }

    void setFaults(Direction direction, const Faults &faults, Scope scope = Scope::All);
    void clearFaults();
    /// Both directions stop; short for stallAfter = 0.
    void stall(Scope scope = Scope::All);
    /// Both directions, each so much later: a round trip costs twice that.
    void setDelay(std::chrono::milliseconds delay);
    /// One byte at a time in both directions.
    void splitEveryByte();
    /// Closes all open connections now.
    void cut(bool reset = false);
    /// New connections are closed as soon as they are made.
    void refuse(bool on);

    [[nodiscard]] int connections() const; ///< accepted since the counts were reset
    [[nodiscard]] int openConnections() const;
    /// How often an answer began after a question: bytes to the client that follow bytes to the
    /// server, each connection for itself.
    [[nodiscard]] int roundTrips() const;
    [[nodiscard]] qint64 bytes(Direction direction) const;
    void resetCounts();

private:
    using Clock = std::chrono::steady_clock;

    struct Piece {
        QByteArray bytes;
        Clock::time_point due;
    };
    struct Flow {
        int from = -1;
        int to = -1;
        Faults faults;
        qint64 passed = 0; ///< since the faults were set
        std::deque<Piece> pieces = {};
        qsizetype buffered = 0;
        Clock::time_point nextPiece = {};
        bool sourceEnded = false;
        bool ended = false; ///< the end has been passed on too
    };
    struct Connection {
        int client = -1;
        int server = -1;
        Flow toServer;
        Flow toClient;
        bool lastWasToServer = false;
        bool dead = false;
    };

    void run();
    void wake();
    void acceptOne();
    void serve(Connection &connection);
    void readFrom(Connection &connection, Flow &flow, Direction direction);
    void writeTo(Connection &connection, Flow &flow);
    void close(Connection &connection, bool reset);
    void removeDead();
    [[nodiscard]] int milliSecondsToNextPiece() const;
    [[nodiscard]] static bool isStalled(const Flow &flow);
    [[nodiscard]] static bool wantsRead(const Flow &flow);
    [[nodiscard]] static bool wantsWrite(const Flow &flow, Clock::time_point now);

    quint16 m_serverPort;
    quint16 m_port = 0;
    int m_listener = -1;
    int m_wake = -1;
    mutable std::mutex m_mutex; ///< guards all that follows
    std::vector<std::unique_ptr<Connection>> m_connections;
    Faults m_toServer;
    Faults m_toClient;
    bool m_refuse = false;
    bool m_stop = false;
    int m_accepted = 0;
    int m_roundTrips = 0;
    qint64 m_bytesToServer = 0;
    qint64 m_bytesToClient = 0;
    std::thread m_thread;
};

} // namespace test
