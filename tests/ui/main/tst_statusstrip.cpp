// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testdatabase.h"
#include "tests/support/testpooler.h"
#include "tests/ui/support/projecthome.h"
#include "ui/common/button.h"
#include "ui/common/chip.h"
#include "ui/common/labels.h"
#include "ui/common/themecontroller.h"
#include "ui/main/actions.h"
#include "ui/main/statusstrip.h"

#include <QApplication>
#include <QMainWindow>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::StatusStrip;

namespace {

struct Shown {
    test::ProjectHome home;
    QMainWindow window;
    ui::Actions actions{&window};
    StatusStrip *strip = new StatusStrip(actions, &window);

    Shown()
    {
        window.setStatusBar(strip);
        window.resize(1440, 300);
        window.show();
    }
    bool open(const QString &url)
    {
        if (!home.write(u".env"_s, "DATABASE_URL=" + url.toUtf8()) || !home.read() || !home.trust()
            || !home.database())
            return false;
        strip->setDatabase(home.database());
        return true;
    }
    template<class Widget> Widget *find(const char *name)
    {
        return strip->findChild<Widget *>(u"status."_s + QLatin1StringView(name));
    }
};

} // namespace

class TestStatusStrip : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_themes = std::make_unique<ui::ThemeController>(*qApp); }
    void cleanupTestCase() { m_themes.reset(); }
    void withoutADatabase();
    void directDatabase();
    void pooledDatabase();
    void superuser();
    void latencyAfterARead();
    void whatGivesWay();
    void countsBesideTheWords();
    void buttonsToggleTheirDocks();
    void explainsTheEndpoint();
    void databaseThatEnds();

private:
    std::unique_ptr<ui::ThemeController> m_themes;
};

void TestStatusStrip::withoutADatabase()
{
    Shown shown;
    shown.strip->setSentence(u"never"_s, u"<b>Strong</b>"_s, u"No project open"_s);
    QVERIFY(!shown.find<ui::Button>("database")->isVisible());
    QVERIFY(!shown.find<ui::Chip>("readOnly")->isVisible());
    QCOMPARE(shown.find<ui::TextLabel>("strong")->text(), u"<b>Strong</b>"_s);
    QCOMPARE(shown.find<ui::ElidedLabel>("sentence")->text(), u"No project open"_s);
}

void TestStatusStrip::directDatabase()
{
    test::TestDatabase database;
    Shown shown;
    QVERIFY(shown.open(database.url()));
    QCOMPARE(shown.find<ui::Button>("database")->text(), u"main"_s);
    auto *endpoint = shown.find<ui::Button>("endpoint");
    QCOMPARE(endpoint->text(), u"Direct"_s);
    QVERIFY(!endpoint->fact().isEmpty()); // and why
    QVERIFY(endpoint->toolTip().contains(endpoint->fact()));
    QVERIFY(shown.find<ui::Chip>("readOnly")->isVisible());
    QVERIFY(!shown.find<ui::Chip>("superuser")->isVisible());
    QVERIFY(shown.find<ui::Chip>("transaction")->isVisible());
}

void TestStatusStrip::pooledDatabase()
{
    test::TestDatabase database;
    test::TestPooler pooler(database);
    Shown shown;
    QVERIFY(shown.open(pooler.url()));
    QCOMPARE(shown.find<ui::Button>("endpoint")->text(), u"Pooled"_s);
    QVERIFY(shown.find<ui::Button>("endpoint")->accessibleName().contains(u"Pooled"_s));
}

// The padlock alone would promise too much.
void TestStatusStrip::superuser()
{
    test::TestDatabase database;
    Shown shown;
    QVERIFY(shown.open(database.url(test::Role::Super)));
    shown.home.database()->loadCatalog();
    QTRY_VERIFY(shown.find<ui::Chip>("superuser")->isVisible());
    QVERIFY(!shown.find<ui::Chip>("superuser")->toolTip().isEmpty());
}

