// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/journal.h"

#include <QDir>
#include <QFile>
#include <QFutureWatcher>
#include <QProcess>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace core;

namespace {

std::optional<std::vector<Leftover>> leftoversOf(Journal &journal)
{
    QFutureWatcher<std::vector<Leftover>> watcher;
    QSignalSpy finished(&watcher, &QFutureWatcherBase::finished);
    watcher.setFuture(journal.leftovers());
    if (!watcher.isFinished() && !finished.wait())
        return std::nullopt;
    return watcher.result();
}

QStringList filesIn(const QString &root)
{
    QStringList found;
    const QDir top(root);
    for (const QString &folder : top.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QDir inner(top.filePath(folder));
        for (const QString &name : inner.entryList(QDir::Files | QDir::Hidden))
            found.append(inner.filePath(name));
    }
    return found;
}

/// What a killed writer told before it died.
struct Told {
    std::map<size_t, qint64> written; ///< last number said to be on disk
    std::map<size_t, std::vector<std::pair<qint64, qint64>>> changes; ///< number, microseconds
};

Told parseTold(const QByteArray &output)
{
    Told told;
    for (const QByteArray &line : output.split('\n')) {
        const QByteArrayList words = line.split(' ');
        if (words.size() == 3 && words[0] == "written")
            told.written[words[1].toULong()] = words[2].toLongLong();
        else if (words.size() == 4 && words[0] == "changed")
            told.changes[words[1].toULong()].emplace_back(words[2].toLongLong(),
                                                          words[3].toLongLong());
    }
    return told;
}

/// The number that a text of journalchild repeats; -1 where it is torn.
qint64 numberIn(const QByteArray &text)
{
    const qint64 number = text.left(text.indexOf('\n')).toLongLong();
    return text == (QByteArray::number(number) + '\n').repeated(1 + int(number % 4000)) ? number
                                                                                        : -1;
}

} // namespace

class TestJournal : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void writesAndOffers();
    void nothingBeforeOpen();
    void savedAndRemovedLeaveNothing();
    void keptBuffersStay();
    void endWritesWhatIsPending();
    void ownerOnly();
    void livingRunsAreNotOffered();
    void offeredToOneOnly();
    void adoptedTextIsThereOnce_data();
    void adoptedTextIsThereOnce();
    void otherProjectsApart();
    void damagedFilesStay();
    void unwritableFolder();
    void survivesKill_data();
    void survivesKill();

private:
    std::unique_ptr<QTemporaryDir> m_root;
    QString m_project;
};

void TestJournal::init()
{
    m_root = std::make_unique<QTemporaryDir>();
    m_project = u"/home/a/shop"_s;
}

void TestJournal::writesAndOffers()
{
    const JournalText content{.file = u"/home/a/shop/q.sql"_s,
                              .title = u"q.sql"_s,
                              .text = QByteArray("select '\xff\0'\n\nwhere 1", 21),
                              .fileHash = "hash"};
    QString id;
    {
        Journal journal(m_project, m_root->path());
        QVERIFY(journal.open());
        QCOMPARE(leftoversOf(journal)->size(), size_t(0));
        QSignalSpy written(&journal, &Journal::written);
        const BufferId buffer = journal.add([&] { return content; });
        journal.changed(buffer);
        QVERIFY(written.wait());
        QCOMPARE(written.front().front().value<BufferId>(), buffer);
    }
    {
        Journal journal(m_project, m_root->path());
        QVERIFY(journal.open());
        const auto leftovers = leftoversOf(journal);
        QCOMPARE(leftovers->size(), size_t(1));
        QCOMPARE(leftovers->front().content, content);
        QVERIFY(leftovers->front().time.secsTo(QDateTime::currentDateTimeUtc()) < 3600);
        id = leftovers->front().id;
    }
    {
        // Not discarded, so offered again; then discarded for good.
        Journal journal(m_project, m_root->path());
        QVERIFY(journal.open());
        QCOMPARE(leftoversOf(journal)->size(), size_t(1));
        journal.discard(id);
        journal.discard(u"../"_s + id);
        QCOMPARE(leftoversOf(journal)->size(), size_t(0));
    }
    QCOMPARE(filesIn(m_root->path()), QStringList());
}

void TestJournal::nothingBeforeOpen()
{
    Journal journal(m_project, m_root->path());
    const BufferId buffer = journal.add([] { return JournalText{.text = "x"}; });
    journal.changed(buffer);
    journal.flush();
    QCOMPARE(filesIn(m_root->path()), QStringList());
    QSignalSpy written(&journal, &Journal::written);
    QVERIFY(journal.open());
    QVERIFY2(written.wait(), "what changed before is written once it may be");
}

