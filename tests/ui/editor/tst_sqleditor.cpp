// SPDX-License-Identifier: GPL-3.0-or-later
#include "editorwindow.h"
#include "ui/common/theme.h"

#include <QAction>
#include <QApplication>
#include <QImage>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using test::EditorWindow;

namespace {

constexpr int rangeMarker = 2;

QList<int> markedLines(ui::SqlEditor &editor)
{
    QList<int> lines;
    for (int line = 0; line < editor.lines(); ++line) {
        if (editor.markersAtLine(line) & (1U << rangeMarker))
            lines << line;
    }
    return lines;
}

} // namespace

class TestSqlEditor : public QObject
{
    Q_OBJECT

private slots:
    void bytesAndPositions();
    void barFollowsTheCaret();
    void barFollowsTheSelection();
    void barFollowsTheText();
    void keysOfTheWindowReachIt_data();
    void keysOfTheWindowReachIt();
    void tabIndents();
    void followsTheTheme();
    void goesToALine();
    void wideNumbersHaveRoom();
    void readsFromTheLeftInEveryLanguage();
};

void TestSqlEditor::bytesAndPositions()
{
    EditorWindow shown;
    ui::SqlEditor &editor = shown.editor();
    QSignalSpy edited(&editor, &ui::SqlEditor::edited);
    editor.setBytes("ä😀b");
    QVERIFY(!edited.isEmpty());
    QCOMPARE(editor.bytes(), "ä😀b"_ba);
    QCOMPARE(editor.caret(), 0);
    editor.goToPosition(6);
    QCOMPARE(editor.caret(), 6);
    editor.select(0, 2);
    QCOMPARE(editor.selectionBytes(), std::pair(0, 2));
    QCOMPARE(editor.selectedText(), u"ä"_s);
    editor.setBytes("");
    QCOMPARE(editor.bytes(), ""_ba);
    QVERIFY(!editor.isUndoAvailable());
}

void TestSqlEditor::barFollowsTheCaret()
{
    EditorWindow shown;
    QVERIFY(shown.present());
    shown.tab().setText("select 1;\n\nselect\n  2\nfrom t;\n", u"Query"_s);
    ui::SqlEditor &editor = shown.editor();
    QCOMPARE(markedLines(editor), QList<int>{0});
    editor.goToPosition(20);
    QTRY_COMPARE(markedLines(editor), (QList<int>{2, 3, 4}));
    editor.goToPosition(0);
    QTRY_COMPARE(markedLines(editor), QList<int>{0});
}

void TestSqlEditor::barFollowsTheSelection()
{
    EditorWindow shown;
    QVERIFY(shown.present());
    shown.tab().setText("select 1,\n 2,\n 3;\nselect 4", u"Query"_s);
    shown.editor().select(10, 14);
    QTRY_COMPARE(markedLines(shown.editor()), (QList<int>{1, 2}));
}

void TestSqlEditor::barFollowsTheText()
{
    EditorWindow shown;
    QVERIFY(shown.present());
    shown.tab().setText("", u"Query"_s);
    QCOMPARE(markedLines(shown.editor()), QList<int>());
    QTest::keyClicks(&shown.editor(), u"select 1"_s);
    QTRY_COMPARE(markedLines(shown.editor()), QList<int>{0});
    // Two lines where there was one: the bar covers them although the first line is the same.
    QTest::keyClick(&shown.editor(), Qt::Key_Return);
    QTest::keyClicks(&shown.editor(), u", 2"_s);
    QTRY_COMPARE(markedLines(shown.editor()), (QList<int>{0, 1}));
    shown.editor().selectAll();
    QTest::keyClick(&shown.editor(), Qt::Key_Delete);
    QTRY_COMPARE(markedLines(shown.editor()), QList<int>());
}

