// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/joblist.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using core::Job;
using core::JobList;

class TestJob : public QObject
{
    Q_OBJECT

private slots:
    void endsOnce_data();
    void endsOnce();
    void cancelIsAskedOnce();
    void cancelledErrorIsNoFailure();
    void progressIsGathered();
    void lastProgressComesBeforeTheEnd();
    void logIsBoundedAndClean();
    void listFollowsItsJobs();
    void listShowsTheNewestFirst();
    void listForgetsOldJobs();
    void clearsWhatHasEnded();
    void cancelsAll();
    void elapsedGoesOn();
};

void TestJob::endsOnce_data()
{
    QTest::addColumn<Job::State>("state");
    QTest::newRow("finished") << Job::State::Finished;
    QTest::newRow("failed") << Job::State::Failed;
    QTest::newRow("cancelled") << Job::State::Cancelled;
}

void TestJob::endsOnce()
{
    QFETCH(Job::State, state);
    Job job(u"Export"_s);
    QSignalSpy ended(&job, &Job::ended);
    QVERIFY(job.isRunning());
    if (state == Job::State::Finished)
        job.finish();
    else if (state == Job::State::Failed)
        job.fail({.id = "x.y"_ba, .message = u"no"_s});
    else
        job.endCancelled();
    QCOMPARE(job.state(), state);
    QCOMPARE(job.error().has_value(), state == Job::State::Failed);
    const auto stopped = job.elapsed();
    // Whatever comes later is too late.
    job.finish();
    job.fail({.id = "late"_ba});
    job.endCancelled();
    job.cancel();
    job.addLog(u"late"_s);
    job.setProgress({.done = 9});
    QCOMPARE(job.state(), state);
    QCOMPARE(ended.count(), 1);
    QCOMPARE(job.elapsed(), stopped);
    QVERIFY(!job.isCancelRequested());
    QVERIFY(job.log().isEmpty());
    QCOMPARE(job.progress(), core::JobProgress{});
    if (job.error())
        QCOMPARE(job.error()->id, "x.y"_ba);
}

void TestJob::cancelIsAskedOnce()
{
    Job job(u"Export"_s);
    QSignalSpy asked(&job, &Job::cancelRequested);
    job.cancel();
    job.cancel();
    QCOMPARE(asked.count(), 1);
    QVERIFY(job.isCancelRequested());
    QVERIFY(job.isRunning()); // until the work answers
    job.finish();             // it came first
    QCOMPARE(job.state(), Job::State::Finished);
}

void TestJob::cancelledErrorIsNoFailure()
{
    Job job(u"Export"_s);
    job.fail({.kind = core::ErrorKind::Cancelled, .id = "request.cancelled"_ba});
    QCOMPARE(job.state(), Job::State::Cancelled);
    QVERIFY(!job.error());
}

