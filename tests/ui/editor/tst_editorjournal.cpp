// SPDX-License-Identifier: GPL-3.0-or-later
#include "editorwindow.h"
#include "ui/common/button.h"
#include "ui/common/labels.h"
#include "ui/common/note.h"

#include <QDir>
#include <QFile>
#include <QFuture>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::EditorWindow;

// "Each buffer is on disk at most 2 s after a key."
static_assert(core::Journal::interval <= 2s);

namespace {

/// What the journal's folder holds, without the locks.
QStringList copies(test::ProjectHome &home)
{
    QStringList texts;
    const QDir root(home.homePath(u"journal"_s));
    for (const QString &project : root.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        for (const QString &name : QDir(root.filePath(project)).entryList(QDir::Files)) {
            QFile file(root.filePath(project + u'/' + name));
            if (!name.endsWith(u".lock"_s) && file.open(QIODevice::ReadOnly))
                texts << QString::fromUtf8(file.readAll()).section(u'\n', 1);
        }
    }
    texts.sort();
    return texts;
}

std::vector<core::Leftover> leftovers(core::Journal &journal)
{
    const QFuture<std::vector<core::Leftover>> future = journal.leftovers();
    return QTest::qWaitFor([&] { return future.isFinished(); }, 10'000)
               ? future.result()
               : std::vector<core::Leftover>();
}

} // namespace

/// What is typed is on disk soon, and stays there until it is not wanted.
class TestEditorJournal : public QObject
{
    Q_OBJECT

private slots:
    void typedTextIsKept();
    void generatedTextIsNotAPersons();
    void savedTextNeedsNoCopy();
    void closingOnPurposeForgets();
    void closingTheWindowKeeps();
    void switchingTheProjectKeeps();
    void journalThatEndsFirst();
    void restoresTextAndPlace();
    void oldCopyStaysUntilTheNewOneIsThere();
    void restoredTextIsNotRun();
    void everyByteIsKept();
    void withoutAJournal();
};

void TestEditorJournal::typedTextIsKept()
{
    EditorWindow shown;
    QVERIFY(shown.home().openJournal());
    shown.makeTab();
    QVERIFY(shown.present());
    auto *kept = shown.find<ui::TextLabel>(u"editor.kept"_s);
    QVERIFY(kept->text().isEmpty());
    QTest::keyClicks(&shown.editor(), u"select 1"_s);
    QVERIFY(kept->text().isEmpty()); // says nothing before it is true
    QTRY_COMPARE(copies(shown.home()), QStringList{u"select 1"_s});
    QTRY_VERIFY(!kept->text().isEmpty());
    QTest::keyClick(&shown.editor(), Qt::Key_X);
    QVERIFY(kept->text().isEmpty());
    QTRY_COMPARE(copies(shown.home()), QStringList{u"select 1x"_s});
}

void TestEditorJournal::generatedTextIsNotAPersons()
{
    EditorWindow shown;
    QVERIFY(shown.home().openJournal());
    shown.makeTab();
    shown.tab().setText("select * from t", u"Query 1"_s);
    shown.home().close(); // writes what there is to write
    QCOMPARE(copies(shown.home()), QStringList());
}

void TestEditorJournal::savedTextNeedsNoCopy()
{
    EditorWindow shown;
    QVERIFY(shown.home().openJournal());
    shown.makeTab();
    QVERIFY(shown.present() && shown.home().write(u"a.sql"_s, "select 1"));
    QVERIFY(shown.tab().openFile(shown.home().path(u"a.sql"_s)));
    QTest::keyClick(&shown.editor(), Qt::Key_X);
    QTRY_COMPARE(copies(shown.home()), QStringList{u"xselect 1"_s});
    QVERIFY(shown.tab().save());
    QTRY_COMPARE(copies(shown.home()), QStringList());
    QTest::keyClick(&shown.editor(), Qt::Key_Y);
    QTRY_COMPARE(copies(shown.home()), QStringList{u"xyselect 1"_s});
}

void TestEditorJournal::closingOnPurposeForgets()
{
    EditorWindow shown;
    QVERIFY(shown.home().openJournal());
    shown.makeTab();
    QVERIFY(shown.present());
    QTest::keyClicks(&shown.editor(), u"not wanted"_s);
    QTRY_COMPARE(copies(shown.home()).size(), 1);
    shown.tab().forget(); // "Close without saving"
    shown.dropTab();
    QTRY_COMPARE(copies(shown.home()), QStringList());
    shown.home().close();
    QCOMPARE(copies(shown.home()), QStringList());
}

void TestEditorJournal::closingTheWindowKeeps()
{
    EditorWindow shown;
    QVERIFY(shown.home().openJournal());
    shown.makeTab();
    QVERIFY(shown.present());
    QTest::keyClicks(&shown.editor(), u"typed at the last moment"_s);
    shown.dropTab(); // before the journal's next turn
    shown.home().close();
    QCOMPARE(copies(shown.home()), QStringList{u"typed at the last moment"_s});
    QVERIFY(shown.home().openJournal());
    const std::vector<core::Leftover> left = leftovers(*shown.home().journal());
    QCOMPARE(left.size(), std::size_t(1));
    QCOMPARE(left.front().content.text, "typed at the last moment"_ba);
}

void TestEditorJournal::switchingTheProjectKeeps()
{
    EditorWindow shown;
    QVERIFY(shown.home().openJournal());
    shown.makeTab();
    QVERIFY(shown.present());
    QTest::keyClicks(&shown.editor(), u"of this project"_s);
    shown.dropTab();
    core::Journal other(u"/elsewhere"_s, shown.home().homePath(u"journal"_s));
    QVERIFY(other.open());
    QVERIFY(leftovers(other).empty()); // another project is not offered it
    QVERIFY(shown.home().openJournal());
    QCOMPARE(leftovers(*shown.home().journal()).size(), std::size_t(1));
}

// The project is let go in one go: a tab may end after its journal.
void TestEditorJournal::journalThatEndsFirst()
{
    EditorWindow shown;
    QVERIFY(shown.home().openJournal());
    shown.makeTab();
    QVERIFY(shown.present());
    QTest::keyClicks(&shown.editor(), u"kept all the same"_s);
    shown.home().close();
    QTest::keyClicks(&shown.editor(), u"!"_s); // nobody is there to keep it, and nothing breaks
    shown.dropTab();
    QCOMPARE(copies(shown.home()), QStringList{u"kept all the same"_s});
}

void TestEditorJournal::restoresTextAndPlace()
{
    EditorWindow shown;
    QVERIFY(shown.home().write(u"a.sql"_s, "select 1"));
    QVERIFY(shown.home().openJournal());
    shown.makeTab();
    QVERIFY(shown.present());
    const QString path = shown.home().path(u"a.sql"_s);
    QVERIFY(shown.tab().openFile(path));
    QTest::keyClick(&shown.editor(), Qt::Key_X);
    shown.dropTab();
    QVERIFY(shown.home().openJournal());
    const std::vector<core::Leftover> left = leftovers(*shown.home().journal());
    QCOMPARE(left.size(), std::size_t(1));
    shown.makeTab();
    shown.tab().restore(left.front());
    QCOMPARE(shown.editor().bytes(), "xselect 1"_ba);
    QCOMPARE(shown.tab().filePath(), path);
    QCOMPARE(shown.tab().title(), u"a.sql"_s);
    QVERIFY(shown.tab().isUnsaved());
    QVERIFY(shown.present());
    auto *note = shown.find<ui::Note>(u"editor.note"_s);
    QVERIFY(note->isVisible() && note->sentence().contains(u"not saved"_s));
    // The file was changed while nobody was there: it is not written over.
    QVERIFY(shown.home().write(u"a.sql"_s, "select 2"));
    QVERIFY(!shown.tab().save());
    QVERIFY(shown.home().write(u"a.sql"_s, "select 1"));
    QVERIFY(shown.tab().save());
}

// The window discards a leftover at Journal::written of the tab that took it over; until then the
// old copy is the only one.
void TestEditorJournal::oldCopyStaysUntilTheNewOneIsThere()
{
    EditorWindow shown;
    QVERIFY(shown.home().openJournal());
    shown.makeTab();
    QVERIFY(shown.present());
    QTest::keyClicks(&shown.editor(), u"precious"_s);
    shown.dropTab();
    QVERIFY(shown.home().openJournal());
    core::Journal &journal = *shown.home().journal();
    const std::vector<core::Leftover> left = leftovers(journal);
    QCOMPARE(left.size(), std::size_t(1));
    shown.makeTab();
    QSignalSpy written(&journal, &core::Journal::written);
    shown.tab().restore(left.front());
    QCOMPARE(copies(shown.home()), QStringList{u"precious"_s});
    QTRY_COMPARE(written.count(), 1);
    QCOMPARE(written.first().first().value<core::BufferId>(), shown.tab().journalBuffer());
    QCOMPARE(copies(shown.home()), (QStringList{u"precious"_s, u"precious"_s}));
    journal.discard(left.front().id);
    QTRY_COMPARE(copies(shown.home()), QStringList{u"precious"_s});
    shown.dropTab(); // and once more without loss
    QVERIFY(shown.home().openJournal());
    QCOMPARE(leftovers(*shown.home().journal()).size(), std::size_t(1));
}

void TestEditorJournal::restoredTextIsNotRun()
{
    EditorWindow shown;
    QVERIFY(shown.home().openJournal());
    core::Leftover left;
    left.content.title = u"Query 1"_s;
    left.content.text = "drop table t";
    left.time = QDateTime::currentDateTimeUtc();
    shown.makeTab();
    shown.tab().restore(left);
    QVERIFY(!shown.tab().run());
    QCOMPARE(shown.tab().title(), u"Query 1"_s);
}

void TestEditorJournal::everyByteIsKept()
{
    const QByteArray bytes = "-- ä 日本 😀\r\n\xff\xfe 'gr\xf6\xdf' \xe6\x97\n\tx"_ba;
    EditorWindow shown;
    QVERIFY(shown.home().write(u"a.sql"_s, bytes) && shown.home().openJournal());
    shown.makeTab();
    QVERIFY(shown.present() && shown.tab().openFile(shown.home().path(u"a.sql"_s)));
    QTest::keyClick(&shown.editor(), Qt::Key_Y);
    shown.dropTab();
    QVERIFY(shown.home().openJournal());
    const std::vector<core::Leftover> left = leftovers(*shown.home().journal());
    QCOMPARE(left.size(), std::size_t(1));
    shown.makeTab();
    shown.tab().restore(left.front());
    QCOMPARE(shown.editor().bytes(), 'y' + bytes);
}

void TestEditorJournal::withoutAJournal()
{
    EditorWindow shown;
    QVERIFY(shown.present());
    QTest::keyClicks(&shown.editor(), u"select 1"_s);
    QVERIFY(shown.tab().isUnsaved());
    QVERIFY(shown.find<ui::TextLabel>(u"editor.kept"_s)->text().isEmpty());
    shown.dropTab();
    QCOMPARE(copies(shown.home()), QStringList());
}

QTEST_MAIN(TestEditorJournal)
#include "tst_editorjournal.moc"
