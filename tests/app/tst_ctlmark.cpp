// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/projectfolder.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;

/// `sluicectl mark`: what one run keeps, the next one knows.
class TestCtlMark : public QObject
{
    Q_OBJECT

private slots:
    void marksAndUnmarks();
    void wrongWords();
};

void TestCtlMark::marksAndUnmarks()
{
    const test::ProjectFolder folder;
    folder.write(u".env"_s, "DATABASE_URL=postgres://u:canary@db.example.com/shop\n");
    const auto exposure = [&folder] {
        const QByteArray out = folder.run({u"env"_s, u"--json"_s}).out;
        return QJsonDocument::fromJson(out)["databases"_L1][0]["exposure"_L1].toString();
    };
    QCOMPARE(exposure(), u"remote"_s);
    const test::Ran ran = folder.run({u"mark"_s, u"production"_s});
    QCOMPARE(ran.exitCode, 0);
    QCOMPARE(ran.out, "main  production: marked so by you\n"_ba);
    QCOMPARE(exposure(), u"production"_s);
    QCOMPARE(folder.run({u"mark"_s, u"none"_s, u"--json"_s}).exitCode, 0);
    QCOMPARE(exposure(), u"remote"_s);
}

void TestCtlMark::wrongWords()
{
    const test::ProjectFolder folder;
    QCOMPARE(folder.run({u"mark"_s}).exitCode, 2);
    QCOMPARE(folder.run({u"mark"_s, u"production"_s}).exitCode, 2); // no database
    folder.write(u".env"_s, "DATABASE_URL=postgres://u:canary@db.example.com/shop\n");
    QCOMPARE(folder.run({u"mark"_s, u"prod"_s}).exitCode, 2);
    QCOMPARE(folder.run({u"mark"_s, u"none"_s, u"-d"_s, u"nowhere"_s}).exitCode, 2);
}

QTEST_APPLESS_MAIN(TestCtlMark)
#include "tst_ctlmark.moc"
