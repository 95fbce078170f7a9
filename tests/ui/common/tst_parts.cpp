// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/button.h"
#include "ui/common/chip.h"
#include "ui/common/docktitle.h"
#include "ui/common/fonts.h"
#include "ui/common/labels.h"
#include "ui/common/note.h"
#include "ui/common/progressline.h"
#include "ui/common/readingmargins.h"
#include "ui/common/searchfield.h"
#include "ui/common/segmentedcontrol.h"
#include "ui/common/statepage.h"
#include "ui/common/switch.h"
#include "ui/common/themecontroller.h"
#include "ui/common/tooltip.h"
#include "ui/common/treedelegate.h"

#include <QAccessible>
#include <QApplication>
#include <QBoxLayout>
#include <QFocusFrame>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QToolTip>

using namespace Qt::StringLiterals;
using ui::Button;
using ui::Meaning;

namespace {

const QString hostile = u"<b>x</b><img src='http://evil.example/x.png'>&amp;"_s;

// Two widgets one of which has the focus when the other is asked.
QWidget *shown(QWidget *widget)
{
    widget->show();
    widget->activateWindow();
    return QTest::qWaitForWindowActive(widget) ? widget : nullptr;
}

QString nameOf(QWidget *widget)
{
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
    return interface ? interface->text(QAccessible::Name) : QString();
}

} // namespace

class TestParts : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_controller = std::make_unique<ui::ThemeController>(*qApp); }
    void cleanupTestCase() { m_controller.reset(); }
    void textSinksArePlain();
    void tooltipsArePlain();
    void tooltipTextKeepsItsParts();
    void heightsFollowTheText();
    void labelsKeepTheirInkAndFollowTheTheme();
    void elidedLabelTellsTheWhole();
    void buttonAnswersToKeys();
    void destructiveButtonIgnoresEnter_data();
    void destructiveButtonIgnoresEnter();
    void buttonWithoutWordsKeepsItsName();
    void focusedButtonHasARingOutside();
    void chipIsClickableWhenMadeSo();
    void switchAsksBeforeItTurns();
    void segmentsChooseByArrowKeys();
    void searchFieldClearsThenLetsEscapeGo();
    void noteSaysTwoThingsAndOffers();
    void noteGrowsWithItsText();
    void marginsFollowTheDirection();
    void statePageWaitsBeforeItShowsLoading();
    void statePageOffersAnAction();
    void treeRowsShareTheirRoom_data();
    void treeRowsShareTheirRoom();
    void progressStandsStillWithReducedMotion();

private:
    std::unique_ptr<ui::ThemeController> m_controller;
};

void TestParts::textSinksArePlain()
{
    ui::TextLabel label(hostile);
    QCOMPARE(label.textFormat(), Qt::PlainText);
    label.makeParagraph();
    QCOMPARE(label.textFormat(), Qt::PlainText);
    // Rich text would be a "x" and a missing picture: much narrower.
    QVERIFY(label.fontMetrics().horizontalAdvance(hostile) > 200);
    label.setWordWrap(false);
    QVERIFY(label.sizeHint().width() >= label.fontMetrics().horizontalAdvance(hostile));
    ui::ElidedLabel elided(hostile);
    QCOMPARE(elided.textFormat(), Qt::PlainText);
    ui::Chip chip(Meaning::Info, {}, hostile);
    QCOMPARE(chip.textFormat(), Qt::PlainText);
    ui::Note note(Meaning::Danger, hostile, hostile);
    for (const QLabel *part : note.findChildren<QLabel *>())
        QCOMPARE(part->textFormat(), Qt::PlainText);
    ui::StatePage page;
    page.showFailed(hostile, hostile);
    for (const QLabel *part : page.findChildren<QLabel *>())
        QCOMPARE(part->textFormat(), Qt::PlainText);
    ui::DockTitle title(hostile);
    for (const QLabel *part : title.findChildren<QLabel *>())
        QCOMPARE(part->textFormat(), Qt::PlainText);
}

