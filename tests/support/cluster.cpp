// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cluster.h"

#include "core/pq/connsecurity.h"
#include "tests/support/connection.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRandomGenerator>
#include <QSaveFile>

#include <cstdlib>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace test {

namespace {

bool answers(const ClusterFacts &facts)
{
    return Connection::tryConnect(socketKeywords(facts, u"postgres"_s, Role::Super)).has_value();
}

std::optional<ClusterFacts> clusterOfRun()
{
    for (qint64 pid = getppid(); pid > 1; pid = parentOf(pid)) {
        const std::optional<ClusterFacts> facts = readCluster(clusterFile(pid));
        if (facts && answers(*facts))
            return facts;
    }
    return std::nullopt;
}

ClusterFacts startCluster(const QString &file)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral(SLUICE_TEST_CLUSTER),
                  {u"start"_s, u"--owner"_s, QString::number(getpid()), u"--facts"_s, file});
    process.waitForFinished(120'000);
    const std::optional<ClusterFacts> facts = readCluster(file);
    if (process.exitCode() != 0 || !facts)
        qFatal("no PostgreSQL cluster: %s", process.readAll().constData());
    return *facts;
}

} // namespace

QByteArray ClusterFacts::user(Role role) const
{
    return role == Role::Super ? superuser : plainUser;
}

QByteArray ClusterFacts::password(Role role) const
{
    return role == Role::Super ? superPassword : plainPassword;
}

QString clusterFile(qint64 owner)
{
    return QStringLiteral(SLUICE_CLUSTER_DIR) + u"/cluster-%1.json"_s.arg(owner);
}

std::optional<ClusterFacts> readCluster(const QString &file)
{
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QJsonObject object = QJsonDocument::fromJson(in.readAll()).object();
    ClusterFacts facts;
    facts.folder = object["folder"_L1].toString();
    facts.socketFolder = object["socketFolder"_L1].toString();
    facts.port = quint16(object["port"_L1].toInt());
    facts.superuser = object["superuser"_L1].toString().toUtf8();
    facts.superPassword = object["superPassword"_L1].toString().toUtf8();
    facts.plainUser = object["plainUser"_L1].toString().toUtf8();
    facts.plainPassword = object["plainPassword"_L1].toString().toUtf8();
    facts.watchdog = object["watchdog"_L1].toInteger();
    facts.postmaster = object["postmaster"_L1].toInteger();
    // A test may be told to use another server than its run does.
    const bool isOfThesePrograms = object["programs"_L1].toString() == serverProgram({});
    if (facts.folder.isEmpty() || facts.port == 0 || !isOfThesePrograms)
        return std::nullopt;
    return facts;
}

bool writeCluster(const QString &file, const ClusterFacts &facts)
{
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly))
        return false;
    out.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    out.write(QJsonDocument(QJsonObject{
                                {"folder"_L1, facts.folder},
                                {"programs"_L1, serverProgram({})},
                                {"socketFolder"_L1, facts.socketFolder},
                                {"port"_L1, int(facts.port)},
                                {"superuser"_L1, QString::fromUtf8(facts.superuser)},
                                {"superPassword"_L1, QString::fromUtf8(facts.superPassword)},
                                {"plainUser"_L1, QString::fromUtf8(facts.plainUser)},
                                {"plainPassword"_L1, QString::fromUtf8(facts.plainPassword)},
                                {"watchdog"_L1, facts.watchdog},
                                {"postmaster"_L1, facts.postmaster},
                            })
                  .toJson());
    return out.commit();
}

const ClusterFacts &cluster()
{
    static const ClusterFacts facts = [] {
        std::optional<ClusterFacts> found = clusterOfRun();
        return found ? *found : startCluster(clusterFile(getpid()));
    }();
    return facts;
}

ClusterFacts newClusterFacts()
{
    ClusterFacts facts;
    facts.folder = QStringLiteral(SLUICE_CLUSTER_DIR) + u"/cluster-"_s + randomWord();
    if (!QDir().mkpath(facts.folder)
        || !QFile::setPermissions(facts.folder,
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        qFatal("cannot make %s", qPrintable(facts.folder));
    facts.socketFolder = shortFolder(u"slp"_s);
    facts.superuser = "postgres"_ba;
    facts.superPassword = randomWord().toUtf8();
    facts.plainUser = "plain"_ba;
    facts.plainPassword = randomWord().toUtf8();
    return facts;
}

QByteArray createPlainRole(const ClusterFacts &facts)
{
    return "CREATE ROLE " + facts.plainUser + " LOGIN PASSWORD '" + facts.plainPassword + '\'';
}

core::ConnKeywords tcpKeywords(const ClusterFacts &facts, const QString &database, Role role,
                               quint16 port)
{
    core::ConnInfo info;
    info.keywords = {{"host"_ba, "127.0.0.1"_ba},
                     {"port"_ba, QByteArray::number(port == 0 ? facts.port : port)},
                     {"dbname"_ba, database.toUtf8()},
                     {"user"_ba, facts.user(role)},
                     {"password"_ba, facts.password(role)}};
    return core::secured(info);
}

core::ConnKeywords socketKeywords(const ClusterFacts &facts, const QString &database, Role role)
{
    core::ConnInfo info;
    info.keywords = {{"host"_ba, facts.socketFolder.toUtf8()},
                     {"port"_ba, QByteArray::number(facts.port)},
                     {"dbname"_ba, database.toUtf8()},
                     {"user"_ba, facts.user(role)}};
    return core::secured(info);
}

QString tcpUrl(const ClusterFacts &facts, const QString &database, Role role, quint16 port)
{
    core::ConnInfo info;
    info.keywords = {{"host"_ba, "127.0.0.1"_ba},
                     {"port"_ba, QByteArray::number(port == 0 ? facts.port : port)},
                     {"dbname"_ba, database.toUtf8()},
                     {"user"_ba, facts.user(role)},
                     {"password"_ba, facts.password(role)}};
    return info.url(true);
}

qint64 parentOf(qint64 pid)
{
    // The second field may hold spaces and parentheses.
    QFile file(u"/proc/%1/stat"_s.arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = file.readAll();
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    return fields.size() > 1 ? fields[1].toLongLong() : 0;
}

quint16 freePort()
{
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    quint16 port = 0;
    if (bind(fd, reinterpret_cast<sockaddr *>(&address), size) == 0
        && getsockname(fd, reinterpret_cast<sockaddr *>(&address), &size) == 0)
        port = ntohs(address.sin_port);
    close(fd);
    if (port == 0)
        qFatal("no free TCP port on 127.0.0.1");
    return port;
}

QString shortFolder(const QString &prefix)
{
    // A socket's address holds 107 bytes; ".s.PGSQL.65535" and the random part need 30.
    for (const QString &base : {qEnvironmentVariable("XDG_RUNTIME_DIR"), u"/tmp"_s}) {
        if (base.isEmpty() || base.toUtf8().size() + prefix.size() > 70)
            continue;
        QByteArray pattern = QFile::encodeName(base + u'/' + prefix + u"-XXXXXX"_s);
        if (mkdtemp(pattern.data()) != nullptr)
            return QFile::decodeName(pattern);
    }
    qFatal("no folder for sockets in XDG_RUNTIME_DIR or /tmp");
}

QString randomWord()
{
    return QString::number(QRandomGenerator::system()->generate64(), 36);
}

QString serverProgram(const QString &name)
{
    return qEnvironmentVariable("SLUICE_PG_BINDIR", u"/usr/lib/postgresql/17/bin"_s) + u'/' + name;
}

} // namespace test
