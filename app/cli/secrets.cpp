// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/secrets.h"

#include "app/cli/output.h"
#include "core/base/boundedfile.h"
#include "core/base/descriptor.h"

#include <QFile>

#include <algorithm>
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

void show(int terminal, const QString &text)
{
    const QByteArray words = text.toUtf8();
    [[maybe_unused]] const ssize_t written =
        ::write(terminal, words.constData(), std::size_t(words.size()));
}

/// What ssh says of a host key, and "yes", the fingerprint itself, or nothing.
std::optional<QString> promptHostKey(const core::SecretWanted &wanted)
{
    QString question = wanted.words + u' ';
    for (;;) {
        const std::optional<QString> line = promptLine(question);
        const QString word = line.value_or(u"no"_s).trimmed();
        if (word.compare("yes"_L1, Qt::CaseInsensitive) == 0
            || (!word.isEmpty() && word == wanted.fingerprint.section(u' ', 1)))
            return u"yes"_s;
        if (word.compare("no"_L1, Qt::CaseInsensitive) == 0)
            return std::nullopt;
        question = Secrets::tr("Please type yes, no or the fingerprint: ");
    }
}

QString secretPrompt(const core::SecretWanted &wanted)
{
    switch (wanted.kind) {
    case core::SecretKind::Password:
        return Secrets::tr("Password of %1 for %2: ").arg(wanted.user, wanted.name);
    case core::SecretKind::Passphrase:
        return Secrets::tr("Passphrase of the key %1: ").arg(wanted.name);
    case core::SecretKind::SshPassword:
        return Secrets::tr("Password of %1 for ssh: ").arg(wanted.name);
    default:
        return wanted.words + u' ';
    }
}

std::optional<QString> prompt(const core::SecretWanted &wanted)
{
    if (wanted.kind == core::SecretKind::HostKey)
        return promptHostKey(wanted);
    if (wanted.kind != core::SecretKind::Permission)
        return promptSecret(secretPrompt(wanted));
    const auto line = promptLine(wanted.words + u' ' + Secrets::tr("[y/N]") + u' ');
    if (!line)
        return std::nullopt;
    const bool yes = line->trimmed().startsWith(u'y', Qt::CaseInsensitive);
    return yes ? u"yes"_s : u"no"_s;
}

} // namespace

std::optional<QString> promptLine(const QString &question)
{
    const core::Descriptor terminal = openTerminal();
    if (!terminal.isValid())
        return std::nullopt;
    show(terminal.get(), question);
    QByteArray line;
    for (char key = 0; ::read(terminal.get(), &key, 1) == 1 && line.size() < longestSecret;) {
        if (key == '\n')
            return QString::fromUtf8(line);
        line.append(key);
    }
    show(terminal.get(), u"\n"_s);
    return std::nullopt;
}

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
    show(terminal.get(), question);
    const std::optional<QByteArray> secret = readHidden(terminal.get());
    ::tcsetattr(terminal.get(), TCSAFLUSH, &before);
    show(terminal.get(), u"\n"_s);
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

bool Secrets::isOpen(quint64 number) const
{
    return std::ranges::contains(m_keeper.questions(), number, &core::SecretQuestion::number);
}

void Secrets::answer(const core::SecretQuestion &question)
{
    if (!isOpen(question.number)) // withdrawn before its turn came
        return;
    if (question.wanted.kind == core::SecretKind::Notice)
        return say(question.wanted.words + u'\n');
    if (question.reason == core::SecretQuestion::Reason::Refused)
        say(question.wanted.kind == core::SecretKind::Passphrase
                ? tr("The passphrase does not fit.") + u'\n'
                : tr("The password was not accepted.") + u'\n');
    const std::optional<QString> given = prompt(question.wanted);
    if (given)
        m_keeper.answer(question.number, *given, false);
    else
        m_keeper.decline(question.number);
}

} // namespace cli
