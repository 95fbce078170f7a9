// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/markingtranslator.h"
#include "tests/ui/support/windowwalk.h"
#include "ui/common/button.h"
#include "ui/common/labels.h"
#include "ui/common/themecontroller.h"

#include <QApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using test::WindowWalk;
using ui::Button;

namespace {

/// A window without a fault; each test puts one into it.
struct Sound {
    QWidget window;
    QVBoxLayout *column = new QVBoxLayout(&window);
    QLineEdit *field = new QLineEdit;
    Button *button = new Button(u"Do it"_s);

    Sound()
    {
        window.setObjectName(u"window"_s);
        window.resize(400, 300);
        field->setObjectName(u"window.field"_s);
        field->setAccessibleName(u"Field"_s);
        button->setObjectName(u"window.button"_s);
        column->addWidget(field);
        column->addWidget(button);
        column->addWidget(new ui::TextLabel(u"Words"_s));
        window.show();
    }
    bool present()
    {
        window.activateWindow();
        field->setFocus();
        return QTest::qWaitForWindowActive(&window) && field->hasFocus();
    }
    /// The rules that are broken, without where.
    QStringList broken(const test::WalkExceptions &exceptions = {})
    {
        QStringList rules;
        for (const QString &problem : WindowWalk(&window, exceptions).problems())
            rules << problem.section(u':', 0, 0);
        return rules;
    }
};

} // namespace

/// The walk itself: it finds what it is for, and nothing else.
class TestWalkRules : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_themes = std::make_unique<ui::ThemeController>(*qApp); }
    void cleanupTestCase() { m_themes.reset(); }
    void soundWindow();
    void names();
    void neighbours();
    void richText();
    void escapedText();
    void buttonsWithoutWords();
    void untranslated();
    void cutOff();
    void elidedItems();
    void headers();
    void tabs();

private:
    std::unique_ptr<ui::ThemeController> m_themes;
};

void TestWalkRules::soundWindow()
{
    Sound shown;
    QVERIFY(shown.present());
    QCOMPARE(WindowWalk(&shown.window).problems(), QStringList());
    QCOMPARE(WindowWalk(&shown.window).unreachable(), QStringList());
    QCOMPARE(WindowWalk(&shown.window).controls().size(), 2);
}

void TestWalkRules::names()
{
    Sound shown;
    QVERIFY(shown.present());
    shown.field->setObjectName({});
    QCOMPARE(shown.broken(), QStringList{u"no object name"_s});
    shown.field->setObjectName(u"Window_field"_s);
    QCOMPARE(shown.broken(), QStringList{u"odd object name"_s});
    shown.field->setObjectName(u"window.field"_s);
    shown.field->setAccessibleName({});
    QCOMPARE(shown.broken(), QStringList{u"no accessible name"_s});
    shown.field->hide(); // what nobody sees needs no name
    QCOMPARE(shown.broken(), QStringList());
}

void TestWalkRules::neighbours()
{
    Sound shown;
    QVERIFY(shown.present());
    shown.button->setObjectName(shown.field->objectName());
    QCOMPARE(shown.broken(), QStringList{u"doubled name"_s});
    // In a row of its own name it may be called so again.
    auto *row = new QWidget(&shown.window);
    row->setObjectName(u"window.row1"_s);
    (new QVBoxLayout(row))->addWidget(shown.button);
    shown.column->addWidget(row);
    QTRY_VERIFY(row->isVisible() && shown.button->isVisible());
    QCOMPARE(shown.broken(), QStringList());
}

void TestWalkRules::richText()
{
    Sound shown;
    QVERIFY(shown.present());
    auto *label = new QLabel(u"<b>x</b>"_s);
    shown.column->addWidget(label);
    QTRY_VERIFY(label->isVisible());
    QCOMPARE(shown.broken(), QStringList{u"not plain text"_s});
    label->setTextFormat(Qt::PlainText);
    QCOMPARE(shown.broken(), QStringList());
}

void TestWalkRules::escapedText()
{
    Sound shown;
    QVERIFY(shown.present());
    shown.button->setToolTip(u"a &lt;b&gt;"_s);
    QCOMPARE(shown.broken(), QStringList{u"escaped tooltip"_s});
    shown.button->setToolTip(u"<p>a</p>"_s);
    QCOMPARE(shown.broken(), QStringList{u"escaped tooltip"_s});
    shown.button->setToolTip(u"<b>a & b</b>"_s); // a name, letter by letter
    QCOMPARE(shown.broken(), QStringList());
}

