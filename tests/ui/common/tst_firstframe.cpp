// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/firstframe.h"

#include <QTest>
#include <QWidget>

#include <memory>

namespace {

class Painted : public QWidget
{
public:
    int frames = 0;

protected:
    void paintEvent(QPaintEvent *) override { ++frames; }
};

} // namespace

/// What waits for the first frame of a window comes after it, and once.
class TestFirstFrame : public QObject
{
    Q_OBJECT

private slots:
    void comesAfterTheFrame();
    void comesOnce();
    void comesToWindowsThatAreSeen();
    void notOfAWindowThatEnds();
};

void TestFirstFrame::comesAfterTheFrame()
{
    Painted window;
    int framesBefore = -1;
    window.show();
    ui::afterFirstFrame(window, [&] { framesBefore = window.frames; });
    QCOMPARE(framesBefore, -1);
    QTRY_VERIFY(framesBefore >= 0);
    QVERIFY(framesBefore > 0);
}

void TestFirstFrame::comesOnce()
{
    Painted window;
    int calls = 0;
    window.show();
    ui::afterFirstFrame(window, [&] { ++calls; });
    QTRY_COMPARE(calls, 1);
    window.hide();
    const int frames = window.frames;
    window.show();
    QTRY_VERIFY(window.frames > frames);
    QCoreApplication::sendPostedEvents();
    QCOMPARE(calls, 1);
}

void TestFirstFrame::comesToWindowsThatAreSeen()
{
    Painted window;
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    bool called = false;
    ui::afterFirstFrame(window, [&] { called = true; });
    QVERIFY(!called); // from the event loop all the same
    QTRY_VERIFY(called);
}

void TestFirstFrame::notOfAWindowThatEnds()
{
    bool called = false;
    auto window = std::make_unique<Painted>();
    window->show();
    ui::afterFirstFrame(*window, [&] { called = true; });
    window.reset();
    QCoreApplication::sendPostedEvents();
    QVERIFY(!called);
}

QTEST_MAIN(TestFirstFrame)
#include "tst_firstframe.moc"
