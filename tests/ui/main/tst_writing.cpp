// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/translations.h"
#include "tests/support/testpooler.h"
#include "ui/common/factline.h"
#include "ui/common/sheet.h"
#include "ui/common/statepage.h"
#include "ui/common/switch.h"
#include "ui/editor/beforeafter.h"
#include "ui/editor/guardsheet.h"
#include "ui/main/productionband.h"
#include "writingwindow.h"

#include <QLineEdit>
#include <QSignalSpy>

#include <algorithm>

using namespace Qt::StringLiterals;
using test::Studio;
using test::WritingWindow;

namespace {

/// A window on a folder whose database nobody answers for: it is only looked at.
bool openElsewhere(Studio &studio, const QByteArray &url)
{
    return studio.home().write(u".env"_s, "DATABASE_URL=" + url) && studio.home().read()
           && studio.home().trust() && studio.present() && studio.openFolder();
}

ui::Sheet *sheetNamed(const Studio &studio, const QString &name)
{
    return studio.find<ui::Sheet>(name);
}

/// The guard sheet says so, in a label of its own.
bool guardSays(const Studio &studio, const QString &text)
{
    const QList<QLabel *> labels = sheetNamed(studio, u"guardSheet"_s)->findChildren<QLabel *>();
    return std::ranges::any_of(labels, [&text](const QLabel *label) {
        return label->isVisible() && label->text() == text;
    });
}

/// Runs a text that leads to a question; its button, once the rows are counted.
ui::Button *questionOf(const WritingWindow &shown, const QByteArray &text)
{
    shown.press(text);
    ui::Button *run = nullptr;
    const bool ready = QTest::qWaitFor(
        [&] {
            run = shown.studio.find<ui::Button>(u"guardSheet.run"_s);
            return run && run->isVisible() && run->isEnabled();
        },
        30'000);
    return ready ? run : nullptr;
}

} // namespace

/// The write switch, what it demands, and what runs do while it is on.
class TestWriting : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { core::installTranslations(*qApp); }
    void offAtTheStart();
    void localIsOnAtOnce();
    void updatesAreCommitted();
    void readsStayInTheirFrame();
    void errorsRollAllBack();
    void whatStandsAloneRunsAlone();
    void ddlShowsInTheSchema();
    void pooledWritesToo();
    void endsWithTheProject();
    void remoteAsksForAYes();
    void productionAsksForItsName();
    void bandShowsWriting();
    void deleteWithoutWhereAsks();
    void otherNumberThanCountedChangesNothing();
    void eachStatementHasItsNumber();
    void openTransactionIsCountedFromWithin();
    void cancelledGuardRunsNothing();
    void updatesShowRowsBefore();
    void whereAloneIsEnoughLocally();
    void dropsAskAndSayWhat();
    void publicBehindAPoolerSaysWhatGoes();
    void permitThatEndsIsLookedAtAgain();
};

void TestWriting::offAtTheStart()
{
    WritingWindow shown;
    QVERIFY(shown.open());
    QVERIFY(!shown.isWriting());
    QVERIFY(!shown.studio.find<ui::Switch>(u"header.write"_s)->isChecked());
    QCOMPARE(shown.studio.find<ui::Chip>(u"status.readOnly"_s)->text(), u"Read-only"_s);
    QVERIFY(shown.run("update item set note = 'new'"));
    QVERIFY(!shown.errorId().isEmpty());
    QCOMPARE(shown.database.value("select count(*) from item where note = 'old'"), "3"_ba);
}

void TestWriting::localIsOnAtOnce()
{
    WritingWindow shown;
    QVERIFY(shown.open());
    auto *toggle = shown.studio.find<ui::Switch>(u"header.write"_s);
    QTest::keyClick(&shown.studio.window(), Qt::Key_W, Qt::ControlModifier | Qt::AltModifier);
    QTRY_VERIFY(toggle->isChecked());
    QVERIFY(shown.isWriting());
    QCOMPARE(shown.studio.find<ui::Chip>(u"status.readOnly"_s)->text(), u"Writing on"_s);
    QVERIFY(shown.studio.window().actions().action(u"database.write"_s)->isChecked());
    QVERIFY(shown.messages().contains(u"Writing is on"_s));
    QTest::mouseClick(toggle, Qt::LeftButton, {}, toggle->rect().center());
    QTRY_VERIFY(!toggle->isChecked());
    QVERIFY(!shown.isWriting());
    QVERIFY(shown.messages().contains(u"read-only again"_s));
}

