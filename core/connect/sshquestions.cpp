// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/sshquestions.h"

#include "core/base/paths.h"
#include "core/connect/sshask.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSocketNotifier>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr int mostAtOnce = 8;
constexpr int mostTries = 3; ///< ssh's NumberOfPasswordPrompts, unless the user has set it

} // namespace

/// One program that ssh has started to ask something, while it waits for the answer.
class SshQuestion : public QObject
{
public:
    explicit SshQuestion(int fd)
        : socket(fd)
        , notifier(fd, QSocketNotifier::Read)
    {
    }

    Descriptor socket;
    QSocketNotifier notifier; ///< ends before the socket
    QByteArray received = {};
    QByteArray process = {}; ///< the ssh that asks
    SecretWanted wanted = {};
    bool asked = false;
};

SshQuestions::SshQuestions(SecretKeeper &keeper, QString host, QString place)
    : m_keeper(&keeper)
    , m_host(std::move(host))
    , m_place(std::move(place))
{
}

SshQuestions::~SshQuestions() = default;

Result<> SshQuestions::listen()
{
    const Result<QString> runtime = runtimeDirectory();
    if (!runtime)
        return std::unexpected(runtime.error());
    m_folder = std::make_unique<QTemporaryDir>(*runtime + u"/ssh-"_s); // made owner-only
    const QByteArray path = QFile::encodeName(m_folder->filePath(u"ask"_s));
    const auto fail = [&path](const QString &why) {
        return failure(ErrorKind::Local, "ssh.ask"_ba, tr("ssh cannot ask: %1").arg(why),
                       QFile::decodeName(path), tr("Set XDG_RUNTIME_DIR to a folder of yours."));
    };
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (!m_folder->isValid() || path.size() >= qsizetype(sizeof address.sun_path))
        return fail(tr("there is no folder for a socket."));
    if (!QFileInfo(QCoreApplication::applicationFilePath()).isExecutable())
        return fail(tr("this program's file is not there any more."));
    std::memcpy(address.sun_path, path.constData(), std::size_t(path.size()));
    m_socket = Descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const auto *generic = reinterpret_cast<const sockaddr *>(&address);
    if (!m_socket.isValid() || ::bind(m_socket.get(), generic, sizeof address) != 0
        || ::chmod(path.constData(), 0600) != 0 || ::listen(m_socket.get(), mostAtOnce) != 0)
        return fail(qt_error_string(errno));
    m_notifier = std::make_unique<QSocketNotifier>(m_socket.get(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &SshQuestions::take);
    return {};
}

void SshQuestions::addTo(QProcessEnvironment &environment) const
{
    environment.insert(u"SSH_ASKPASS"_s, QCoreApplication::applicationFilePath());
    environment.insert(u"SSH_ASKPASS_REQUIRE"_s, u"force"_s);
    environment.insert(QLatin1StringView(sshAskVariable), m_folder->filePath(u"ask"_s));
}

void SshQuestions::take()
{
    const int fd = ::accept4(m_socket.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd < 0)
        return;
    auto question = std::make_unique<SshQuestion>(fd);
    if (!isOwnPeer(fd) || m_open.size() >= mostAtOnce)
        return;
    SshQuestion *raw = question.get();
    connect(&raw->notifier, &QSocketNotifier::activated, this, [this, raw] { read(raw); });
    m_open.push_back(std::move(question));
}

/// Nothing more comes behind a question but its end: ssh takes a notice away so.
void SshQuestions::read(SshQuestion *question)
{
    char buffer[4096];
    const ssize_t got = ::recv(question->socket.get(), buffer, sizeof buffer, 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    question->received.append(buffer, qsizetype(std::max<ssize_t>(got, 0)));
    if (got <= 0 || question->received.size() > longestSshPrompt)
        return end(question);
    const QByteArrayList parts = question->received.split('\0');
    if (parts.size() != 4)
        return;
    question->process = parts[1];
    ask(question, parts[0], parts[2]);
}

void SshQuestions::ask(SshQuestion *question, const QByteArray &hint, const QByteArray &prompt)
{
    question->asked = true;
    question->received.clear();
    SecretWanted &wanted = question->wanted;
    wanted = readSshPrompt(hint, prompt);
    wanted.place = m_place;
    if (wanted.name.isEmpty())
        wanted.name = m_host;
    if (!m_keeper)
        return end(question);
    // The same ssh asks for the same again: the last answer was wrong. Another one, of a jump host,
    // may use the same key.
    const Given given = m_last.value(question->process + wanted.key.toUtf8());
    if (wanted.lasts() && given.times > 0)
        m_keeper->refused(wanted.key, given.secret);
    count();
    m_keeper->get(wanted, question).then(question, [this, question](const Result<QString> &answer) {
        answered(question, answer);
    });
}

void SshQuestions::answered(SshQuestion *question, const Result<QString> &answer)
{
    if (!isOpen(question))
        return;
    const SecretKind kind = question->wanted.kind;
    const bool nobody = !answer && answer.error().kind == ErrorKind::Consent;
    if (nobody && kind == SecretKind::Notice) { // and ssh goes on waiting, within its time
        question->asked = false;
        return count();
    }
    if (answer)
        give(question, *answer);
    // No is an answer too; and ssh itself has the better words for a host key that is not known.
    const bool goesOn =
        answer || kind == SecretKind::Permission || (nobody && kind == SecretKind::HostKey);
    end(question);
    if (!goesOn)
        emit declined(answer.error());
}

void SshQuestions::give(SshQuestion *question, const QString &answer)
{
    const SecretWanted &wanted = question->wanted;
    if (wanted.lasts()) {
        Given &given = m_last[question->process + wanted.key.toUtf8()];
        given = {.wanted = wanted, .secret = answer, .times = given.times + 1};
    }
    m_toServer =
        m_toServer || wanted.kind == SecretKind::SshPassword || wanted.kind == SecretKind::Code;
    m_onlyOnce = m_onlyOnce || wanted.kind == SecretKind::Code;
    QByteArray text = sshAnswerMark + answer.toUtf8();
    if (text.size() <= longestSshAnswer)
        ::send(question->socket.get(), text.constData(), std::size_t(text.size()), MSG_NOSIGNAL);
    ::explicit_bzero(text.data(), std::size_t(text.size()));
}

bool SshQuestions::isOpen(const SshQuestion *question) const
{
    return std::ranges::any_of(m_open,
                               [question](const auto &one) { return one.get() == question; });
}

void SshQuestions::end(SshQuestion *question)
{
    const auto found =
        std::ranges::find_if(m_open, [question](const auto &one) { return one.get() == question; });
    if (found == m_open.end())
        return;
    // It may be one of its own signals; the keeper's question is settled when it is gone.
    question->notifier.setEnabled(false);
    question->socket.reset();
    question->setParent(this);
    question->deleteLater();
    [[maybe_unused]] const SshQuestion *raw = found->release();
    m_open.erase(found);
    count();
}

void SshQuestions::count()
{
    const bool now = std::ranges::any_of(m_open, [](const auto &one) { return one->asked; });
    if (std::exchange(m_isWaiting, now) != now)
        emit waiting(now);
}

QString SshQuestions::wrongKey() const
{
    for (const Given &given : m_last) {
        if (given.wanted.kind == SecretKind::Passphrase && given.times >= mostTries)
            return given.wanted.name;
    }
    return {};
}

void SshQuestions::denied()
{
    for (const Given &given : m_last) {
        if (m_keeper && given.wanted.lasts())
            m_keeper->refused(given.wanted.key, given.secret);
    }
}

} // namespace core