void TestParts::tooltipsArePlain()
{
    QWidget window;
    window.resize(200, 100);
    QVERIFY(shown(&window));
    QToolTip::showText(window.mapToGlobal(QPoint(5, 5)), hostile, &window);
    QLabel *tip = nullptr;
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (widget->inherits("QTipLabel") && widget->isVisible())
            tip = qobject_cast<QLabel *>(widget);
    }
    QVERIFY(tip);
    QCOMPARE(tip->textFormat(), Qt::PlainText);
    QCOMPARE(tip->text(), hostile);
    QCOMPARE(tip->size(), ui::TipLook::sizeFor(hostile));
    QVERIFY(tip->width() <= ui::grown(280) + 1);
    QToolTip::hideText();
}

void TestParts::tooltipTextKeepsItsParts()
{
    QCOMPARE(ui::tipText(u"Refresh"_s, u"F5"_s), u"Refresh\tF5"_s);
    // A name cannot pretend to be a reason or a shortcut.
    QCOMPARE(ui::tipText(u"a\tb\nc"_s, {}, u"why"_s), u"a b c\nwhy"_s);
    const QSize one = ui::TipLook::sizeFor(u"one"_s);
    const QSize two = ui::TipLook::sizeFor(u"one\ntwo"_s);
    QVERIFY(two.height() > one.height());
    const QSize longest = ui::TipLook::sizeFor(QString(400, u'x'));
    QVERIFY(longest.width() <= ui::grown(280) + 1);
    QVERIFY(longest.height() > 3 * one.height());
}

void TestParts::heightsFollowTheText()
{
    const QFont before = QApplication::font();
    m_controller->setFontPointSize(10);
    Button small(u"Run"_s);
    const int usual = small.sizeHint().height();
    QCOMPARE(usual, 28);
    m_controller->setFontPointSize(20);
    Button large(u"Run"_s);
    QCOMPARE(large.sizeHint().height(), QFontMetrics(QApplication::font()).height() + 10);
    QVERIFY(large.sizeHint().height() > usual);
    QVERIFY(ui::grown(248) > 248);
    m_controller->setFontPointSize(10);
    QCOMPARE(ui::font(ui::TextRole::Caption).pointSizeF(), 8.5);
    QCOMPARE(ui::font(ui::TextRole::Display).weight(), QFont::DemiBold);
    QVERIFY(!ui::font(ui::TextRole::Grid).kerning());
    QVERIFY(ui::font(ui::TextRole::Grid).isFeatureSet("tnum"));
    QCOMPARE(QFontInfo(ui::font(ui::TextRole::Mono)).fixedPitch(), true);
    QApplication::setFont(before);
}

void TestParts::labelsKeepTheirInkAndFollowTheTheme()
{
    using Choice = ui::ThemeController::Choice;
    ui::TextLabel label(u"≈ 48.2 M"_s, ui::TextRole::Caption, ui::Ink::Text3);
    label.show();
    const auto ink = [&label] { return label.palette().color(QPalette::WindowText); };
    QCOMPARE(ink(), m_controller->current().text3);
    m_controller->setChoice(Choice::Dark);
    QTRY_COMPARE(ink(), m_controller->current().text3);
    QCOMPARE(label.palette().color(QPalette::Window), m_controller->current().window);
    label.setInk(ui::Ink::Danger);
    QCOMPARE(ink(), m_controller->current().danger.ink);
    m_controller->setChoice(Choice::System);
    QTRY_COMPARE(ink(), m_controller->current().danger.ink);
}

void TestParts::elidedLabelTellsTheWhole()
{
    const QString name = u"webhook_deliveries_2026_archive_of_the_eastern_region"_s;
    ui::ElidedLabel label(name);
    QVERIFY(label.minimumSizeHint().width() < label.sizeHint().width() / 2);
    label.resize(label.sizeHint());
    QVERIFY(!label.isElided());
    label.resize(80, 20);
    QVERIFY(label.isElided());
    QCOMPARE(nameOf(&label), name);
    QCOMPARE(label.text(), name);
    QVERIFY(shown(&label));
    QHelpEvent help(QEvent::ToolTip, QPoint(5, 5), label.mapToGlobal(QPoint(5, 5)));
    QApplication::sendEvent(&label, &help);
    QCOMPARE(QToolTip::text(), name);
    QToolTip::hideText();
}