void TestJob::progressIsGathered()
{
    Job job(u"Export"_s);
    QSignalSpy changed(&job, &Job::progressChanged);
    for (int row = 1; row <= 10'000; ++row)
        job.setProgress({.done = row, .total = 10'000, .unit = u"rows"_s});
    QCOMPARE(changed.count(), 0);
    QCOMPARE(job.progress().done, 10'000);
    QTRY_COMPARE(changed.count(), 1);
    job.setProgress(job.progress()); // nothing new
    job.finish();
    QCOMPARE(changed.count(), 1);
}

void TestJob::lastProgressComesBeforeTheEnd()
{
    Job job(u"Export"_s);
    QStringList log;
    connect(&job, &Job::progressChanged, this, [&log] { log << u"progress"_s; });
    connect(&job, &Job::ended, this, [&log] { log << u"ended"_s; });
    job.setProgress({.done = 1});
    job.finish();
    QCOMPARE(log, QStringList({u"progress"_s, u"ended"_s}));
}

void TestJob::logIsBoundedAndClean()
{
    Job job(u"Export"_s);
    QSignalSpy added(&job, &Job::logAdded);
    for (int line = 0; line < 1005; ++line)
        job.addLog(u"line %1"_s.arg(line));
    QCOMPARE(job.log().size(), 1000);
    QCOMPARE(job.log().first(), u"line 5"_s);
    job.addLog(u"to postgres://u:canary@h/db"_s);
    QVERIFY(!job.log().last().contains(u"canary"_s));
    QVERIFY(!added.last().first().toString().contains(u"canary"_s));
}

void TestJob::listFollowsItsJobs()
{
    JobList list;
    QAbstractItemModelTester tester(&list, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy running(&list, &JobList::runningCountChanged);
    QSignalSpy changed(&list, &JobList::dataChanged);
    Job *job = list.add(std::make_unique<Job>(u"Export"_s));
    const QModelIndex index = list.index(0);
    QCOMPARE(running.last().first().toInt(), 1);
    QCOMPARE(list.data(index, Qt::DisplayRole).toString(), u"Export"_s);
    QCOMPARE(list.job(index), job);
    job->setProgress({.done = 3, .total = 4, .unit = u"rows"_s});
    QTRY_VERIFY(changed.count() > 0);
    QCOMPARE(list.data(index, JobList::DoneRole).toLongLong(), 3);
    QCOMPARE(list.data(index, JobList::TotalRole).toLongLong(), 4);
    QCOMPARE(list.data(index, JobList::UnitRole).toString(), u"rows"_s);
    job->cancel();
    QVERIFY(list.data(index, JobList::CancelRequestedRole).toBool());
    job->fail({.id = "file.diskFull"_ba, .message = u"No room."_s, .place = u"/x"_s});
    QCOMPARE(list.data(index, JobList::StateRole).value<Job::State>(), Job::State::Failed);
    QCOMPARE(list.data(index, JobList::ErrorRole).toString(), u"No room. /x"_s);
    QCOMPARE(list.runningCount(), 0);
    QCOMPARE(running.last().first().toInt(), 0);
    QCOMPARE(list.job(QModelIndex()), nullptr);
    QCOMPARE(list.roleNames().value(JobList::ElapsedRole), "elapsed"_ba);
}

void TestJob::listShowsTheNewestFirst()
{
    JobList list;
    QAbstractItemModelTester tester(&list, QAbstractItemModelTester::FailureReportingMode::QtTest);
    Job *old = list.add(std::make_unique<Job>(u"old"_s));
    list.add(std::make_unique<Job>(u"new"_s));
    QCOMPARE(list.index(0).data().toString(), u"new"_s);
    QSignalSpy changed(&list, &JobList::dataChanged);
    old->finish();
    QCOMPARE(changed.last().first().toModelIndex().row(), 1);
}

void TestJob::listForgetsOldJobs()
{
    JobList list;
    QAbstractItemModelTester tester(&list, QAbstractItemModelTester::FailureReportingMode::QtTest);
    Job *longest = list.add(std::make_unique<Job>(u"still running"_s));
    for (int i = 0; i < 150; ++i)
        list.add(std::make_unique<Job>(QString::number(i)))->finish();
    QVERIFY(list.rowCount() <= 102);
    QCOMPARE(list.job(list.index(list.rowCount() - 1)), longest);
    QCOMPARE(list.index(0).data().toString(), u"149"_s);
}

void TestJob::clearsWhatHasEnded()
{
    JobList list;
    QAbstractItemModelTester tester(&list, QAbstractItemModelTester::FailureReportingMode::QtTest);
    list.add(std::make_unique<Job>(u"a"_s))->finish();
    Job *running = list.add(std::make_unique<Job>(u"b"_s));
    Job *removes = list.add(std::make_unique<Job>(u"c"_s));
    // Even from inside the signal of a job that goes away by it.
    connect(removes, &Job::ended, &list, &JobList::clearEnded);
    removes->endCancelled();
    QCOMPARE(list.rowCount(), 1);
    QCOMPARE(list.job(list.index(0)), running);
}

void TestJob::cancelsAll()
{
    JobList list;
    QAbstractItemModelTester tester(&list, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (int i = 0; i < 3; ++i) {
        Job *job = list.add(std::make_unique<Job>(QString::number(i)));
        connect(job, &Job::cancelRequested, job, [&list, job] {
            job->endCancelled();
            list.clearEnded();
        });
    }
    list.cancelAll();
    QCOMPARE(list.rowCount(), 0);
    QCOMPARE(list.runningCount(), 0);
}

void TestJob::elapsedGoesOn()
{
    JobList list;
    list.add(std::make_unique<Job>(u"a"_s));
    QSignalSpy changed(&list, &JobList::dataChanged);
    QVERIFY(changed.wait());
    QVERIFY(changed.last().at(2).value<QList<int>>().contains(JobList::ElapsedRole));
    QVERIFY(list.index(0).data(JobList::ElapsedRole).toLongLong() >= 0);
}

QTEST_GUILESS_MAIN(TestJob)
#include "tst_job.moc"