void TestWriting::updatesAreCommitted()
{
    WritingWindow shown;
    QVERIFY(shown.open());
    QVERIFY(shown.turnOn());
    QVERIFY(
        shown.run("update item set note = 'new' where id <= 2; insert into item values (4, 'x')"));
    QCOMPARE(shown.errorId(), QByteArray());
    QCOMPARE(shown.database.value("select count(*) from item where note = 'new'"), "2"_ba);
    QCOMPARE(shown.database.value("select count(*) from item"), "4"_ba);
    const QString messages = shown.messages();
    QVERIFY2(messages.contains(u"UPDATE, 2 rows"_s), qPrintable(messages));
    QVERIFY2(messages.contains(u"Committed: 2 statements"_s), qPrintable(messages));
    const auto *page = shown.studio.find<ui::StatePage>(u"results.page"_s);
    QTRY_COMPARE(page->accessibleDescription(), u"The transaction was committed."_s);
}

void TestWriting::readsStayInTheirFrame()
{
    WritingWindow shown;
    QVERIFY(shown.open());
    QVERIFY(shown.turnOn());
    QVERIFY(shown.run("select id from item"));
    QVERIFY(!shown.editor->run()->plan());
    QVERIFY(shown.messages().contains(u"rolled back"_s));
    QVERIFY(shown.editor->run()->fateWords().contains(u"rolled back"_s));
}

void TestWriting::errorsRollAllBack()
{
    WritingWindow shown;
    QVERIFY(shown.open());
    QVERIFY(shown.turnOn());
    QVERIFY(
        shown.run("update item set note = 'new' where id = 1; insert into item values (1, 'x')"));
    QVERIFY(!shown.errorId().isEmpty());
    QCOMPARE(shown.database.value("select count(*) from item where note = 'new'"), "0"_ba);
    QVERIFY(shown.messages().contains(u"nothing of this run was kept"_s));
}

void TestWriting::whatStandsAloneRunsAlone()
{
    WritingWindow shown;
    QVERIFY(shown.open());
    QVERIFY(shown.turnOn());
    QVERIFY(shown.run("vacuum item"));
    QCOMPARE(shown.errorId(), QByteArray());
    // Together with others it is refused, and says so beside the text.
    shown.press("vacuum item; select 1");
    QTRY_VERIFY(shown.isShown(u"editor.note"_s));
}

void TestWriting::ddlShowsInTheSchema()
{
    WritingWindow shown;
    QVERIFY(shown.open());
    QVERIFY(shown.turnOn());
    QVERIFY(shown.run("create table made_here (a int)"));
    QCOMPARE(shown.errorId(), QByteArray());
    QTRY_VERIFY(
        shown.studio.window().currentDatabase()->catalog()->relation("public", "made_here"));
}

void TestWriting::pooledWritesToo()
{
    test::TestDatabase database;
    database.exec("CREATE TABLE item (id int)");
    test::TestPooler pooler(database);
    Studio studio;
    QVERIFY(studio.home().write(u".env"_s, "DATABASE_URL=" + pooler.url().toUtf8()));
    QVERIFY(studio.present() && studio.openTrusted());
    ui::EditorTab *editor = studio.window().newEditor("insert into item values (1), (2)");
    studio.trigger(u"database.write"_s);
    editor->runAll();
    QTRY_VERIFY(editor->run() && !editor->isRunning());
    const auto &failure = editor->run()->failure();
    const QString why = failure ? failure->error.text() : QString();
    QVERIFY2(!failure, qPrintable(why));
    QCOMPARE(database.value("select count(*) from item"), "2"_ba);
}

void TestWriting::endsWithTheProject()
{
    WritingWindow shown;
    QVERIFY(shown.open());
    QVERIFY(shown.turnOn());
    QVERIFY(shown.studio.openFolder());
    QVERIFY(!shown.isWriting());
    QVERIFY(!shown.studio.find<ui::Switch>(u"header.write"_s)->isChecked());
}

