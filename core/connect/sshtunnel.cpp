// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/sshtunnel.h"

#include "core/base/logging.h"
#include "core/base/redact.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <array>
#include <csignal>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr int mostAttempts = 3; // the port may be taken between asking for it and using it
constexpr qsizetype mostLines = 20;
constexpr qsizetype longestLine = 4096;

/// Never looked up in PATH: a project's environment must not choose what runs.
QString sshProgram()
{
    for (const QString &place :
         {u"/usr/bin/ssh"_s, u"/usr/local/bin/ssh"_s, u"/bin/ssh"_s, u"/opt/homebrew/bin/ssh"_s}) {
        if (QFileInfo(place).isExecutable())
            return place;
    }
    return {};
}

quint16 freePort()
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    quint16 port = 0;
    if (fd >= 0 && ::bind(fd, generic, size) == 0 && ::getsockname(fd, generic, &size) == 0)
        port = ntohs(address.sin_port);
    if (fd >= 0)
        ::close(fd);
    return port;
}

QString bracketed(const QString &host)
{
    return host.contains(u':') ? u'[' + host + u']' : host;
}

QString after(const QString &line, QLatin1StringView words)
{
    const qsizetype at = line.indexOf(words);
    return at < 0 ? QString() : line.sliced(at + words.size()).trimmed();
}

QProcessEnvironment environmentOfSsh()
{
    // The agent, and what the user's own configuration may refer to; nothing of ours is secret, but
    // libpq's variables are no business of ssh.
    const QProcessEnvironment own = QProcessEnvironment::systemEnvironment();
    QProcessEnvironment environment;
    for (const QString &name :
         {u"HOME"_s, u"USER"_s, u"LOGNAME"_s, u"PATH"_s, u"LANG"_s, u"SSH_AUTH_SOCK"_s,
          u"SSH_AGENT_PID"_s, u"XDG_RUNTIME_DIR"_s, u"KRB5CCNAME"_s, u"DBUS_SESSION_BUS_ADDRESS"_s,
          u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"TMPDIR"_s}) {
        if (own.contains(name))
            environment.insert(name, own.value(name));
    }
    environment.insert(u"LC_ALL"_s, u"C"_s); // its causes are told apart by the system's words
    return environment;
}

} // namespace

QString TunnelTarget::text() const
{
    return bracketed(host) + u':' + QString::number(port);
}

SshTunnel::SshTunnel(TunnelTarget target, SshSetup setup, SecretKeeper *keeper, QObject *parent)
    : QObject(parent)
    , m_target(std::move(target))
    , m_setup(std::move(setup))
    , m_keeper(keeper)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        m_timedOut = true;
        killAll(); // ended() follows
    });
}

SshTunnel::~SshTunnel()
{
    stopProcess();
}

QStringList SshTunnel::arguments() const
{
    QStringList words{u"-N"_s, u"-T"_s, u"-x"_s, u"-a"_s, u"-v"_s};
    if (!m_setup.configFile.isEmpty())
        words << u"-F"_s << m_setup.configFile;
    words << u"-L"_s << u"127.0.0.1:%1:%2"_s.arg(QString::number(m_port), m_target.text());
    for (const QString &option :
         {u"ExitOnForwardFailure=yes"_s,
          // A master connection would hold the forwarding when this ssh has ended.
          u"ControlMaster=no"_s, u"ControlPath=none"_s, u"PermitLocalCommand=no"_s,
          u"RemoteCommand=none"_s, u"RequestTTY=no"_s, u"ConnectTimeout=15"_s,
          // A stalled network is noticed within a minute.
          u"ServerAliveInterval=15"_s, u"ServerAliveCountMax=3"_s})
        words << u"-o"_s << option;
    if (!m_questions)
        words << u"-o"_s << u"BatchMode=yes"_s;
    if (!m_target.hop.user.isEmpty())
        words << u"-l"_s << m_target.hop.user;
    if (m_target.hop.port != 0)
        words << u"-p"_s << QString::number(m_target.hop.port);
    return words << u"--"_s << m_target.hop.host;
}

