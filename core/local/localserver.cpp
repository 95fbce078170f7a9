// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/local/localserver.h"

#include "core/base/atomicfile.h"
#include "core/base/descriptor.h"
#include "core/base/paths.h"
#include "core/local/serverfiles.h"
#include "core/local/serverlock.h"
#include "core/local/tools.h"
#include "core/pq/quoting.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QRandomGenerator>

#include <array>
#include <cerrno>
#include <csignal>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr int startLimit = 60'000; // milliseconds; crash recovery of a big cluster takes its time
constexpr int stopLimit = 30'000;
constexpr int tick = 20;

QString tr(const char *text)
{
    return QCoreApplication::translate("core::LocalServer", text);
}

QString randomWord(int characters)
{
    static constexpr auto alphabet = "abcdefghijklmnopqrstuvwxyz0123456789"_L1;
    QString word;
    for (int i = 0; i < characters; ++i)
        word += QChar(alphabet[QRandomGenerator::system()->bounded(int(alphabet.size()))]);
    return word;
}

/// A name that needs no quoting anywhere, from the folder's.
QString plainName(const QString &folder)
{
    constexpr qsizetype longest = 40;
    QString name;
    for (const QChar c : QDir(folder).dirName().toLower()) {
        const bool plain = (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9');
        if (plain)
            name += c;
        else if (!name.endsWith(u'_'))
            name += u'_';
    }
    name = name.left(longest);
    while (name.startsWith(u'_') || (!name.isEmpty() && name.front().isDigit()))
        name.removeFirst();
    while (name.endsWith(u'_'))
        name.chop(1);
    const QStringList taken{u"postgres"_s, u"template0"_s, u"template1"_s, u"public"_s,
                            u"pgbouncer"_s};
    const bool reserved = taken.contains(name) || name.startsWith(u"pg_"_s) || name.size() < 2;
    return reserved ? u"app"_s : name;
}

sockaddr_in loopback(quint16 port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/// Listens on 127.0.0.1, on any port for 0; not valid, with errno set, where that is not possible.
Descriptor listenOn(quint16 port)
{
    Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int yes = 1; // what a server that has just ended left behind does not count
    const sockaddr_in address = loopback(port);
    const auto *name = reinterpret_cast<const sockaddr *>(&address);
    if (socket.isValid()
        && (::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0
            || ::bind(socket.get(), name, sizeof address) != 0 || ::listen(socket.get(), 1) != 0)) {
        const int reason = errno;
        socket.reset();
        errno = reason;
    }
    return socket;
}

/// 0 where it has none.
quint16 portOf(const Descriptor &socket)
{
    sockaddr_in address{};
    socklen_t size = sizeof address;
    if (::getsockname(socket.get(), reinterpret_cast<sockaddr *>(&address), &size) != 0)
        return 0;
    return ntohs(address.sin_port);
}

/// Whether somebody takes a connection there within the time.
bool answers(quint16 port, int milliseconds)
{
    const Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const sockaddr_in address = loopback(port);
    const auto *name = reinterpret_cast<const sockaddr *>(&address);
    if (::connect(socket.get(), name, sizeof address) == 0)
        return true;
    pollfd item{socket.get(), POLLOUT, 0};
    if (errno != EINPROGRESS || ::poll(&item, 1, milliseconds) != 1)
        return false;
    int error = 0;
    socklen_t size = sizeof error;
    return ::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0;
}

Result<std::array<quint16, 2>> freePorts()
{
    const Descriptor first = listenOn(0);
    const Descriptor second = listenOn(0); // both held at once, so that they differ
    if (!first.isValid() || !second.isValid()) {
        return failure(ErrorKind::Local, "local.noPort"_ba,
                       tr("There is no free port on 127.0.0.1."), qt_error_string(errno));
    }
    return std::array{portOf(first), portOf(second)};
}

Result<> checkPortIsFree(quint16 port)
{
    if (listenOn(port).isValid())
        return {};
    return failure(ErrorKind::Local, "local.portTaken"_ba,
                   tr("Another program listens on the port of the local server."),
                   u"127.0.0.1:%1"_s.arg(port),
                   tr("Stop that program, or make the local database anew."));
}

QByteArray postgresSettings(const LocalInstance &instance)
{
    return "\n# Written by Sluice.\n"
           "listen_addresses = '127.0.0.1'\n"
           "port = "
           + QByteArray::number(instance.port)
           + "\nunix_socket_permissions = 0700\n"
             "password_encryption = 'scram-sha-256'\n"
             "max_connections = 60\n"
             "wal_level = logical\n"
             "log_destination = 'stderr'\n"
             "logging_collector = off\n"
             "log_min_error_statement = 'panic'\n"; // statements may hold secrets
}

/// The socket lies in a folder that only its owner may enter, which is the authentication; TCP
/// needs SCRAM.
QByteArray hostRules()
{
    return "# Written by Sluice.\n"
           "local all all trust\n"
           "host all all 127.0.0.1/32 scram-sha-256\n"
           "host replication all 127.0.0.1/32 scram-sha-256\n";
}

QByteArray poolerSettings(const LocalInstance &instance, const ServerFiles &files)
{
    return "; Written by Sluice.\n[databases]\n* = host=127.0.0.1 port="
           + QByteArray::number(instance.port)
           + "\n\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = "
           + QByteArray::number(instance.poolerPort)
           + "\nunix_socket_dir =\nauth_type = scram-sha-256\nauth_file = "
           + files.poolerUsers().toUtf8()
           + "\npool_mode = transaction\nmax_prepared_statements = 200\ndefault_pool_size = 10\n"
             "max_client_conn = 200\nignore_startup_parameters = extra_float_digits\npidfile = "
           + files.poolerPidFile().toUtf8() + "\nlog_connections = 0\nlog_disconnections = 0\n";
}

/// Called with the lock held, so that no process of the server is left. A number in the file of a
/// killed server may belong to somebody else by now, or to a process that nobody has reaped yet;
/// PostgreSQL would refuse to start.
void removeStaleFiles(const ServerFiles &files, const QString &socketDirectory, quint16 port)
{
    const pid_t named = files.postmasterPid();
    const QString place = QFile::symLinkTarget(u"/proc/%1/cwd"_s.arg(named));
    if (named > 0 && place == QFileInfo(files.data()).canonicalFilePath())
        return; // somebody started it by hand, without the lock: PostgreSQL says so itself
    const QString socket = u"%1/.s.PGSQL.%2"_s.arg(socketDirectory).arg(port);
    for (const QString &file :
         {files.data() + u"/postmaster.pid"_s, socket, QString(socket + u".lock"_s)})
        QFile::remove(file);
}

/// The status file of a server that was killed says "ready" too, so the process it names must be
/// there, and be the one that was just started where that is known.
bool isReady(const ServerFiles &files, pid_t started)
{
    const pid_t named = files.postmasterPid();
    return files.postmasterStatus() == "ready" && named > 0 && (started == 0 || named == started)
           && ::kill(named, 0) == 0;
}

/// `started` is the process that this program has just started; 0 = another one did.
Result<> waitUntilReady(const ServerFiles &files, pid_t started)
{
    const ProcessWatch server(started);
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < startLimit) {
        if (isReady(files, started))
            return {};
        if (started == 0) {
            ::poll(nullptr, 0, tick); // nothing to watch: the process is not ours, or not there yet
        } else if (server.waitForEnd(tick)) {
            return failure(ErrorKind::Local, "local.startFailed"_ba,
                           tr("The local PostgreSQL ended at once."), files.postgresLog(),
                           ServerFiles::tail(files.postgresLog()));
        }
    }
    return failure(ErrorKind::Timeout, "local.startFailed"_ba,
                   tr("The local PostgreSQL does not take connections after a minute."),
                   files.postgresLog(), ServerFiles::tail(files.postgresLog()));
}

Result<> waitUntilListening(quint16 port, const ProcessWatch &server, const ServerFiles &files)
{
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < startLimit) {
        if (answers(port, tick * 10))
            return {};
        if (server.waitForEnd(tick))
            break;
    }
    return failure(ErrorKind::Local, "local.poolerFailed"_ba,
                   tr("The local PgBouncer did not start."), files.poolerLog(),
                   ServerFiles::tail(files.poolerLog()));
}

