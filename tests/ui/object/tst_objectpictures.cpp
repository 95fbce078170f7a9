// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/objectsql.h"
#include "tests/ui/object/objectdesk.h"
#include "tests/ui/support/pictures.h"
#include "ui/object/factview.h"
#include "ui/object/objectpages.h"

#include <QApplication>
#include <QImage>
#include <QPixmap>
#include <QTest>

using namespace Qt::StringLiterals;
using Choice = ui::ThemeController::Choice;
using Page = ui::ObjectPages::Page;

/// Draws definitions in every scheme and direction, and keeps the pictures beside the test program
/// for people to look at. What is held: each is another one, and nothing sticks out of its list.
class TestObjectPictures : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void picture_data();
    void picture();
    void cleanupTestCase();

private:
    std::unique_ptr<test::TestDatabase> m_database;
    test::Pictures m_pictures;
};

void TestObjectPictures::initTestCase()
{
    m_database = std::make_unique<test::TestDatabase>();
    m_database->exec(test::billingSchema());
}

void TestObjectPictures::picture_data()
{
    QTest::addColumn<Choice>("choice");
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QString>("object");
    QTest::addColumn<Page>("page");
    const QSize usual(1440, 900);
    const auto row = [](const char *tag, Choice choice, Qt::LayoutDirection direction, QSize size,
                        const QString &object, Page page) {
        QTest::newRow(tag) << choice << direction << size << object << page;
    };
    row("light", Choice::Light, Qt::LeftToRight, usual, u"invoices"_s, Page::Structure);
    row("dark", Choice::Dark, Qt::LeftToRight, usual, u"invoices"_s, Page::Structure);
    row("contrast", Choice::HighContrast, Qt::LeftToRight, usual, u"invoices"_s, Page::Structure);
    row("right-to-left", Choice::Light, Qt::RightToLeft, usual, u"invoices"_s, Page::Structure);
    row("narrow", Choice::Light, Qt::LeftToRight, QSize(900, 760), u"invoices"_s, Page::Structure);
    row("triggers", Choice::Light, Qt::LeftToRight, usual, u"invoices"_s, Page::Triggers);
    row("policies", Choice::Dark, Qt::LeftToRight, usual, u"invoices"_s, Page::Policies);
    row("partitions", Choice::Light, Qt::LeftToRight, usual, u"events"_s, Page::Partitions);
    row("statistics", Choice::Light, Qt::LeftToRight, usual, u"invoices"_s, Page::Statistics);
    row("privileges", Choice::Light, Qt::LeftToRight, usual, u"invoices"_s, Page::Privileges);
    row("function", Choice::Dark, Qt::LeftToRight, usual, QString(), Page::Facts);
}

void TestObjectPictures::picture()
{
    QFETCH(const Choice, choice);
    QFETCH(const Qt::LayoutDirection, direction);
    QFETCH(const QSize, size);
    QFETCH(const QString, object);
    QFETCH(const Page, page);
    QApplication::setLayoutDirection(direction);
    test::ObjectDesk desk(*m_database, test::Role::Plain, choice);
    QVERIFY(desk.present());
    desk.studio.window().resize(size);
    QTRY_VERIFY_WITH_TIMEOUT(desk.studio.highlighters().factory(), 30'000);
    const core::Oid function{m_database->value("SELECT 'close_invoice'::regproc::oid").toUInt()};
    ui::ObjectTab *tab =
        object.isEmpty() ? desk.open({core::catalogs::pgProc, function}) : desk.openTable(object);
    QVERIFY(tab);
    tab->pages().show(page);
    if (page == Page::Structure) {
        auto *columns = tab->findChild<ui::FactView *>(u"object.columns"_s);
        columns->setFocus();
        columns->setCurrentIndex(columns->facts().index(1, 0));
    }
    QImage shown;
    const auto settled = [&] {
        const QImage before = std::exchange(shown, desk.studio.window().grab().toImage());
        return before == shown;
    };
    QTRY_VERIFY_WITH_TIMEOUT(settled(), 30'000);
    for (const ui::FactView *view : tab->findChildren<ui::FactView *>()) {
        if (view->isVisible())
            QVERIFY2(view->height() >= view->sizeHint().height(), qPrintable(view->objectName()));
    }
    QVERIFY(m_pictures.isNew(shown));
    QVERIFY(test::Pictures::keep(shown, u"object"_s));
}

void TestObjectPictures::cleanupTestCase()
{
    QApplication::setLayoutDirection(Qt::LeftToRight);
    m_database.reset();
}

QTEST_MAIN(TestObjectPictures)
#include "tst_objectpictures.moc"
