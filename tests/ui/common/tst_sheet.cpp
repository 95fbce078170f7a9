// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/stillthemes.h"
#include "ui/common/button.h"
#include "ui/common/fonts.h"
#include "ui/common/labels.h"
#include "ui/common/sheet.h"

#include <QAccessible>
#include <QApplication>
#include <QBoxLayout>
#include <QLineEdit>
#include <QPointer>
#include <QScrollArea>
#include <QShortcut>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::Button;
using ui::Sheet;

namespace {

// A window with a band, a field that has the focus, and a shortcut.
class Window : public QWidget
{
public:
    Window()
        : band(new QWidget(this))
        , field(new QLineEdit(this))
        , shortcut(new QShortcut(QKeySequence(u"Ctrl+P"_s), this))
    {
        band->setObjectName(QLatin1String(Sheet::bandObjectName));
        band->setFixedHeight(32);
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins(0, 40, 0, 0);
        column->addWidget(band);
        column->addWidget(field);
        column->addStretch();
        resize(1000, 700);
    }

    bool present()
    {
        show();
        activateWindow();
        field->setFocus();
        return QTest::qWaitForWindowActive(this) && field->hasFocus();
    }

    QWidget *band;
    QLineEdit *field;
    QShortcut *shortcut;
};

} // namespace

class TestSheet : public QObject
{
    Q_OBJECT

private slots:
    void takesAndReturnsTheFocus();
    void escapeRejects();
    void primaryAccepts();
    void primaryMayStayOpen();
    void tabStaysInside();
    void leavesTheBandUncovered();
    void shortcutsOfTheWindowRest();
    void fitsTheWindow();
    void longContentScrolls();
    void productionSheetsSaySo();
    void isADialogForAssistance();
    void closedWhileTheFocusIsGone();

private:
    test::StillThemes m_themes;
};

void TestSheet::takesAndReturnsTheFocus()
{
    Window window;
    QVERIFY(window.present());
    auto *sheet = new Sheet(&window);
    auto *name = new QLineEdit;
    sheet->content()->addWidget(name);
    sheet->setFirstFocus(name);
    sheet->open();
    QVERIFY(sheet->isVisible() && sheet->isOpen());
    QVERIFY(name->hasFocus());
    const QPointer<Sheet> guard(sheet);
    sheet->reject();
    QVERIFY(window.field->hasFocus());
    QTRY_VERIFY(guard.isNull());
}

void TestSheet::escapeRejects()
{
    Window window;
    QVERIFY(window.present());
    auto *sheet = new Sheet(&window);
    QSignalSpy rejected(sheet, &Sheet::rejected);
    QSignalSpy accepted(sheet, &Sheet::accepted);
    QSignalSpy finished(sheet, &Sheet::finished);
    sheet->open();
    QVERIFY(sheet->cancelButton()->hasFocus()); // the harmless choice
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QCOMPARE(rejected.count(), 1);
    QCOMPARE(accepted.count(), 0);
    QCOMPARE(finished.count(), 1);
    QCOMPARE(finished.first().first().toBool(), false);
    sheet->reject();
    QCOMPARE(rejected.count(), 1);
}

void TestSheet::primaryAccepts()
{
    Window window;
    QVERIFY(window.present());
    auto *sheet = new Sheet(&window);
    Button *apply = sheet->addPrimary(u"Apply 2 pending"_s);
    QCOMPARE(apply->kind(), Button::Kind::Primary);
    QSignalSpy accepted(sheet, &Sheet::accepted);
    sheet->open();
    QVERIFY(sheet->cancelButton()->x() < apply->x());
    QTest::mouseClick(apply, Qt::LeftButton);
    QCOMPARE(accepted.count(), 1);
}

void TestSheet::primaryMayStayOpen()
{
    Window window;
    QVERIFY(window.present());
    auto *sheet = new Sheet(&window);
    Button *test = sheet->addPrimary(u"Test"_s, false);
    sheet->open();
    QTest::mouseClick(test, Qt::LeftButton);
    QVERIFY(sheet->isOpen());
}

void TestSheet::tabStaysInside()
{
    Window window;
    QVERIFY(window.present());
    auto *sheet = new Sheet(&window);
    auto *name = new QLineEdit;
    sheet->content()->addWidget(name);
    Button *apply = sheet->addPrimary(u"Apply"_s);
    sheet->setFirstFocus(name);
    sheet->open();
    QSet<QWidget *> met;
    for (int i = 0; i < 8; ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QVERIFY(sheet->isAncestorOf(QApplication::focusWidget()));
        met << QApplication::focusWidget();
    }
    QCOMPARE(met, (QSet<QWidget *>{name, sheet->cancelButton(), apply}));
    name->setFocus();
    QTest::keyClick(name, Qt::Key_Backtab, Qt::ShiftModifier);
    QVERIFY(sheet->isAncestorOf(QApplication::focusWidget()));
    QVERIFY(!name->hasFocus());
}

