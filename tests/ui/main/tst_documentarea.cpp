// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/tips.h"
#include "ui/common/document.h"
#include "ui/common/tabbar.h"
#include "ui/common/themecontroller.h"
#include "ui/main/documentarea.h"

#include <QAbstractButton>
#include <QApplication>
#include <QPointer>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::Document;
using ui::DocumentArea;

namespace {

class Page : public Document
{
public:
    explicit Page(const QString &title, const QString &key = {})
        : m_title(title)
        , m_key(key)
    {
        setFocusPolicy(Qt::StrongFocus);
    }
    [[nodiscard]] QString title() const override { return m_title; }
    [[nodiscard]] QString iconName() const override { return u"sql"_s; }
    [[nodiscard]] QString description() const override { return u"/path/"_s + m_title; }
    [[nodiscard]] QString key() const override { return m_key; }
    [[nodiscard]] bool isUnsaved() const override { return m_unsaved; }
    void become(const QString &title, bool unsaved)
    {
        m_title = title;
        m_unsaved = unsaved;
        emit changed();
    }

private:
    QString m_title;
    QString m_key;
    bool m_unsaved = false;
};

struct Shown {
    DocumentArea area;
    ui::TabBar *tabs = area.findChild<ui::TabBar *>(u"documents.tabs"_s);
    QWidget *empty = new QWidget;
    QList<Page *> pages;

    Shown()
    {
        area.setEmptyPage(empty);
        area.resize(900, 500);
        area.show();
        area.activateWindow();
    }
    bool present() { return QTest::qWaitForWindowActive(&area); }
    void add(int count)
    {
        for (int i = 0; i < count; ++i) {
            pages << new Page(u"page %1"_s.arg(pages.size()), u"key%1"_s.arg(pages.size()));
            area.add(pages.last());
        }
    }
    [[nodiscard]] QString titles() const
    {
        QStringList all;
        for (int i = 0; i < tabs->count(); ++i)
            all << tabs->tabText(i);
        return all.join(u'|');
    }
};

} // namespace

class TestDocumentArea : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        qRegisterMetaType<ui::Document *>();
        m_themes = std::make_unique<ui::ThemeController>(*qApp);
    }
    void cleanupTestCase() { m_themes.reset(); }
    void emptyPageWithoutDocuments();
    void showsWhatWasAdded();
    void addsBehindTheOthers();
    void addsAtAPlace();
    void findsByKey();
    void stepsRound();
    void closesTheCurrentOne();
    void closesAnotherOne();
    void asksBeforeItCloses();
    void pageInsteadOfTabs();
    void tabsFollowTheirDocument();
    void newStandsBehindTheTabs();
    void movedTabs();
    void titlesAreLetters();
    void newAndMenu();
    void focusGoesToTheNext();

private:
    std::unique_ptr<ui::ThemeController> m_themes;
};

void TestDocumentArea::emptyPageWithoutDocuments()
{
    Shown shown;
    QVERIFY(shown.empty->isVisible());
    QVERIFY(!shown.tabs->isVisible());
    QVERIFY(!shown.area.current());
    shown.area.step(1);
    shown.add(1);
    QVERIFY(!shown.empty->isVisible() && shown.tabs->isVisible());
    shown.area.close(shown.pages[0]);
    QVERIFY(shown.empty->isVisible() && !shown.tabs->isVisible());
}

void TestDocumentArea::showsWhatWasAdded()
{
    Shown shown;
    QSignalSpy changed(&shown.area, &DocumentArea::currentChanged);
    shown.add(1);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.first().first().value<Document *>(), shown.pages[0]);
    shown.add(1);
    QCOMPARE(shown.area.current(), shown.pages[1]);
    QVERIFY(shown.pages[1]->isVisible() && !shown.pages[0]->isVisible());
    QCOMPARE(shown.titles(), u"page 0|page 1"_s);
}

void TestDocumentArea::addsBehindTheOthers()
{
    Shown shown;
    shown.add(1);
    auto *behind = new Page(u"behind"_s);
    shown.area.add(behind, false);
    QCOMPARE(shown.area.current(), shown.pages[0]);
    QVERIFY(!behind->isVisible());
    QCOMPARE(shown.area.documents().size(), 2);
}

