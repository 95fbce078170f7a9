// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/sheet.h"
#include "writingwindow.h"

using namespace Qt::StringLiterals;
using test::WritingWindow;

namespace {

/// Writing is on, and the editor has changed a row in a transaction that is still open.
struct InTransaction : WritingWindow {
    [[nodiscard]] bool open()
    {
        return WritingWindow::open() && turnOn()
               && run("begin; update item set note = 'new' where id = 1");
    }
};

} // namespace

/// The transaction chip, and who is asked before an open transaction ends.
class TestTransactions : public QObject
{
    Q_OBJECT

private slots:
    void noneAtFirst();
    void openFailedAndRolledBack();
    void committedFromThePopover();
    void messagesSayWhatIsInIt();
    void otherTabsSayWhoReservedIt();
    void closingItsTabAsks();
    void turningWritingOffAsks();
    void closingTheProjectAsks();
    void closingTheWindowAsks();
};

void TestTransactions::noneAtFirst()
{
    WritingWindow shown;
    QVERIFY(shown.open());
    QCOMPARE(shown.transactionWord(), u"No transaction"_s);
    QVERIFY(!shown.studio.window().actions().action(u"database.commit"_s)->isEnabled());
    emit shown.studio.find<ui::Chip>(u"status.transaction"_s)->clicked();
    QVERIFY(shown.isShown(u"transactionPopover"_s));
    QVERIFY(!shown.isShown(u"transactionPopover.commit"_s));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(!shown.isShown(u"transactionPopover"_s));
}

void TestTransactions::openFailedAndRolledBack()
{
    WritingWindow shown;
    QVERIFY(shown.open());
    QVERIFY(shown.turnOn());
    QVERIFY(shown.run("begin"));
    QTRY_VERIFY(shown.transactionWord().startsWith(u"Open"_s));
    QVERIFY(shown.run("update item set note = 'new' where id = 1"));
    QTRY_VERIFY(shown.transactionWord().contains(u"2 statements"_s)
                || shown.transactionWord().contains(u"1 statement"_s));
    QCOMPARE(shown.database.value("select count(*) from item where note = 'new'"), "0"_ba);
    QTRY_VERIFY(shown.isShown(u"editor.transaction"_s)); // above the editor, too
    QVERIFY(shown.run("select 1 / 0"));
    QTRY_VERIFY(shown.transactionWord().startsWith(u"Failed"_s));
    QVERIFY(!shown.studio.window().actions().action(u"database.commit"_s)->isEnabled());
    shown.studio.trigger(u"database.rollback"_s);
    QTRY_COMPARE(shown.transactionWord(), u"No transaction"_s);
    QTRY_VERIFY(shown.messages().contains(u"rolled back"_s));
}

void TestTransactions::committedFromThePopover()
{
    WritingWindow shown;
    QVERIFY(shown.open());
    QVERIFY(shown.turnOn());
    QVERIFY(shown.run("begin"));
    QVERIFY(shown.run("rollback /* to be sure */"));
    QCOMPARE(shown.editor->run()->fateWords(), u"The transaction was rolled back."_s);
    QVERIFY(shown.run("begin; update item set note = 'new' where id = 1"));
    QTRY_VERIFY(shown.transactionWord().startsWith(u"Open"_s));
    QCOMPARE(shown.editor->run()->fateWords(), u"It is part of the open transaction."_s);
    emit shown.studio.find<ui::Chip>(u"status.transaction"_s)->clicked();
    QVERIFY(shown.click(u"transactionPopover.commit"_s));
    QTRY_COMPARE(shown.transactionWord(), u"No transaction"_s);
    QTRY_COMPARE(shown.database.value("select count(*) from item where note = 'new'"), "1"_ba);
}

