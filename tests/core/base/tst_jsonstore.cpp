// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/jsonstore.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;
using core::JsonStore;

class TestJsonStore : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void beginsEmpty();
    void keepsWhatIsUpdated();
    void writesNothingWithoutAChange();
    void failedChangeWritesNothing();
    void brokenIsNotOverwritten_data();
    void brokenIsNotOverwritten();
    void newerIsRefused();
    void olderIsHandedOut();
    void folderCannotBeMade();
    void twoProgramsLoseNothing();

private:
    QString file() const { return m_folder->filePath(u"deep/er/store.json"_s); }
    void write(const QByteArray &bytes) const
    {
        QVERIFY(QDir().mkpath(QFileInfo(file()).path()));
        QFile out(file());
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(bytes);
    }
    QByteArray content() const
    {
        QFile in(file());
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

core::Result<> setAnswer(QJsonObject &object)
{
    object["answer"_L1] = 42;
    return {};
}

} // namespace

void TestJsonStore::beginsEmpty()
{
    const JsonStore store(file(), 1);
    const auto object = store.read();
    QVERIFY(object);
    QVERIFY(object->isEmpty());
    QVERIFY(!QFile::exists(file())); // reading makes nothing
}

void TestJsonStore::keepsWhatIsUpdated()
{
    const JsonStore store(file(), 3);
    QVERIFY(store.update(setAnswer));
    const auto object = JsonStore(file(), 3).read();
    QVERIFY(object);
    QCOMPARE((*object)["answer"_L1].toInt(), 42);
    QCOMPARE((*object)["schema"_L1].toInt(), 3);
    QCOMPARE(QFile::permissions(file()) & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther),
             QFile::Permissions());
    QVERIFY(store.update([](QJsonObject &changed) -> core::Result<> {
        changed.remove("answer"_L1);
        return {};
    }));
    QVERIFY(!store.read()->contains("answer"_L1));
}

void TestJsonStore::writesNothingWithoutAChange()
{
    const JsonStore store(file(), 1);
    QVERIFY(store.update(setAnswer));
    QVERIFY(QFile::remove(file()));
    write(R"({"answer":42,"schema":1,  "spaces": true})"_ba);
    const QByteArray before = content();
    QVERIFY(store.update(setAnswer));
    QCOMPARE(content(), before);
}

void TestJsonStore::failedChangeWritesNothing()
{
    const JsonStore store(file(), 1);
    QVERIFY(store.update(setAnswer));
    const QByteArray before = content();
    const auto outcome = store.update([](QJsonObject &object) -> core::Result<> {
        object["answer"_L1] = 43;
        return core::failure(core::ErrorKind::Usage, "test.no"_ba, u"no"_s);
    });
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().id, "test.no"_ba);
    QCOMPARE(content(), before);
}

void TestJsonStore::brokenIsNotOverwritten_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << ""_ba;
    QTest::newRow("cut off") << R"({"schema":1,"a":)"_ba;
    QTest::newRow("array") << "[]"_ba;
    QTest::newRow("no schema") << "{}"_ba;
    QTest::newRow("schema in words") << R"({"schema":"1"})"_ba;
}

void TestJsonStore::brokenIsNotOverwritten()
{
    QFETCH(QByteArray, bytes);
    write(bytes);
    const JsonStore store(file(), 1);
    QCOMPARE(store.read().error().id, "store.broken"_ba);
    QCOMPARE(store.update(setAnswer).error().id, "store.broken"_ba);
    QCOMPARE(content(), bytes);
    const auto aside = store.moveAside();
    QVERIFY(aside);
    QVERIFY(QFile::exists(*aside));
    QVERIFY(store.update(setAnswer));
    QCOMPARE((*store.read())["answer"_L1].toInt(), 42);
}

void TestJsonStore::newerIsRefused()
{
    write(R"({"schema":2,"a":1})"_ba);
    const JsonStore store(file(), 1);
    QCOMPARE(store.read().error().id, "store.newer"_ba);
    QCOMPARE(store.update(setAnswer).error().id, "store.newer"_ba);
    QCOMPARE(content(), R"({"schema":2,"a":1})"_ba);
}

void TestJsonStore::olderIsHandedOut()
{
    write(R"({"schema":1,"a":1})"_ba);
    const JsonStore store(file(), 2);
    QCOMPARE((*store.read())["schema"_L1].toInt(), 1);
    int seen = 0;
    QVERIFY(store.update([&seen](QJsonObject &object) -> core::Result<> {
        seen = object["schema"_L1].toInt();
        return {};
    }));
    QCOMPARE(seen, 1);
    QCOMPARE((*store.read())["schema"_L1].toInt(), 2);
}

void TestJsonStore::folderCannotBeMade()
{
    const JsonStore store(u"/proc/nowhere/store.json"_s, 1);
    QVERIFY(!store.update(setAnswer));
    QVERIFY(!store.moveAside());
}

void TestJsonStore::twoProgramsLoseNothing()
{
    // Each thread opens files of its own, and flock tells open files apart, not processes.
    std::vector<std::thread> threads;
    for (int number = 0; number < 4; ++number) {
        threads.emplace_back([this, number] {
            const JsonStore store(file(), 1);
            for (int i = 0; i < 25; ++i) {
                const auto done = store.update([number, i](QJsonObject &object) -> core::Result<> {
                    object[u"%1-%2"_s.arg(number).arg(i)] = true;
                    object["count"_L1] = object["count"_L1].toInt() + 1;
                    return {};
                });
                if (!done)
                    qWarning("%s", qPrintable(done.error().text()));
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    const auto object = JsonStore(file(), 1).read();
    QVERIFY(object);
    QCOMPARE((*object)["count"_L1].toInt(), 100);
    QCOMPARE(object->size(), 102);
}

QTEST_GUILESS_MAIN(TestJsonStore)
#include "tst_jsonstore.moc"
