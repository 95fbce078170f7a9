// SPDX-License-Identifier: GPL-3.0-or-later
#include "editorwindow.h"
#include "ui/common/note.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using test::EditorWindow;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : "unreadable"_ba;
}

QByteArray idOf(const core::Result<> &outcome)
{
    return outcome ? QByteArray() : outcome.error().id;
}

} // namespace

/// Texts from files and back into them, byte for byte.
class TestEditorFiles : public QObject
{
    Q_OBJECT

private slots:
    void opens();
    void bytesSurvive_data();
    void bytesSurvive();
    void newLinesAreTheFiles_data();
    void newLinesAreTheFiles();
    void largestFile();
    void whatIsNoText();
    void filesThatCannotBeRead();
    void unsavedUntilSaved();
    void savesUnderAnotherName();
    void withoutANameItAsks();
    void changedByAnotherProgram();
    void changedToTheSameByAnotherProgram();
    void removedByAnotherProgram();
    void folderThatCannotBeWritten();
    void hostileNames();
};

void TestEditorFiles::opens()
{
    EditorWindow shown;
    QVERIFY(shown.home().write(u"a.sql"_s, "select 1;\n"));
    QSignalSpy changed(&shown.tab(), &ui::Document::changed);
    QCOMPARE(idOf(shown.tab().openFile(shown.home().path(u"a.sql"_s))), ""_ba);
    QVERIFY(!changed.isEmpty());
    QCOMPARE(shown.tab().title(), u"a.sql"_s);
    QCOMPARE(shown.tab().description(), shown.tab().filePath());
    QCOMPARE(shown.tab().key(), u"file:"_s + shown.tab().filePath());
    QCOMPARE(shown.editor().bytes(), "select 1;\n"_ba);
    QVERIFY(!shown.tab().isUnsaved());
    QVERIFY(!shown.editor().isUndoAvailable()); // not back to an empty page
}

void TestEditorFiles::bytesSurvive_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << ""_ba;
    QTest::newRow("no line end at the end") << "select 1"_ba;
    QTest::newRow("line ends of Windows") << "select 1;\r\nselect 2;\r\n"_ba;
    QTest::newRow("line ends mixed") << "a\r\nb\nc\rd"_ba;
    QTest::newRow("byte order mark") << "\xef\xbb\xbfselect 1;\n"_ba;
    QTest::newRow("not UTF-8") << "select 'gr\xf6\xdf"
                                  "e', '\xff\xfe';\n"_ba;
    QTest::newRow("half a letter") << "select '\xe6\x97';\n"_ba;
    QTest::newRow("all planes") << "-- äöü 日本語 😀 e\u0301 \u202E\n"_ba;
    QTest::newRow("tabs and controls") << "a\tb\x01\x1b[31m\x7f\n"_ba;
}

void TestEditorFiles::bytesSurvive()
{
    QFETCH(const QByteArray, bytes);
    EditorWindow shown;
    QVERIFY(shown.home().write(u"a.sql"_s, bytes));
    const QString path = shown.home().path(u"a.sql"_s);
    QVERIFY(shown.tab().openFile(path));
    QVERIFY(!shown.tab().isUnsaved());
    QVERIFY(shown.tab().save());
    QCOMPARE(contentOf(path), bytes);
    // A letter more is a letter more and nothing else.
    QVERIFY(shown.present());
    shown.editor().SendScintilla(QsciScintilla::SCI_DOCUMENTEND);
    QTest::keyClick(&shown.editor(), Qt::Key_X);
    QVERIFY(shown.tab().isUnsaved());
    QVERIFY(shown.tab().save());
    QCOMPARE(contentOf(path), bytes + 'x');
}

void TestEditorFiles::newLinesAreTheFiles_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("Unix") << "a\nb"_ba << "a\nb\n"_ba;
    QTest::newRow("Windows") << "a\r\nb"_ba << "a\r\nb\r\n"_ba;
    QTest::newRow("one line") << "a"_ba << "a\n"_ba;
    QTest::newRow("mixed, the first counts") << "a\r\nb\nc"_ba << "a\r\nb\nc\r\n"_ba;
}

