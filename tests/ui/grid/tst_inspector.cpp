// SPDX-License-Identifier: GPL-3.0-or-later
#include "invoices.h"
#include "ui/grid/cellinspector.h"
#include "ui/grid/inspector.h"
#include "ui/grid/rowform.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::Inspector;
using ui::RowForm;

namespace {

struct Shown {
    Inspector inspector;
    RowForm *form = inspector.findChild<RowForm *>();
    QAbstractItemModelTester tester{form->model(),
                                    QAbstractItemModelTester::FailureReportingMode::QtTest};

    explicit Shown(QSize size = QSize(540, 700))
    {
        inspector.resize(size);
        inspector.show();
    }
    /// "value, name, type".
    [[nodiscard]] QString field(int column) const
    {
        return form->model()->index(column, 0).data(Qt::AccessibleTextRole).toString();
    }
    [[nodiscard]] bool isShown(const char *name) const
    {
        return inspector.findChild<QWidget *>(QLatin1StringView(name))->isVisible();
    }
};

} // namespace

/// The three parts of the inspector over rows that are made up; see tst_windowinspector for real
/// ones.
class TestInspector : public QObject
{
    Q_OBJECT

private slots:
    void parts();
    void rowAsAForm();
    void hostileFields();
    void rowThatComesLater();
    void rowBeforeAndAfter();
    void fieldMovesTheCell();
    void narrowFormHasTwoLines();
    void manyColumns();
    void copiesTheField();
    void whatNoCatalogKnows();
    void staysWhenItsSourceGoes();
};

void TestInspector::parts()
{
    Shown shown;
    QVERIFY(QTest::qWaitForWindowExposed(&shown.inspector));
    SyntheticSource *source = invoices::source(100, &shown.inspector);
    QVERIFY(shown.isShown("inspector.cell") && !shown.form->isVisible());
    shown.inspector.setPart(Inspector::Part::Row);
    QVERIFY(!shown.form->isVisible()); // there is no row
    QVERIFY(!shown.inspector.canStep());
    shown.inspector.setCell(source, 3, 1, nullptr);
    QVERIFY(shown.form->isVisible() && shown.isShown("inspector.cell"));
    QVERIFY(shown.inspector.canStep());
    QSignalSpy changed(&shown.inspector, &Inspector::partChanged);
    shown.inspector.setPart(Inspector::Part::Column);
    QVERIFY(changed.count() > 0);
    QVERIFY(!shown.form->isVisible() && !shown.isShown("inspector.cell"));
    QVERIFY(shown.isShown("inspector.column"));
    shown.inspector.setPart(Inspector::Part::Cell);
    QVERIFY(shown.isShown("inspector.cell") && shown.isShown("inspector.column"));
    shown.inspector.resize(272, 380); // no room for both
    QTRY_VERIFY(!shown.isShown("inspector.column"));
}

void TestInspector::rowAsAForm()
{
    Shown shown;
    SyntheticSource *source = invoices::source(100, &shown.inspector);
    shown.inspector.setPart(Inspector::Part::Row);
    shown.inspector.setCell(source, 1, 3, nullptr);
    QCOMPARE(shown.form->model()->rowCount(), 8);
    QCOMPARE(shown.form->currentField(), 3);
    QCOMPARE(shown.field(0), u"48204116, id, int8"_s);
    QCOMPARE(shown.field(6), u"NULL, note, text"_s);
    QVERIFY(shown.field(7).endsWith(u"metadata, jsonb"_s));
    QCOMPARE(shown.inspector.findChild<QLabel *>(u"inspector.rowName"_s)->text(),
             u"Row \u20682\u2069"_s);
    QVERIFY(!shown.inspector.grab().isNull());
}

void TestInspector::hostileFields()
{
    Shown shown;
    core::Columns columns{invoices::column("<b>x</b>\n\xe2\x80\xae", core::oids::text),
                          invoices::column("", core::oids::text)};
    auto *source = new SyntheticSource(
        columns, 2,
        [](qint64, int, QByteArray &store) {
            store = "<i>a</i>\xff\n";
            return SyntheticSource::present(store);
        },
        &shown.inspector);
    shown.inspector.setPart(Inspector::Part::Row);
    shown.inspector.setCell(source, 0, 0, nullptr);
    QVERIFY(shown.field(0).contains(u"<i>a</i>"_s));
    QVERIFY(!shown.inspector.grab().isNull());
}

