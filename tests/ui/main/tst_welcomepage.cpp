// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/button.h"
#include "ui/common/themecontroller.h"
#include "welcomewindow.h"

#include <QApplication>
#include <QDir>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::LaunchRow;
using ui::WelcomePage;

namespace {

struct Shown : test::WelcomeWindow {
    bool present()
    {
        window.activateWindow();
        const bool active = QTest::qWaitForWindowActive(&window);
        page->setFocus();
        return active && QApplication::focusWidget();
    }
    [[nodiscard]] qsizetype recentCount() const
    {
        qsizetype count = 0;
        for (const auto *one : page->findChildren<LaunchRow *>()) {
            if (one->objectName().startsWith(u"welcome.recent"_s))
                ++count;
        }
        return count;
    }
};

std::vector<ui::RecentEntry> entries(int count)
{
    std::vector<ui::RecentEntry> all;
    for (int i = 0; i < count; ++i)
        all.push_back({u"/srv/project%1"_s.arg(i), QDateTime::currentDateTime(), {}});
    return all;
}

} // namespace

class TestWelcomePage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_themes = std::make_unique<ui::ThemeController>(*qApp); }
    void cleanupTestCase() { m_themes.reset(); }
    void waysToBegin();
    void byKeyboard();
    void withoutRecentProjects();
    void recentProjects();
    void recentByKeyboard();
    void clearsTheList();
    void whatIsNotReachable();
    void namesBelowHomeAreShort();
    void hostileNames();

private:
    std::unique_ptr<ui::ThemeController> m_themes;
};

void TestWelcomePage::waysToBegin()
{
    Shown shown;
    QVERIFY(shown.present());
    for (const char *id : {"file.openFolder", "file.openDemo", "connection.new", "file.openFile"}) {
        QAction *action = shown.actions.action(QLatin1StringView(id));
        QSignalSpy triggered(action, &QAction::triggered);
        LaunchRow *row = shown.row(u"welcome."_s + QString::fromLatin1(id).section(u'.', 1));
        QVERIFY2(row && row->isVisible(), id);
        QTest::mouseClick(row, Qt::LeftButton);
        QCOMPARE(triggered.count(), 1);
    }
}

void TestWelcomePage::byKeyboard()
{
    Shown shown;
    shown.page->setRecent(entries(2));
    QVERIFY(shown.present());
    LaunchRow *first = shown.row(u"welcome.openFolder"_s);
    QVERIFY(first->hasFocus());
    for (const char *next : {"welcome.openDemo", "welcome.new", "welcome.openFile"}) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
        QCOMPARE(QApplication::focusWidget()->objectName(), QLatin1StringView(next));
    }
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up);
    QCOMPARE(QApplication::focusWidget()->objectName(), u"welcome.openDemo"_s);
    QSignalSpy triggered(shown.actions.action(u"file.openDemo"_s), &QAction::triggered);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QCOMPARE(triggered.count(), 2);
}

void TestWelcomePage::withoutRecentProjects()
{
    Shown shown;
    QVERIFY(shown.present());
    shown.page->setRecent({});
    QCOMPARE(shown.recentCount(), 0);
    QTRY_VERIFY(shown.page->findChild<QWidget *>(u"welcome.noRecent"_s)->isVisible());
    QVERIFY(!shown.page->findChild<ui::Button *>(u"welcome.clearRecent"_s)->isVisible());
}

void TestWelcomePage::recentProjects()
{
    Shown shown;
    QVERIFY(shown.present());
    shown.page->setRecent(entries(20));
    QCOMPARE(shown.recentCount(), 6); // what the page has room for
    QSignalSpy chosen(shown.page, &WelcomePage::folderChosen);
    QTest::mouseClick(shown.row(u"welcome.recent2"_s), Qt::LeftButton);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.first().first().toString(), u"/srv/project2"_s);
    shown.page->setRecent(entries(1));
    QTRY_COMPARE(shown.recentCount(), 1);
}

void TestWelcomePage::recentByKeyboard()
{
    Shown shown;
    shown.page->setRecent(entries(3));
    QVERIFY(shown.present());
    QSignalSpy chosen(shown.page, &WelcomePage::folderChosen);
    for (int i = 0; i < 20; ++i) {
        QWidget *focus = QApplication::focusWidget();
        if (focus->objectName() == "welcome.recent1"_L1) {
            QTest::keyClick(focus, Qt::Key_Return);
            break;
        }
        QTest::keyClick(focus, Qt::Key_Down);
    }
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.first().first().toString(), u"/srv/project1"_s);
}

void TestWelcomePage::clearsTheList()
{
    Shown shown;
    shown.page->setRecent(entries(2));
    QVERIFY(shown.present());
    QSignalSpy wanted(shown.page, &WelcomePage::clearRecentWanted);
    auto *clear = shown.page->findChild<ui::Button *>(u"welcome.clearRecent"_s);
    QTRY_VERIFY(clear->isVisible());
    QTest::mouseClick(clear, Qt::LeftButton);
    QCOMPARE(wanted.count(), 1);
}

void TestWelcomePage::whatIsNotReachable()
{
    Shown shown;
    std::vector<ui::RecentEntry> all = entries(1);
    all.front().trouble = u"The folder is away."_s;
    shown.page->setRecent(all);
    QVERIFY(shown.present());
    const LaunchRow *row = shown.row(u"welcome.recent0"_s);
    QVERIFY(row->accessibleDescription().contains(u"away"_s));
    QVERIFY(row->isRemovable());
    const int height = row->height();
    shown.page->setTrouble(all.front().folder, {}); // it is back; nothing moves
    QVERIFY(!row->isRemovable());
    QCOMPARE(row->accessibleDescription(), all.front().folder);
    QCOMPARE(row->height(), height);
}

void TestWelcomePage::namesBelowHomeAreShort()
{
    Shown shown;
    shown.page->setRecent({{QDir::homePath() + u"/work/shop"_s, QDateTime::currentDateTime(), {}}});
    QCOMPARE(shown.row(u"welcome.recent0"_s)->accessibleDescription(), u"~/work/shop"_s);
    QCOMPARE(shown.row(u"welcome.recent0"_s)->accessibleName(), u"shop"_s);
}

void TestWelcomePage::hostileNames()
{
    Shown shown;
    const QString name = u"<b>x<img src=y>\n&\u202E"_s;
    shown.page->setRecent({{u"/srv/"_s + name, QDateTime::currentDateTime(), {}}});
    QVERIFY(shown.present());
    QCOMPARE(shown.row(u"welcome.recent0"_s)->accessibleName(), name);
    QSignalSpy chosen(shown.page, &WelcomePage::folderChosen);
    QTRY_VERIFY(shown.row(u"welcome.recent0"_s)->isVisible());
    // The height is one name's, whatever the name holds.
    QCOMPARE(shown.row(u"welcome.recent0"_s)->height(),
             shown.row(u"welcome.openFolder"_s)->height());
    QVERIFY(!shown.page->grab().isNull());
    QTest::mouseClick(shown.row(u"welcome.recent0"_s), Qt::LeftButton);
    QCOMPARE(chosen.first().first().toString(), u"/srv/"_s + name);
}

QTEST_MAIN(TestWelcomePage)
#include "tst_welcomepage.moc"
