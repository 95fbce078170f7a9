// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testauthority.h"

#include "tests/support/connection.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QProcess>

using namespace Qt::StringLiterals;

namespace test {

namespace {

void openssl(const QStringList &arguments, const QString &folder)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(u"/usr/bin/openssl"_s, arguments);
    if (!process.waitForFinished(60'000) || process.exitCode() != 0)
        qFatal("openssl %s: %s", qPrintable(arguments.join(u' ')), process.readAll().constData());
}

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(path));
}

QString day(int fromToday)
{
    return QDateTime::currentDateTimeUtc().addDays(fromToday).toString(u"yyyyMMddHHmmss'Z'"_s);
}

/// Until a new session sees what the postmaster has read.
void reload(PrivateCluster &cluster)
{
    const core::ConnKeywords keywords = socketKeywords(cluster.facts(), u"postgres"_s, Role::Super);
    const QByteArray before = Connection(keywords).value("select pg_conf_load_time()");
    Connection(keywords).exec("select pg_reload_conf()");
    while (Connection(keywords).value("select pg_conf_load_time()") == before) {
    }
}

QByteArray quoted(const QString &path)
{
    return '\'' + QFile::encodeName(path) + '\'';
}

} // namespace

TestAuthority::TestAuthority(const QString &name)
    : m_folder(shortFolder(u"ca"_s))
{
    openssl({u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s,
             u"ec_paramgen_curve:prime256v1"_s, u"-nodes"_s, u"-subj"_s, u"/CN="_s + name,
             u"-days"_s, u"30"_s, u"-keyout"_s, u"root.key"_s, u"-out"_s, u"root.pem"_s},
            m_folder);
}

TestAuthority::~TestAuthority()
{
    QDir(m_folder).removeRecursively();
}

TestAuthority::Issued TestAuthority::issue(const QString &commonName, const QString &names,
                                           bool expired) const
{
    const QString stem = randomWord();
    openssl({u"req"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:prime256v1"_s,
             u"-nodes"_s, u"-subj"_s, u"/CN="_s + commonName, u"-keyout"_s, stem + u".key"_s,
             u"-out"_s, stem + u".csr"_s},
            m_folder);
    const QString extensions = m_folder + u'/' + stem + u".ext"_s;
    write(extensions, names.isEmpty() ? QByteArray("basicConstraints=CA:FALSE\n")
                                      : "subjectAltName=" + names.toUtf8() + '\n');
    openssl({u"x509"_s, u"-req"_s, u"-in"_s, stem + u".csr"_s, u"-CA"_s, u"root.pem"_s, u"-CAkey"_s,
             u"root.key"_s, u"-CAcreateserial"_s, u"-not_before"_s, day(-3), u"-not_after"_s,
             day(expired ? -1 : 20), u"-extfile"_s, extensions, u"-out"_s, stem + u".pem"_s},
            m_folder);
    Issued issued{m_folder + u'/' + stem + u".pem"_s, m_folder + u'/' + stem + u".key"_s};
    QFile::setPermissions(issued.key, QFile::ReadOwner | QFile::WriteOwner);
    return issued;
}

void useCertificate(PrivateCluster &cluster, const TestAuthority::Issued &issued,
                    const QString &clientRoot)
{
    Connection super(socketKeywords(cluster.facts(), u"postgres"_s, Role::Super));
    super.exec("alter system set ssl_cert_file = " + quoted(issued.cert));
    super.exec("alter system set ssl_key_file = " + quoted(issued.key));
    super.exec("alter system set ssl_ca_file = " + quoted(clientRoot));
    super.exec("alter system set ssl = on");
    reload(cluster);
}

void switchTlsOff(PrivateCluster &cluster)
{
    Connection(socketKeywords(cluster.facts(), u"postgres"_s, Role::Super))
        .exec("alter system set ssl = off");
    reload(cluster);
}

void setHostRules(PrivateCluster &cluster, const QByteArray &lines)
{
    const QString path = cluster.facts().folder + u"/data/pg_hba.conf"_s;
    const QString original = path + u".original"_s;
    if (!QFile::exists(original) && !QFile::copy(path, original))
        qFatal("cannot copy %s", qPrintable(path));
    QFile file(original);
    const QByteArray before = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    write(path, lines + '\n' + before);
    reload(cluster);
}

} // namespace test