void TestParts::buttonAnswersToKeys()
{
    QWidget window;
    auto *row = new QHBoxLayout(&window);
    auto *button = new Button(u"Run"_s, Button::Kind::Primary, &window);
    row->addWidget(button);
    QVERIFY(shown(&window));
    button->setFocus();
    QSignalSpy clicks(button, &Button::clicked);
    QTest::keyClick(button, Qt::Key_Space);
    QTest::keyClick(button, Qt::Key_Return);
    QTest::keyClick(button, Qt::Key_Enter);
    QCOMPARE(clicks.count(), 3);
    button->setEnabled(false);
    QTest::keyClick(button, Qt::Key_Return);
    QCOMPARE(clicks.count(), 3);
}

void TestParts::destructiveButtonIgnoresEnter_data()
{
    QTest::addColumn<Button::Kind>("kind");
    QTest::newRow("danger") << Button::Kind::Danger;
    QTest::newRow("production") << Button::Kind::Production;
}

void TestParts::destructiveButtonIgnoresEnter()
{
    QFETCH(Button::Kind, kind);
    Button button(u"Drop table"_s, kind);
    QVERIFY(shown(&button));
    QSignalSpy clicks(&button, &Button::clicked);
    QTest::keyClick(&button, Qt::Key_Return);
    QTest::keyClick(&button, Qt::Key_Enter);
    QCOMPARE(clicks.count(), 0);
    QTest::keyClick(&button, Qt::Key_Space);
    QCOMPARE(clicks.count(), 1);
}

void TestParts::buttonWithoutWordsKeepsItsName()
{
    Button button(u"filter"_s, u"Filter"_s, Button::Kind::Flat);
    const int full = button.sizeHint().width();
    button.setWordsHidden(true);
    QVERIFY(button.sizeHint().width() < full);
    QVERIFY(button.sizeHint().width() >= 24);
    QCOMPARE(nameOf(&button), u"Filter"_s);
    QCOMPARE(button.fullWidth(), full);
    Button wordsOnly(u"Filter"_s, Button::Kind::Flat);
    wordsOnly.setWordsHidden(true);
    QVERIFY(!wordsOnly.wordsHidden());
    const std::unique_ptr<Button> icon(Button::iconOnly(u"refresh"_s, u"Refresh"_s));
    QCOMPARE(icon->sizeHint(), QSize(24, 24));
    QCOMPARE(nameOf(icon.get()), u"Refresh"_s);
    QCOMPARE(icon->toolTip(), u"Refresh"_s);
}

void TestParts::focusedButtonHasARingOutside()
{
    QWidget window;
    auto *row = new QHBoxLayout(&window);
    auto *first = new Button(u"Look at files only"_s, Button::Kind::Plain, &window);
    auto *second = new Button(u"Trust and connect"_s, Button::Kind::Primary, &window);
    row->addWidget(first);
    row->addWidget(second);
    QVERIFY(shown(&window));
    first->setFocus();
    const auto ring = [&window] { return window.findChild<QFocusFrame *>(); };
    QTRY_VERIFY(ring() && ring()->isVisible());
    QVERIFY(ring()->geometry().contains(first->geometry().adjusted(-2, -2, 2, 2)));
    QTest::keyClick(&window, Qt::Key_Tab);
    QTRY_VERIFY(ring()->geometry().contains(second->geometry().adjusted(-2, -2, 2, 2)));
    second->hide();
    first->setEnabled(false);
    QTRY_VERIFY(!ring()->isVisible());
}

void TestParts::chipIsClickableWhenMadeSo()
{
    ui::Chip chip(Meaning::ReadOnly, u"read-only"_s, u"Read-only"_s);
    QCOMPARE(chip.sizeHint().height(), 20);
    QCOMPARE(nameOf(&chip), u"Read-only"_s);
    QVERIFY(shown(&chip));
    QSignalSpy clicks(&chip, &ui::Chip::clicked);
    QTest::mouseClick(&chip, Qt::LeftButton);
    QCOMPARE(chip.focusPolicy(), Qt::NoFocus);
    QCOMPARE(clicks.count(), 0);
    chip.setClickable(true);
    QTest::mouseClick(&chip, Qt::LeftButton);
    QTest::keyClick(&chip, Qt::Key_Space);
    QTest::keyClick(&chip, Qt::Key_Return);
    QCOMPARE(clicks.count(), 3);
}

