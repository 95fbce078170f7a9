// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testdatabase.h"
#include "tests/ui/support/projecthome.h"
#include "tests/ui/support/stillthemes.h"
#include "ui/common/button.h"
#include "ui/common/labels.h"
#include "ui/common/progressline.h"
#include "ui/main/jobrow.h"
#include "ui/main/jobspanel.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::JobsPanel;

namespace {

/// The panel, and exports of a real database into the home.
struct Shown {
    test::TestDatabase database;
    test::ProjectHome home;
    JobsPanel panel;
    QSignalSpy counts{&panel, &JobsPanel::runningCountChanged};
    QSignalSpy ended{&panel, &JobsPanel::jobEnded};

    bool open()
    {
        panel.resize(900, 300);
        panel.show();
        return QDir().mkpath(home.homePath(u"out"_s))
               && home.write(u".env"_s, "DATABASE_URL=" + database.url().toUtf8()) && home.read()
               && home.trust() && home.database();
    }
    [[nodiscard]] QString target(const QString &name) const
    {
        return home.homePath(u"out/"_s + name);
    }
    /// What lies in the folder of the exports, half files too.
    [[nodiscard]] QStringList files() const
    {
        return QDir(home.homePath(u"out"_s))
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }
    bool run(const QByteArray &query, const QString &path, double estimate = -1)
    {
        const auto session = home.database()->connections().jobSession(core::Purpose::Export, 0);
        if (!session)
            return false;
        core::ExportSpec spec;
        spec.source.query = query;
        spec.target.path = path;
        panel.run(std::make_unique<core::ExportJob>(**session, spec), u"Export of <b>x</b>"_s, path,
                  estimate);
        return true;
    }
    bool finish()
    {
        return QTest::qWaitFor([this] { return panel.runningCount() == 0; }, 60'000);
    }
    [[nodiscard]] QString texts() const
    {
        QStringList all;
        for (const QLabel *label : panel.findChildren<QLabel *>()) {
            if (label->isVisible())
                all << label->text();
        }
        return all.join(u'|');
    }
    [[nodiscard]] QList<ui::Button *> cancelButtons() const
    {
        QList<ui::Button *> shown;
        for (auto *button : panel.findChildren<ui::Button *>(u"jobs.cancel"_s)) {
            if (button->isVisible())
                shown << button;
        }
        return shown;
    }
};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : "no file"_ba;
}

const QByteArray endless = "select generate_series(1, 2000000000), repeat('x', 200)";

} // namespace

class TestJobsPanel : public QObject
{
    Q_OBJECT

private slots:
    void saysThatNothingRuns();
    void exportToItsEnd();
    void progressOfAnEstimate();
    void cancelAnswers();
    void failureSaysWhy();
    void queryThatFails();
    void severalAtOnce();
    void clearsWhatHasEnded();
    void panelEndsFirst();
    void titlesArePlain();

private:
    test::StillThemes m_themes;
};

void TestJobsPanel::saysThatNothingRuns()
{
    Shown shown;
    QVERIFY(shown.open());
    QVERIFY(shown.texts().startsWith(u"Nothing is running."_s));
    QCOMPARE(shown.panel.runningCount(), 0);
}

void TestJobsPanel::exportToItsEnd()
{
    Shown shown;
    QVERIFY(shown.open());
    const QString path = shown.target(u"a.csv"_s);
    QVERIFY(shown.run("select i from generate_series(1, 3) i", path));
    QCOMPARE(shown.panel.runningCount(), 1);
    QCOMPARE(shown.counts.last().first().toInt(), 1);
    QVERIFY(shown.finish());
    QCOMPARE(contentOf(path), "i\n1\n2\n3\n"_ba);
    QCOMPARE(shown.counts.last().first().toInt(), 0);
    QCOMPARE(shown.ended.count(), 1);
    QCOMPARE(shown.ended.first().first().toString(), u"Export of <b>x</b>"_s);
    QVERIFY2(shown.texts().contains(u"Finished: 3 rows"_s), qPrintable(shown.texts()));
    QVERIFY(shown.cancelButtons().isEmpty());
    QCOMPARE(shown.files(), QStringList{u"a.csv"_s});
}