void TestDocumentArea::addsAtAPlace()
{
    Shown shown;
    shown.add(3);
    shown.area.makeCurrent(shown.pages[1]);
    QSignalSpy changed(&shown.area, &DocumentArea::currentChanged);
    auto *first = new Page(u"first"_s);
    shown.area.add(first, false, 0);
    QCOMPARE(shown.titles(), u"first|page 0|page 1|page 2"_s);
    QCOMPARE(shown.area.current(), shown.pages[1]);
    QVERIFY(shown.pages[1]->isVisible());
    auto *middle = new Page(u"middle"_s);
    shown.area.add(middle, true, 2);
    QCOMPARE(shown.titles(), u"first|page 0|middle|page 1|page 2"_s);
    QCOMPARE(shown.area.current(), middle);
    QCOMPARE(changed.last().first().value<Document *>(), middle);
    const QList<Document *> order{first, shown.pages[0], middle, shown.pages[1], shown.pages[2]};
    QCOMPARE(shown.area.documents(), order);
    for (Document *document : order) {
        shown.area.makeCurrent(document);
        QVERIFY(document->isVisible());
    }
}

void TestDocumentArea::findsByKey()
{
    Shown shown;
    shown.add(3);
    QCOMPARE(shown.area.find(u"key1"_s), shown.pages[1]);
    QVERIFY(!shown.area.find(u"other"_s));
}

void TestDocumentArea::stepsRound()
{
    Shown shown;
    shown.add(3);
    for (const int expected : {0, 1, 2, 0}) {
        shown.area.step(1);
        QCOMPARE(shown.area.current(), shown.pages[expected]);
    }
    shown.area.step(-1);
    QCOMPARE(shown.area.current(), shown.pages[2]);
}

void TestDocumentArea::closesTheCurrentOne()
{
    Shown shown;
    shown.add(3);
    shown.area.makeCurrent(shown.pages[1]);
    QSignalSpy changed(&shown.area, &DocumentArea::currentChanged);
    const QPointer<Page> closed = shown.pages[1];
    shown.area.close(closed);
    QVERIFY(!changed.isEmpty());
    QVERIFY(shown.area.current() && shown.area.current() != closed);
    QCOMPARE(changed.last().first().value<Document *>(), shown.area.current());
    QVERIFY(shown.area.current()->isVisible());
    QTRY_VERIFY(closed.isNull());
    QCOMPARE(shown.titles(), u"page 0|page 2"_s);
}

void TestDocumentArea::closesAnotherOne()
{
    Shown shown;
    shown.add(3);
    shown.area.close(shown.pages[0]);
    QCOMPARE(shown.area.current(), shown.pages[2]);
    QCOMPARE(shown.titles(), u"page 1|page 2"_s);
    shown.area.close(shown.pages[2]);
    QCOMPARE(shown.area.current(), shown.pages[1]);
    Page stranger(u"stranger"_s);
    shown.area.close(&stranger);
    QCOMPARE(shown.titles(), u"page 1"_s);
}

void TestDocumentArea::asksBeforeItCloses()
{
    Shown shown;
    shown.add(2);
    QSignalSpy wanted(&shown.area, &DocumentArea::closeWanted);
    const QRect tab = shown.tabs->tabRect(0);
    QTest::mouseClick(shown.tabs, Qt::MiddleButton, {}, tab.center());
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.first().first().value<Document *>(), shown.pages[0]);
    QCOMPARE(shown.area.documents().size(), 2);
}

void TestDocumentArea::pageInsteadOfTabs()
{
    Shown shown;
    shown.add(2);
    auto *page = new QWidget(&shown.area);
    QSignalSpy changed(&shown.area, &DocumentArea::currentChanged);
    shown.area.showPage(page);
    QVERIFY(page->isVisible() && !shown.tabs->isVisible());
    QVERIFY(!shown.area.current() && shown.area.hasPage());
    QVERIFY(!changed.last().first().value<Document *>());
    shown.add(1); // behind the page
    QVERIFY(page->isVisible());
    shown.area.showPage(nullptr);
    QVERIFY(!page->isVisible() && shown.tabs->isVisible());
    QCOMPARE(shown.area.current(), shown.pages[2]);
    QCOMPARE(changed.last().first().value<Document *>(), shown.pages[2]);
}