/// Ends a server by `number` and, when it does not listen, by `hard`. The pid file is trusted only
/// while the lock is held.
Result<> endServer(const QString &lock, pid_t pid, int number, int hard)
{
    if (!ServerLock::isHeld(lock))
        return {};
    const ProcessWatch server(pid);
    if (server.isValid() && server.signal(number) && !server.waitForEnd(stopLimit)) {
        (void)server.signal(hard); // whether it has ended is asked of the lock below
        (void)server.waitForEnd(stopLimit);
    }
    if (!ServerLock::isHeld(lock))
        return {};
    return failure(ErrorKind::Local, "local.stopFailed"_ba, tr("The local server did not stop."),
                   lock);
}

} // namespace

LocalServer::LocalServer(LocalStore store, LocalProgress progress)
    : m_store(std::move(store))
    , m_progress(std::move(progress))
{
}

void LocalServer::report(const QString &step) const
{
    if (m_progress)
        m_progress(step);
}

Result<LocalInstance> LocalServer::create(const QString &projectFolder)
{
    if (auto made = makePrivateDirectory(m_store.directory()); !made)
        return std::unexpected(made.error());
    ServerLock lock(m_store.directory() + u"/create.lock"_s);
    if (!lock.tryAcquire())
        return failure(ErrorKind::Local, "local.busy"_ba,
                       tr("Another local database is being made just now."));
    if (const auto existing = m_store.find(projectFolder)) {
        return failure(ErrorKind::Local, "local.exists"_ba,
                       tr("This folder has a local database already."), projectFolder,
                       tr("Start it with: sluicectl local start"));
    }
    const auto ports = freePorts();
    if (!ports)
        return std::unexpected(ports.error());
    LocalInstance instance;
    instance.id = randomWord(8);
    instance.folder = projectFolder;
    instance.database = plainName(projectFolder);
    instance.user = instance.database;
    instance.password = randomWord(32);
    std::tie(instance.port, instance.poolerPort) = std::tuple((*ports)[0], (*ports)[1]);
    instance.created = QDateTime::currentDateTimeUtc();

    const auto built = build(instance);
    if (!built) {
        (void)stop(
            instance); // the error of the failed step matters more than one of the cleaning up
        QDir(m_store.directoryOf(instance.id)).removeRecursively();
        return std::unexpected(built.error());
    }
    return instance;
}

