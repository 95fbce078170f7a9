// SPDX-License-Identifier: GPL-3.0-or-later
#include "editorwindow.h"
#include "ui/common/theme.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using test::EditorWindow;

namespace {

/// The colour that the byte is drawn in.
QColor inkAt(ui::SqlEditor &editor, qsizetype byte)
{
    editor.SendScintilla(QsciScintilla::SCI_COLOURISE, 0UL, -1L);
    const long style =
        editor.SendScintilla(QsciScintilla::SCI_GETSTYLEAT, static_cast<unsigned long>(byte));
    const long bgr =
        editor.SendScintilla(QsciScintilla::SCI_STYLEGETFORE, static_cast<unsigned long>(style));
    return QColor(int(bgr & 0xff), int(bgr >> 8 & 0xff), int(bgr >> 16 & 0xff));
}

struct Coloured : EditorWindow {
    bool load()
    {
        QSignalSpy loaded(&highlighters(), &ui::HighlighterLoader::loaded);
        highlighters().start();
        highlighters().start(); // once is enough
        return present() && (loaded.count() == 1 || loaded.wait(20'000))
               && highlighters().factory();
    }
    QColor ink(QByteArrayView word) { return inkAt(editor(), editor().bytes().indexOf(word)); }
    [[nodiscard]] const ui::SyntaxColors &colors() { return ui::theme(&editor()).syntax; }
};

} // namespace

/// The plugin as the program finds it: beside the program, after the window stands.
class TestHighlighter : public QObject
{
    Q_OBJECT

private slots:
    void textBeforeThePluginIsPlain();
    void coloursSql();
    void coloursBehindLettersOfSeveralBytes();
    void coloursWhatIsTyped();
    void commentsOverLines();
    void invalidUtf8();
    void followsTheTheme();
    void languageByTheFilesName();
    void tabsOpenedLater();
    void veryLongLines();
    void editorThatEndsFirst();
};

void TestHighlighter::textBeforeThePluginIsPlain()
{
    Coloured shown;
    QVERIFY(shown.present());
    shown.editor().setBytes("select 'x'");
    QVERIFY(!shown.highlighters().factory());
    QCOMPARE(shown.ink("select"), shown.ink("'x'"));
    QVERIFY(shown.load());
    QVERIFY(shown.ink("select") != shown.ink("'x'")); // the text that is there gets them too
}

void TestHighlighter::coloursSql()
{
    Coloured shown;
    QVERIFY(shown.load());
    shown.editor().setBytes("SELECT amount, 12.5, 'text' FROM invoices -- why\nWHERE id = 1");
    QCOMPARE(shown.ink("SELECT"), shown.colors().keyword);
    QCOMPARE(shown.ink("FROM"), shown.colors().keyword);
    QCOMPARE(shown.ink("12.5"), shown.colors().number);
    QCOMPARE(shown.ink("'text'"), shown.colors().string);
    QCOMPARE(shown.ink("-- why"), shown.colors().comment);
    QCOMPARE(shown.ink("invoices"), shown.colors().name);
    QCOMPARE(shown.ink("WHERE"), shown.colors().keyword);
}

void TestHighlighter::coloursBehindLettersOfSeveralBytes()
{
    Coloured shown;
    QVERIFY(shown.load());
    shown.editor().setBytes("SELECT 'äöü 日本 😀 e\u0301', 42 FROM größe -- ä\nWHERE");
    const QByteArray text = shown.editor().bytes();
    const qsizetype open = text.indexOf('\'');
    const qsizetype close = text.lastIndexOf('\'');
    for (qsizetype at = open; at <= close; ++at)
        QCOMPARE(inkAt(shown.editor(), at), shown.colors().string);
    QCOMPARE(inkAt(shown.editor(), close + 1), shown.colors().name);
    QCOMPARE(shown.ink("42"), shown.colors().number);
    QCOMPARE(shown.ink("FROM"), shown.colors().keyword);
    QCOMPARE(shown.ink("-- ä"), shown.colors().comment);
    QCOMPARE(shown.ink("WHERE"), shown.colors().keyword);
}

void TestHighlighter::coloursWhatIsTyped()
{
    Coloured shown;
    QVERIFY(shown.load());
    shown.editor().setBytes("");
    QTest::keyClicks(&shown.editor(), u"SELECT 1"_s);
    QCOMPARE(shown.ink("SELECT"), shown.colors().keyword);
    QTest::keyClick(&shown.editor(), Qt::Key_Home);
    QTest::keyClicks(&shown.editor(), u"--"_s);
    QCOMPARE(shown.ink("SELECT"), shown.colors().comment);
    shown.editor().undo();
    QTRY_COMPARE(shown.ink("SELECT"), shown.colors().keyword);
}

void TestHighlighter::commentsOverLines()
{
    Coloured shown;
    QVERIFY(shown.load());
    shown.editor().setBytes("SELECT 1;\nSELECT 2;\nSELECT 3;\n");
    QCOMPARE(inkAt(shown.editor(), 20), shown.colors().keyword);
    shown.editor().goToPosition(0);
    QTest::keyClicks(&shown.editor(), u"/* "_s);
    QCOMPARE(inkAt(shown.editor(), 23), shown.colors().comment); // two lines below
    shown.editor().goToPosition(12);
    QTest::keyClicks(&shown.editor(), u"*/"_s);
    QCOMPARE(inkAt(shown.editor(), 25), shown.colors().keyword);
}

void TestHighlighter::invalidUtf8()
{
    Coloured shown;
    QVERIFY(shown.load());
    shown.editor().setBytes("SELECT '\xff\xfe gr\xf6\xdf \xe6\x97', 42 FROM t\n\xe2\x82\nWHERE");
    QCOMPARE(shown.ink("42"), shown.colors().number);
    QCOMPARE(shown.ink("FROM"), shown.colors().keyword);
    QCOMPARE(shown.ink("WHERE"), shown.colors().keyword);
}

void TestHighlighter::followsTheTheme()
{
    Coloured shown;
    QVERIFY(shown.load());
    shown.editor().setBytes("SELECT 'x'");
    const QColor light = shown.ink("SELECT");
    shown.themes().setChoice(ui::ThemeController::Choice::Dark);
    QTRY_VERIFY(shown.ink("SELECT") != light);
    QCOMPARE(shown.ink("SELECT"), shown.colors().keyword);
    QCOMPARE(shown.ink("'x'"), shown.colors().string);
}

void TestHighlighter::languageByTheFilesName()
{
    Coloured shown;
    QVERIFY(shown.home().write(u"a.py"_s, "select = 1"));
    QVERIFY(shown.home().write(u"a.SQL"_s, "select 1"));
    QVERIFY(shown.home().write(u"a.no-such-language"_s, "select 1"));
    QVERIFY(shown.load());
    QVERIFY(shown.tab().openFile(shown.home().path(u"a.SQL"_s)));
    QCOMPARE(shown.ink("select"), shown.colors().keyword);
    QVERIFY(shown.tab().openFile(shown.home().path(u"a.py"_s)));
    QVERIFY(shown.ink("select") != shown.colors().keyword);
    QVERIFY(shown.tab().openFile(shown.home().path(u"a.no-such-language"_s)));
    QCOMPARE(shown.editor().bytes(), "select 1"_ba); // no colours, no harm
}

void TestHighlighter::tabsOpenedLater()
{
    Coloured shown;
    QVERIFY(shown.load());
    shown.makeTab();
    shown.tab().setText("select 1", u"Query 2"_s);
    QVERIFY(shown.present());
    QCOMPARE(shown.ink("select"), shown.colors().keyword);
}

void TestHighlighter::veryLongLines()
{
    Coloured shown;
    QVERIFY(shown.load());
    shown.editor().setBytes("SELECT '" + QByteArray(60'000, 'x') + "';\nSELECT 1");
    const qsizetype last = shown.editor().bytes().lastIndexOf("SELECT");
    QCOMPARE(inkAt(shown.editor(), last), shown.colors().keyword); // the long one stays plain
}

void TestHighlighter::editorThatEndsFirst()
{
    Coloured shown;
    shown.editor().setBytes("select 1");
    QSignalSpy loaded(&shown.highlighters(), &ui::HighlighterLoader::loaded);
    shown.highlighters().start();
    shown.dropTab(); // while the plugin is on its way
    QTRY_COMPARE(loaded.count(), 1);
    shown.makeTab();
    QVERIFY(shown.present());
    shown.editor().setBytes("select 1");
    QCOMPARE(shown.ink("select"), shown.colors().keyword);
}

QTEST_MAIN(TestHighlighter)
#include "tst_highlighter.moc"
