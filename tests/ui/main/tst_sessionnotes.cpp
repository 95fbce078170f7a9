// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/unknowncommits.h"
#include "ui/common/note.h"
#include "ui/main/notestack.h"
#include "writingwindow.h"

#include <QStandardPaths>

using namespace Qt::StringLiterals;
using test::WritingWindow;

namespace {

ui::Note *noteOf(const WritingWindow &shown, const QString &prefix)
{
    for (ui::Note *note : shown.studio.window().notes().findChildren<ui::Note *>()) {
        if (note->objectName().startsWith(u"notes."_s + prefix) && note->isVisible())
            return note;
    }
    return nullptr;
}

void terminateSessions(const test::TestDatabase &database)
{
    (void)database.valueSuper("select count(pg_terminate_backend(pid)) from pg_stat_activity where"
                              " application_name = 'sluice' and datname = current_database()");
}

/// A question about this transaction, as a run that died would have left it.
bool keepQuestion(WritingWindow &shown, const QByteArray &transactionId)
{
    const core::Endpoint &endpoint = shown.studio.home().databases().databases.front().any();
    core::UnknownCommit commit;
    commit.database = u"main"_s;
    commit.server = core::TrustTarget::of(endpoint.info).text() + u'/' + endpoint.info.database();
    commit.transactionId = transactionId;
    commit.words = u"update item set note = 'x'"_s;
    commit.time = QDateTime::currentDateTimeUtc();
    return core::UnknownCommits(shown.studio.home().folder()).add(commit).has_value();
}

} // namespace

/// What a broken connection leaves to be said.
class TestSessionNotes : public QObject
{
    Q_OBJECT

private slots:
    void lostWithoutStateSaysNothing();
    void lostWithStateNamesIt();
    void questionsSurviveARestart();
    void answersAreLookedUp_data();
    void answersAreLookedUp();
};

void TestSessionNotes::lostWithoutStateSaysNothing()
{
    WritingWindow shown;
    QVERIFY(shown.open());
    QVERIFY(shown.run("select 1"));
    terminateSessions(shown.database);
    QVERIFY(shown.run("select 2"));
    QCOMPARE(shown.errorId(), QByteArray());
    QCOMPARE(shown.studio.window().notes().count(), 0);
}

void TestSessionNotes::lostWithStateNamesIt()
{
    WritingWindow shown;
    QVERIFY(shown.open());
    QVERIFY(shown.turnOn());
    QVERIFY(shown.run("create temporary table report_tmp (a int); set work_mem = '5MB'"));
    QCOMPARE(shown.errorId(), QByteArray());
    terminateSessions(shown.database);
    QTRY_VERIFY(noteOf(shown, u"lost:"_s));
    const ui::Note *note = noteOf(shown, u"lost:"_s);
    QCOMPARE(note->meaning(), ui::Meaning::Warning);
    QVERIFY2(note->second().contains(u"report_tmp"_s) && note->second().contains(u"work_mem"_s),
             qPrintable(note->second()));
    QVERIFY(shown.editor->editor()->length() > 0); // the text is kept
    QTRY_VERIFY(shown.isShown(u"notes.connectAgain"_s));
    QVERIFY(shown.click(u"notes.connectAgain"_s));
    QTRY_VERIFY(!noteOf(shown, u"lost:"_s));
    QVERIFY(shown.run("select 1"));
    QCOMPARE(shown.errorId(), QByteArray());
}

void TestSessionNotes::questionsSurviveARestart()
{
    WritingWindow shown;
    QVERIFY(shown.open());
    QVERIFY(keepQuestion(shown, "12345"));
    QVERIFY(shown.studio.openFolder());
    QTRY_VERIFY(noteOf(shown, u"unknown:"_s));
    const ui::Note *note = noteOf(shown, u"unknown:"_s);
    QCOMPARE(note->meaning(), ui::Meaning::Danger);
    QVERIFY(note->sentence().contains(u"update item"_s));
    shown.studio.restart();
    QVERIFY(shown.studio.present() && shown.studio.openTrusted());
    QTRY_VERIFY(noteOf(shown, u"unknown:"_s)); // until it is answered
    const auto kept = core::UnknownCommits(shown.studio.home().folder()).read();
    QCOMPARE(kept->size(), 1);
    QVERIFY(core::UnknownCommits(shown.studio.home().folder()).remove(kept->front().id));
}

void TestSessionNotes::answersAreLookedUp_data()
{
    QTest::addColumn<bool>("commits");
    QTest::newRow("committed") << true;
    QTest::newRow("rolled back") << false;
}

void TestSessionNotes::answersAreLookedUp()
{
    QFETCH(const bool, commits);
    WritingWindow shown;
    QVERIFY(shown.open());
    shown.database.exec("begin");
    const QByteArray id = shown.database.value("select pg_current_xact_id()");
    shown.database.exec(commits ? "commit" : "rollback");
    QVERIFY(keepQuestion(shown, id));
    QVERIFY(shown.studio.openTrusted());
    QTRY_VERIFY(noteOf(shown, u"unknown:"_s));
    QTRY_VERIFY(shown.isShown(u"notes.lookUp"_s));
    QVERIFY(shown.click(u"notes.lookUp"_s));
    QTRY_VERIFY(shown.isShown(u"notes.dismiss"_s));
    const ui::Note *note = noteOf(shown, u"unknown:"_s);
    QCOMPARE(note->meaning(), ui::Meaning::Ok);
    QCOMPARE(note->sentence().contains(u"committed"_s, Qt::CaseInsensitive), commits);
    QVERIFY(shown.click(u"notes.dismiss"_s));
    QTRY_VERIFY(!noteOf(shown, u"unknown:"_s));
    QTRY_VERIFY(core::UnknownCommits(shown.studio.home().folder()).read()->isEmpty());
}

QTEST_MAIN(TestSessionNotes)
#include "tst_sessionnotes.moc"
