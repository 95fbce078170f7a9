// SPDX-License-Identifier: GPL-3.0-or-later
#include "editorwindow.h"
#include "ui/common/button.h"
#include "ui/common/labels.h"
#include "ui/common/searchfield.h"
#include "ui/editor/editorfindbar.h"

#include <QTest>

using namespace Qt::StringLiterals;
using test::EditorWindow;

namespace {

struct Finding : EditorWindow {
    ui::EditorFindBar *bar = find<ui::EditorFindBar>(u"editor.findBar"_s);
    ui::SearchField *field = find<ui::SearchField>(u"editor.findField"_s);
    ui::TextLabel *count = find<ui::TextLabel>(u"editor.findCount"_s);

    bool begin(const QByteArray &text)
    {
        editor().setBytes(text);
        if (!present())
            return false;
        tab().find();
        return bar->isVisible() && field->hasFocus();
    }
    /// "3-6 of 1 of 2": the selection in bytes and the count.
    [[nodiscard]] QString state() const
    {
        const auto [first, last] = editor().selectionBytes();
        return u"%1-%2, %3"_s.arg(first).arg(last).arg(count->text());
    }
};

} // namespace

class TestEditorFindBar : public QObject
{
    Q_OBJECT

private slots:
    void findsAsOneTypes();
    void nextAndPreviousGoRound();
    void buttonsDoTheSame();
    void positionsBehindLettersOfSeveralBytes();
    void caseDoesNotMatter_data();
    void caseDoesNotMatter();
    void noMatch();
    void patternIsTakenLiterally();
    void matchesDoNotOverlap();
    void takesTheSelectedWord();
    void severalLinesAreNoPattern();
    void escapeGoesBackToTheText();
    void nextWithoutABar();
    void countFollowsTheText();
};

void TestEditorFindBar::findsAsOneTypes()
{
    Finding shown;
    QVERIFY(shown.begin("select one, only from t"));
    QCOMPARE(shown.count->text(), QString());
    QTest::keyClicks(shown.field, u"on"_s);
    QCOMPARE(shown.state(), u"7-9, 1 of 2"_s);
    QTest::keyClick(shown.field, Qt::Key_L); // "onl": further on
    QCOMPARE(shown.state(), u"12-15, 1 of 1"_s);
    QTest::keyClick(shown.field, Qt::Key_Backspace);
    QCOMPARE(shown.state(), u"12-14, 2 of 2"_s);
}

void TestEditorFindBar::nextAndPreviousGoRound()
{
    Finding shown;
    QVERIFY(shown.begin("a b a b a"));
    QTest::keyClicks(shown.field, u"a"_s);
    QCOMPARE(shown.state(), u"0-1, 1 of 3"_s);
    QTest::keyClick(shown.field, Qt::Key_Return);
    QCOMPARE(shown.state(), u"4-5, 2 of 3"_s);
    shown.tab().findNext();
    QCOMPARE(shown.state(), u"8-9, 3 of 3"_s);
    shown.tab().findNext();
    QCOMPARE(shown.state(), u"0-1, 1 of 3"_s);
    shown.tab().findPrevious();
    QCOMPARE(shown.state(), u"8-9, 3 of 3"_s);
    shown.tab().findPrevious();
    QCOMPARE(shown.state(), u"4-5, 2 of 3"_s);
}

void TestEditorFindBar::buttonsDoTheSame()
{
    Finding shown;
    QVERIFY(shown.begin("a a a"));
    QTest::keyClicks(shown.field, u"a"_s);
    QTest::mouseClick(shown.find<ui::Button>(u"editor.findNext"_s), Qt::LeftButton);
    QCOMPARE(shown.state(), u"2-3, 2 of 3"_s);
    QTest::mouseClick(shown.find<ui::Button>(u"editor.findPrevious"_s), Qt::LeftButton);
    QCOMPARE(shown.state(), u"0-1, 1 of 3"_s);
    QTest::mouseClick(shown.find<ui::Button>(u"editor.findClose"_s), Qt::LeftButton);
    QVERIFY(!shown.bar->isVisible() && shown.editor().hasFocus());
}

void TestEditorFindBar::positionsBehindLettersOfSeveralBytes()
{
    Finding shown;
    QVERIFY(shown.begin("'äöü 日本 😀' x\r\n'😀' x"));
    QTest::keyClicks(shown.field, u"x"_s);
    QCOMPARE(shown.state(), u"21-22, 1 of 2"_s);
    QTest::keyClick(shown.field, Qt::Key_Return);
    QCOMPARE(shown.state(), u"31-32, 2 of 2"_s);
    QTest::keyClick(shown.field, Qt::Key_Return);
    QCOMPARE(shown.state(), u"21-22, 1 of 2"_s);
    shown.field->setText(u"😀"_s);
    QTest::keyClick(shown.field, Qt::Key_Return);
    QCOMPARE(shown.state(), u"25-29, 2 of 2"_s);
}

void TestEditorFindBar::caseDoesNotMatter_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("pattern");
    QTest::newRow("ascii") << "SELECT Select"_ba << u"select"_s;
    QTest::newRow("umlauts") << "ÄPFEL äpfel"_ba << u"äPFel"_s;
    QTest::newRow("greek") << "ΑΒΓ αβγ"_ba << u"αβΓ"_s;
}

