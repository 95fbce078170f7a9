// SPDX-License-Identifier: GPL-3.0-or-later
#include "scenes.h"
#include "tests/ui/support/windowwalk.h"
#include "ui/common/fonts.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QPixmap>
#include <QTest>

using namespace Qt::StringLiterals;
using test::Scenes;
using test::WalkExceptions;
using test::WindowWalk;

namespace {

WalkExceptions exceptions()
{
    QSet<QString> data{u"header.database"_s, u"status.database"_s, u"header.databaseMenu"_s};
    for (int i = 0; i < 6; ++i)
        data << u"welcome.recent%1"_s.arg(i) << u"welcome.saved%1"_s.arg(i);
    for (int i = 0; i < 20; ++i)
        data << u"inspector.columnLink%1"_s.arg(i); // names of tables
    return {
        .data = data,
        .otherKeys = {u"palette.list"_s, u"header.menuBar"_s, u"searchField.clear"_s},
    };
}

const Scenes::Scene &sceneOf(int number)
{
    return Scenes::all()[std::size_t(number)];
}

} // namespace

/// Goes through all windows in all their states and asks what the rules ask of each widget, and
/// that Tab comes to each control. SLUICE_WALK_WIDTH=720 takes one of the widths. With
/// SLUICE_WALK_PICTURES=<folder> it leaves a picture of each, with SLUICE_WALK_POINTS=15 and
/// SLUICE_WALK_THEME=dark in larger letters and in dark colours.
class TestWindowWalk : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        ui::applyApplicationFont(*qApp, qEnvironmentVariable("SLUICE_WALK_POINTS").toDouble());
        m_scenes = std::make_unique<Scenes>();
    }
    void cleanupTestCase() { m_scenes.reset(); }
    void everyWidget_data();
    void everyWidget();

private:
    static void addScenes();
    void keepPicture(QWidget *subject) const;

    std::unique_ptr<Scenes> m_scenes;
};

void TestWindowWalk::addScenes()
{
    QTest::addColumn<int>("scene");
    QTest::addColumn<QSize>("size");
    const int only = qEnvironmentVariableIntValue("SLUICE_WALK_WIDTH");
    int number = 0;
    for (const Scenes::Scene &scene : Scenes::all()) {
        for (const QSize size : {QSize(1440, 900), QSize(1000, 700), QSize(720, 450)}) {
            if (only && only != size.width())
                continue;
            QTest::addRow("%s, %d", scene.name, size.width()) << number << size;
        }
        ++number;
    }
}

void TestWindowWalk::keepPicture(QWidget *subject) const
{
    const QString folder = qEnvironmentVariable("SLUICE_WALK_PICTURES");
    if (folder.isEmpty())
        return;
    const QString name = QString::fromUtf8(QTest::currentDataTag()).replace(u' ', u'_');
    if (!QDir().mkpath(folder) || !subject->grab().save(folder + u'/' + name + u".png"_s))
        qWarning("no picture %s", qPrintable(name));
}

void TestWindowWalk::everyWidget_data()
{
    addScenes();
}

void TestWindowWalk::everyWidget()
{
    QFETCH(const int, scene);
    QFETCH(const QSize, size);
    QVERIFY(m_scenes->show(sceneOf(scene), size));
    QWidget *subject = m_scenes->subject(sceneOf(scene));
    QVERIFY(subject && subject->isVisible());
    WindowWalk walk(subject, exceptions());
    QStringList problems; // until what was shown last has its place
    (void)QTest::qWaitFor([&] { return (problems = walk.problems()).isEmpty(); }, 10'000);
    keepPicture(subject);
    if (!sceneOf(scene).subject) // menus go by the arrows
        problems += walk.unreachable();
    QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
}

QTEST_MAIN(TestWindowWalk)
#include "tst_windowwalk.moc"
