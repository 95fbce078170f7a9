// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/hostiletexts.h"
#include "ui/common/button.h"
#include "ui/common/themecontroller.h"
#include "ui/main/messagespanel.h"

#include <QApplication>
#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStyle>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::MessagesPanel;

namespace {

struct Shown {
    MessagesPanel panel;

    Shown()
    {
        panel.resize(500, 200);
        panel.show();
    }
    [[nodiscard]] QString texts() const
    {
        QStringList all;
        for (const QLabel *label : panel.findChildren<QLabel *>())
            all << label->text();
        return all.join(u'|');
    }
    [[nodiscard]] bool atEnd() const
    {
        return panel.verticalScrollBar()->value() == panel.verticalScrollBar()->maximum();
    }
};

core::Error serverError()
{
    core::Error error;
    error.kind = core::ErrorKind::Server;
    error.message = u"relation \"x\" does not exist"_s;
    error.place = u"127.0.0.1, database d"_s;
    error.advice = u"Look at the names in the schema."_s;
    core::ServerReport report;
    report.sqlState = "42P01";
    report.detail = u"the detail"_s;
    report.hint = u"the hint"_s;
    error.server = report;
    return error;
}

} // namespace

class TestMessagesPanel : public QObject
{
    Q_OBJECT

private slots:
    void wordsStandBesideTheirSymbol_data();
    void wordsStandBesideTheirSymbol();
    void initTestCase() { m_themes = std::make_unique<ui::ThemeController>(*qApp); }
    void cleanupTestCase() { m_themes.reset(); }
    void errorInItsOrder();
    void adviceIsSaidOnce();
    void explanationTakesTheAdvicesPlace();
    void linkGoesToThePlace();
    void notices();
    void countsProblems();
    void textIsPlainAndCanBeCopied();
    void newestIsInSight();
    void readerIsNotMoved();
    void oldestGoFirst();

private:
    std::unique_ptr<ui::ThemeController> m_themes;
};

// What, where with the server's code, the server's detail and hint, what to do.
void TestMessagesPanel::errorInItsOrder()
{
    Shown shown;
    shown.panel.addError(serverError(), u"Line 3, column 8 in Query."_s, false);
    QCOMPARE(shown.texts(),
             u"relation \"x\" does not exist|Line 3, column 8 in Query. 127.0.0.1, database d "
             "Server code 42P01.|the detail|the hint|Look at the names in the schema."_s);
    QVERIFY(shown.panel.findChildren<ui::Button *>().isEmpty());
}

// What the server advises is often all the advice there is: it is said once.
void TestMessagesPanel::adviceIsSaidOnce()
{
    Shown shown;
    core::Error error = serverError();
    error.advice = error.server->hint;
    shown.panel.addError(error, {}, false);
    QCOMPARE(shown.texts().count(u"the hint"_s), 1);
}

// Why, and the best thing to do; the rest is a link away.
void TestMessagesPanel::explanationTakesTheAdvicesPlace()
{
    Shown shown;
    const int first = shown.panel.addError(serverError(), u"Line 3."_s, true);
    shown.panel.addError(serverError(), {}, false);
    const core::Explanation told{
        .id = "schema.alike"_ba,
        .title = u"There is no table x"_s,
        .why = u"The reason"_s,
        .fixes = {{.sentence = u"The best"_s}, {.sentence = u"The second"_s}}};
    QSignalSpy wanted(&shown.panel, &MessagesPanel::explainWanted);
    shown.panel.addExplanation(first, told);
    shown.panel.addExplanation(77, told); // of a message that has gone
    QCOMPARE(shown.texts().count(u"The reason"_s), 1);
    QCOMPARE(shown.texts().count(u"The best"_s), 1);
    QCOMPARE(shown.texts().count(u"The second"_s), 0);
    QCOMPARE(shown.texts().count(u"Look at the names"_s), 1); // the other message's
    auto *link = shown.panel.findChild<ui::Button *>(u"messages.explain"_s);
    QVERIFY(link);
    QTest::mouseClick(link, Qt::LeftButton);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.first().first().value<core::Explanation>(), told);

    core::Error hinted = serverError();
    core::Explanation same = told;
    same.fixes = {{.sentence = hinted.server->hint}};
    shown.panel.clear();
    shown.panel.addExplanation(shown.panel.addError(hinted, {}, false), same);
    QCOMPARE(shown.texts().count(u"the hint"_s), 1);
}

void TestMessagesPanel::linkGoesToThePlace()
{
    Shown shown;
    QSignalSpy wanted(&shown.panel, &MessagesPanel::goWanted);
    shown.panel.addError(serverError(), u"Line 3."_s, true);
    auto *link = shown.panel.findChild<ui::Button *>();
    QVERIFY(link);
    QTest::mouseClick(link, Qt::LeftButton);
    QCOMPARE(wanted.count(), 1);
}