void TestInspector::rowThatComesLater()
{
    Shown shown;
    SyntheticSource *source = SyntheticSource::plain(1'000, 2, &shown.inspector);
    source->setLazy(true);
    shown.inspector.setPart(Inspector::Part::Row);
    shown.inspector.setCell(source, 500, 1, nullptr);
    QCOMPARE(shown.field(0), u", c0, text"_s);
    source->want({490, 20});
    QTRY_COMPARE(shown.field(0), u"r500c0, c0, text"_s);
    QCOMPARE(shown.form->currentField(), 1);
}

void TestInspector::rowBeforeAndAfter()
{
    Shown shown;
    SyntheticSource *source = SyntheticSource::plain(3, 2, &shown.inspector);
    QSignalSpy wanted(&shown.inspector, &Inspector::cellWanted);
    shown.inspector.setCell(source, 1, 1, nullptr);
    shown.inspector.step(1);
    QCOMPARE(wanted.count(), 0); // a cell is shown, not a row
    shown.inspector.setPart(Inspector::Part::Row);
    shown.inspector.step(1);
    QCOMPARE(wanted.takeFirst(), (QVariantList{qint64(2), 1}));
    shown.inspector.setCell(source, 2, 1, nullptr);
    shown.inspector.step(1); // the end
    QCOMPARE(wanted.count(), 0);
    auto *after = shown.inspector.findChild<QAbstractButton *>(u"inspector.rowAfter"_s);
    auto *before = shown.inspector.findChild<QAbstractButton *>(u"inspector.rowBefore"_s);
    QVERIFY(!after->isEnabled());
    before->click();
    QCOMPARE(wanted.takeFirst(), (QVariantList{qint64(1), 1}));
    shown.inspector.setCell(source, 0, 1, nullptr);
    QVERIFY(!before->isEnabled() && after->isEnabled());
}

void TestInspector::fieldMovesTheCell()
{
    Shown shown;
    QVERIFY(QTest::qWaitForWindowActive(&shown.inspector));
    SyntheticSource *source = invoices::source(10, &shown.inspector);
    shown.inspector.setPart(Inspector::Part::Row);
    QSignalSpy wanted(&shown.inspector, &Inspector::cellWanted);
    shown.inspector.setCell(source, 4, 0, nullptr);
    QCOMPARE(wanted.count(), 0); // it was told, it does not tell
    shown.form->setFocus();
    QTest::keyClick(shown.form, Qt::Key_Down);
    QCOMPARE(wanted.takeFirst(), (QVariantList{qint64(4), 1}));
    QCOMPARE(shown.inspector.cell().column(), 1);
    QCOMPARE(shown.inspector.cell().row(), 4);
}

void TestInspector::narrowFormHasTwoLines()
{
    Shown shown;
    QVERIFY(QTest::qWaitForWindowExposed(&shown.inspector));
    shown.inspector.setPart(Inspector::Part::Row);
    shown.inspector.setCell(invoices::source(10, &shown.inspector), 0, 0, nullptr);
    QTRY_VERIFY(!shown.form->isStacked());
    const int height = shown.form->sizeHintForRow(0);
    shown.inspector.resize(272, 700);
    QTRY_VERIFY(shown.form->isStacked());
    QVERIFY(shown.form->sizeHintForRow(0) > height);
    QVERIFY(!shown.inspector.grab().isNull());
}

void TestInspector::manyColumns()
{
    Shown shown;
    shown.inspector.setPart(Inspector::Part::Row);
    SyntheticSource *source = SyntheticSource::plain(5, 1'600, &shown.inspector);
    shown.inspector.setCell(source, 2, 1'599, nullptr);
    QCOMPARE(shown.form->model()->rowCount(), 1'600);
    QCOMPARE(shown.field(1'599), u"r2c1599, c1599, text"_s);
    source->forgetAsked();
    QVERIFY(!shown.inspector.grab().isNull());
    QCOMPARE(source->cellsAsked(), 0); // painting asks for nothing
}

void TestInspector::copiesTheField()
{
    Shown shown;
    QVERIFY(QTest::qWaitForWindowActive(&shown.inspector));
    shown.inspector.setPart(Inspector::Part::Row);
    shown.inspector.setCell(SyntheticSource::plain(5, 3, &shown.inspector), 2, 1, nullptr);
    shown.form->setFocus();
    QTest::keySequence(shown.form, QKeySequence(QKeySequence::Copy));
    QCOMPARE(QApplication::clipboard()->text(), u"r2c1"_s);
}

void TestInspector::whatNoCatalogKnows()
{
    Shown shown;
    QSignalSpy detail(&shown.inspector, &Inspector::detailWanted);
    shown.inspector.setPart(Inspector::Part::Column);
    shown.inspector.setCell(invoices::source(10, &shown.inspector), 0, 3, nullptr);
    QStringList words;
    for (const QLabel *label :
         shown.inspector.findChild<QWidget *>(u"inspector.column"_s)->findChildren<QLabel *>())
        words << label->text();
    QVERIFY(words.contains(u"total"_s) && words.contains(u"numeric(12,2)"_s));
    QVERIFY2(words.filter(u"no column of a table"_s).size() == 1, qPrintable(words.join(u'|')));
    QCOMPARE(detail.count(), 0);
}

void TestInspector::staysWhenItsSourceGoes()
{
    Shown shown;
    SyntheticSource *source = SyntheticSource::plain(10, 2, nullptr);
    shown.inspector.setPart(Inspector::Part::Row);
    shown.inspector.setCell(source, 5, 1, nullptr);
    delete source;
    QVERIFY(!shown.inspector.grab().isNull());
    QVERIFY(!shown.inspector.canStep());
    shown.inspector.step(1);
    shown.inspector.resize(300, 800);
    QVERIFY(!shown.inspector.grab().isNull());
    shown.inspector.setCell(nullptr, 0, 0, nullptr);
    QCOMPARE(shown.form->model()->rowCount(), 0);
}

QTEST_MAIN(TestInspector)
#include "tst_inspector.moc"
