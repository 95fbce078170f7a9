// SPDX-License-Identifier: GPL-3.0-or-later
#include "demoschema.h"

#include "tests/ui/support/pictures.h"
#include "tests/ui/support/studio.h"
#include "ui/diagram/diagramcanvas.h"
#include "ui/diagram/diagrampainter.h"
#include "ui/diagram/relationslist.h"
#include "ui/diagram/relationstab.h"
#include "ui/main/documentarea.h"

#include <QApplication>
#include <QImage>
#include <QPixmap>
#include <QTest>

using namespace Qt::StringLiterals;
using Choice = ui::ThemeController::Choice;

/// Draws the relations of the demo's tables in every scheme, direction and size, and a schema of a
/// hundred tables; keeps the pictures beside the test program for people to look at.
class TestRelationsPictures : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void picture_data();
    void picture();
    void cleanupTestCase();

private:
    std::unique_ptr<test::TestDatabase> m_database;
    test::Pictures m_pictures;
    double m_rowHeight = 0;
};

void TestRelationsPictures::initTestCase()
{
    m_database = std::make_unique<test::TestDatabase>();
    test::addDemoSchema(*m_database);
    QByteArray sql = "CREATE SCHEMA hundred;";
    for (int i = 0; i < 100; ++i) {
        sql += "CREATE TABLE hundred.table_" + QByteArray::number(i) + " (id int PRIMARY KEY";
        for (int k = 0; i > 0 && k < i % 4; ++k)
            sql += ", ref_" + QByteArray::number(k) + " int REFERENCES hundred.table_"
                   + QByteArray::number((i * 7 + k * 13) % (k == 0 ? qMin(i, 6) : i));
        sql += ", name text, made timestamptz);";
    }
    m_database->exec(sql);
}

void TestRelationsPictures::picture_data()
{
    QTest::addColumn<Choice>("choice");
    QTest::addColumn<QString>("schema");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QString>("how");
    const QSize large(1440, 900);
    QTest::newRow("light") << Choice::Light << u"public"_s << large << QString();
    QTest::newRow("dark") << Choice::Dark << u"public"_s << large << QString();
    QTest::newRow("contrast") << Choice::HighContrast << u"public"_s << large << QString();
    QTest::newRow("list") << Choice::Light << u"public"_s << large << u"list"_s;
    QTest::newRow("list-dark") << Choice::Dark << u"public"_s << large << u"list"_s;
    QTest::newRow("found") << Choice::Light << u"public"_s << large << u"find"_s;
    QTest::newRow("right-to-left") << Choice::Light << u"public"_s << large << u"rtl"_s;
    QTest::newRow("narrow") << Choice::Light << u"public"_s << QSize(760, 560) << QString();
    QTest::newRow("hundred") << Choice::Light << u"hundred"_s << large << u"fit"_s;
    QTest::newRow("hundred-dark") << Choice::Dark << u"hundred"_s << large << QString();
    QTest::newRow("large-font") << Choice::Light << u"public"_s << large << u"font"_s;
}

void TestRelationsPictures::picture()
{
    QFETCH(const Choice, choice);
    QFETCH(const QString, schema);
    QFETCH(const QSize, size);
    QFETCH(const QString, how);
    QApplication::setLayoutDirection(how == u"rtl"_s ? Qt::RightToLeft : Qt::LeftToRight);
    test::Studio studio(u"harbour"_s, choice);
    QVERIFY(studio.home().write(u".env"_s, "DATABASE_URL=" + m_database->url().toUtf8() + '\n'));
    QVERIFY(studio.present());
    if (m_rowHeight == 0)
        m_rowHeight = ui::DiagramPainter::metrics().rowHeight;
    studio.window().resize(size);
    QVERIFY(studio.openTrusted());
    const auto rowHeight = [] { return ui::DiagramPainter::metrics().rowHeight; };
    QCOMPARE(rowHeight(), m_rowHeight);
    const core::CatalogPtr catalog = studio.window().currentDatabase()->catalog();
    const core::RelationInfo *table = catalog->relation("public", "invoices");
    studio.window().openRelations(schema.toUtf8(),
                                  schema == u"public"_s && table ? table->oid : core::Oid{});
    auto *tab = qobject_cast<ui::RelationsTab *>(studio.window().documents().current());
    QVERIFY(tab);
    QTRY_VERIFY_WITH_TIMEOUT(tab->isSettled(), 30'000);
    QVERIFY(!tab->canvas().graph().tables.empty());
    tab->showList(how == u"list"_s);
    if (how == u"font"_s) {
        // While it is shown: the drawing is laid out anew.
        QFont font = QApplication::font();
        font.setPointSizeF(font.pointSizeF() * 1.5);
        QApplication::setFont(font);
        QVERIFY(rowHeight() > m_rowHeight);
        QTRY_COMPARE(tab->canvas().metrics().rowHeight, rowHeight());
        QTRY_VERIFY_WITH_TIMEOUT(tab->isSettled(), 30'000);
        const QRectF &card = tab->canvas().layout().cards.front();
        QCOMPARE(card.height(),
                 tab->canvas().metrics().cardHeight(tab->canvas().graph().tables.front()));
    }
    if (how == u"fit"_s)
        tab->canvas().fit();
    if (how == u"find"_s) {
        studio.trigger(u"edit.find"_s);
        QTest::keyClicks(QApplication::focusWidget(), u"webhook"_s);
    }
    QImage shown;
    const auto settled = [&] {
        const QImage before = std::exchange(shown, studio.window().grab().toImage());
        return before == shown;
    };
    QTRY_VERIFY_WITH_TIMEOUT(settled(), 30'000);
    // Of the tab alone: the window tells how long the server took.
    const QImage own = tab->grab().toImage();
    QVERIFY(m_pictures.isNew(own));
    QVERIFY(test::Pictures::keep(shown, u"relations"_s));
}

void TestRelationsPictures::cleanupTestCase()
{
    QApplication::setLayoutDirection(Qt::LeftToRight);
    m_database.reset();
}

QTEST_MAIN(TestRelationsPictures)
#include "tst_relationspictures.moc"