void TestMessagesPanel::notices()
{
    Shown shown;
    core::ServerReport notice;
    notice.severity = u"NOTICE"_s;
    notice.message = u"table is empty"_s;
    notice.detail = u"why"_s;
    notice.hint = u"how"_s;
    shown.panel.addNotice(notice);
    QCOMPARE(shown.texts(), u"table is empty|why how"_s);
    QCOMPARE(shown.panel.problemCount(), 0);
}

void TestMessagesPanel::countsProblems()
{
    Shown shown;
    QSignalSpy changed(&shown.panel, &MessagesPanel::problemCountChanged);
    shown.panel.addNote(ui::Meaning::Ok, u"ok"_s, u"SELECT, rows: 1"_s);
    QVERIFY(changed.isEmpty());
    shown.panel.addError(serverError(), {}, false);
    shown.panel.addError(serverError(), {}, false);
    QCOMPARE(changed.last().first().toInt(), 2);
    shown.panel.clear();
    QCOMPARE(changed.last().first().toInt(), 0);
    QCOMPARE(shown.panel.problemCount(), 0);
    QVERIFY(shown.texts().isEmpty());
}

void TestMessagesPanel::textIsPlainAndCanBeCopied()
{
    Shown shown;
    for (const test::HostileText &hostile : test::hostileTexts()) {
        core::Error error = serverError();
        error.message = hostile.text;
        error.server->detail = hostile.text;
        error.server->hint = hostile.text;
        shown.panel.addError(error, hostile.text, true);
    }
    const QList<QLabel *> labels = shown.panel.findChildren<QLabel *>();
    QVERIFY(labels.size() > 100);
    for (const QLabel *label : labels) {
        QCOMPARE(label->textFormat(), Qt::PlainText);
        QVERIFY(label->textInteractionFlags() & Qt::TextSelectableByMouse);
        QVERIFY(label->wordWrap()); // an error is never cut off
    }
}

void TestMessagesPanel::newestIsInSight()
{
    Shown shown;
    for (int i = 0; i < 30; ++i)
        shown.panel.addNote(ui::Meaning::Info, u"info"_s, u"message %1"_s.arg(i));
    QTRY_VERIFY(shown.panel.verticalScrollBar()->maximum() > 0);
    QTRY_VERIFY(shown.atEnd());
}

// "Content that jumps when data arrives" must never happen.
void TestMessagesPanel::readerIsNotMoved()
{
    Shown shown;
    for (int i = 0; i < 30; ++i)
        shown.panel.addNote(ui::Meaning::Info, u"info"_s, u"message %1"_s.arg(i));
    QTRY_VERIFY(shown.panel.verticalScrollBar()->maximum() > 0 && shown.atEnd());
    shown.panel.verticalScrollBar()->setValue(40);
    const int before = shown.panel.verticalScrollBar()->maximum();
    shown.panel.addNote(ui::Meaning::Info, u"info"_s, u"one more"_s);
    QTRY_VERIFY(shown.panel.verticalScrollBar()->maximum() > before);
    QCOMPARE(shown.panel.verticalScrollBar()->value(), 40);
    shown.panel.verticalScrollBar()->setValue(shown.panel.verticalScrollBar()->maximum());
    shown.panel.addNote(ui::Meaning::Info, u"info"_s, u"and one"_s);
    QTRY_VERIFY(shown.panel.verticalScrollBar()->maximum() > before + 40 && shown.atEnd());
}

void TestMessagesPanel::oldestGoFirst()
{
    Shown shown;
    for (int i = 0; i < 700; ++i)
        shown.panel.addNote(ui::Meaning::Info, u"info"_s, u"message %1"_s.arg(i));
    const QString texts = shown.texts();
    QVERIFY(!texts.contains(u"message 0|"_s));
    QVERIFY(texts.endsWith(u"message 699"_s));
    QVERIFY(texts.count(u'|') < 600);
}

void TestMessagesPanel::wordsStandBesideTheirSymbol_data()
{
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::newRow("left to right") << Qt::LeftToRight;
    QTest::newRow("right to left") << Qt::RightToLeft;
}

void TestMessagesPanel::wordsStandBesideTheirSymbol()
{
    QFETCH(const Qt::LayoutDirection, direction);
    Shown shown;
    shown.panel.setLayoutDirection(direction);
    shown.panel.addNote(ui::Meaning::Ok, u"ok"_s, u"Done."_s);
    const auto *words = shown.panel.findChild<QLabel *>();
    QTRY_VERIFY(words->isVisible() && words->width() > 100);
    const QRect entry = words->parentWidget()->rect();
    const QRect symbol = QStyle::visualRect(direction, entry, QRect(0, 0, 40, entry.height()));
    QVERIFY(!words->geometry().intersects(symbol));
}

QTEST_MAIN(TestMessagesPanel)
#include "tst_messagespanel.moc"