void TestParts::switchAsksBeforeItTurns()
{
    ui::Switch knob;
    knob.setWords(u"Read-only"_s, u"Writing"_s);
    const int width = knob.sizeHint().width();
    QVERIFY(shown(&knob));
    QTest::keyClick(&knob, Qt::Key_Space);
    QVERIFY(knob.isChecked());
    QCOMPARE(nameOf(&knob), u"Writing"_s);
    QCOMPARE(knob.sizeHint().width(), width);
    knob.setChecked(false);
    knob.setAsking(true);
    QSignalSpy clicks(&knob, &QAbstractButton::clicked);
    QTest::mouseClick(&knob, Qt::LeftButton);
    QCOMPARE(clicks.count(), 1);
    QVERIFY(!knob.isChecked());
}

void TestParts::segmentsChooseByArrowKeys()
{
    ui::SegmentedControl control({u"Tree"_s, u"Text"_s, u"Hex"_s});
    QCOMPARE(control.count(), 3);
    QCOMPARE(control.current(), 0);
    QVERIFY(shown(&control));
    QSignalSpy changes(&control, &ui::SegmentedControl::currentChanged);
    const auto segments = control.findChildren<QAbstractButton *>();
    segments.first()->setFocus();
    QTest::keyClick(segments.first(), Qt::Key_Right);
    QCOMPARE(control.current(), 1);
    QCOMPARE(changes.count(), 1);
    QCOMPARE(changes.first().first().toInt(), 1);
    control.setCurrent(1);
    QCOMPARE(changes.count(), 1);
    control.setCurrent(2);
    QCOMPARE(changes.count(), 2);
}

void TestParts::searchFieldClearsThenLetsEscapeGo()
{
    QWidget window;
    auto *row = new QHBoxLayout(&window);
    auto *field = new ui::SearchField(u"Filter names"_s, &window);
    row->addWidget(field);
    QVERIFY(shown(&window));
    field->setFocus();
    QCOMPARE(nameOf(field), u"Filter names"_s);
    QTest::keyClicks(field, u"inv"_s);
    QVERIFY(field->findChild<QAbstractButton *>()->isVisible());
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(field->text().isEmpty());
    QKeyEvent escape(QEvent::KeyPress, Qt::Key_Escape, Qt::NoModifier);
    QVERIFY(!field->event(&escape) || !escape.isAccepted());
    QSignalSpy down(field, &ui::SearchField::movedDown);
    QTest::keyClick(field, Qt::Key_Down);
    QCOMPARE(down.count(), 1);
    field->setError(u"No column “tota”."_s);
    QCOMPARE(field->toolTip(), u"No column “tota”."_s);
    QCOMPARE(field->accessibleDescription(), u"No column “tota”."_s);
}

void TestParts::noteSaysTwoThingsAndOffers()
{
    ui::Note note(Meaning::Warning, u"Changed."_s, u"Host a → b."_s);
    QCOMPARE(nameOf(&note), u"Changed."_s);
    QCOMPARE(QAccessible::queryAccessibleInterface(&note)->role(), QAccessible::Note);
    QVERIFY(note.focusPolicy() == Qt::NoFocus);
    Button *link = note.addLink(u"Switch"_s);
    QCOMPARE(link->kind(), Button::Kind::Link);
    note.resize(600, 60);
    QVERIFY(shown(&note));
    QVERIFY(QApplication::focusWidget() == nullptr || QApplication::focusWidget() == link);
    QVERIFY(link->height() >= 24);
    note.clearButtons();
    QTRY_VERIFY(note.findChildren<Button *>().isEmpty());
}

void TestParts::noteGrowsWithItsText()
{
    QWidget window;
    auto *column = new QVBoxLayout(&window);
    auto *note =
        new ui::Note(Meaning::Danger, u"It is unknown whether your commit arrived."_s,
                     QString(u"The connection broke after COMMIT was sent. "_s).repeated(6));
    column->addWidget(note);
    column->addStretch();
    window.resize(1200, 300);
    QVERIFY(shown(&window));
    const int wide = note->height();
    window.resize(360, 600);
    QTRY_VERIFY(note->height() > wide);
    for (const QLabel *label : note->findChildren<QLabel *>())
        QVERIFY(label->heightForWidth(label->width()) <= label->height());
}

void TestParts::marginsFollowTheDirection()
{
    QWidget window;
    auto *part = new QWidget(&window);
    const auto *row = new QHBoxLayout(part);
    ui::setReadingMargins(part, {24, 1, 8, 2});
    QCOMPARE(row->contentsMargins(), QMargins(24, 1, 8, 2));
    window.setLayoutDirection(Qt::RightToLeft);
    QCOMPARE(row->contentsMargins(), QMargins(8, 1, 24, 2));
    window.setLayoutDirection(Qt::LeftToRight);
    QCOMPARE(row->contentsMargins(), QMargins(24, 1, 8, 2));
}

