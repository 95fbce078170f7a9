// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testdatabase.h"
#include "tests/ui/support/pictures.h"
#include "tests/ui/support/studio.h"
#include "ui/common/chip.h"
#include "ui/doctor/activitytree.h"
#include "ui/doctor/doctorpane.h"
#include "ui/doctor/doctortab.h"
#include "ui/main/documentarea.h"

#include <QApplication>
#include <QImage>
#include <QPixmap>
#include <QTest>

using namespace Qt::StringLiterals;
using Choice = ui::ThemeController::Choice;

/// Draws the tab over a real queue of sessions in every scheme and direction, keeps the pictures
/// beside the test program for people to look at, and holds what a person would see at once.
class TestDoctorPictures : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void picture_data();
    void picture();
    void cleanupTestCase();

private:
    [[nodiscard]] test::Connection &session(const QByteArray &application);
    void wait(const QByteArray &application, const char *sql);

    std::unique_ptr<test::TestDatabase> m_database;
    std::vector<std::unique_ptr<test::Connection>> m_sessions;
    test::Pictures m_pictures;
};

test::Connection &TestDoctorPictures::session(const QByteArray &application)
{
    m_sessions.push_back(std::make_unique<test::Connection>(m_database->connect()));
    m_sessions.back()->exec("SET application_name = '" + application + '\'');
    return *m_sessions.back();
}

/// Sends a statement that has to wait, and sees it wait.
void TestDoctorPictures::wait(const QByteArray &application, const char *sql)
{
    test::Connection &waiter = session(application);
    const QByteArray pid = QByteArray::number(waiter.backendPid());
    PQsendQuery(waiter.handle(), sql);
    QTRY_COMPARE(
        m_database->valueSuper("SELECT wait_event_type FROM pg_stat_activity WHERE pid = " + pid),
        "Lock"_ba);
}

void TestDoctorPictures::initTestCase()
{
    m_database = std::make_unique<test::TestDatabase>();
    m_database->exec("CREATE TABLE invoices (id int, organisation_id int); "
                     "CREATE TABLE events (id int); INSERT INTO invoices VALUES (1, 1)");
    for (int i = 0; i < 7; ++i)
        session("web"_ba).exec("SELECT 1"_ba);
    for (int i = 0; i < 4; ++i)
        session("api-worker"_ba).exec("SELECT 1"_ba);
    session("api-worker"_ba)
        .exec("BEGIN; select * from invoices where organisation_id = 1 for update"_ba);
    wait("api-worker"_ba, "update invoices set organisation_id = 2 where id = 1");
    wait("migrate"_ba, "alter table invoices add column note text");
    wait("web"_ba, "select count(*) from invoices");
    wait("web"_ba, "select * from invoices order by id limit 100");
    PQsendQuery(session("web"_ba).handle(), "select pg_sleep(3600) from events");
    PQsendQuery(session("report"_ba).handle(), "select pg_sleep(3600)");
}

void TestDoctorPictures::picture_data()
{
    QTest::addColumn<Choice>("choice");
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::addColumn<QSize>("size");
    QTest::newRow("light") << Choice::Light << Qt::LeftToRight << QSize(1440, 900);
    QTest::newRow("dark") << Choice::Dark << Qt::LeftToRight << QSize(1440, 900);
    QTest::newRow("contrast") << Choice::HighContrast << Qt::LeftToRight << QSize(1440, 900);
    QTest::newRow("right-to-left") << Choice::Light << Qt::RightToLeft << QSize(1440, 900);
    QTest::newRow("narrow") << Choice::Light << Qt::LeftToRight << QSize(900, 760);
}

void TestDoctorPictures::picture()
{
    QFETCH(const Choice, choice);
    QFETCH(const Qt::LayoutDirection, direction);
    QFETCH(const QSize, size);
    QApplication::setLayoutDirection(direction);
    test::Studio studio(u"harbour"_s, choice);
    QVERIFY(studio.home().write(
        u".env"_s, "DATABASE_URL=" + m_database->url(test::Role::Super).toUtf8() + '\n'));
    QVERIFY(studio.present());
    studio.window().resize(size);
    QVERIFY(studio.openTrusted());
    studio.trigger(u"database.activity"_s);
    auto *tab = qobject_cast<ui::DoctorTab *>(studio.window().documents().current());
    QVERIFY(tab);
    QTRY_VERIFY_WITH_TIMEOUT(!tab->doctor().findings().empty() && tab->tree().sessions().activity(),
                             30'000);
    tab->setPaused(true);
    tab->showExplanation(
        {.id = "pooler.preparedMissing"_ba,
         .title = u"Prepared statement “s12” does not exist"_s,
         .why = u"A pooler hands each transaction to another server connection. The client "
                "prepared the statement on one of them and used it on the next."_s,
         .where = u".env.local:3 (DATABASE_URL)"_s,
         .fixes = {{.sentence = u"Tell the client that a pooler is in between."_s,
                    .text = u"DATABASE_URL=postgresql://app:••••@db.eu1.pghost.example:6432/app?"
                            "pgbouncer=true"_s,
                    .before = u"DATABASE_URL=postgresql://app:••••@db.eu1.pghost.example:6432/"
                              "app"_s},
                   {.sentence = u"Or let the pooler keep them."_s,
                    .text = u"max_prepared_statements = 200"_s}}});
    tab->tree().setCurrentIndex(tab->tree().sessions().index(0, 0));
    tab->tree().setFocus();
    QVERIFY(tab->tree().sessions().rowCount(tab->tree().sessions().index(0, 0)) > 0);
    // Until it is laid out with what was found and chosen.
    QImage shown;
    const auto settled = [&] {
        const QImage before = std::exchange(shown, studio.window().grab().toImage());
        return before == shown;
    };
    QTRY_VERIFY_WITH_TIMEOUT(settled(), 30'000);
    const auto *chip = tab->findChild<ui::Chip *>(u"activity.state"_s);
    QVERIFY(chip && chip->isVisible());
    QVERIFY(chip->width() >= chip->sizeHint().width());
    QVERIFY(m_pictures.isNew(shown));
    QVERIFY(test::Pictures::keep(shown, u"doctor"_s));
}

void TestDoctorPictures::cleanupTestCase()
{
    QApplication::setLayoutDirection(Qt::LeftToRight);
    for (const auto &one : m_sessions)
        (void)m_database->valueSuper("SELECT pg_terminate_backend("
                                     + QByteArray::number(PQbackendPID(one->handle())) + ')');
    m_sessions.clear();
    m_database.reset();
}

QTEST_MAIN(TestDoctorPictures)
#include "tst_doctorpictures.moc"