void TestDocumentArea::tabsFollowTheirDocument()
{
    Shown shown;
    shown.add(2);
    shown.pages[0]->become(u"renamed.sql"_s, true);
    QCOMPARE(shown.titles(), u"renamed.sql|page 1"_s);
    QVERIFY(shown.tabs->isTabUnsaved(0) && !shown.tabs->isTabUnsaved(1));
    shown.pages[0]->become(u"renamed.sql"_s, false);
    QVERIFY(!shown.tabs->isTabUnsaved(0));
}

void TestDocumentArea::newStandsBehindTheTabs()
{
    Shown shown;
    QVERIFY(shown.present());
    shown.add(1);
    const auto *add = shown.area.findChild<QAbstractButton *>(u"documents.new"_s);
    const auto gap = [&] {
        return add->x() - shown.tabs->x() - shown.tabs->tabRect(0).right() - 1;
    };
    QTRY_COMPARE(gap(), 6);
    shown.pages[0]->become(u"a title of many words"_s, true);
    QTRY_COMPARE(gap(), 6);
    shown.pages[0]->become(u"q"_s, false);
    QTRY_COMPARE(gap(), 6);
}

void TestDocumentArea::movedTabs()
{
    Shown shown;
    shown.add(3);
    shown.tabs->moveTab(0, 2);
    QCOMPARE(shown.titles(), u"page 1|page 2|page 0"_s);
    const QList<Document *> order{shown.pages[1], shown.pages[2], shown.pages[0]};
    QCOMPARE(shown.area.documents(), order);
    shown.area.makeCurrent(shown.pages[0]);
    QVERIFY(shown.pages[0]->isVisible());
    shown.pages[0]->become(u"last"_s, true);
    QCOMPARE(shown.titles(), u"page 1|page 2|last"_s);
    shown.area.close(shown.pages[2]);
    QCOMPARE(shown.titles(), u"page 1|last"_s);
    QVERIFY(shown.tabs->isTabUnsaved(1));
}

void TestDocumentArea::titlesAreLetters()
{
    Shown shown;
    QVERIFY(shown.present());
    const QString name = u"<b>a && b &c</b>\n\u202E<img src=x>"_s;
    shown.area.add(new Page(name));
    QCOMPARE(shown.tabs->tabText(0).replace("&&"_L1, "&"_L1), name); // no mnemonics in names
    QCOMPARE(test::tipAt(shown.tabs, shown.tabs->tabRect(0).center()), u"/path/"_s + name);
    const QImage one = shown.tabs->grab().toImage();
    QVERIFY(!one.isNull());
}

void TestDocumentArea::newAndMenu()
{
    Shown shown;
    shown.add(2);
    QSignalSpy wanted(&shown.area, &DocumentArea::newWanted);
    QTest::mouseClick(shown.area.findChild<QAbstractButton *>(u"documents.new"_s), Qt::LeftButton);
    QCOMPARE(wanted.count(), 1);
    QSignalSpy menu(&shown.area, &DocumentArea::menuWanted);
    emit shown.tabs->customContextMenuRequested(shown.tabs->tabRect(1).center());
    QCOMPARE(menu.count(), 1);
    QCOMPARE(menu.first().first().value<Document *>(), shown.pages[1]);
    emit shown.tabs->customContextMenuRequested(QPoint(shown.tabs->width() + 50, 4));
    QCOMPARE(menu.count(), 1);
}

void TestDocumentArea::focusGoesToTheNext()
{
    Shown shown;
    QVERIFY(shown.present());
    shown.add(2);
    shown.pages[1]->setFocus();
    QVERIFY(shown.pages[1]->hasFocus());
    shown.area.close(shown.pages[1]);
    QVERIFY(shown.pages[0]->hasFocus());
}

QTEST_MAIN(TestDocumentArea)
#include "tst_documentarea.moc"
