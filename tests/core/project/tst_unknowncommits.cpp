// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/unknowncommits.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;

class TestUnknownCommits : public QObject
{
    Q_OBJECT

private slots:
    void nothingKept();
    void keptUntilRemoved();
    void projectsAreApart();
    void ownerOnlyAndWithoutSecrets();
    void atMostAHundred();
    void damagedFileLosesNoNewQuestion();
    void cannotWrite();

private:
    [[nodiscard]] static UnknownCommit sample(const QString &words = u"update t set a = 1"_s)
    {
        return {.database = u"main"_s,
                .server = u"u@h:5432/d"_s,
                .transactionId = "88120417",
                .words = words,
                .time = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123).toUTC()};
    }
    QTemporaryDir m_dir;
};

void TestUnknownCommits::nothingKept()
{
    QCOMPARE(UnknownCommits(u"/a"_s, m_dir.filePath(u"none"_s)).read()->size(), 0);
}

void TestUnknownCommits::keptUntilRemoved()
{
    const QString root = m_dir.filePath(u"kept"_s);
    const UnknownCommits store(u"/a"_s, root);
    const auto first = store.add(sample());
    const auto second = store.add(sample(u"delete from t"_s));
    QVERIFY(first && second && *first != *second);
    QList<UnknownCommit> kept = *UnknownCommits(u"/a"_s, root).read();
    QCOMPARE(kept.size(), 2);
    UnknownCommit expected = sample();
    expected.id = *first;
    QCOMPARE(kept.front(), expected);
    QVERIFY(store.remove(*first));
    kept = *store.read();
    QCOMPARE(kept.size(), 1);
    QCOMPARE(kept.front().words, u"delete from t"_s);
    QVERIFY(store.remove(u"no such id"_s));
    QCOMPARE(store.read()->size(), 1);
}

void TestUnknownCommits::projectsAreApart()
{
    const QString root = m_dir.filePath(u"apart"_s);
    QVERIFY(UnknownCommits(u"/a"_s, root).add(sample()));
    QCOMPARE(UnknownCommits(u"/b"_s, root).read()->size(), 0);
}

void TestUnknownCommits::ownerOnlyAndWithoutSecrets()
{
    const QString root = m_dir.filePath(u"secret"_s);
    QVERIFY(UnknownCommits(u"/a"_s, root)
                .add(sample(u"alter role r password 'hunter22';\n"_s + u"x"_s.repeated(5000))));
    const QStringList files = QDir(root).entryList({u"*.json"_s}, QDir::Files);
    QCOMPARE(files.size(), 1);
    QFile file(root + u'/' + files.front());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QVERIFY(!text.contains("hunter22"));
    QVERIFY(text.size() < 2000);
    const auto others = QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::WriteGroup
                        | QFileDevice::WriteOther;
    QVERIFY(!(file.permissions() & others));
}

void TestUnknownCommits::atMostAHundred()
{
    const UnknownCommits store(u"/many"_s, m_dir.filePath(u"many"_s));
    for (int i = 0; i < 103; ++i)
        QVERIFY(store.add(sample(QString::number(i))));
    QCOMPARE(store.read()->size(), 100);
    QCOMPARE(store.read()->front().words, u"3"_s); // the oldest went
}

void TestUnknownCommits::damagedFileLosesNoNewQuestion()
{
    const QString root = m_dir.filePath(u"damaged"_s);
    const UnknownCommits store(u"/a"_s, root);
    QVERIFY(store.add(sample()));
    QFile file(root + u'/' + QDir(root).entryList({u"*.json"_s}, QDir::Files).front());
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{ not json") > 0);
    file.close();
    QVERIFY(!store.read());
    QVERIFY(store.add(sample(u"second"_s)));
    QCOMPARE(store.read()->front().words, u"second"_s);
    QVERIFY(QFile::exists(file.fileName() + u".broken"_s));
}

void TestUnknownCommits::cannotWrite()
{
    QFile blocked(m_dir.filePath(u"blocked"_s));
    QVERIFY(blocked.open(QIODevice::WriteOnly));
    const auto added = UnknownCommits(u"/a"_s, blocked.fileName()).add(sample());
    QVERIFY(!added);
    QVERIFY(!added.error().message.isEmpty());
}

QTEST_GUILESS_MAIN(TestUnknownCommits)
#include "tst_unknowncommits.moc"