void TestTransactions::messagesSayWhatIsInIt()
{
    WritingWindow shown;
    QVERIFY(shown.open());
    QVERIFY(shown.turnOn());
    QVERIFY(shown.run("begin; update item set note = 'new' where id = 1; savepoint s;"
                      " rollback to s"));
    QCOMPARE(shown.messages().count(u"In the open transaction"_s), 4);
    QVERIFY(!shown.messages().contains(u"by itself"_s));
    QTRY_VERIFY(shown.transactionWord().startsWith(u"Open"_s));
    QVERIFY(shown.run("update item set note = 'newer' where id = 1; commit;"
                      " set work_mem = '5MB'"));
    const QString messages = shown.messages();
    QVERIFY2(messages.count(u"In the open transaction"_s) == 1
                 && messages.contains(u"The transaction was committed"_s)
                 && messages.count(u"Took effect by itself"_s) == 1,
             qPrintable(messages));
}

void TestTransactions::otherTabsSayWhoReservedIt()
{
    InTransaction shown;
    QVERIFY(shown.open());
    ui::EditorTab *first = shown.editor;
    shown.editor = shown.studio.window().newEditor();
    QTRY_VERIFY2(shown.transactionWord().contains(first->title()),
                 qPrintable(shown.transactionWord()));
    QVERIFY(shown.run("update item set note = 'other' where id = 2"));
    QCOMPARE(shown.errorId(), "transaction.reserved"_ba);
    shown.editor = first;
    shown.studio.window().documents().makeCurrent(first);
    QTRY_VERIFY(shown.transactionWord().startsWith(u"Open"_s));
    QVERIFY(shown.run("rollback"));
    QTRY_COMPARE(shown.transactionWord(), u"No transaction"_s);
}

void TestTransactions::closingItsTabAsks()
{
    InTransaction shown;
    QVERIFY(shown.open());
    shown.editor->forget(); // no text is lost
    shown.studio.trigger(u"file.closeTab"_s);
    QTRY_VERIFY(shown.isShown(u"transactionSheet"_s));
    shown.studio.find<ui::Sheet>(u"transactionSheet"_s)->reject();
    QCOMPARE(shown.studio.window().documents().documents().size(), 1); // kept open
    QTRY_VERIFY(!shown.studio.find<ui::Sheet>(u"transactionSheet"_s));
    QTRY_VERIFY(shown.transactionWord().startsWith(u"Open"_s));
    shown.studio.trigger(u"file.closeTab"_s);
    QTRY_VERIFY(shown.isShown(u"transactionSheet.commit"_s));
    QVERIFY(shown.click(u"transactionSheet.commit"_s));
    QTRY_COMPARE(shown.studio.window().documents().documents().size(), 0);
    QCOMPARE(shown.database.value("select count(*) from item where note = 'new'"), "1"_ba);
}

void TestTransactions::turningWritingOffAsks()
{
    InTransaction shown;
    QVERIFY(shown.open());
    shown.studio.trigger(u"database.write"_s);
    QTRY_VERIFY(shown.isShown(u"transactionSheet"_s));
    QVERIFY(shown.isWriting()); // not before the answer
    QVERIFY(shown.click(u"transactionSheet.rollback"_s));
    QTRY_VERIFY(!shown.isWriting());
    QCOMPARE(shown.database.value("select count(*) from item where note = 'new'"), "0"_ba);
}

void TestTransactions::closingTheProjectAsks()
{
    InTransaction shown;
    QVERIFY(shown.open());
    shown.studio.trigger(u"file.closeProject"_s);
    QTRY_VERIFY(shown.isShown(u"transactionSheet"_s));
    QVERIFY(shown.click(u"transactionSheet.rollback"_s));
    QTRY_VERIFY(shown.isShown(u"welcome"_s));
}

void TestTransactions::closingTheWindowAsks()
{
    InTransaction shown;
    QVERIFY(shown.open());
    QVERIFY(!shown.studio.window().close());
    QTRY_VERIFY(shown.isShown(u"transactionSheet"_s));
    QVERIFY(shown.click(u"transactionSheet.commit"_s));
    QTRY_VERIFY(!shown.studio.window().isVisible());
    QCOMPARE(shown.database.value("select count(*) from item where note = 'new'"), "1"_ba);
}

QTEST_MAIN(TestTransactions)
#include "tst_transactions.moc"