void TestWriting::remoteAsksForAYes()
{
    Studio studio;
    QVERIFY(openElsewhere(studio, "postgres://u:p@203.0.113.7/shop"));
    studio.trigger(u"database.write"_s);
    ui::Sheet *sheet = sheetNamed(studio, u"writeSheet"_s);
    QVERIFY(sheet && sheet->isOpen());
    QVERIFY(!sheet->isProduction());
    QVERIFY(!studio.find<QLineEdit>(u"writeSheet.name"_s));
    // The first focus is on the harmless choice; nothing is on before the answer.
    QTRY_VERIFY(sheet->cancelButton()->hasFocus());
    QVERIFY(!studio.writes().permit(studio.window().currentDatabase()->database()));
    QTest::keyClick(sheet, Qt::Key_Escape);
    QVERIFY(!studio.writes().permit(studio.window().currentDatabase()->database()));
    studio.trigger(u"database.write"_s);
    studio.window().findChildren<ui::Button *>(u"writeSheet.allow"_s).back()->click();
    QVERIFY(studio.writes().permit(studio.window().currentDatabase()->database()));
    QVERIFY(studio.find<ui::Switch>(u"header.write"_s)->isChecked());
}

void TestWriting::productionAsksForItsName()
{
    Studio studio;
    QVERIFY(openElsewhere(studio, "postgres://u:p@203.0.113.7/shop_production"));
    studio.trigger(u"database.write"_s);
    ui::Sheet *sheet = sheetNamed(studio, u"writeSheet"_s);
    QVERIFY(sheet && sheet->isProduction());
    auto *name = studio.find<QLineEdit>(u"writeSheet.name"_s);
    auto *allow = studio.find<ui::Button>(u"writeSheet.allow"_s);
    QTRY_VERIFY(name->hasFocus());
    QCOMPARE(allow->kind(), ui::Button::Kind::Production);
    QTest::keyClicks(name, u"shop_prod"_s);
    QVERIFY(!allow->isEnabled());
    QTest::keyClick(name, Qt::Key_Return);
    QVERIFY(sheet->isOpen());
    QTest::keyClicks(name, u"uction"_s);
    QVERIFY(allow->isEnabled());
    QTest::keyClick(name, Qt::Key_Return); // goes on to the button, and confirms nothing
    QVERIFY(sheet->isOpen() && allow->hasFocus());
    QTest::keyClick(allow, Qt::Key_Return);
    QVERIFY(sheet->isOpen());
    QTest::keyClick(allow, Qt::Key_Space);
    QVERIFY(studio.writes().permit(studio.window().currentDatabase()->database()));
}

void TestWriting::bandShowsWriting()
{
    Studio studio;
    QVERIFY(openElsewhere(studio, "postgres://u:p@203.0.113.7/shop_production"));
    auto *band = studio.find<ui::ProductionBand>(u"productionBand"_s);
    auto *back = band->findChild<QAbstractButton *>(u"productionBand.readOnly"_s);
    QVERIFY(band->isVisible() && !back->isVisible());
    QVERIFY(studio.writes().turnOn(studio.window().currentDatabase()->database(),
                                   {.typedName = u"shop_production"_s}));
    QVERIFY(band->isWriting() && back->isVisible());
    QVERIFY(band->accessibleName().contains(u"until"_s));
    back->click();
    QVERIFY(!band->isWriting() && !back->isVisible());
    QVERIFY(!studio.writes().permit(studio.window().currentDatabase()->database()));
}

void TestWriting::deleteWithoutWhereAsks()
{
    WritingWindow shown;
    QVERIFY(shown.open());
    QVERIFY(shown.turnOn());
    ui::Button *run = questionOf(shown, "delete from item");
    QVERIFY(run);
    QCOMPARE(run->text(), u"Delete 3 rows"_s);
    QCOMPARE(run->kind(), ui::Button::Kind::Danger);
    QVERIFY(sheetNamed(shown.studio, u"guardSheet"_s)->title().contains(u"3"_s));
    QVERIFY(shown.studio.find<ui::FactLine>(u"guardSheet.rows"_s)->fact().startsWith(u"3"_s));
    QTRY_COMPARE(shown.studio.find<ui::FactLine>(u"guardSheet.triggers"_s)->fact(),
                 u"No triggers"_s);
    QCOMPARE(shown.database.value("select count(*) from item"), "3"_ba); // counted by reading
    run->click();
    QTRY_VERIFY(shown.editor->run() && !shown.editor->isRunning());
    QCOMPARE(shown.database.value("select count(*) from item"), "0"_ba);
}