void TestEditorFindBar::caseDoesNotMatter()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, pattern);
    Finding shown;
    QVERIFY(shown.begin(text));
    shown.field->setText(pattern);
    QTest::keyClick(shown.field, Qt::Key_Return);
    QCOMPARE(shown.count->text(), u"1 of 2"_s);
    QTest::keyClick(shown.field, Qt::Key_Return);
    QCOMPARE(shown.count->text(), u"2 of 2"_s);
}

void TestEditorFindBar::noMatch()
{
    Finding shown;
    QVERIFY(shown.begin("select 1"));
    QTest::keyClicks(shown.field, u"zz"_s);
    QVERIFY(!shown.field->error().isEmpty());
    QVERIFY(shown.count->text().contains(u"0"_s));
    shown.field->clear();
    QTest::keyClicks(shown.field, u"sel"_s);
    QVERIFY(shown.field->error().isEmpty());
    QCOMPARE(shown.state(), u"0-3, 1 of 1"_s);
}

void TestEditorFindBar::patternIsTakenLiterally()
{
    Finding shown;
    QVERIFY(shown.begin("ab a.b a\\d <b>"));
    shown.field->setText(u"a.b"_s);
    QTest::keyClick(shown.field, Qt::Key_Return);
    QCOMPARE(shown.state(), u"3-6, 1 of 1"_s);
    shown.field->setText(u"\\d"_s);
    QTest::keyClick(shown.field, Qt::Key_Return);
    QCOMPARE(shown.state(), u"8-10, 1 of 1"_s);
}

void TestEditorFindBar::matchesDoNotOverlap()
{
    Finding shown;
    QVERIFY(shown.begin("aaaa"));
    QTest::keyClicks(shown.field, u"aa"_s);
    QCOMPARE(shown.state(), u"0-2, 1 of 2"_s);
    QTest::keyClick(shown.field, Qt::Key_Return);
    QCOMPARE(shown.state(), u"2-4, 2 of 2"_s);
    QTest::keyClick(shown.field, Qt::Key_Return);
    QCOMPARE(shown.state(), u"0-2, 1 of 2"_s);
}

void TestEditorFindBar::takesTheSelectedWord()
{
    Finding shown;
    shown.editor().setBytes("one two one");
    QVERIFY(shown.present());
    shown.editor().select(0, 3);
    shown.tab().find();
    QCOMPARE(shown.field->text(), u"one"_s);
    QCOMPARE(shown.field->selectedText(), u"one"_s); // typing replaces it
    QCOMPARE(shown.count->text(), u"1 of 2"_s);
    QTest::keyClicks(shown.field, u"two"_s);
    QCOMPARE(shown.state(), u"4-7, 1 of 1"_s);
}

void TestEditorFindBar::severalLinesAreNoPattern()
{
    Finding shown;
    shown.editor().setBytes("one\ntwo");
    QVERIFY(shown.present());
    shown.editor().select(0, 7);
    shown.tab().find();
    QCOMPARE(shown.field->text(), QString());
}

void TestEditorFindBar::escapeGoesBackToTheText()
{
    Finding shown;
    QVERIFY(shown.begin("one two"));
    QTest::keyClicks(shown.field, u"two"_s);
    QTest::keyClick(shown.field, Qt::Key_Escape); // first the words, then the bar
    QVERIFY(shown.field->text().isEmpty() && shown.bar->isVisible());
    QCOMPARE(shown.count->text(), QString()); // not that of the words that are gone
    QTest::keyClick(shown.field, Qt::Key_Escape);
    QVERIFY(!shown.bar->isVisible());
    QVERIFY(shown.editor().hasFocus());
    QCOMPARE(shown.editor().selectionBytes(), std::pair(4, 7)); // where it was found
}

void TestEditorFindBar::nextWithoutABar()
{
    Finding shown;
    shown.editor().setBytes("one two one");
    QVERIFY(shown.present());
    shown.tab().findNext(); // nothing to look for yet: asks
    QVERIFY(shown.bar->isVisible() && shown.field->hasFocus());
    QTest::keyClicks(shown.field, u"one"_s);
    QTest::mouseClick(shown.find<ui::Button>(u"editor.findClose"_s), Qt::LeftButton);
    shown.tab().findNext();
    QVERIFY(!shown.bar->isVisible());
    QCOMPARE(shown.editor().selectionBytes(), std::pair(8, 11));
}

void TestEditorFindBar::countFollowsTheText()
{
    Finding shown;
    QVERIFY(shown.begin("one"));
    QTest::keyClicks(shown.field, u"one"_s);
    QCOMPARE(shown.count->text(), u"1 of 1"_s);
    shown.editor().setFocus();
    shown.editor().SendScintilla(QsciScintilla::SCI_DOCUMENTEND);
    QTest::keyClicks(&shown.editor(), u" one"_s);
    QTRY_VERIFY(shown.count->text().contains(u"2"_s));
}

QTEST_MAIN(TestEditorFindBar)
#include "tst_editorfindbar.moc"
