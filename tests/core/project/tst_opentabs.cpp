// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/opentabs.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;

class TestOpenTabs : public QObject
{
    Q_OBJECT

private slots:
    void nothingKept();
    void roundTrip();
    void projectsAreApart();
    void atMostAHundred();
    void damagedIsNothingAndReplaced();
    void cannotWrite();

private:
    QTemporaryDir m_dir;
};

void TestOpenTabs::nothingKept()
{
    QCOMPARE(TabStore(u"/a"_s, m_dir.filePath(u"none"_s)).read(), OpenTabs());
}

void TestOpenTabs::roundTrip()
{
    const TabStore store(u"/home/a b/\u05d0"_s, m_dir.filePath(u"round"_s));
    const OpenTabs tabs{.keys = {u"table:main:public.\"a\nb\""_s, u"file:/tmp/<b>.sql"_s},
                        .current = u"file:/tmp/<b>.sql"_s};
    QVERIFY(store.write(tabs));
    QCOMPARE(store.read(), tabs);
    QVERIFY(store.write({}));
    QCOMPARE(store.read(), OpenTabs());
}

void TestOpenTabs::projectsAreApart()
{
    const QString root = m_dir.filePath(u"apart"_s);
    QVERIFY(TabStore(u"/a"_s, root).write({.keys = {u"file:/x"_s}, .current = {}}));
    QCOMPARE(TabStore(u"/b"_s, root).read(), OpenTabs());
}

void TestOpenTabs::atMostAHundred()
{
    const TabStore store(u"/many"_s, m_dir.filePath(u"many"_s));
    OpenTabs tabs;
    for (int i = 0; i < 150; ++i)
        tabs.keys << u"file:/%1"_s.arg(i);
    QVERIFY(store.write(tabs));
    QCOMPARE(store.read().keys, tabs.keys.first(100));
}

void TestOpenTabs::damagedIsNothingAndReplaced()
{
    const QString root = m_dir.filePath(u"damaged"_s);
    const TabStore store(u"/d"_s, root);
    QVERIFY(store.write({.keys = {u"file:/x"_s}, .current = {}}));
    const QStringList files = QDir(root).entryList({u"*.json"_s}, QDir::Files);
    QCOMPARE(files.size(), 1);
    QFile file(root + u'/' + files.front());
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate)
            && file.write("{\"tabs\": [") > 0);
    file.close();
    QCOMPARE(store.read(), OpenTabs());
    const OpenTabs tabs{.keys = {u"file:/y"_s}, .current = u"file:/y"_s};
    QVERIFY(store.write(tabs));
    QCOMPARE(store.read(), tabs);
}

void TestOpenTabs::cannotWrite()
{
    const QString root = m_dir.filePath(u"file"_s);
    QFile file(root);
    QVERIFY(file.open(QIODevice::WriteOnly));
    const auto written = TabStore(u"/a"_s, root).write({});
    QVERIFY(!written);
    QVERIFY(!written.error().message.isEmpty());
}

QTEST_GUILESS_MAIN(TestOpenTabs)
#include "tst_opentabs.moc"