void TestWalkRules::buttonsWithoutWords()
{
    Sound shown;
    QVERIFY(shown.present());
    shown.button->setText({});
    QCOMPARE(shown.broken(),
             (QStringList{u"no accessible name"_s, u"no words"_s, u"no tooltip"_s}));
    shown.button->setAccessibleName(u"Do it"_s);
    shown.button->setToolTip(u"Do it"_s);
    QCOMPARE(shown.broken(), QStringList());
}

void TestWalkRules::untranslated()
{
    const test::MarkingTranslator language;
    Sound shown;
    QVERIFY(shown.present());
    shown.field->setAccessibleName(u"⟦Field⟧"_s);
    QCOMPARE(shown.broken(), QStringList{u"not translated"_s});
    QCOMPARE(shown.broken({.data = {u"window.button"_s}}), QStringList());
    shown.button->setText(QCoreApplication::translate("ui::Sheet", "Cancel"));
    QTRY_COMPARE(shown.broken(), QStringList());
}

void TestWalkRules::cutOff()
{
    Sound shown;
    QVERIFY(shown.present());
    auto *label = new ui::TextLabel(u"many words "_s.repeated(40));
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    shown.column->addWidget(label);
    QTRY_VERIFY(label->isVisible());
    QCOMPARE(shown.broken(), QStringList{u"cut off"_s});
    delete label;
    shown.button->setFixedWidth(20);
    QTRY_COMPARE(shown.broken(), QStringList{u"cut off"_s});
    shown.button->setMinimumWidth(0);
    shown.button->setMaximumWidth(400);
    QTRY_COMPARE(shown.broken(), QStringList());
    shown.button->setParent(&shown.window);
    shown.button->move(390, 10);
    shown.button->show();
    QCOMPARE(shown.broken(), QStringList{u"cut off by its parent"_s});
    auto *words = new QLabel(u"over it"_s, &shown.window);
    words->setGeometry(shown.field->geometry());
    words->show();
    QVERIFY(shown.broken().contains(u"over its neighbour"_s));
}

void TestWalkRules::elidedItems()
{
    Sound shown;
    QVERIFY(shown.present());
    auto *list = new QListWidget;
    list->setObjectName(u"window.list"_s);
    list->setAccessibleName(u"List"_s);
    const QString name = u"a long name "_s.repeated(40);
    list->addItem(name);
    list->setTextElideMode(Qt::ElideRight);
    list->setWordWrap(false);
    list->setResizeMode(QListView::Adjust);
    list->setUniformItemSizes(true);
    list->item(0)->setSizeHint(QSize(100, 20));
    shown.column->addWidget(list);
    QTRY_VERIFY(list->isVisible());
    QCOMPARE(shown.broken(), QStringList{u"elided without a tooltip"_s});
    list->item(0)->setToolTip(name);
    QCOMPARE(shown.broken(), QStringList());
}

void TestWalkRules::headers()
{
    Sound shown;
    QVERIFY(shown.present());
    auto *header = new QHeaderView(Qt::Horizontal);
    header->setFocusPolicy(Qt::NoFocus);
    shown.column->addWidget(header);
    QTRY_VERIFY(header->isVisible());
    QCOMPARE(shown.broken(), QStringList()); // captions alone
    QCOMPARE(WindowWalk(&shown.window).unreachable(), QStringList());
    header->setSectionsClickable(true);
    QCOMPARE(shown.broken(), (QStringList{u"no object name"_s, u"no accessible name"_s}));
    QCOMPARE(WindowWalk(&shown.window).unreachable().size(), 1);
}

void TestWalkRules::tabs()
{
    Sound shown;
    QVERIFY(shown.present());
    shown.button->setFocusPolicy(Qt::ClickFocus);
    const QStringList found = WindowWalk(&shown.window).unreachable();
    QCOMPARE(found.size(), 1);
    QVERIFY(found.front().startsWith(u"no Tab: window/window.button"_s));
    QCOMPARE(WindowWalk(&shown.window, {.otherKeys = {u"window.button"_s}}).unreachable(),
             QStringList());
    // One that is taken out of the chain by its neighbours.
    shown.button->setFocusPolicy(Qt::StrongFocus);
    shown.field->setFocusProxy(nullptr);
    shown.button->setEnabled(false);
    QCOMPARE(WindowWalk(&shown.window).unreachable(), QStringList());
}

QTEST_MAIN(TestWalkRules)
#include "tst_walkrules.moc"