void TestJournal::savedAndRemovedLeaveNothing()
{
    {
        Journal journal(m_project, m_root->path());
        QVERIFY(journal.open());
        QSignalSpy written(&journal, &Journal::written);
        const BufferId saved = journal.add([] { return JournalText{.text = "saved"}; });
        const BufferId closed = journal.add([] { return JournalText{.text = "closed"}; });
        journal.changed(saved);
        journal.changed(closed);
        QTRY_COMPARE(written.count(), 2);
        journal.saved(saved);
        journal.remove(closed);
        journal.changed(closed);
    }
    QCOMPARE(filesIn(m_root->path()), QStringList());
}

void TestJournal::keptBuffersStay()
{
    {
        Journal journal(m_project, m_root->path());
        QVERIFY(journal.open());
        auto text = std::make_unique<QByteArray>("kept");
        const BufferId buffer =
            journal.add([pointer = text.get()] { return JournalText{.text = *pointer}; });
        journal.changed(buffer);
        journal.keep(buffer);
        text.reset(); // from here on a snapshot would read freed memory
    }
    Journal journal(m_project, m_root->path());
    QVERIFY(journal.open());
    QCOMPARE(leftoversOf(journal)->front().content.text, "kept"_ba);
}

void TestJournal::endWritesWhatIsPending()
{
    {
        Journal journal(m_project, m_root->path());
        QVERIFY(journal.open());
        journal.changed(journal.add([] { return JournalText{.text = "just typed"}; }));
    }
    Journal journal(m_project, m_root->path());
    QVERIFY(journal.open());
    QCOMPARE(leftoversOf(journal)->front().content.text, "just typed"_ba);
}

void TestJournal::ownerOnly()
{
    Journal journal(m_project, m_root->filePath(u"state/journal"_s));
    QVERIFY(journal.open());
    QSignalSpy written(&journal, &Journal::written);
    journal.changed(journal.add([] { return JournalText{.text = "x"}; }));
    QVERIFY(written.wait());
    const QStringList files = filesIn(m_root->filePath(u"state/journal"_s));
    QCOMPARE(files.size(), 2);
    for (const QString &path : files + QStringList{QFileInfo(files.front()).path()}) {
        struct stat facts = {};
        QCOMPARE(::stat(QFile::encodeName(path).constData(), &facts), 0);
        QCOMPARE(facts.st_mode & 077U, 0U);
    }
}

void TestJournal::livingRunsAreNotOffered()
{
    Journal first(m_project, m_root->path());
    QVERIFY(first.open());
    QSignalSpy written(&first, &Journal::written);
    first.changed(first.add([] { return JournalText{.text = "mine"}; }));
    QVERIFY(written.wait());
    Journal second(m_project, m_root->path());
    QVERIFY(second.open());
    QCOMPARE(leftoversOf(second)->size(), size_t(0));
    QCOMPARE(leftoversOf(first)->size(), size_t(0));
}

void TestJournal::offeredToOneOnly()
{
    {
        Journal journal(m_project, m_root->path());
        QVERIFY(journal.open());
        journal.changed(journal.add([] { return JournalText{.text = "left"}; }));
    }
    auto first = std::make_unique<Journal>(m_project, m_root->path());
    Journal second(m_project, m_root->path());
    QVERIFY(first->open() && second.open());
    QCOMPARE(leftoversOf(*first)->size(), size_t(1));
    QCOMPARE(leftoversOf(second)->size(), size_t(0));
    first.reset();
    QCOMPARE(leftoversOf(second)->size(), size_t(1));
}

void TestJournal::adoptedTextIsThereOnce_data()
{
    // What happens to the buffer right after it took a leftover over, and what is offered then.
    QTest::addColumn<QString>("then");
    QTest::addColumn<bool>("offered");
    QTest::newRow("the program ends") << u"end"_s << true;
    QTest::newRow("its tab goes, its text stays") << u"keep"_s << true;
    QTest::newRow("saved to a file") << u"save"_s << false;
    QTest::newRow("closed on purpose") << u"remove"_s << false;
}

void TestJournal::adoptedTextIsThereOnce()
{
    QFETCH(QString, then);
    const JournalText content{.title = u"q"_s, .text = "select 'once'"_ba};
    const auto snapshot = [&content] { return content; };
    const auto offered = [](Journal &journal) {
        auto future = journal.leftovers();
        future.waitForFinished();
        return future.result();
    };
    {
        Journal journal(m_project, m_root->path());
        QVERIFY(journal.open());
        journal.changed(journal.add(snapshot));
    }
    {
        Journal journal(m_project, m_root->path());
        QVERIFY(journal.open());
        const auto leftovers = offered(journal);
        QCOMPARE(leftovers.size(), size_t(1));
        const BufferId buffer = journal.add(snapshot);
        journal.adopt(buffer, leftovers.front().id);
        if (then == "keep"_L1)
            journal.keep(buffer);
        else if (then == "save"_L1)
            journal.saved(buffer);
        else if (then == "remove"_L1)
            journal.remove(buffer);
    }
    Journal journal(m_project, m_root->path());
    QVERIFY(journal.open());
    const auto leftovers = offered(journal);
    QTEST(!leftovers.empty(), "offered");
    QVERIFY(leftovers.size() <= 1);
    if (!leftovers.empty())
        QCOMPARE(leftovers.front().content, content);
}