Result<> LocalServer::build(const LocalInstance &instance)
{
    const ServerFiles files(m_store.directoryOf(instance.id));
    report(tr("Creating the cluster"));
    if (auto made = makePrivateDirectory(files.directory()); !made)
        return made;
    if (auto made = makeCluster(instance); !made)
        return made;
    if (auto started = startPostgres(instance); !started)
        return started;
    report(tr("Creating the role and the database"));
    const auto verifier = makeDatabase(instance);
    if (!verifier)
        return std::unexpected(verifier.error());
    // The same SCRAM verifier on both sides lets PgBouncer log in with the client's own proof: no
    // password on disk.
    const QByteArray users = '"' + instance.user.toUtf8() + "\" \"" + *verifier + "\"\n";
    if (auto written = writeFileAtomically(files.poolerUsers(), users); !written)
        return written;
    if (auto written = writeFileAtomically(files.poolerConfig(), poolerSettings(instance, files));
        !written)
        return written;
    if (auto started = startPooler(instance); !started)
        return started;
    return m_store.save(instance);
}

Result<> LocalServer::makeCluster(const LocalInstance &instance)
{
    const auto tools = findServerTools();
    if (!tools)
        return std::unexpected(tools.error());
    const ServerFiles files(m_store.directoryOf(instance.id));
    QStringList arguments{u"-D"_s,           files.data(),   u"-U"_s,
                          u"postgres"_s,     u"-E"_s,        u"UTF8"_s,
                          u"--auth=trust"_s, u"--no-sync"_s, u"--locale=C.UTF-8"_s};
    if (tools->majorVersion >= 17)
        arguments << u"--locale-provider=builtin"_s << u"--builtin-locale=C.UTF-8"_s;
    if (const auto made = runTool(tools->directory + u"/initdb"_s, arguments, {},
                                  "local.initFailed"_ba, tr("The cluster cannot be created."));
        !made)
        return std::unexpected(made.error());
    QFile settings(files.data() + u"/postgresql.conf"_s);
    if (!settings.open(QIODevice::Append) || settings.write(postgresSettings(instance)) < 0
        || !settings.flush()) {
        return failure(ErrorKind::Local, "local.initFailed"_ba, settings.errorString(),
                       settings.fileName());
    }
    return writeFileAtomically(files.data() + u"/pg_hba.conf"_s, hostRules());
}