void TestEditorFiles::newLinesAreTheFiles()
{
    QFETCH(const QByteArray, bytes);
    EditorWindow shown;
    QVERIFY(shown.home().write(u"a.sql"_s, bytes));
    QVERIFY(shown.present() && shown.tab().openFile(shown.home().path(u"a.sql"_s)));
    shown.editor().SendScintilla(QsciScintilla::SCI_DOCUMENTEND);
    QTest::keyClick(&shown.editor(), Qt::Key_Return);
    QTEST(shown.editor().bytes(), "after");
}

void TestEditorFiles::largestFile()
{
    EditorWindow shown;
    const QString path = shown.home().path(u"big.sql"_s);
    const QByteArray most(200 * 1024, 'a');
    QVERIFY(shown.home().write(u"big.sql"_s, most));
    QVERIFY(shown.tab().openFile(path));
    QCOMPARE(shown.editor().bytes().size(), most.size());
    QVERIFY(shown.home().write(u"big.sql"_s, most + 'b'));
    shown.tab().setText("before", u"Query"_s);
    const core::Result<> outcome = shown.tab().openFile(path);
    QCOMPARE(idOf(outcome), "editor.tooBig"_ba);
    QVERIFY(outcome.error().message.contains(u"200"_s)); // says the limit
    QVERIFY(!outcome.error().advice.isEmpty());          // and another way
    QCOMPARE(shown.editor().bytes(), "before"_ba);
    QVERIFY(shown.home().write(u"big.sql"_s, QByteArray(70 * 1024 * 1024, 'a')));
    QCOMPARE(idOf(shown.tab().openFile(path)), "file.tooBig"_ba);
}

void TestEditorFiles::whatIsNoText()
{
    EditorWindow shown;
    QVERIFY(shown.home().write(u"a.sql"_s, QByteArray("a\0b", 3)));
    QCOMPARE(idOf(shown.tab().openFile(shown.home().path(u"a.sql"_s))), "editor.binary"_ba);
    QCOMPARE(shown.editor().bytes(), ""_ba);
    QVERIFY(shown.tab().key().isEmpty());
}