QString SshTunnel::commandText(const TunnelTarget &target)
{
    QStringList words{
        u"ssh -N -L 127.0.0.1:5433:%1 -o ExitOnForwardFailure=yes"_s.arg(target.text())};
    if (!target.hop.user.isEmpty())
        words << u"-l"_s << target.hop.user;
    if (target.hop.port != 0)
        words << u"-p"_s << QString::number(target.hop.port);
    return (words << target.hop.host).join(u' ');
}

void SshTunnel::setState(State state)
{
    if (std::exchange(m_state, state) != state)
        emit stateChanged(state);
}

void SshTunnel::open()
{
    if (m_state == State::Starting)
        return;
    pull(); // it may have ended a moment ago
    if (m_state == State::Open) {
        QMetaObject::invokeMethod(this, &SshTunnel::opened, Qt::QueuedConnection);
        return;
    }
    m_attempt = 0;
    m_timedOut = false;
    m_triedAgain = false;
    m_waited = {};
    m_deadline.start(m_setup.timeout);
    setState(State::Starting);
    QMetaObject::invokeMethod(this, &SshTunnel::launch, Qt::QueuedConnection);
}

void SshTunnel::launch()
{
    // Closed meanwhile, and perhaps opened again: then the first of both has done it.
    if (m_state != State::Starting || m_process)
        return;
    const QString program = m_setup.program.isEmpty() ? sshProgram() : m_setup.program;
    const Result<> hop = checkHop(m_target.hop);
    if (program.isEmpty() || !hop) {
        m_deadline.stop();
        setState(State::Closed);
        emit failed(!hop ? hop.error()
                         : error("ssh.missing"_ba, tr("ssh is not installed."),
                                 tr("Install it: apt install openssh-client")));
        return;
    }
    ++m_attempt;
    m_port = freePort();
    m_said.clear();
    m_rest.clear();
    m_hostKey.clear();
    m_identity.clear();
    m_channel.clear();
    m_end.reset();
    m_declined.reset();
    m_keyKnown = false;
    m_listens = false;
    prepareQuestions();
    m_process = std::make_unique<QProcess>();
    configure(*m_process);
    connect(m_process.get(), &QProcess::readyReadStandardError, this, &SshTunnel::read);
    connect(m_process.get(), &QProcess::finished, this, &SshTunnel::ended);
    connect(m_process.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError what) {
        if (what == QProcess::FailedToStart)
            ended();
    });
    m_process->start(program, arguments());
}

void SshTunnel::configure(QProcess &process) const
{
    QProcessEnvironment environment = environmentOfSsh();
    if (m_questions)
        m_questions->addTo(environment);
    else
        environment.insert(u"SSH_ASKPASS_REQUIRE"_s, u"never"_s);
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(u"/"_s);
    process.setReadChannel(QProcess::StandardError);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setChildProcessModifier([parent = ::getpid()] {
        // Ctrl+C in a terminal cancels a statement, which needs the tunnel; and no ssh, not a jump
        // host's either, may ask at a terminal that is ours.
        ::setsid();
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (::getppid() != parent) // died in between
            ::_exit(127);
    });
}

void SshTunnel::prepareQuestions()
{
    m_questions.reset();
    if (!m_keeper)
        return;
    auto questions = std::make_unique<SshQuestions>(
        *m_keeper, m_target.hop.host,
        tr("ssh to %1, for %2").arg(m_target.hop.text(), m_target.text()));
    if (const Result<> listening = questions->listen(); !listening) {
        qCWarning(logConnect, "%s", qPrintable(listening.error().text()));
        return;
    }
    connect(questions.get(), &SshQuestions::declined, this, &SshTunnel::decline);
    connect(questions.get(), &SshQuestions::waiting, this, [this](bool on) {
        if (on)
            m_asking.start();
        else
            m_waited += std::chrono::milliseconds(m_asking.elapsed());
        if (m_state != State::Starting)
            return;
        if (on)
            m_deadline.stop();
        else
            m_deadline.start(m_setup.timeout);
    });
    m_questions = std::move(questions);
}

void SshTunnel::decline(const Error &error)
{
    m_declined = error;
    killAll(); // ended() follows
}

