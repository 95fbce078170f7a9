// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/button.h"
#include "ui/common/chip.h"
#include "ui/common/docktitle.h"
#include "ui/common/fonts.h"
#include "ui/common/labels.h"
#include "ui/common/menu.h"
#include "ui/common/note.h"
#include "ui/common/progressline.h"
#include "ui/common/searchfield.h"
#include "ui/common/segmentedcontrol.h"
#include "ui/common/statepage.h"
#include "ui/common/switch.h"
#include "ui/common/tabbar.h"
#include "ui/common/themecontroller.h"
#include "ui/common/tooltip.h"
#include "ui/common/viewbar.h"

#include <QAccessible>
#include <QApplication>
#include <QBoxLayout>
#include <QDockWidget>
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
    void statePageWaitsBeforeItShowsLoading();
    void statePageOffersAnAction();
    void viewBarGivesWayInOrder();
    void viewBarKeepsThePrimary();
    void viewBarMirrors();
    void tabBarAsksToClose();
    void tabBarKeepsStatesWithTheirTabs();
    void menuShowsWhyNot();
    void dockTitleClosesItsDock();
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

void TestParts::viewBarGivesWayInOrder()
{
    ui::ViewBar bar;
    bar.setName(u"public.invoices"_s);
    bar.setFact(u"newest first by id"_s);
    Button *filter = bar.addButton(u"filter"_s, u"Filter"_s);
    Button *sort = bar.addButton(u"sort"_s, u"Sort"_s);
    Button *columns = bar.addButton(u"columns"_s, u"Columns"_s);
    Button *refresh = bar.addIconButton(u"refresh"_s, u"Refresh"_s);
    bar.resize(bar.sizeHint().width() + 80, 40);
    QVERIFY(shown(&bar));
    const QList<QLabel *> labels = bar.findChildren<QLabel *>();
    QLabel *fact = labels.last();
    QCOMPARE(fact->text(), u"newest first by id"_s);
    QVERIFY(fact->isVisible());
    QVERIFY(!filter->wordsHidden() && !columns->wordsHidden());
    int width = bar.width();
    while (fact->isVisible() && width > 0)
        bar.resize(--width, 40);
    QVERIFY(!columns->wordsHidden()); // the fact went first
    while (!columns->wordsHidden() && width > 0)
        bar.resize(--width, 40);
    QVERIFY(!filter->wordsHidden() && !sort->wordsHidden());
    while (refresh->isVisible() && width > 0)
        bar.resize(--width, 40);
    QVERIFY(filter->wordsHidden() && sort->wordsHidden());
    QVERIFY(filter->isVisible());
    bar.resize(1200, 40);
    QVERIFY(refresh->isVisible() && fact->isVisible() && !filter->wordsHidden());
}

void TestParts::viewBarKeepsThePrimary()
{
    ui::ViewBar bar;
    bar.setName(u"Migrations"_s);
    Button *refresh = bar.addButton(u"refresh"_s, u"Refresh"_s);
    Button *apply = bar.addPrimary({}, u"Apply 2 pending…"_s);
    Button *hidden = bar.addButton(u"filter"_s, u"Filter"_s);
    hidden->hide();
    bar.resize(240, 40);
    QVERIFY(shown(&bar));
    QVERIFY(apply->isVisible());
    QCOMPARE(apply->width(), apply->fullWidth());
    QVERIFY(apply->geometry().right() <= bar.width() - 12);
    QVERIFY(!hidden->isVisible());
    bar.resize(900, 40);
    QVERIFY(refresh->isVisible() && !refresh->wordsHidden());
    QVERIFY(!hidden->isVisible());
}

void TestParts::viewBarMirrors()
{
    ui::ViewBar bar;
    bar.setLayoutDirection(Qt::RightToLeft);
    bar.setName(u"public.invoices"_s);
    Button *button = bar.addButton(u"filter"_s, u"Filter"_s);
    bar.resize(600, 40);
    QVERIFY(shown(&bar));
    QVERIFY(button->geometry().left() < 100);
    QVERIFY(bar.findChildren<QLabel *>().first()->geometry().right() > 500);
}

void TestParts::tabBarAsksToClose()
{
    ui::TabBar bar;
    bar.addTab(u"invoices"_s);
    bar.addTab(u"organisations"_s);
    bar.resize(600, 36);
    QVERIFY(shown(&bar));
    QCOMPARE(bar.tabRect(0).height(), 36);
    QSignalSpy closes(&bar, &ui::TabBar::closeWanted);
    QTest::mouseClick(&bar, Qt::MiddleButton, {}, bar.tabRect(1).center());
    QCOMPARE(closes.count(), 1);
    QCOMPARE(closes.takeFirst().first().toInt(), 1);
    QCOMPARE(bar.currentIndex(), 0);
    const QPoint cross(bar.tabRect(0).right() - 18, bar.tabRect(0).center().y());
    QTest::mouseClick(&bar, Qt::LeftButton, {}, cross);
    QCOMPARE(closes.count(), 1);
    QCOMPARE(closes.takeFirst().first().toInt(), 0);
    // Pressed on the cross and let go beside it: nothing.
    QTest::mousePress(&bar, Qt::LeftButton, {}, cross);
    QTest::mouseRelease(&bar, Qt::LeftButton, {}, bar.tabRect(0).center());
    QCOMPARE(closes.count(), 0);
}

void TestParts::tabBarKeepsStatesWithTheirTabs()
{
    ui::TabBar bar;
    bar.addTab(u"a"_s);
    bar.addTab(u"b"_s);
    bar.addTab(u"c"_s);
    bar.setTabUnsaved(1, true);
    bar.setTabFact(2, u"12 rows"_s);
    bar.moveTab(1, 0);
    QVERIFY(bar.isTabUnsaved(0));
    QVERIFY(!bar.isTabUnsaved(1));
    bar.removeTab(0);
    QCOMPARE(bar.tabFact(1), u"12 rows"_s);
    bar.insertTab(0, u"d"_s);
    QCOMPARE(bar.tabFact(2), u"12 rows"_s);
    const int width = bar.tabRect(0).width();
    bar.setTabText(0, QString(200, u'x'));
    QVERIFY(bar.tabRect(0).width() > width);
    QVERIFY(bar.tabRect(0).width() < 320);
}

void TestParts::menuShowsWhyNot()
{
    ui::Menu menu;
    QAction *drop = menu.addAction(u"Drop table…"_s);
    const int height = menu.actionGeometry(drop).height();
    QCOMPARE(height, 28);
    ui::Menu::setReason(drop, u"Read-only is on"_s);
    ui::Menu other;
    other.addAction(drop);
    QCOMPARE(other.actionGeometry(drop).height(), height); // it can be chosen: no reason
    drop->setEnabled(false);
    QVERIFY(other.actionGeometry(drop).height() > height);
    QCOMPARE(ui::Menu::reason(drop), u"Read-only is on"_s);
}

void TestParts::dockTitleClosesItsDock()
{
    QDockWidget dock;
    auto *title = new ui::DockTitle(u"Inspector"_s, &dock);
    dock.setTitleBarWidget(title);
    Button *close = title->addCloseButton();
    QVERIFY(shown(&dock));
    QCOMPARE(title->height(), 36);
    QCOMPARE(nameOf(close), u"Close"_s);
    QTest::mouseClick(close, Qt::LeftButton);
    QVERIFY(!dock.isVisible());
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
