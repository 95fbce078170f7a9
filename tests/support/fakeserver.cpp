// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeserver.h"

#include <QtEndian>

#include <arpa/inet.h>
#include <array>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace test {

namespace {

constexpr quint32 sslRequest = 80877103;
constexpr quint32 gssRequest = 80877104;

QByteArray message(char type, const QByteArray &body)
{
    QByteArray length(4, '\0');
    qToBigEndian(quint32(body.size() + 4), length.data());
    return type + length + body;
}

QByteArray authentication(quint32 code)
{
    QByteArray body(4, '\0');
    qToBigEndian(code, body.data());
    return message('R', body);
}

} // namespace

FakeServer::FakeServer(Says says)
    : m_says(says)
    , m_listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    , m_end(eventfd(0, EFD_CLOEXEC))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    if (bind(m_listener, generic, size) != 0 || listen(m_listener, 64) != 0
        || getsockname(m_listener, generic, &size) != 0)
        qFatal("no port for a fake server");
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { run(); });
}

FakeServer::~FakeServer()
{
    const quint64 one = 1;
    if (write(m_end, &one, sizeof one) != sizeof one)
        qFatal("a fake server cannot be told to end");
    m_thread.join();
    close(m_listener);
    close(m_end);
}

QByteArray FakeServer::heard() const
{
    const std::scoped_lock lock(m_mutex);
    return m_heard;
}

void FakeServer::run()
{
    for (;;) {
        std::array<pollfd, 2> items{pollfd{m_end, POLLIN, 0}, pollfd{m_listener, POLLIN, 0}};
        poll(items.data(), items.size(), -1);
        if (items[0].revents != 0)
            return;
        const int client = accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0)
            continue;
        ++m_connections;
        serve(client);
        close(client);
    }
}

/// Until the client goes or we end: one client at a time is enough for what is tested.
void FakeServer::serve(int client)
{
    bool answered = false;
    QByteArray buffer(4096, '\0');
    for (;;) {
        std::array<pollfd, 2> items{pollfd{m_end, POLLIN, 0}, pollfd{client, POLLIN, 0}};
        poll(items.data(), items.size(), -1);
        if (items[0].revents != 0)
            return;
        const ssize_t count = recv(client, buffer.data(), std::size_t(buffer.size()), 0);
        if (count <= 0)
            return;
        QByteArray reply;
        if (answered) {
            const std::scoped_lock lock(m_mutex);
            m_heard += buffer.first(qsizetype(count));
        } else {
            const quint32 code = count >= 8 ? qFromBigEndian<quint32>(buffer.constData() + 4) : 0;
            answered = code != sslRequest && code != gssRequest;
            reply = answered ? answer() : QByteArray("N");
        }
        if (!reply.isEmpty()
            && send(client, reply.constData(), std::size_t(reply.size()), MSG_NOSIGNAL) < 0)
            return;
        if (answered && m_says == Says::TooManyClients)
            return;
    }
}

QByteArray FakeServer::answer() const
{
    if (m_says == Says::ClearTextPassword)
        return authentication(3);
    QByteArray fields("SFATAL");
    fields.append('\0').append("VFATAL").append('\0').append("C53300").append('\0');
    fields.append("Msorry, too many clients already").append('\0').append('\0');
    return message('E', fields);
}

} // namespace test