void SshTunnel::read()
{
    if (!m_process)
        return;
    m_rest += m_process->readAllStandardError();
    for (qsizetype end = m_rest.indexOf('\n'); end >= 0; end = m_rest.indexOf('\n')) {
        const QByteArray line = m_rest.first(end);
        m_rest.remove(0, end + 1);
        take(line);
    }
    if (m_rest.size() > longestLine)
        m_rest.clear(); // no line of ssh's own
}

/// What ssh has done by now, without going back to the event loop: it says why it refused a
/// connection before it closes it, and whoever lost that connection asks at once.
void SshTunnel::pull()
{
    if (m_process && m_state == State::Open)
        m_process->waitForReadyRead(0);
    read();
}

/// `-v` is how ssh tells that the port listens; its debug lines are read, not shown.
void SshTunnel::take(const QByteArray &raw)
{
    const QString line = oneLine(QString::fromUtf8(raw).trimmed());
    if (line.contains("open failed: "_L1)) {
        m_channel = after(line, "open failed: "_L1);
        return;
    }
    if (!line.startsWith("debug"_L1)) {
        if (!line.isEmpty() && !line.startsWith("OpenSSH_"_L1))
            m_said << redactedForLog(line);
        while (m_said.size() > mostLines)
            m_said.removeFirst();
        return;
    }
    if (const QString key = after(line, "Server host key: "_L1); !key.isEmpty())
        m_hostKey = key;
    else if (line.contains("is known and matches the"_L1))
        m_keyKnown = true;
    else if (const QString accepted = after(line, "Server accepts key: "_L1); !accepted.isEmpty())
        m_identity = accepted;
    else if (line.contains(u"Local forwarding listening on 127.0.0.1 port %1."_s.arg(m_port)))
        m_listens = true; // a jump host's ssh has a session of its own, before
    else if (line.contains("Entering interactive session"_L1) && m_listens
             && m_state == State::Starting) {
        m_deadline.stop();
        setState(State::Open);
        emit opened();
    }
}

QString SshTunnel::fact() const
{
    QStringList facts;
    if (m_keyKnown)
        facts << tr("Host key known");
    if (!m_identity.isEmpty()) {
        const QString file = m_identity.section(u' ', 0, 0);
        facts << (m_identity.contains(" agent"_L1)
                      ? tr("key from your agent")
                      : tr("by the key %1").arg(QFileInfo(file).fileName()));
    }
    return facts.join(u", "_s);
}

void SshTunnel::ended()
{
    if (!m_process)
        return;
    read();
    if (!m_rest.isEmpty())
        take(std::exchange(m_rest, {}));
    if (m_process->error() == QProcess::FailedToStart)
        m_said << m_process->errorString();
    QProcess *process = m_process.release(); // this may be one of its own signals
    process->disconnect(this);
    process->deleteLater();
    const bool taken = said().contains(u"cannot listen to port: %1"_s.arg(m_port))
                       || said().contains(u":%1: Address already in use"_s.arg(m_port));
    if (m_state == State::Starting && !m_timedOut) {
        if (taken && m_attempt < mostAttempts)
            return launch();
        if (isWorthAnother()) {
            m_triedAgain = true;
            m_deadline.start(m_setup.timeout);
            return launch();
        }
    }
    m_deadline.stop();
    const Error error = m_declined ? *m_declined : endError();
    if (m_questions && error.kind == ErrorKind::Authentication)
        m_questions->denied();
    m_questions.reset();
    const bool wasOpen = m_state == State::Open;
    m_end = error;
    setState(State::Closed);
    if (wasOpen)
        emit lost(error);
    else
        emit failed(error);
}

/// With what it has started: jump hosts, and who asks for it.
void SshTunnel::killAll()
{
    if (!m_process)
        return;
    if (const qint64 pid = m_process->processId(); pid > 0)
        ::kill(-pid_t(pid), SIGKILL); // a session of its own
    m_process->kill();
}

void SshTunnel::stopProcess()
{
    m_deadline.stop();
    m_questions.reset();
    if (!m_process)
        return;
    m_process->disconnect(this);
    killAll(); // it holds nothing that would want an orderly end
    m_process->waitForFinished(1000);
    m_process.reset();
}

void SshTunnel::close()
{
    stopProcess();
    setState(State::Closed);
}

} // namespace core