void TestSqlEditor::keysOfTheWindowReachIt_data()
{
    QTest::addColumn<QString>("keys");
    for (const char *keys :
         {"Ctrl+Return", "F5",           "Esc",          "Ctrl+W",   "Ctrl+P",   "Ctrl+Shift+P",
          "Ctrl+F",      "F3",           "Shift+F3",     "Ctrl+G",   "Ctrl+N",   "Ctrl+O",
          "Ctrl+S",      "Ctrl+Shift+S", "Ctrl+Shift+T", "Ctrl+E",   "Ctrl+Tab", "Ctrl+Shift+Tab",
          "Ctrl+PgDown", "Ctrl+PgUp",    "F6",           "Shift+F6", "Alt+1",    "Ctrl+Alt+I",
          "Ctrl+Q",      "Ctrl+Shift+O", "Ctrl+Shift+N"})
        QTest::newRow(keys) << QString::fromLatin1(keys);
}

// An editor takes every key that it has bound; those of the window's commands it has not.
void TestSqlEditor::keysOfTheWindowReachIt()
{
    QFETCH(const QString, keys);
    EditorWindow shown;
    const QKeySequence sequence(keys, QKeySequence::PortableText);
    auto *action = new QAction(&shown.window());
    action->setShortcut(sequence);
    shown.window().addAction(action);
    QSignalSpy triggered(action, &QAction::triggered);
    shown.editor().setBytes("select 1;\nselect 2");
    QVERIFY(shown.present());
    const QKeyCombination combination = sequence[0];
    QTest::keyClick(&shown.editor(), combination.key(), combination.keyboardModifiers());
    QCOMPARE(triggered.count(), 1);
    QCOMPARE(shown.editor().bytes(), "select 1;\nselect 2"_ba);
}

void TestSqlEditor::tabIndents()
{
    EditorWindow shown;
    QVERIFY(shown.present());
    shown.editor().setBytes("");
    QTest::keyClick(&shown.editor(), Qt::Key_Tab);
    QCOMPARE(shown.editor().bytes(), "    "_ba);
    QVERIFY(shown.editor().hasFocus());
}

void TestSqlEditor::followsTheTheme()
{
    EditorWindow shown;
    QVERIFY(shown.present());
    shown.editor().setBytes("");
    const auto ground = [&] {
        const QImage image = shown.editor().viewport()->grab().toImage();
        return image.pixelColor(image.width() / 2, image.height() - 4);
    };
    const QColor before = ground();
    QCOMPARE(before, ui::theme(&shown.editor()).base);
    shown.themes().setChoice(ui::ThemeController::Choice::Dark);
    QTRY_VERIFY(ground() != before);
    QCOMPARE(ground(), ui::theme(&shown.editor()).base);
}

void TestSqlEditor::goesToALine()
{
    EditorWindow shown;
    shown.editor().setBytes("a\nb\nc");
    shown.editor().goToLine(2);
    QCOMPARE(shown.editor().caret(), 2);
    shown.editor().goToLine(99);
    QCOMPARE(shown.editor().caret(), 4);
    shown.editor().goToLine(-5);
    QCOMPARE(shown.editor().caret(), 0);
}

void TestSqlEditor::wideNumbersHaveRoom()
{
    EditorWindow shown;
    QVERIFY(shown.present());
    shown.editor().setBytes("a\nb");
    const int narrow = shown.editor().marginWidth(1);
    shown.editor().setBytes(QByteArray(20'000, '\n'));
    QVERIFY(shown.editor().marginWidth(1) > narrow);
    const int needed = QFontMetrics(shown.editor().font()).horizontalAdvance(u"20001"_s);
    QVERIFY(shown.editor().marginWidth(1) >= needed);
}

/// Brackets and dots at the end of a run of one colour stay at its end.
void TestSqlEditor::readsFromTheLeftInEveryLanguage()
{
    QApplication::setCursorFlashTime(0);
    const auto drawn = [](Qt::LayoutDirection direction) {
        QApplication::setLayoutDirection(direction);
        EditorWindow shown;
        shown.tab().setText("create table public.t (a numeric(12,2) default '{}'::jsonb);",
                            u"Query"_s);
        const QImage image =
            shown.present()
                ? shown.editor().viewport()->grab().toImage().convertToFormat(QImage::Format_RGB32)
                : QImage();
        QApplication::setLayoutDirection(Qt::LeftToRight);
        return image;
    };
    const QImage usual = drawn(Qt::LeftToRight);
    QVERIFY(!usual.isNull());
    QCOMPARE(drawn(Qt::RightToLeft), usual);
}

QTEST_MAIN(TestSqlEditor)
#include "tst_sqleditor.moc"
