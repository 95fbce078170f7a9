// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/eventlog.h"

#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;

class TestEventLog : public QObject
{
    Q_OBJECT

signals:
    void counted(int number, const QString &word);

private slots:
    void writesDownInOrder();
};

void TestEventLog::writesDownInOrder()
{
    test::EventLog log;
    QObject other;
    log.record(this, &TestEventLog::counted,
               [](int number, const QString &word) { return word + QString::number(number); });
    log.record(&other, &QObject::objectNameChanged, u"renamed"_s);
    emit counted(1, u"a"_s);
    other.setObjectName("x"_L1);
    other.setObjectName("y"_L1);
    emit counted(2, u"b"_s);
    QCOMPARE(log.text(), u"a1, renamed ×2, b2"_s);
    QCOMPARE(log.count(u"renamed"_s), 2);
    log.clear();
    QVERIFY(log.entries().isEmpty());
    QCOMPARE(log.text(), QString());
}

QTEST_GUILESS_MAIN(TestEventLog)
#include "tst_eventlog.moc"
