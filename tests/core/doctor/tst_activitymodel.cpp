// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/doctor/activitymodel.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using core::ActivityModel;
using core::ActivitySession;

namespace {

ActivitySession session(int pid, ActivitySession::State state = ActivitySession::State::Idle,
                        std::vector<int> blockedBy = {})
{
    ActivitySession one;
    one.pid = pid;
    one.kind = u"client backend"_s;
    one.user = u"app"_s;
    one.application = u"web"_s;
    one.backendStart = QByteArray::number(pid);
    one.stateChange = "1"_ba;
    one.visible = state != ActivitySession::State::Hidden;
    one.state = state;
    one.blockedBy = std::move(blockedBy);
    one.lockType = u"transactionid"_s;
    return one;
}

core::ActivityPtr look(std::vector<ActivitySession> sessions)
{
    core::Activity activity;
    activity.sessions = std::move(sessions);
    return std::make_shared<const core::Activity>(std::move(activity));
}

/// "1(2(3)) 4": pids, those below in brackets.
QString shape(const ActivityModel &model, const QModelIndex &parent = {})
{
    QStringList parts;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        const QString below = shape(model, index);
        parts << QString::number(index.data(ActivityModel::PidRole).toInt())
                     + (below.isEmpty() ? QString() : u'(' + below + u')');
    }
    return parts.join(u' ');
}

} // namespace

class TestActivityModel : public QObject
{
    Q_OBJECT

private slots:
    void treeOfBlockers();
    void circlesAreCut();
    void order();
    void keepsWhatIsThere();
    void filters();
    void hiddenIsSaid();
    void anyChange();
};

using State = ActivitySession::State;

void TestActivityModel::treeOfBlockers()
{
    ActivityModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setActivity(
        look({session(5), session(1, State::IdleInTransaction), session(2, State::Active, {1}),
              session(3, State::Active, {2, 1}), session(4, State::Active, {0})}));
    QCOMPARE(shape(model), u"1(2(3)) 4 5"_s);
    const QModelIndex first = model.index(0, 0);
    QCOMPARE(first.data(ActivityModel::BlocksRole).toInt(), 2);
    const QModelIndex third = model.indexOf(u"3/3"_s);
    QCOMPARE(third.siblingAtColumn(ActivityModel::WaitsFor).data().toString(),
             u"row lock of 2, 1"_s);
    QCOMPARE(model.index(1, ActivityModel::WaitsFor).data().toString(),
             u"row lock of a prepared transaction"_s);
    QCOMPARE(model.session(third)->pid, 3);
}

void TestActivityModel::circlesAreCut()
{
    ActivityModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setActivity(look({session(1, State::Active, {2}), session(2, State::Active, {1}),
                            session(3, State::Active, {3}), session(4, State::Active, {99})}));
    QCOMPARE(shape(model), u"2(1) 3 4"_s);
}

void TestActivityModel::order()
{
    ActivitySession own = session(1, State::Active);
    own.own = true;
    ActivitySession slow = session(2, State::Active);
    slow.inState = core::longStatement;
    ActivityModel model;
    model.setActivity(look(
        {own, session(9), slow, session(3, State::Active), session(4, State::IdleInTransaction)}));
    QCOMPARE(shape(model), u"4 2 9 3 1"_s);
}

void TestActivityModel::keepsWhatIsThere()
{
    ActivityModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setActivity(look({session(1), session(2), session(3)}));
    const QPersistentModelIndex kept = model.indexOf(u"2/2"_s);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.setActivity(look({session(1), session(2), session(3)}));
    QCOMPARE(changed.count(), 0);
    model.setActivity(look({session(2, State::Active), session(3), session(4)}));
    QCOMPARE(shape(model), u"2 3 4"_s);
    QVERIFY(kept.isValid());
    QCOMPARE(kept.row(), 0);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(reset.count(), 0);
    model.setActivity(nullptr);
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!kept.isValid());
}

void TestActivityModel::filters()
{
    ActivitySession slow = session(2, State::Active);
    slow.inState = core::longStatement;
    ActivityModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setActivity(look({session(1), slow, session(3), session(4, State::Active, {3})}));
    model.setFilter(ActivityModel::Filter::Blocked);
    QCOMPARE(shape(model), u"3(4)"_s);
    model.setFilter(ActivityModel::Filter::Long);
    QCOMPARE(shape(model), u"3(4) 2"_s);
    model.setFilter(ActivityModel::Filter::All);
    QCOMPARE(shape(model), u"3(4) 2 1"_s);
}

void TestActivityModel::hiddenIsSaid()
{
    ActivityModel model;
    model.setActivity(look({session(1, State::Hidden)}));
    QCOMPARE(model.index(0, ActivityModel::State).data().toString(), u"not visible to this role"_s);
    QCOMPARE(model.index(0, ActivityModel::For).data().toString(), QString());
}

/// Whatever follows whatever: the model says what it does, and shows the new look.
void TestActivityModel::anyChange()
{
    QRandomGenerator random(20'261);
    ActivityModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (int round = 0; round < 300; ++round) {
        std::vector<ActivitySession> sessions;
        for (int pid = 1; pid <= 9; ++pid) {
            if (random.bounded(3) == 0)
                continue;
            std::vector<int> blockers;
            if (random.bounded(2) == 0)
                blockers.push_back(int(random.bounded(10)));
            sessions.push_back(session(pid, State(random.bounded(6)), blockers));
        }
        const std::size_t count = sessions.size();
        model.setActivity(look(sessions));
        const QString now = shape(model);
        static const QRegularExpression number(u"\\d+"_s);
        QCOMPARE(std::size_t(now.count(number)), count);
        ActivityModel fresh;
        fresh.setActivity(look(sessions));
        QCOMPARE(now, shape(fresh));
    }
}

QTEST_GUILESS_MAIN(TestActivityModel)
#include "tst_activitymodel.moc"
