// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/settings.h"
#include "ui/common/button.h"
#include "ui/common/themecontroller.h"
#include "ui/main/recentfolders.h"
#include "welcomewindow.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QPromise>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using ui::LaunchRow;
using ui::RecentFolders;
using ui::WelcomePage;

namespace {

struct Shown : test::WelcomeWindow {
    QTemporaryDir home;
    core::Settings settings{home.filePath(u"settings.ini"_s)};

    [[nodiscard]] bool add(const QString &folder)
    {
        settings.addRecentProject(folder, QDateTime::currentDateTimeUtc());
        return settings.recentProjects().front().folder == folder;
    }
    [[nodiscard]] QString words(int row) const
    {
        const LaunchRow *found = recent(row);
        return found ? found->accessibleDescription() : QString();
    }
};

using Answer = std::shared_ptr<QPromise<core::Result<>>>;

/// A look that is answered when the test says so.
RecentFolders::Look heldLook(std::vector<Answer> &asked)
{
    return [&asked](const QString &) {
        asked.push_back(std::make_shared<QPromise<core::Result<>>>());
        asked.back()->start();
        return asked.back()->future();
    };
}

core::Result<> gone()
{
    return core::failure(core::ErrorKind::Local, "project.gone"_ba, u"Gone."_s);
}

void answer(const Answer &asked, const core::Result<> &found)
{
    asked->addResult(found);
    asked->finish();
}

/// All that was answered before has arrived.
bool settle(QObject &context)
{
    QPromise<void> last;
    last.start();
    bool arrived = false;
    (void)last.future().then(&context, [&arrived] { arrived = true; });
    last.finish();
    return QTest::qWaitFor([&arrived] { return arrived; }, 30'000);
}

} // namespace

class TestRecentFolders : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_themes = std::make_unique<ui::ThemeController>(*qApp); }
    void cleanupTestCase() { m_themes.reset(); }
    void saysWhatIsWrong();
    void blocksNobody();
    void lateAnswersOfAnOlderList();
    void removesOne();
    void removesByKey();
    void clears();

private:
    std::unique_ptr<ui::ThemeController> m_themes;
};

void TestRecentFolders::saysWhatIsWrong()
{
    Shown shown;
    const QDir home(shown.home.path());
    QVERIFY(home.mkdir(u"good"_s) && home.mkdir(u"closed"_s));
    QFile file(home.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QFile::setPermissions(home.filePath(u"closed"_s), {});
    for (const QString &name : {u"gone"_s, u"closed"_s, u"file"_s, u"good"_s})
        QVERIFY(shown.add(home.filePath(name)));
    auto *recent = new RecentFolders(shown.settings, *shown.page);
    recent->show();
    QTRY_VERIFY(shown.words(3).contains(u"not there any more"_s));
    QTRY_VERIFY(shown.words(1).contains(u"not a folder"_s));
    QTRY_VERIFY(shown.words(2).contains(u"may not be read"_s));
    QVERIFY(!shown.words(0).contains(u","_s));
    QVERIFY(!shown.recent(0)->isRemovable() && shown.recent(3)->isRemovable());
    // It may be there again: the person may try.
    QSignalSpy chosen(shown.page, &WelcomePage::folderChosen);
    QTest::mouseClick(shown.recent(3), Qt::LeftButton);
    QCOMPARE(chosen.count(), 1);
    QFile::setPermissions(home.filePath(u"closed"_s),
                          QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

// A share whose server is away: the look never ends.
void TestRecentFolders::blocksNobody()
{
    Shown shown;
    QVERIFY(shown.add(u"/dead"_s) && shown.add(u"/quick"_s));
    std::vector<Answer> asked;
    auto *recent = new RecentFolders(shown.settings, *shown.page, heldLook(asked));
    recent->show();
    QCOMPARE(asked.size(), std::size_t(2));
    answer(asked[0], gone());                         // of the newest
    QTRY_VERIFY(shown.words(0).contains(u"Gone."_s)); // the other one waits for nothing
    QVERIFY(!shown.words(1).contains(u","_s));        // no word before there is one
    QTRY_VERIFY_WITH_TIMEOUT(shown.words(1).contains(u"does not answer"_s), 30'000);
    QVERIFY(shown.recent(1)->isRemovable());
    answer(asked[1], {});
    QTRY_VERIFY(!shown.words(1).contains(u"does not answer"_s));
    QVERIFY(!shown.recent(1)->isRemovable());
}

void TestRecentFolders::lateAnswersOfAnOlderList()
{
    Shown shown;
    QVERIFY(shown.add(u"/a"_s));
    std::vector<Answer> asked;
    auto *recent = new RecentFolders(shown.settings, *shown.page, heldLook(asked));
    recent->show();
    recent->show();
    QCOMPARE(asked.size(), std::size_t(2));
    answer(asked[1], {});
    answer(asked[0], gone());
    QVERIFY(settle(shown.window));
    QVERIFY(!shown.words(0).contains(u"Gone."_s));
}

void TestRecentFolders::removesOne()
{
    Shown shown;
    QVERIFY(shown.add(u"/gone/a"_s) && shown.add(u"/gone/b"_s));
    auto *recent = new RecentFolders(shown.settings, *shown.page);
    recent->show();
    QTRY_VERIFY(shown.recent(0)->isRemovable());
    auto *button = shown.page->findChild<ui::Button *>(u"welcome.recent0.remove"_s);
    QTRY_VERIFY(button && button->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_COMPARE(shown.settings.recentProjects().size(), std::size_t(1));
    QCOMPARE(shown.settings.recentProjects().front().folder, u"/gone/a"_s);
    QTRY_COMPARE(shown.recent(0)->accessibleName(), u"a"_s);
}

void TestRecentFolders::removesByKey()
{
    Shown shown;
    QVERIFY(shown.add(u"/gone/a"_s));
    std::vector<Answer> asked;
    auto *recent = new RecentFolders(shown.settings, *shown.page, heldLook(asked));
    recent->show();
    QTest::keyClick(shown.recent(0), Qt::Key_Delete); // nothing is wrong with it yet
    QVERIFY(settle(shown.window));
    QCOMPARE(shown.settings.recentProjects().size(), std::size_t(1));
    answer(asked.front(), gone());
    QTRY_VERIFY(shown.recent(0)->isRemovable());
    QTest::keyClick(shown.recent(0), Qt::Key_Delete);
    QTRY_VERIFY(shown.settings.recentProjects().empty());
    QTRY_VERIFY(shown.page->findChild<QWidget *>(u"welcome.noRecent"_s));
}

void TestRecentFolders::clears()
{
    Shown shown;
    QVERIFY(shown.add(u"/gone/a"_s) && shown.add(u"/gone/b"_s));
    auto *recent = new RecentFolders(shown.settings, *shown.page);
    recent->show();
    emit shown.page->clearRecentWanted();
    QVERIFY(shown.settings.recentProjects().empty());
}

QTEST_MAIN(TestRecentFolders)
#include "tst_recentfolders.moc"