void TestJournal::otherProjectsApart()
{
    {
        Journal journal(m_project, m_root->path());
        QVERIFY(journal.open());
        journal.changed(journal.add([] { return JournalText{.text = "left"}; }));
    }
    Journal other(u"/home/a/bank"_s, m_root->path());
    QVERIFY(other.open());
    QCOMPARE(leftoversOf(other)->size(), size_t(0));
}

void TestJournal::damagedFilesStay()
{
    {
        Journal journal(m_project, m_root->path());
        QVERIFY(journal.open());
        journal.changed(journal.add([] { return JournalText{.text = "whole"}; }));
        journal.changed(journal.add([] { return JournalText{.text = "to be cut off"}; }));
        journal.changed(journal.add([] { return JournalText{.text = "to be from the future"}; }));
    }
    for (const QString &path : filesIn(m_root->path())) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray bytes = file.readAll();
        if (bytes.contains("cut off"))
            file.resize(bytes.size() - 3);
        if (bytes.contains("future")) {
            file.seek(0);
            file.write(bytes.replace("\"version\":1", "\"version\":9"));
        }
    }
    Journal journal(m_project, m_root->path());
    QVERIFY(journal.open());
    const auto leftovers = leftoversOf(journal);
    QCOMPARE(leftovers->size(), size_t(1));
    QCOMPARE(leftovers->front().content.text, "whole"_ba);
    journal.discard(leftovers->front().id);
    QCOMPARE(leftoversOf(journal)->size(), size_t(0));
    QCOMPARE(filesIn(m_root->path()).size(), 4); // two texts, their run's lock, our own lock
}

void TestJournal::unwritableFolder()
{
    QFile file(m_root->filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    Journal nowhere(m_project, m_root->filePath(u"file/journal"_s));
    QVERIFY(!nowhere.open());
    if (::geteuid() == 0)
        return; // root writes everywhere
    Journal journal(m_project, m_root->path());
    QVERIFY(journal.open());
    const QString folder = QFileInfo(filesIn(m_root->path()).front()).path();
    QVERIFY(QFile::setPermissions(folder, QFile::ReadOwner | QFile::ExeOwner));
    QSignalSpy failed(&journal, &Journal::writeFailed);
    QSignalSpy written(&journal, &Journal::written);
    journal.changed(journal.add([] { return JournalText{.text = "x"}; }));
    QVERIFY(failed.wait());
    QVERIFY(QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QVERIFY2(written.wait(), "it goes on trying by itself");
    QCOMPARE(failed.count(), 1);
}

void TestJournal::survivesKill_data()
{
    QTest::addColumn<int>("buffers");
    QTest::addColumn<int>("moment"); // milliseconds
    QRandomGenerator *random = QRandomGenerator::global();
    for (int round = 0; round < 8; ++round) {
        const int moment = random->bounded(200, 3600);
        QTest::addRow("round %d, %d ms", round, moment) << 1 + round % 4 << moment;
    }
}

/// kill -9 of a program that types: what the journal called written is there whole, and so is
/// everything that is older than two seconds.
void TestJournal::survivesKill()
{
    QFETCH(int, buffers);
    QFETCH(int, moment);
    QProcess child;
    child.start(QStringLiteral(SLUICE_JOURNAL_CHILD),
                {m_root->path(), m_project, QString::number(buffers)});
    QVERIFY(child.waitForStarted());
    QTimer timer;
    timer.setSingleShot(true);
    QSignalSpy due(&timer, &QTimer::timeout);
    timer.start(moment);
    QVERIFY(due.wait());
    using namespace std::chrono;
    const qint64 killed =
        duration_cast<microseconds>(steady_clock::now().time_since_epoch()).count();
    child.kill();
    QVERIFY(child.waitForFinished());
    QCOMPARE(child.exitStatus(), QProcess::CrashExit);
    const Told told = parseTold(child.readAllStandardOutput());
    QVERIFY(!told.changes.empty());

    Journal journal(m_project, m_root->path());
    QVERIFY(journal.open());
    std::map<size_t, qint64> kept;
    const auto leftovers = leftoversOf(journal);
    QVERIFY(leftovers);
    for (const Leftover &leftover : *leftovers) {
        const qint64 number = numberIn(leftover.content.text);
        QVERIFY2(number >= 0, "torn text");
        kept[leftover.content.file.sliced(9).chopped(4).toULong()] = number;
    }
    for (const auto &[buffer, number] : told.written)
        QVERIFY2(kept[buffer] >= number, "what was called written is lost");
    for (const auto &[buffer, changes] : told.changes) {
        for (const auto &[number, time] : changes) {
            if (killed - time > 2'000'000)
                QVERIFY2(kept[buffer] >= number, "a text older than two seconds is lost");
        }
    }
}

QTEST_GUILESS_MAIN(TestJournal)
#include "tst_journal.moc"
