// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/sshask.h"

#include "core/base/descriptor.h"
#include "core/base/logging.h"

#include <QRegularExpression>

#include <array>
#include <cstdlib>
#include <cstring>
#include <string>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace core {

namespace {

/// Line breaks stay; what moves a cursor or turns the direction of writing does not.
QString cleaned(const QByteArray &prompt)
{
    QStringList lines;
    for (QString line : QString::fromUtf8(prompt).trimmed().split(u'\n')) {
        line = oneLine(line.trimmed());
        for (QChar &c : line) {
            if (c.category() == QChar::Other_Format)
                c = QChar::ReplacementCharacter;
        }
        lines << line;
    }
    return lines.join(u'\n');
}

QString captured(const QString &text, const QRegularExpression &expression)
{
    const QRegularExpressionMatch match = expression.match(text);
    return match.hasMatch() ? match.captured(1) : QString();
}

/// "ED25519 key fingerprint is SHA256:…."
QString fingerprintIn(const QString &words)
{
    static const QRegularExpression expression(
        uR"((\S+) key fingerprint is:?\s+((?:SHA256|MD5|SHA512):[^\s]+?)\.?(?:\s|$))"_s);
    const QRegularExpressionMatch match = expression.match(words);
    return match.hasMatch() ? match.captured(1) + u' ' + match.captured(2) : QString();
}

Descriptor connected(const char *path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (std::strlen(path) >= sizeof address.sun_path)
        return {};
    std::strncpy(address.sun_path, path, sizeof address.sun_path - 1);
    Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const auto *generic = reinterpret_cast<const sockaddr *>(&address);
    if (!socket.isValid() || ::connect(socket.get(), generic, sizeof address) != 0
        || !isOwnPeer(socket.get()))
        return {};
    return socket;
}

bool sendAll(int socket, const std::string &text)
{
    for (std::size_t sent = 0; sent < text.size();) {
        const ssize_t now = ::send(socket, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
        if (now <= 0)
            return false;
        sent += std::size_t(now);
    }
    return true;
}

} // namespace

SecretWanted readSshPrompt(const QByteArray &hint, const QByteArray &prompt)
{
    static const QRegularExpression passphrase(uR"(\AEnter passphrase for key '(.+)':\z)"_s);
    static const QRegularExpression password(uR"(\A([^\s(][^\s]*@[^\s]+)'s password:\z)"_s);
    static const QRegularExpression host(uR"(\AThe authenticity of host '(\S+))"_s);
    SecretWanted wanted;
    wanted.words = cleaned(prompt);
    const bool yesOrNo = wanted.words.contains("(yes/no"_L1);
    if (hint == "none") {
        wanted.kind = SecretKind::Notice;
    } else if (hint == "confirm") {
        wanted.kind = SecretKind::Permission;
    } else if (const QString file = captured(wanted.words, passphrase); !file.isEmpty()) {
        wanted.kind = SecretKind::Passphrase;
        wanted.key = u"ssh passphrase of "_s + file;
        wanted.name = file;
    } else if (const QString user = captured(wanted.words, password); !user.isEmpty()) {
        wanted.kind = SecretKind::SshPassword;
        wanted.key = u"ssh password of "_s + user;
        wanted.name = user;
    } else if (yesOrNo && wanted.words.contains("continue connecting"_L1)) {
        wanted.kind = SecretKind::HostKey;
        wanted.name = captured(wanted.words, host);
        wanted.fingerprint = fingerprintIn(wanted.words);
        wanted.key = u"ssh host key "_s + wanted.words;
    } else {
        wanted.kind = yesOrNo ? SecretKind::Permission : SecretKind::Code;
    }
    wanted.inKeychain = wanted.lasts();
    return wanted;
}

bool isOwnPeer(int socket)
{
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0
           && peer.uid == ::getuid();
}

bool isSshAskCall()
{
    return std::getenv(sshAskVariable) != nullptr;
}

int answerSshAskCall(int argc, char **argv)
{
    const rlimit none{}; // no core dump holds the answer
    ::setrlimit(RLIMIT_CORE, &none);
    const char *path = std::getenv(sshAskVariable);
    const Descriptor socket = path != nullptr ? connected(path) : Descriptor();
    if (!socket.isValid())
        return 1;
    const char *hint = std::getenv("SSH_ASKPASS_PROMPT");
    std::string question(hint != nullptr ? hint : "");
    question += '\0' + std::to_string(::getppid()) + '\0' + (argc > 1 ? argv[1] : "") + '\0';
    if (!sendAll(socket.get(), question))
        return 1;
    std::array<char, longestSshAnswer + 2> answer{};
    std::size_t size = 0;
    while (size < answer.size() - 1) {
        const ssize_t got = ::recv(socket.get(), answer.data() + size, answer.size() - 1 - size, 0);
        if (got <= 0)
            break;
        size += std::size_t(got);
    }
    if (size == 0 || answer[0] != sshAnswerMark)
        return 1;
    answer[size] = '\n';
    const bool given = ::write(STDOUT_FILENO, answer.data() + 1, size) == ssize_t(size);
    ::explicit_bzero(answer.data(), answer.size());
    return given ? 0 : 1;
}

} // namespace core