void TestJobsPanel::progressOfAnEstimate()
{
    Shown shown;
    QVERIFY(shown.open());
    QVERIFY(shown.run(endless, shown.target(u"a.csv"_s), 4e6));
    auto *bar = shown.panel.findChild<ui::ProgressLine *>();
    QTRY_VERIFY(bar && bar->isVisible() && !bar->accessibleName().isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(bar->value() > 0, 30'000);
    QVERIFY(bar->value() <= bar->maximum());
    shown.cancelButtons().front()->click();
    QVERIFY(shown.finish());
}

void TestJobsPanel::cancelAnswers()
{
    Shown shown;
    QVERIFY(shown.open());
    QVERIFY(shown.run(endless, shown.target(u"a.csv"_s)));
    QTRY_VERIFY(!shown.files().isEmpty()); // it writes under another name
    QVERIFY(!shown.files().contains(u"a.csv"_s));
    QTRY_COMPARE(shown.cancelButtons().size(), 1);
    ui::Button *cancel = shown.cancelButtons().front();
    QTest::mouseClick(cancel, Qt::LeftButton);
    QVERIFY(!cancel->isEnabled());
    QCOMPARE(cancel->text(), u"Cancelling…"_s);
    QVERIFY(shown.finish());
    QCOMPARE(shown.files(), QStringList());
    QVERIFY2(shown.texts().contains(u"Cancelled, nothing left behind"_s),
             qPrintable(shown.texts()));
    QTRY_COMPARE(
        shown.database.valueSuper("select count(*) from pg_stat_activity where state = 'active'"
                                  " and query like '%generate_series(1, 2000000000)%'"
                                  " and datname = current_database() and pid <> pg_backend_pid()"),
        "0"_ba);
}

void TestJobsPanel::failureSaysWhy()
{
    Shown shown;
    QVERIFY(shown.open());
    QVERIFY(shown.run("select 1", shown.target(u"no/such/folder/a.csv"_s)));
    QVERIFY(shown.finish());
    const auto outcome = shown.ended.first().at(1).value<core::Result<core::ExportSummary>>();
    QVERIFY(!outcome);
    QVERIFY2(shown.texts().contains(outcome.error().message), qPrintable(shown.texts()));
    QCOMPARE(shown.files(), QStringList());
}

void TestJobsPanel::queryThatFails()
{
    Shown shown;
    QVERIFY(shown.open());
    QFile old(shown.target(u"a.csv"_s));
    QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
    old.close();
    QVERIFY(
        shown.run("select 1 / (500000 - i) from generate_series(1, 1000000) i", old.fileName()));
    QVERIFY(shown.finish());
    QVERIFY2(shown.texts().contains(u"division by zero"_s), qPrintable(shown.texts()));
    QCOMPARE(contentOf(old.fileName()), "old"_ba); // the older one is untouched
    QCOMPARE(shown.files(), QStringList{u"a.csv"_s});
}

void TestJobsPanel::severalAtOnce()
{
    Shown shown;
    QVERIFY(shown.open());
    QVERIFY(shown.run(endless, shown.target(u"a.csv"_s)));
    QVERIFY(shown.run("select 'second'", shown.target(u"b.csv"_s)));
    QCOMPARE(shown.panel.runningCount(), 2);
    QCOMPARE(shown.panel.findChildren<ui::JobRow *>().size(), 2);
    // The newest is on top, so the older one's button is below.
    QTRY_COMPARE(shown.cancelButtons().size(), 2);
    QList<ui::Button *> buttons = shown.cancelButtons();
    std::ranges::sort(buttons, {},
                      [](const ui::Button *one) { return one->mapToGlobal(QPoint()).y(); });
    buttons.last()->click();
    QVERIFY(shown.finish());
    QCOMPARE(shown.files(), QStringList{u"b.csv"_s});
}

void TestJobsPanel::clearsWhatHasEnded()
{
    Shown shown;
    QVERIFY(shown.open());
    QVERIFY(shown.run("select 1", shown.target(u"a.csv"_s)));
    QVERIFY(shown.finish());
    QVERIFY(shown.run(endless, shown.target(u"b.csv"_s)));
    shown.panel.clearFinished();
    QCOMPARE(shown.panel.findChildren<ui::JobRow *>().size(), 1);
    QCOMPARE(shown.panel.runningCount(), 1);
    QTRY_COMPARE(shown.cancelButtons().size(), 1);
    shown.cancelButtons().front()->click();
    QVERIFY(shown.finish());
    shown.panel.clearFinished();
    QVERIFY(shown.texts().startsWith(u"Nothing is running."_s));
}

void TestJobsPanel::panelEndsFirst()
{
    test::TestDatabase database;
    test::ProjectHome home;
    QVERIFY(home.write(u".env"_s, "DATABASE_URL=" + database.url().toUtf8()) && home.read()
            && home.trust());
    const QString path = home.homePath(u"a.csv"_s);
    {
        JobsPanel panel;
        const auto session = home.database()->connections().jobSession(core::Purpose::Export, 0);
        QVERIFY(session);
        core::ExportSpec spec;
        spec.source.query = endless;
        spec.target.path = path;
        panel.run(std::make_unique<core::ExportJob>(**session, spec), u"x"_s, path, -1);
        QSignalSpy counts(&panel, &JobsPanel::runningCountChanged);
        QTRY_VERIFY(QDir(home.homePath({})).entryList(QDir::Files | QDir::Hidden).size() > 1);
    }
    QVERIFY(!QFile::exists(path));
    QTRY_COMPARE(QDir(home.homePath({})).entryList({u"*a.csv*"_s}, QDir::Files | QDir::Hidden),
                 QStringList());
}

void TestJobsPanel::titlesArePlain()
{
    Shown shown;
    QVERIFY(shown.open());
    QVERIFY(shown.run("select 1", shown.target(u"<img src=x>.csv"_s)));
    QVERIFY(shown.finish());
    for (const QLabel *label : shown.panel.findChildren<QLabel *>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
    QVERIFY(shown.texts().contains(u"Export of <b>x</b>"_s));
    QVERIFY(QFile::exists(shown.target(u"<img src=x>.csv"_s)));
}

QTEST_MAIN(TestJobsPanel)
#include "tst_jobspanel.moc"