void TestParts::statePageWaitsBeforeItShowsLoading()
{
    ui::StatePage page;
    page.resize(500, 300);
    QVERIFY(shown(&page));
    page.showLoading(u"Reading rows"_s, u"Esc cancels"_s);
    auto *bar = page.findChild<ui::ProgressLine *>();
    QVERIFY(!bar->isVisible());
    QCOMPARE(page.state(), ui::StatePage::State::Loading);
    QTRY_VERIFY(bar->isVisible());
    page.showLoading(u"Reading more rows"_s, u"2 s, Esc cancels"_s);
    QVERIFY(bar->isVisible());
    // What arrives before the 150 ms are over never shows a bar.
    page.showEmpty(u"filter"_s, u"No row"_s, u"because"_s);
    page.showLoading(u"Reading"_s, {});
    page.showEmpty(u"filter"_s, u"No row"_s, u"because"_s);
    QVERIFY(!bar->isVisible());
    QSignalSpy never(&page, &ui::StatePage::actionTriggered);
    QVERIFY(!never.wait(250));
    QVERIFY(!bar->isVisible());
}

void TestParts::statePageOffersAnAction()
{
    ui::StatePage page;
    page.resize(500, 300);
    page.showFailed(u"Reading stopped"_s, u"Ask the owner."_s);
    page.setAction(u"Try again"_s);
    QVERIFY(shown(&page));
    QSignalSpy tries(&page, &ui::StatePage::actionTriggered);
    QList<Button *> visible;
    for (Button *button : page.findChildren<Button *>()) {
        if (button->isVisible())
            visible << button;
    }
    QCOMPARE(visible.count(), 1);
    QTest::mouseClick(visible.first(), Qt::LeftButton);
    QCOMPARE(tries.count(), 1);
    page.showLost(u"Closed"_s, {});
    QVERIFY(!visible.first()->isVisible());
}

void TestParts::treeRowsShareTheirRoom_data()
{
    QTest::addColumn<int>("room");
    QTest::addColumn<int>("name");
    QTest::addColumn<int>("fact");
    QTest::addColumn<bool>("keeps");
    QTest::addColumn<int>("factRoom");
    QTest::newRow("both fit") << 200 << 100 << 90 << false << 90;
    QTest::newRow("no fact") << 200 << 300 << 0 << false << 0;
    QTest::newRow("a number stays beside a long name") << 200 << 300 << 50 << true << 50;
    QTest::newRow("a short word goes") << 200 << 300 << 40 << false << 0;
    QTest::newRow("a long fact gives way") << 200 << 150 << 120 << false << 42;
    QTest::newRow("a long fact goes") << 200 << 180 << 120 << false << 0;
    QTest::newRow("a long name beside a long fact") << 200 << 300 << 120 << false << 0;
    QTest::newRow("a problem stays") << 200 << 300 << 90 << true << 90;
    QTest::newRow("half of it at most") << 100 << 300 << 90 << true << 50;
    QTest::newRow("no room") << 0 << 300 << 90 << true << 0;
}

void TestParts::treeRowsShareTheirRoom()
{
    QFETCH(const int, room);
    QFETCH(const int, name);
    QFETCH(const int, fact);
    QFETCH(const bool, keeps);
    QTEST(ui::TreeDelegate::roomForFact(room, name, fact, keeps), "factRoom");
}

void TestParts::progressStandsStillWithReducedMotion()
{
    m_controller->setReducedMotion(true);
    ui::ProgressLine line;
    line.resize(line.sizeHint());
    QCOMPARE(line.height(), 4);
    QVERIFY(shown(&line));
    QVERIFY(!line.findChild<QTimer *>());
    const QImage one = line.grab().toImage();
    QSignalSpy never(&line, &QProgressBar::valueChanged);
    QVERIFY(!never.wait(120));
    QCOMPARE(line.grab().toImage(), one);
    m_controller->setReducedMotion(false);
    line.hide();
    line.show();
    QTRY_VERIFY(line.grab().toImage() != one);
}

QTEST_MAIN(TestParts)
#include "tst_parts.moc"