void TestEditorFiles::filesThatCannotBeRead()
{
    EditorWindow shown;
    const QString there = shown.home().path(u"a.sql"_s);
    const QString link = shown.home().path(u"link.sql"_s);
    const QString pipe = shown.home().path(u"pipe.sql"_s);
    QCOMPARE(idOf(shown.tab().openFile(there)), "file.missing"_ba);
    QCOMPARE(idOf(shown.tab().openFile(shown.home().folder())), "file.notRegular"_ba);
    QVERIFY(shown.home().write(u"a.sql"_s, "select 1"));
    QVERIFY(QFile::link(there, link));
    QCOMPARE(idOf(shown.tab().openFile(link)), "file.symlink"_ba);
    QCOMPARE(mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    QCOMPARE(idOf(shown.tab().openFile(pipe)), "file.notRegular"_ba);
    QVERIFY(QFile::setPermissions(there, {}));
    QCOMPARE(idOf(shown.tab().openFile(there)), "file.permission"_ba);
}

void TestEditorFiles::unsavedUntilSaved()
{
    EditorWindow shown;
    QVERIFY(shown.home().write(u"a.sql"_s, "select 1"));
    QVERIFY(shown.present() && shown.tab().openFile(shown.home().path(u"a.sql"_s)));
    QSignalSpy changed(&shown.tab(), &ui::Document::changed);
    QTest::keyClick(&shown.editor(), Qt::Key_X);
    QVERIFY(shown.tab().isUnsaved());
    QVERIFY(!changed.isEmpty()); // the tab gets its dot
    shown.editor().undo();
    QVERIFY(!shown.tab().isUnsaved());
    QTest::keyClick(&shown.editor(), Qt::Key_X);
    QVERIFY(shown.tab().save());
    QVERIFY(!shown.tab().isUnsaved());
    QCOMPARE(contentOf(shown.home().path(u"a.sql"_s)), "xselect 1"_ba);
}

void TestEditorFiles::savesUnderAnotherName()
{
    EditorWindow shown;
    QVERIFY(shown.present());
    shown.tab().setText("select 1", u"Query 1"_s);
    QTest::keyClick(&shown.editor(), Qt::Key_X);
    const QString path = shown.home().path(u"new.sql"_s);
    QVERIFY(shown.tab().saveAs(path));
    QCOMPARE(contentOf(path), "xselect 1"_ba);
    QCOMPARE(shown.tab().title(), u"new.sql"_s);
    QVERIFY(!shown.tab().isUnsaved());
    QTest::keyClick(&shown.editor(), Qt::Key_Y);
    QVERIFY(shown.tab().save()); // its own name from now on
    QCOMPARE(contentOf(path), "xyselect 1"_ba);
}

void TestEditorFiles::withoutANameItAsks()
{
    EditorWindow shown;
    shown.tab().setText("select 1", u"Query 1"_s);
    QSignalSpy wanted(&shown.tab(), &ui::EditorTab::saveAsWanted);
    QVERIFY(!shown.tab().save());
    QCOMPARE(wanted.count(), 1);
    QVERIFY(shown.tab().key().isEmpty());
}

void TestEditorFiles::changedByAnotherProgram()
{
    EditorWindow shown;
    QVERIFY(shown.home().write(u"a.sql"_s, "select 1"));
    const QString path = shown.home().path(u"a.sql"_s);
    QVERIFY(shown.present() && shown.tab().openFile(path));
    QTest::keyClick(&shown.editor(), Qt::Key_X);
    QVERIFY(shown.home().write(u"a.sql"_s, "select 2"));
    QVERIFY(!shown.tab().save());
    QCOMPARE(contentOf(path), "select 2"_ba); // nothing is written over
    QVERIFY(shown.tab().isUnsaved());
    auto *note = shown.find<ui::Note>(u"editor.note"_s);
    QVERIFY(note->isVisible());
    QVERIFY(note->second().contains(path));
    const QString other = shown.home().path(u"b.sql"_s);
    QVERIFY(shown.tab().saveAs(other));
    QCOMPARE(contentOf(other), "xselect 1"_ba);
    QVERIFY(!note->isVisible());
}

void TestEditorFiles::changedToTheSameByAnotherProgram()
{
    EditorWindow shown;
    QVERIFY(shown.home().write(u"a.sql"_s, "select 1"));
    QVERIFY(shown.present() && shown.tab().openFile(shown.home().path(u"a.sql"_s)));
    QTest::keyClick(&shown.editor(), Qt::Key_X);
    QVERIFY(shown.home().write(u"a.sql"_s, "xselect 1"));
    QVERIFY(shown.tab().save());
    QVERIFY(!shown.tab().isUnsaved());
}

void TestEditorFiles::removedByAnotherProgram()
{
    EditorWindow shown;
    QVERIFY(shown.home().write(u"a.sql"_s, "select 1"));
    const QString path = shown.home().path(u"a.sql"_s);
    QVERIFY(shown.tab().openFile(path));
    QVERIFY(QFile::remove(path));
    QVERIFY(shown.tab().save());
    QCOMPARE(contentOf(path), "select 1"_ba);
}

void TestEditorFiles::folderThatCannotBeWritten()
{
    EditorWindow shown;
    QVERIFY(shown.present());
    QVERIFY(shown.home().write(u"locked/a.sql"_s, "select 1"));
    const QString folder = shown.home().path(u"locked"_s);
    QVERIFY(shown.tab().openFile(folder + u"/a.sql"_s));
    QTest::keyClick(&shown.editor(), Qt::Key_X);
    QVERIFY(QFile::setPermissions(folder, QFileDevice::ReadOwner | QFileDevice::ExeOwner));
    const bool saved = shown.tab().save();
    QVERIFY(QFile::setPermissions(folder, QFileDevice::ReadOwner | QFileDevice::WriteOwner
                                              | QFileDevice::ExeOwner));
    QVERIFY(!saved);
    QVERIFY(shown.tab().isUnsaved());
    QVERIFY(shown.find<ui::Note>(u"editor.note"_s)->isVisible());
    QCOMPARE(contentOf(folder + u"/a.sql"_s), "select 1"_ba);
    QCOMPARE(QDir(folder).entryList(QDir::Files | QDir::Hidden), QStringList{u"a.sql"_s});
}

void TestEditorFiles::hostileNames()
{
    EditorWindow shown;
    const QString name = u"<b>a&b</b>\n\u202E'\"%1.sql"_s.remove(u'/');
    QVERIFY(shown.home().write(name, "select 1"));
    QVERIFY(shown.tab().openFile(shown.home().path(name)));
    QCOMPARE(shown.tab().title(), name);
    QVERIFY(shown.tab().save());
    QCOMPARE(contentOf(shown.home().path(name)), "select 1"_ba);
}

QTEST_MAIN(TestEditorFiles)
#include "tst_editorfiles.moc"
