// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/faultproxy.h"

#include <QtLogging>

#include <algorithm>
#include <array>
#include <cerrno>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace test {

namespace {

constexpr qsizetype bufferLimit = 256 * 1024;

sockaddr_in loopback(quint16 port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

void sendAtOnce(int fd)
{
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

int connectTo(quint16 port)
{
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(port);
    if (connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        ::close(fd);
        return -1;
    }
    sendAtOnce(fd);
    return fd;
}

} // namespace

FaultProxy::FaultProxy(quint16 serverPort)
    : m_serverPort(serverPort)
    , m_listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0))
    , m_wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (bind(m_listener, reinterpret_cast<sockaddr *>(&address), size) != 0
        || listen(m_listener, SOMAXCONN) != 0
        || getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &size) != 0)
        qFatal("the fault proxy cannot listen on 127.0.0.1");
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { run(); });
}

FaultProxy::~FaultProxy()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_stop = true;
    }
    wake();
    m_thread.join();
    for (const auto &connection : m_connections)
        close(*connection, false);
    ::close(m_listener);
    ::close(m_wake);
}

void FaultProxy::setFaults(Direction direction, const Faults &faults, Scope scope)
{
    {
        const std::scoped_lock lock(m_mutex);
        for (const auto &connection : m_connections) {
            Flow &flow =
                direction == Direction::ToServer ? connection->toServer : connection->toClient;
            flow.faults = faults;
            flow.passed = 0;
            flow.nextPiece = {};
        }
        if (scope == Scope::All)
            (direction == Direction::ToServer ? m_toServer : m_toClient) = faults;
    }
    wake();
}

void FaultProxy::clearFaults()
{
    setFaults(Direction::ToServer, {});
    setFaults(Direction::ToClient, {});
}

void FaultProxy::stall(Scope scope)
{
    setFaults(Direction::ToServer, {.stallAfter = 0}, scope);
    setFaults(Direction::ToClient, {.stallAfter = 0}, scope);
}

void FaultProxy::setDelay(std::chrono::milliseconds delay)
{
    setFaults(Direction::ToServer, {.delay = delay});
    setFaults(Direction::ToClient, {.delay = delay});
}

void FaultProxy::splitEveryByte()
{
    setFaults(Direction::ToServer, {.pieceSize = 1});
    setFaults(Direction::ToClient, {.pieceSize = 1});
}

void FaultProxy::cut(bool reset)
{
    {
        const std::scoped_lock lock(m_mutex);
        for (const auto &connection : m_connections)
            close(*connection, reset);
    }
    wake();
}

void FaultProxy::refuse(bool on)
{
    const std::scoped_lock lock(m_mutex);
    m_refuse = on;
}

int FaultProxy::connections() const
{
    const std::scoped_lock lock(m_mutex);
    return m_accepted;
}

int FaultProxy::openConnections() const
{
    const std::scoped_lock lock(m_mutex);
    return int(std::ranges::count_if(m_connections, [](const auto &c) { return !c->dead; }));
}

int FaultProxy::roundTrips() const
{
    const std::scoped_lock lock(m_mutex);
    return m_roundTrips;
}

qint64 FaultProxy::bytes(Direction direction) const
{
    const std::scoped_lock lock(m_mutex);
    return direction == Direction::ToServer ? m_bytesToServer : m_bytesToClient;
}

void FaultProxy::resetCounts()
{
    const std::scoped_lock lock(m_mutex);
    m_accepted = 0;
    m_roundTrips = 0;
    m_bytesToServer = 0;
    m_bytesToClient = 0;
}

void FaultProxy::wake()
{
    const quint64 one = 1;
    [[maybe_unused]] const ssize_t written = write(m_wake, &one, sizeof one);
}

bool FaultProxy::isStalled(const Flow &flow)
{
    return flow.faults.stallAfter >= 0 && flow.passed >= flow.faults.stallAfter;
}

bool FaultProxy::wantsRead(const Flow &flow)
{
    return !flow.sourceEnded && !isStalled(flow) && flow.buffered < bufferLimit;
}

bool FaultProxy::wantsWrite(const Flow &flow, Clock::time_point now)
{
    return !flow.pieces.empty() && !isStalled(flow) && flow.pieces.front().due <= now
           && flow.nextPiece <= now;
}

int FaultProxy::milliSecondsToNextPiece() const
{
    const Clock::time_point now = Clock::now();
    int least = -1;
    for (const auto &connection : m_connections) {
        for (const Flow *flow : {&connection->toServer, &connection->toClient}) {
            if (flow->pieces.empty() || isStalled(*flow))
                continue;
            const auto due = std::max(flow->pieces.front().due, flow->nextPiece);
            if (due <= now)
                continue; // waits for the socket, not for the clock
            const auto wait = std::chrono::ceil<std::chrono::milliseconds>(due - now).count();
            least = least < 0 ? int(wait) : std::min(least, int(wait));
        }
    }
    return least;
}