void TestWriting::otherNumberThanCountedChangesNothing()
{
    WritingWindow shown;
    QVERIFY(shown.open());
    QVERIFY(shown.turnOn());
    ui::Button *run = questionOf(shown, "delete from item");
    QVERIFY(run);
    QVERIFY(guardSays(shown.studio, u"Commits only if exactly 3 rows change."_s));
    shown.database.exec("INSERT INTO item VALUES (4, 'of another')");
    run->click();
    QTRY_VERIFY(shown.editor->run() && !shown.editor->isRunning());
    QCOMPARE(shown.errorId(), "write.otherRows"_ba);
    QCOMPARE(shown.database.value("select count(*) from item"), "4"_ba);
    const QString messages = shown.messages();
    QVERIFY2(messages.contains(u"4 rows would have changed, not exactly 3."_s)
                 && messages.contains(u"Nothing was changed"_s),
             qPrintable(messages));
    // Counted anew, it is what it says.
    run = questionOf(shown, "delete from item");
    QVERIFY(run);
    QCOMPARE(run->text(), u"Delete 4 rows"_s);
    run->click();
    QTRY_COMPARE(shown.database.value("select count(*) from item"), "0"_ba);
}

void TestWriting::eachStatementHasItsNumber()
{
    WritingWindow shown;
    QVERIFY(shown.open());
    QVERIFY(shown.turnOn());
    ui::Button *run =
        questionOf(shown, "update item set note = 'new'; delete from item where id = 1");
    QVERIFY(run);
    QVERIFY(guardSays(shown.studio,
                      u"Only if exactly so many rows change, one after the other: 3, 1."_s));
    const core::WritePlan agreed = shown.studio.find<ui::GuardSheet>(u"guardSheet"_s)->plan();
    QCOMPARE(agreed.spec.statements.at(0).expectedRows, std::optional<qint64>(3));
    QCOMPARE(agreed.spec.statements.at(1).expectedRows, std::optional<qint64>(1));
    run->click();
    QTRY_VERIFY(shown.editor->run() && !shown.editor->isRunning());
    QCOMPARE(shown.errorId(), QByteArray());
    QCOMPARE(shown.database.value("select count(*) from item where note = 'new'"), "2"_ba);
}

/// What it has changed itself, nobody else could count.
void TestWriting::openTransactionIsCountedFromWithin()
{
    WritingWindow shown;
    QVERIFY(shown.open());
    QVERIFY(shown.turnOn());
    QVERIFY(shown.run("begin; insert into item values (4, 'mine')"));
    ui::Button *run = questionOf(shown, "delete from item");
    QVERIFY(run);
    QCOMPARE(run->text(), u"Delete 4 rows"_s);
    QVERIFY(guardSays(shown.studio, u"Stays in the transaction only if exactly 4 rows change."_s));
    shown.database.exec("INSERT INTO item VALUES (5, 'of another')");
    const QPointer<ui::QueryRun> before = shown.editor->run();
    run->click();
    QTRY_VERIFY(shown.editor->run() && shown.editor->run() != before && !shown.editor->isRunning());
    QCOMPARE(shown.errorId(), "write.otherRows"_ba);
    const auto *chip = shown.studio.find<ui::Chip>(u"status.transaction"_s);
    QTRY_VERIFY2(chip->text().contains(u"1 statement"_s), qPrintable(chip->text()));
    QVERIFY(shown.run("commit"));
    QCOMPARE(shown.database.value("select count(*) from item"), "5"_ba);
}

void TestWriting::cancelledGuardRunsNothing()
{
    WritingWindow shown;
    QVERIFY(shown.open());
    QVERIFY(shown.turnOn());
    shown.press("truncate item");
    QTRY_VERIFY(shown.isShown(u"guardSheet"_s));
    ui::Sheet *sheet = sheetNamed(shown.studio, u"guardSheet"_s);
    QTest::keyClick(sheet, Qt::Key_Escape);
    QTRY_VERIFY(!shown.isShown(u"guardSheet"_s));
    QVERIFY(!shown.editor->run());
    QCOMPARE(shown.database.value("select count(*) from item"), "3"_ba);
    QTRY_VERIFY(shown.editor->editor()->hasFocus()); // back where it was
}

