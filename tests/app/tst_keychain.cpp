// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keychainsecretstore.h"

#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;

/// What happens without a keychain: every call says so, and nothing is written anywhere.
class TestKeychain : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void noSession();
    void sessionWithoutService();

private:
    void checkUnavailable();
    QTemporaryDir m_home;
};

void TestKeychain::initTestCase()
{
    for (const char *name : {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"})
        qputenv(name, QFile::encodeName(m_home.path()));
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    qunsetenv("DISPLAY");
}

void TestKeychain::checkUnavailable()
{
    app::KeychainSecretStore store;
    const auto read = store.read(u"7"_s);
    QTRY_VERIFY_WITH_TIMEOUT(read.isFinished(), 60'000);
    QVERIFY(!read.result());
    QCOMPARE(read.result().error().id, "secret.unavailable"_ba);
    QVERIFY(!read.result().error().advice.isEmpty());
    const auto written = store.write(u"7"_s, u"canary-4711"_s);
    QTRY_VERIFY_WITH_TIMEOUT(written.isFinished(), 60'000);
    QVERIFY(!written.result());
    QVERIFY(!written.result().error().text().contains(u"canary"_s));
    const auto removed = store.remove(u"7"_s);
    QTRY_VERIFY_WITH_TIMEOUT(removed.isFinished(), 60'000);
    QVERIFY(!removed.result());
    QDirIterator files(m_home.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains("canary-4711"), qPrintable(file.fileName()));
    }
}

void TestKeychain::noSession()
{
    checkUnavailable();
}

/// After the one above: libraries look for the session bus once.
void TestKeychain::sessionWithoutService()
{
    QFile config(m_home.filePath(u"bus.conf"_s));
    QVERIFY(config.open(QIODevice::WriteOnly));
    // No folder of services: nothing can be started on it.
    config.write(
        "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\""
        " \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\"><busconfig>"
        "<type>session</type><listen>unix:dir=/tmp</listen><policy context=\"default\">"
        "<allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>"
        "<allow own=\"*\"/></policy></busconfig>");
    config.close();
    QProcess bus;
    bus.start(u"/usr/bin/dbus-daemon"_s, {u"--config-file"_s, config.fileName(), u"--nofork"_s,
                                          u"--nopidfile"_s, u"--print-address"_s});
    QByteArray address;
    QTRY_VERIFY((address += bus.readAllStandardOutput()).contains('\n'));
    qputenv("DBUS_SESSION_BUS_ADDRESS", address.trimmed());
    checkUnavailable();
    bus.kill();
    bus.waitForFinished();
}

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