void FaultProxy::run()
{
    for (;;) {
        // A descriptor of -1 is passed over: poll would report a hang-up again and again otherwise.
        std::vector<pollfd> items{{m_wake, POLLIN, 0}, {m_listener, POLLIN, 0}};
        int timeout = -1;
        {
            const std::scoped_lock lock(m_mutex);
            if (m_stop)
                return;
            const Clock::time_point now = Clock::now();
            for (const auto &connection : m_connections) {
                for (const Flow *flow : {&connection->toServer, &connection->toClient}) {
                    items.push_back({wantsRead(*flow) ? flow->from : -1, POLLIN, 0});
                    items.push_back({wantsWrite(*flow, now) ? flow->to : -1, POLLOUT, 0});
                }
            }
            timeout = milliSecondsToNextPiece();
        }
        poll(items.data(), items.size(), timeout);
        quint64 count = 0;
        [[maybe_unused]] const ssize_t got = read(m_wake, &count, sizeof count);
        const std::scoped_lock lock(m_mutex);
        if (items[1].revents != 0)
            acceptOne();
        for (const auto &connection : m_connections)
            serve(*connection);
        removeDead();
    }
}

void FaultProxy::acceptOne()
{
    const int client = accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0)
        return;
    ++m_accepted;
    const int server = m_refuse ? -1 : connectTo(m_serverPort);
    if (server < 0) {
        ::close(client);
        return;
    }
    sendAtOnce(client);
    auto connection = std::make_unique<Connection>();
    connection->client = client;
    connection->server = server;
    connection->toServer = {.from = client, .to = server, .faults = m_toServer};
    connection->toClient = {.from = server, .to = client, .faults = m_toClient};
    m_connections.push_back(std::move(connection));
}

void FaultProxy::serve(Connection &connection)
{
    const auto each = [this, &connection](Flow &flow, Direction direction) {
        if (!connection.dead && wantsRead(flow))
            readFrom(connection, flow, direction);
        while (!connection.dead && wantsWrite(flow, Clock::now())) {
            const qsizetype before = flow.buffered;
            writeTo(connection, flow);
            if (flow.buffered == before)
                break;
        }
        if (!connection.dead && flow.sourceEnded && flow.pieces.empty() && !flow.ended
            && !isStalled(flow)) {
            shutdown(flow.to, SHUT_WR);
            flow.ended = true;
        }
    };
    each(connection.toServer, Direction::ToServer);
    each(connection.toClient, Direction::ToClient);
    if (connection.toServer.ended && connection.toClient.ended)
        close(connection, false);
}

void FaultProxy::readFrom(Connection &connection, Flow &flow, Direction direction)
{
    std::array<char, 64 * 1024> buffer;
    const ssize_t got = recv(flow.from, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got < 0)
        return close(connection, true);
    if (got == 0) {
        flow.sourceEnded = true;
        return;
    }
    flow.pieces.push_back(
        {QByteArray(buffer.data(), qsizetype(got)), Clock::now() + flow.faults.delay});
    flow.buffered += qsizetype(got);
    if (direction == Direction::ToServer) {
        m_bytesToServer += got;
        connection.lastWasToServer = true;
    } else {
        m_bytesToClient += got;
        m_roundTrips += connection.lastWasToServer ? 1 : 0;
        connection.lastWasToServer = false;
    }
}

void FaultProxy::writeTo(Connection &connection, Flow &flow)
{
    Piece &piece = flow.pieces.front();
    qsizetype size = piece.bytes.size();
    if (flow.faults.pieceSize > 0)
        size = std::min(size, flow.faults.pieceSize);
    for (const qint64 limit : {flow.faults.stallAfter, flow.faults.cutAfter}) {
        if (limit >= 0)
            size = std::min(size, qsizetype(std::max<qint64>(limit - flow.passed, 0)));
    }
    if (size > 0) {
        const ssize_t sent =
            send(flow.to, piece.bytes.constData(), size_t(size), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (sent < 0)
            return close(connection, true);
        piece.bytes.remove(0, qsizetype(sent));
        flow.buffered -= qsizetype(sent);
        flow.passed += sent;
        if (piece.bytes.isEmpty())
            flow.pieces.pop_front();
        flow.nextPiece = Clock::now() + flow.faults.pieceGap;
    }
    if (flow.faults.cutAfter >= 0 && flow.passed >= flow.faults.cutAfter)
        close(connection, flow.faults.reset);
}

void FaultProxy::close(Connection &connection, bool reset)
{
    if (connection.dead)
        return;
    for (const int fd : {connection.client, connection.server}) {
        if (reset) {
            const linger now{.l_onoff = 1, .l_linger = 0};
            setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        }
        ::close(fd);
    }
    connection.dead = true;
}

void FaultProxy::removeDead()
{
    std::erase_if(m_connections, [](const auto &connection) { return connection->dead; });
}

} // namespace test