Result<QByteArray> LocalServer::makeDatabase(const LocalInstance &instance)
{
    const auto role = quotedIdentifier(instance.user);
    const auto database = quotedIdentifier(instance.database);
    const auto password = quotedLiteral(instance.password);
    const auto roleText = quotedLiteral(instance.user);
    for (const auto *part : {&role, &database, &password, &roleText}) {
        if (!*part)
            return std::unexpected(part->error());
    }
    const QByteArray sql = "CREATE ROLE " + *role + " LOGIN CREATEDB PASSWORD " + *password
                           + ";\nCREATE DATABASE " + *database + " OWNER " + *role
                           + ";\n\\pset tuples_only on\n\\pset format unaligned\n"
                             "SELECT rolpassword FROM pg_authid WHERE rolname = "
                           + *roleText + ";\n";
    const auto verifier = psql(instance, {u"-U"_s, u"postgres"_s, u"-d"_s, u"postgres"_s}, sql,
                               "local.initFailed"_ba, tr("The database cannot be created."));
    if (!verifier)
        return std::unexpected(verifier.error());
    return verifier->trimmed();
}

Result<QByteArray> LocalServer::psql(const LocalInstance &instance, const QStringList &arguments,
                                     const QByteArray &sql, const QByteArray &errorId,
                                     const QString &what)
{
    const auto tools = findServerTools();
    if (!tools)
        return std::unexpected(tools.error());
    const auto socket = m_store.socketDirectory(instance);
    if (!socket)
        return std::unexpected(socket.error());
    const QStringList common{u"-X"_s, u"-q"_s, u"-v"_s, u"ON_ERROR_STOP=1"_s,
                             u"-h"_s, *socket, u"-p"_s, QString::number(instance.port),
                             u"-f"_s, u"-"_s};
    return runTool(tools->directory + u"/psql"_s, common + arguments, sql, errorId, what);
}

Result<> LocalServer::start(const LocalInstance &instance)
{
    if (auto started = startPostgres(instance); !started)
        return started;
    return startPooler(instance);
}

Result<> LocalServer::startPostgres(const LocalInstance &instance)
{
    const ServerFiles files(m_store.directoryOf(instance.id));
    ServerLock lock(files.postgresLock());
    if (!lock.tryAcquire()) {
        // Somebody holds it: the server runs, or another program is just starting it.
        return waitUntilReady(files, 0);
    }
    const auto tools = findServerTools();
    if (!tools)
        return std::unexpected(tools.error());
    if (auto free = checkPortIsFree(instance.port); !free)
        return free;
    const auto socket = m_store.socketDirectory(instance);
    if (!socket)
        return std::unexpected(socket.error());
    report(tr("Starting PostgreSQL"));
    removeStaleFiles(files, *socket, instance.port);
    const auto pid =
        startServer(tools->directory + u"/postgres"_s, {u"-D"_s, files.data(), u"-k"_s, *socket},
                    files.data(), files.postgresLog(), lock.descriptor());
    if (!pid)
        return std::unexpected(pid.error());
    return waitUntilReady(files, *pid);
}

Result<> LocalServer::startPooler(const LocalInstance &instance)
{
    const ServerFiles files(m_store.directoryOf(instance.id));
    ServerLock lock(files.poolerLock());
    if (!lock.tryAcquire()) {
        const ProcessWatch server(files.poolerPid());
        return waitUntilListening(instance.poolerPort, server, files);
    }
    const auto tools = findServerTools();
    if (!tools)
        return std::unexpected(tools.error());
    if (auto free = checkPortIsFree(instance.poolerPort); !free)
        return free;
    QFile::remove(files.poolerPidFile()); // nobody holds the lock, so it is left over from a crash
    report(tr("Starting PgBouncer"));
    const auto pid = startServer(tools->pgbouncer, {files.poolerConfig()}, files.directory(),
                                 files.poolerLog(), lock.descriptor());
    if (!pid)
        return std::unexpected(pid.error());
    const ProcessWatch server(*pid);
    return waitUntilListening(instance.poolerPort, server, files);
}

Result<> LocalServer::stop(const LocalInstance &instance)
{
    const ServerFiles files(m_store.directoryOf(instance.id));
    report(tr("Stopping PgBouncer"));
    // SIGTERM would wait for every client to leave, our own idle ones too (PgBouncer 1.23 and
    // newer).
    if (auto ended = endServer(files.poolerLock(), files.poolerPid(), SIGQUIT, SIGKILL); !ended)
        return ended;
    report(tr("Stopping PostgreSQL"));
    return endServer(files.postgresLock(), files.postmasterPid(), SIGINT, SIGQUIT);
}

Result<> LocalServer::runSql(const LocalInstance &instance, const QByteArray &sql)
{
    const auto ran = psql(instance, {u"-1"_s, u"-U"_s, instance.user, u"-d"_s, instance.database},
                          sql, "local.sqlFailed"_ba, tr("The SQL was rolled back."));
    if (!ran)
        return std::unexpected(ran.error());
    return {};
}

} // namespace core