void TestWriting::updatesShowRowsBefore()
{
    WritingWindow shown;
    QVERIFY(shown.open());
    shown.database.exec(
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RETURN NEW; END $$;"
        "CREATE TRIGGER audit BEFORE UPDATE ON item FOR EACH ROW EXECUTE FUNCTION f()");
    QVERIFY(shown.turnOn());
    shown.press("update item set note = note || '!'");
    QTRY_VERIFY(shown.isShown(u"guardSheet.preview"_s));
    auto *preview = shown.studio.find<ui::BeforeAfterView>(u"guardSheet.preview"_s);
    QCOMPARE(preview->model()->rowCount(), 3);
    QCOMPARE(preview->model()->index(0, 0).data().toString(), u"1"_s); // the key
    QCOMPARE(preview->model()->index(0, 1).data().toString(), u"old → old!"_s);
    QTRY_COMPARE(shown.studio.find<ui::FactLine>(u"guardSheet.triggers"_s)->fact(),
                 u"1 trigger will fire"_s);
}

void TestWriting::whereAloneIsEnoughLocally()
{
    WritingWindow shown;
    QVERIFY(shown.open());
    QVERIFY(shown.turnOn());
    QVERIFY(shown.run("delete from item where id = 1"));
    QCOMPARE(shown.errorId(), QByteArray());
    QVERIFY(!shown.isShown(u"guardSheet"_s));
    // On production the same asks.
    const auto plan = core::planWriting({"delete from item where id = 1"});
    const ui::GuardSheet::Question question{*plan,
                                            {*core::affectedBy("delete from item where id = 1")}};
    QVERIFY(ui::GuardSheet::isNeeded(question, core::Exposure::Production));
    QVERIFY(!ui::GuardSheet::isNeeded(question, core::Exposure::Remote));
}

void TestWriting::dropsAskAndSayWhat()
{
    WritingWindow shown;
    QVERIFY(shown.open());
    QVERIFY(shown.turnOn());
    ui::Button *run = questionOf(shown, "drop table item");
    QVERIFY(run);
    QCOMPARE(run->text(), u"Drop 1 table"_s);
    QVERIFY(shown.isShown(u"guardSheet.hazard1"_s));
    QVERIFY(shown.click(u"guardSheet.run"_s));
    QTRY_VERIFY(shown.editor->run() && !shown.editor->isRunning());
    QCOMPARE(shown.database.value("select to_regclass('item') is null"), "t"_ba);
}

void TestWriting::publicBehindAPoolerSaysWhatGoes()
{
    test::TestDatabase database;
    test::TestPooler pooler(database);
    Studio studio;
    QVERIFY(studio.home().write(u".env"_s, "DATABASE_URL=" + pooler.url().toUtf8()
                                               + "\nDIRECT_URL=" + database.url().toUtf8()));
    QVERIFY(studio.present() && studio.openTrusted());
    ui::EditorTab *editor = studio.window().newEditor("drop schema public cascade");
    studio.trigger(u"database.write"_s);
    editor->runAll();
    QTRY_VERIFY(studio.find<QWidget>(u"guardSheet.pooler"_s));
    QVERIFY(studio.find<QWidget>(u"guardSheet.pooler"_s)->isVisible());
    sheetNamed(studio, u"guardSheet"_s)->reject();
}

void TestWriting::permitThatEndsIsLookedAtAgain()
{
    WritingWindow shown;
    QVERIFY(shown.open());
    QVERIFY(shown.turnOn());
    ui::Button *run = questionOf(shown, "delete from item");
    QVERIFY(run);
    shown.studio.writes().turnOffAll();
    run->click();
    QTRY_VERIFY(shown.editor->run() && !shown.editor->isRunning());
    QCOMPARE(shown.errorId(), "write.over"_ba);
    QCOMPARE(shown.database.value("select count(*) from item"), "3"_ba);
}

QTEST_MAIN(TestWriting)
#include "tst_writing.moc"
