// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/secrets.h"

#include "app/cli/output.h"
#include "core/base/boundedfile.h"
#include "core/base/descriptor.h"

#include <QFile>

#include <cstdio>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

constexpr qint64 longestSecret = 4096;
constexpr char interruptKey = 0x03;
constexpr char endKey = 0x04;
constexpr char clearLineKey = 0x15;
constexpr char escapeKey = 0x1b;
constexpr char backspaceKey = 0x08;
constexpr char deleteKey = 0x7f;

core::Descriptor openTerminal()
{
    return core::Descriptor(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
}

void chopCharacter(QByteArray &text)
{
    while (!text.isEmpty() && (uchar(text.back()) & 0xc0U) == 0x80U)
        text.chop(1);
    text.chop(1);
}

std::optional<QByteArray> readHidden(int terminal)
{
    QByteArray secret;
    for (char key = 0; ::read(terminal, &key, 1) == 1 && secret.size() < longestSecret;) {
        if (key == '\n' || key == '\r')
            return secret;
        if (key == interruptKey || key == endKey || key == escapeKey)
            return std::nullopt;
        if (key == clearLineKey)
            secret.clear();
        else if (key == backspaceKey || key == deleteKey)
            chopCharacter(secret);
        else
            secret.append(key);
    }
    return std::nullopt;
}

} // namespace

std::optional<QString> promptSecret(const QString &question)
{
    const core::Descriptor terminal = openTerminal();
    termios before{};
    if (!terminal.isValid() || ::tcgetattr(terminal.get(), &before) != 0)
        return std::nullopt;
    termios hidden = before;
    // Keys one by one: Ctrl+C has to give the terminal its echo back first.
    hidden.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG);
    ::tcsetattr(terminal.get(), TCSAFLUSH, &hidden);
    const QByteArray words = question.toUtf8();
    [[maybe_unused]] ssize_t written =
        ::write(terminal.get(), words.constData(), std::size_t(words.size()));
    const std::optional<QByteArray> secret = readHidden(terminal.get());
    ::tcsetattr(terminal.get(), TCSAFLUSH, &before);
    written = ::write(terminal.get(), "\n", 1);
    if (!secret)
        return std::nullopt;
    return QString::fromUtf8(*secret);
}

core::Result<QString> readSecretFile(const QString &file)
{
    QByteArray content;
    if (file == "-"_L1) {
        QFile input;
        if (input.open(stdin, QIODevice::ReadOnly))
            content = input.readLine(longestSecret);
    } else {
        const auto read = core::readBoundedFile(file, longestSecret);
        if (!read)
            return std::unexpected(read.error());
        content = read->left(read->indexOf('\n') < 0 ? read->size() : read->indexOf('\n'));
    }
    while (content.endsWith('\n') || content.endsWith('\r'))
        content.chop(1);
    return QString::fromUtf8(content);
}

Secrets::Secrets(QObject *parent)
    : QObject(parent)
    , m_keeper(&m_store)
{
    // Only where somebody can answer: else the keeper says what to do instead.
    if (openTerminal().isValid())
        connect(&m_keeper, &core::SecretKeeper::asked, this, &Secrets::answer,
                Qt::QueuedConnection);
    connect(&m_keeper, &core::SecretKeeper::keepFailed, this,
            [](const core::Error &error) { say(errorText(error)); });
}

void Secrets::answer(const core::SecretQuestion &question)
{
    if (question.reason == core::SecretQuestion::Reason::Refused)
        say(tr("The password was not accepted.") + u'\n');
    const auto secret =
        promptSecret(tr("Password of %1 for %2: ").arg(question.wanted.user, question.wanted.name));
    if (secret)
        m_keeper.answer(question.number, *secret, false);
    else
        m_keeper.decline(question.number);
}

} // namespace cli
