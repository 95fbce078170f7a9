// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/objectshelf.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;

class TestObjectShelf : public QObject
{
    Q_OBJECT

private slots:
    void nothingKept();
    void roundTrip();
    void newestFirst();
    void pins();
    void damagedIsNothingAndReplaced();

private:
    [[nodiscard]] static ShelvedObject table(const QString &name)
    {
        return {u"main"_s, u"table"_s, name};
    }
    QTemporaryDir m_dir;
};

void TestObjectShelf::nothingKept()
{
    QCOMPARE(ObjectShelf(u"/a"_s, m_dir.filePath(u"none"_s)).read(), ShelvedObjects());
}

void TestObjectShelf::roundTrip()
{
    const QString root = m_dir.filePath(u"round"_s);
    const ObjectShelf shelf(u"/home/a b/\u05d0"_s, root);
    ShelvedObjects objects;
    objects.visit(table(u"public.\"a\nb\""_s));
    objects.visit({u"main"_s, u"function"_s, u"app.due(integer, text)"_s});
    objects.setPinned(table(u"public.<b>"_s), true);
    QVERIFY(shelf.write(objects));
    QCOMPARE(shelf.read(), objects);
    QCOMPARE(ObjectShelf(u"/b"_s, root).read(), ShelvedObjects());
}

void TestObjectShelf::newestFirst()
{
    ShelvedObjects objects;
    for (int i = 0; i < 30; ++i)
        objects.visit(table(u"t%1"_s.arg(i)));
    QCOMPARE(objects.recent.size(), 20);
    QCOMPARE(objects.recent.first().name, u"t29"_s);
    objects.visit(table(u"t15"_s));
    QCOMPARE(objects.recent.size(), 20); // not twice
    QCOMPARE(objects.recent.first().name, u"t15"_s);
    QCOMPARE(objects.recent.at(1).name, u"t29"_s);
}

void TestObjectShelf::pins()
{
    ShelvedObjects objects;
    objects.setPinned(table(u"a"_s), true);
    objects.setPinned(table(u"b"_s), true);
    objects.setPinned(table(u"a"_s), true); // again, at the end
    QCOMPARE(objects.pinned, (QList<ShelvedObject>{table(u"b"_s), table(u"a"_s)}));
    QVERIFY(objects.isPinned(table(u"a"_s)));
    QVERIFY(!objects.isPinned({u"other"_s, u"table"_s, u"a"_s}));
    objects.setPinned(table(u"a"_s), false);
    QVERIFY(!objects.isPinned(table(u"a"_s)));
    for (int i = 0; i < 60; ++i)
        objects.setPinned(table(u"t%1"_s.arg(i)), true);
    QCOMPARE(objects.pinned.size(), 50);
}

void TestObjectShelf::damagedIsNothingAndReplaced()
{
    const QString root = m_dir.filePath(u"damaged"_s);
    const ObjectShelf shelf(u"/a"_s, root);
    ShelvedObjects objects;
    objects.visit(table(u"a"_s));
    QVERIFY(shelf.write(objects));
    const QStringList files = QDir(root).entryList({u"*.json"_s});
    QCOMPARE(files.size(), 1);
    QFile file(root + u'/' + files.first());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"recent\": [");
    file.close();
    QCOMPARE(shelf.read(), ShelvedObjects());
    QVERIFY(shelf.write(objects));
    QCOMPARE(shelf.read(), objects);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        R"({"schema":1,"folder":"/a","recent":[1,null,{"name":""},{"name":"x"},{"name":"x"}],"pinned":{}})");
    file.close();
    QCOMPARE(shelf.read().recent, (QList<ShelvedObject>{{{}, {}, u"x"_s}}));
    QVERIFY(shelf.read().pinned.isEmpty());
}

QTEST_APPLESS_MAIN(TestObjectShelf)
#include "tst_objectshelf.moc"