void TestStatusStrip::latencyAfterARead()
{
    test::TestDatabase database;
    Shown shown;
    QVERIFY(shown.open(database.url()));
    QVERIFY(shown.find<ui::TextLabel>("latency")->text().isEmpty());
    shown.home.database()->loadCatalog();
    QTRY_VERIFY(shown.find<ui::TextLabel>("latency")->text().contains(u"ms"_s));
}

void TestStatusStrip::whatGivesWay()
{
    test::TestDatabase database;
    Shown shown;
    QVERIFY(shown.open(database.url()));
    shown.strip->setWriting(true);
    shown.strip->setTransaction(
        {ui::Meaning::Warning,
         u"pending"_s,
         u"Open and idle for 5 min, holds locks on invoices_of_the_year_before_last"_s,
         {},
         u"Open and idle"_s});
    shown.window.resize(720, 300);
    QTRY_COMPARE(shown.strip->width(), 720); // it follows the window, whatever it has to say
    QTRY_VERIFY(shown.find<ui::Button>("endpoint")->fact().isEmpty());
    for (const char *kept : {"database", "endpoint"}) {
        auto *button = shown.find<ui::Button>(kept);
        QTRY_VERIFY2(button->isVisible() && button->width() >= button->fullWidth(), kept);
    }
    QVERIFY(shown.find<ui::Chip>("readOnly")->isVisible());
    QCOMPARE(shown.find<ui::Chip>("transaction")->text(), u"Open and idle"_s);
    shown.window.resize(1440, 300);
    QTRY_VERIFY(!shown.find<ui::Button>("endpoint")->fact().isEmpty());
}

void TestStatusStrip::countsBesideTheWords()
{
    Shown shown;
    shown.strip->setJobCount(2);
    shown.strip->setMessageCount(3);
    QCOMPARE(shown.find<ui::Button>("jobsDock")->fact(), u"2"_s);
    QCOMPARE(shown.find<ui::Button>("messagesDock")->fact(), u"3"_s);
    shown.strip->setJobCount(0);
    shown.strip->setMessageCount(0);
    QVERIFY(shown.find<ui::Button>("jobsDock")->fact().isEmpty());
    QVERIFY(shown.find<ui::Button>("messagesDock")->fact().isEmpty());
}

void TestStatusStrip::buttonsToggleTheirDocks()
{
    test::TestDatabase database;
    Shown shown;
    QVERIFY(shown.open(database.url()));
    for (const char *name : {"resultsDock", "messagesDock", "jobsDock"}) {
        QAction *action = shown.actions.action(u"view."_s + QLatin1StringView(name));
        QSignalSpy triggered(action, &QAction::triggered);
        auto *button = shown.find<ui::Button>(name);
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(triggered.count(), 1);
        action->setChecked(false);
        QVERIFY(!button->isChecked());
        action->setChecked(true);
        QVERIFY(button->isChecked());
    }
}

void TestStatusStrip::explainsTheEndpoint()
{
    test::TestDatabase database;
    Shown shown;
    QVERIFY(shown.open(database.url()));
    QSignalSpy wanted(shown.strip, &StatusStrip::endpointExplanationWanted);
    QTest::mouseClick(shown.find<ui::Button>("endpoint"), Qt::LeftButton);
    QCOMPARE(wanted.count(), 1);
}

void TestStatusStrip::databaseThatEnds()
{
    test::TestDatabase database;
    Shown shown;
    QVERIFY(shown.open(database.url()));
    shown.strip->setDatabase(nullptr);
    QVERIFY(!shown.find<ui::Button>("database")->isVisible());
    shown.strip->setDatabase(shown.home.database());
    shown.home.close();
    shown.window.resize(900, 300); // asks for the facts of what is gone
    shown.strip->setDatabase(nullptr);
    QVERIFY(!shown.find<ui::Button>("database")->isVisible());
}

QTEST_MAIN(TestStatusStrip)
#include "tst_statusstrip.moc"
