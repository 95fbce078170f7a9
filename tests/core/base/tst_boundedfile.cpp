// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/boundedfile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

class TestBoundedFile : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void reads_data();
    void reads();
    void refuses();
    void limits();
    void readsFilesThatSayTheyAreEmpty();
    void staysBeneath_data();
    void staysBeneath();
    void folderMayBeALink();
    void decodes_data();
    void decodes();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestBoundedFile::reads_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << ""_ba;
    QTest::newRow("text") << "A=1\n"_ba;
    QTest::newRow("zero bytes") << QByteArray("a\0b", 3);
    QTest::newRow("longer than a page") << QByteArray(100'000, 'x');
}

void TestBoundedFile::reads()
{
    QFETCH(QByteArray, bytes);
    write(u"f"_s, bytes);
    const auto read = core::readBoundedFile(path(u"f"_s), core::largestEnvFile);
    QVERIFY(read);
    QCOMPARE(*read, bytes);
    QCOMPARE(core::readFileBeneath(m_folder->path(), u"f"_s, core::largestEnvFile).value(), bytes);
}

void TestBoundedFile::refuses()
{
    const auto idOf = [](const QString &file) {
        const auto read = core::readBoundedFile(file, 100);
        return read ? QByteArray() : read.error().id;
    };
    QCOMPARE(idOf(path(u"missing"_s)), "file.missing"_ba);
    QCOMPARE(idOf(path(u"missing/f"_s)), "file.missing"_ba);
    QCOMPARE(idOf(m_folder->path()), "file.notRegular"_ba);
    QCOMPARE(idOf(u"/dev/zero"_s), "file.notRegular"_ba);
    write(u"secret"_s, "x"_ba);
    QVERIFY(QFile::link(path(u"secret"_s), path(u"link"_s)));
    QCOMPARE(idOf(path(u"link"_s)), "file.symlink"_ba);
    // A FIFO that nobody writes to must not hold us.
    QCOMPARE(::mkfifo(QFile::encodeName(path(u"fifo"_s)).constData(), 0600), 0);
    QCOMPARE(idOf(path(u"fifo"_s)), "file.notRegular"_ba);
    QCOMPARE(::chmod(QFile::encodeName(path(u"secret"_s)).constData(), 0), 0);
    QCOMPARE(idOf(path(u"secret"_s)), "file.permission"_ba);
    // A name does not end at a zero character.
    write(u"f"_s, "x"_ba);
    QCOMPARE(idOf(path(u"f"_s) + QChar(u'\0') + u'x'), "file.missing"_ba);
    const auto missing = core::readBoundedFile(path(u"missing"_s), 100);
    QCOMPARE(missing.error().place, path(u"missing"_s));
    QCOMPARE(missing.error().kind, core::ErrorKind::Local);
}

void TestBoundedFile::limits()
{
    write(u"f"_s, QByteArray(100, 'x'));
    QVERIFY(core::readBoundedFile(path(u"f"_s), 100));
    QCOMPARE(core::readBoundedFile(path(u"f"_s), 99).error().id, "file.tooBig"_ba);
    QCOMPARE(core::readFileBeneath(m_folder->path(), u"f"_s, 99).error().id, "file.tooBig"_ba);
    // Nothing of a huge sparse file is read.
    QVERIFY(QFile::resize(path(u"f"_s), qint64(10) << 30));
    QCOMPARE(core::readBoundedFile(path(u"f"_s), core::largestSqlFile).error().id,
             "file.tooBig"_ba);
}

void TestBoundedFile::readsFilesThatSayTheyAreEmpty()
{
    const auto read = core::readBoundedFile(u"/proc/self/status"_s, core::largestEnvFile);
    QVERIFY(read);
    QVERIFY(read->contains("Pid:"));
    QCOMPARE(core::readBoundedFile(u"/proc/self/status"_s, 10).error().id, "file.tooBig"_ba);
}

void TestBoundedFile::staysBeneath_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("plain") << u"inside/deep/f"_s << ""_ba;
    QTest::newRow("missing") << u"inside/nothing"_s << "file.missing"_ba;
    QTest::newRow("file as a folder") << u"inside/deep/f/g"_s << "file.missing"_ba;
    QTest::newRow("up") << u"../f"_s << "file.missing"_ba;
    QTest::newRow("up inside") << u"inside/../inside/deep/f"_s << "file.missing"_ba;
    QTest::newRow("dot") << u"./inside/deep/f"_s << "file.missing"_ba;
    QTest::newRow("absolute") << u"/etc/hostname"_s << "file.missing"_ba;
    QTest::newRow("double slash") << u"inside//deep/f"_s << "file.missing"_ba;
    QTest::newRow("empty") << u""_s << "file.missing"_ba;
    QTest::newRow("link to a folder") << u"out/f"_s << "file.symlink"_ba;
    QTest::newRow("link to a folder inside") << u"in/f"_s << "file.symlink"_ba;
    QTest::newRow("link to a file") << u"inside/link"_s << "file.symlink"_ba;
    QTest::newRow("folder") << u"inside/deep"_s << "file.notRegular"_ba;
}

void TestBoundedFile::staysBeneath()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, id);
    const QTemporaryDir other;
    QVERIFY(QDir().mkpath(path(u"inside/deep"_s)));
    write(u"inside/deep/f"_s, "x"_ba);
    QVERIFY(QFile::link(other.path(), path(u"out"_s)));
    QVERIFY(QFile::link(path(u"inside/deep"_s), path(u"in"_s)));
    QVERIFY(QFile::link(path(u"inside/deep/f"_s), path(u"inside/link"_s)));
    const auto read = core::readFileBeneath(m_folder->path(), name, 100);
    QCOMPARE(read ? QByteArray() : read.error().id, id);
}

void TestBoundedFile::folderMayBeALink()
{
    // The person chose that path.
    QVERIFY(QDir().mkpath(path(u"real"_s)));
    write(u"real/f"_s, "x"_ba);
    QVERIFY(QFile::link(path(u"real"_s), path(u"chosen"_s)));
    QCOMPARE(core::readFileBeneath(path(u"chosen"_s), u"f"_s, 100).value(), "x"_ba);
    QCOMPARE(core::readFileBeneath(path(u"nowhere"_s), u"f"_s, 100).error().id, "file.missing"_ba);
}

void TestBoundedFile::decodes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("complaint");
    QTest::newRow("plain") << "é"_ba << u"é"_s << QString();
    QTest::newRow("byte order mark") << "\xef\xbb\xbfx"_ba << u"x"_s << QString();
    QTest::newRow("Latin 1") << "one\ntwo caf\xe9 x\n"_ba << QString() << u"Line 2"_s;
    QTest::newRow("first byte") << "\xff"_ba << QString() << u"byte 1 "_s;
    QTest::newRow("UTF-16") << QByteArray("\xff\xfe"
                                          "a\0",
                                          4)
                            << QString() << u"Line 1"_s;
    QTest::newRow("cut off") << "abc\xc3"_ba << QString() << u"byte 4 "_s;
}

void TestBoundedFile::decodes()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    QFETCH(QString, complaint);
    const auto decoded = core::decodedText(bytes, u"f"_s);
    QCOMPARE(decoded.has_value(), complaint.isEmpty());
    if (decoded) {
        QCOMPARE(*decoded, text);
        return;
    }
    QCOMPARE(decoded.error().id, "file.notUtf8"_ba);
    QVERIFY2(decoded.error().message.contains(complaint), qPrintable(decoded.error().message));
}

QTEST_GUILESS_MAIN(TestBoundedFile)
#include "tst_boundedfile.moc"