void TestSheet::leavesTheBandUncovered()
{
    Window window;
    QVERIFY(window.present());
    auto *sheet = new Sheet(&window);
    sheet->open();
    const int end = window.band->mapTo(&window, QPoint(0, window.band->height())).y();
    QCOMPARE(sheet->geometry().top(), end);
    QCOMPARE(sheet->geometry().bottom(), window.rect().bottom());
    sheet->reject();
    window.band->hide();
    auto *other = new Sheet(&window);
    other->open();
    QCOMPARE(other->geometry(), window.rect());
    other->reject();
}

void TestSheet::shortcutsOfTheWindowRest()
{
    Window window;
    QVERIFY(window.present());
    QSignalSpy activated(window.shortcut, &QShortcut::activated);
    QTest::keyClick(&window, Qt::Key_P, Qt::ControlModifier);
    QCOMPARE(activated.count(), 1);
    auto *sheet = new Sheet(&window);
    auto *name = new QLineEdit;
    sheet->content()->addWidget(name);
    sheet->setFirstFocus(name);
    sheet->open();
    QTest::keyClick(name, Qt::Key_P, Qt::ControlModifier);
    QCOMPARE(activated.count(), 1);
    QTest::keyClicks(name, u"app-prod"_s);
    QCOMPARE(name->text(), u"app-prod"_s);
    QTest::keyClick(name, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(name->selectedText(), u"app-prod"_s);
    sheet->reject();
}

void TestSheet::fitsTheWindow()
{
    Window window;
    window.resize(720, 450);
    QVERIFY(window.present());
    auto *sheet = new Sheet(&window, Sheet::Width::Large);
    sheet->setTitle(u"Restore app from the snapshot of today?"_s);
    sheet->content()->addWidget(ui::plainLabel(u"One line"_s));
    sheet->open();
    const QWidget *inner = sheet->cancelButton()->parentWidget()->parentWidget();
    QVERIFY(inner->width() <= window.width() - 48);
    QVERIFY(inner->height() <= window.height() - 96);
    QVERIFY(sheet->rect().contains(inner->geometry()));
    window.resize(1400, 900);
    QTRY_COMPARE(inner->width(), ui::grown(880));
    QVERIFY(inner->mapTo(&window, QPoint()).y() >= 80);
    sheet->reject();
}

void TestSheet::longContentScrolls()
{
    Window window;
    QVERIFY(window.present());
    auto *sheet = new Sheet(&window);
    for (int i = 0; i < 60; ++i)
        sheet->content()->addWidget(ui::plainLabel(u"Line %1"_s.arg(i)));
    Button *apply = sheet->addPrimary(u"Apply"_s);
    sheet->open();
    const QWidget *inner = sheet->cancelButton()->parentWidget()->parentWidget();
    QVERIFY(sheet->rect().contains(inner->geometry()));
    QVERIFY(apply->isVisible());
    QVERIFY(inner->rect().contains(apply->mapTo(inner, apply->rect().bottomRight())));
    const auto *scroll = sheet->findChild<QScrollArea *>();
    QVERIFY(scroll->widget()->height() > scroll->viewport()->height());
    sheet->reject();
}

void TestSheet::productionSheetsSaySo()
{
    Window window;
    QVERIFY(window.present());
    auto *sheet = new Sheet(&window);
    sheet->setProduction(true);
    Button *update = sheet->addPrimary(u"Update 1,284 rows"_s);
    QCOMPARE(update->kind(), Button::Kind::Production);
    sheet->open();
    const auto labels = sheet->findChildren<QLabel *>();
    QVERIFY(std::ranges::any_of(labels, [](const QLabel *label) {
        return label->text() == u"Production"_s && label->isVisible();
    }));
    const QImage image = sheet->grab().toImage();
    const QWidget *inner = sheet->cancelButton()->parentWidget()->parentWidget();
    const QPoint edge = inner->geometry().topLeft() + QPoint(inner->width() / 2, 2);
    QCOMPARE(image.pixelColor(edge * image.devicePixelRatio()), ui::theme(sheet).band);
    // Enter on the button that changes production does nothing.
    QSignalSpy accepted(sheet, &Sheet::accepted);
    update->setFocus();
    QTest::keyClick(update, Qt::Key_Return);
    QCOMPARE(accepted.count(), 0);
    sheet->reject();
}

void TestSheet::isADialogForAssistance()
{
    Window window;
    QVERIFY(window.present());
    auto *sheet = new Sheet(&window);
    sheet->setTitle(u"Trust the folder “harbour”?"_s);
    sheet->open();
    const QAccessibleInterface *dialog = QAccessible::queryAccessibleInterface(sheet);
    QCOMPARE(dialog->role(), QAccessible::Dialog);
    QCOMPARE(dialog->text(QAccessible::Name), u"Trust the folder “harbour”?"_s);
    sheet->reject();
}

void TestSheet::closedWhileTheFocusIsGone()
{
    Window window;
    QVERIFY(window.present());
    auto *sheet = new Sheet(&window);
    sheet->open();
    delete window.field; // a tab closed by what happens in the background
    window.field = nullptr;
    sheet->accept();
    QVERIFY(!sheet->isVisible());
}

QTEST_MAIN(TestSheet)
#include "tst_sheet.moc"
