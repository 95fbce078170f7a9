// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/projecthome.h"
#include "tests/ui/support/sheetwindow.h"
#include "tests/ui/support/stillthemes.h"
#include "ui/common/button.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/segmentedcontrol.h"
#include "ui/main/exportsheet.h"

#include <QApplication>
#include <QCheckBox>
#include <QFile>
#include <QLineEdit>
#include <QPointer>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::ExportSheet;

namespace {

struct Shown {
    test::ProjectHome home;
    test::SheetWindow window;
    QPointer<ExportSheet> sheet;

    explicit Shown(const QString &what = u"public.invoices"_s,
                   const QString &fileName = u"invoices"_s, double estimate = 612'400)
    {
        ui::ExportSubject subject;
        subject.what = what;
        subject.fileName = fileName;
        subject.folder = home.folder();
        subject.estimate = estimate;
        subject.source.table = core::Oid{4711};
        sheet = new ExportSheet(&window, subject);
    }
    bool open() { return window.open(sheet); }
    template<class Widget> Widget *find(const char *name)
    {
        return sheet->findChild<Widget *>(u"exportSheet."_s + QLatin1StringView(name));
    }
    QLineEdit *path() { return find<QLineEdit>("path"); }
    ui::Button *go() { return find<ui::Button>("export"); }
    /// What is wrong with the path, or nothing.
    QString problem()
    {
        auto *label = find<ui::TextLabel>("problem");
        return label->isVisible() ? label->text() : QString();
    }
};

} // namespace

class TestExportSheet : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatAndHowMuch();
    void formatDecidesTheEnding();
    void headerIsForCsv();
    void validatesThePath();
    void replacingIsSaid();
    void folderThatCannotBeWritten();
    void relativeAndHomePaths();
    void acceptsWithAWholeSpec();
    void escapeExportsNothing();
    void hostileNames();

private:
    test::StillThemes m_themes;
};

void TestExportSheet::saysWhatAndHowMuch()
{
    Shown shown;
    QVERIFY(shown.open());
    QVERIFY(shown.sheet->title().contains(ui::isolated(u"public.invoices"_s)));
    QVERIFY(shown.sheet->title().endsWith(u'?'));
    QStringList texts;
    for (const QLabel *label : shown.sheet->findChildren<QLabel *>())
        texts << label->text();
    QVERIFY(texts.join(u'|').contains(u"≈ 612,400"_s));
    QVERIFY(shown.path()->hasFocus());
    QCOMPARE(shown.path()->text(), shown.home.path(u"invoices.csv"_s));
    QVERIFY(shown.go()->isEnabled() && shown.problem().isEmpty());
    QCOMPARE(shown.go()->kind(), ui::Button::Kind::Primary);
}

void TestExportSheet::formatDecidesTheEnding()
{
    Shown shown;
    QVERIFY(shown.open());
    auto *format = shown.find<ui::SegmentedControl>("format");
    for (const auto &[index, ending] : {std::pair(1, u".jsonl"_s), std::pair(2, u".json"_s),
                                        std::pair(0, u".csv"_s), std::pair(1, u".jsonl"_s)}) {
        format->setCurrent(index);
        QCOMPARE(shown.path()->text(), shown.home.path(u"invoices"_s + ending));
    }
    QCOMPARE(shown.sheet->spec().format, core::ExportFormat::JsonLines);
    shown.path()->setText(shown.home.path(u"own.name"_s));
    format->setCurrent(2);
    QCOMPARE(shown.path()->text(), shown.home.path(u"own.name.json"_s));
}

void TestExportSheet::headerIsForCsv()
{
    Shown shown;
    QVERIFY(shown.open());
    auto *header = shown.find<QCheckBox>("header");
    QVERIFY(header->isEnabled() && header->isChecked());
    QVERIFY(shown.sheet->spec().options.header);
    header->setChecked(false);
    QVERIFY(!shown.sheet->spec().options.header);
    shown.find<ui::SegmentedControl>("format")->setCurrent(1);
    QVERIFY(!header->isEnabled());
}

void TestExportSheet::validatesThePath()
{
    Shown shown;
    QVERIFY(shown.open());
    for (const QString &path :
         {QString(), u"   "_s, shown.home.folder(), shown.home.path(u"no/such/a.csv"_s), u"/"_s}) {
        shown.path()->setText(path);
        QVERIFY2(!shown.problem().isEmpty() && !shown.go()->isEnabled(), qPrintable(path));
    }
    shown.path()->setText(shown.home.path(u"b.csv"_s));
    QVERIFY(shown.problem().isEmpty() && shown.go()->isEnabled());
}

void TestExportSheet::replacingIsSaid()
{
    Shown shown;
    QVERIFY(shown.home.write(u"invoices.csv"_s, "old"));
    QVERIFY(shown.open());
    shown.path()->setText(shown.home.path(u"other.csv"_s));
    QVERIFY(shown.problem().isEmpty());
    shown.path()->setText(shown.home.path(u"invoices.csv"_s));
    QVERIFY2(shown.problem().contains(u"replaced"_s), qPrintable(shown.problem()));
    QVERIFY(shown.go()->isEnabled());
}

void TestExportSheet::folderThatCannotBeWritten()
{
    Shown shown;
    QVERIFY(shown.home.write(u"locked/old.csv"_s, "old"));
    const QString folder = shown.home.path(u"locked"_s);
    constexpr auto own = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;
    const auto unlock = qScopeGuard([&] { QFile::setPermissions(folder, own); });
    QVERIFY(QFile::setPermissions(folder, QFileDevice::ReadOwner | QFileDevice::ExeOwner));
    QVERIFY(shown.open());
    for (const QString &name : {u"/new.csv"_s, u"/old.csv"_s}) {
        shown.path()->setText(folder + name);
        QVERIFY2(!shown.problem().isEmpty() && !shown.go()->isEnabled(), qPrintable(name));
    }
    QVERIFY(QFile::setPermissions(folder, own));
    shown.path()->setText(folder + u"/newer.csv"_s);
    QVERIFY(shown.problem().isEmpty() && shown.go()->isEnabled());
}

void TestExportSheet::relativeAndHomePaths()
{
    Shown shown;
    QVERIFY(shown.open());
    shown.path()->setText(shown.home.folder() + u"/../harbour/a.csv"_s);
    QVERIFY(shown.go()->isEnabled());
    QVERIFY(shown.sheet->spec().target.path.startsWith(u'/'));
}

void TestExportSheet::acceptsWithAWholeSpec()
{
    Shown shown;
    QVERIFY(shown.open());
    QSignalSpy accepted(shown.sheet, &ui::Sheet::accepted);
    core::ExportSpec spec;
    QObject::connect(shown.sheet, &ui::Sheet::accepted, shown.sheet,
                     [&] { spec = shown.sheet->spec(); });
    shown.path()->setText(shown.home.path(u"out.csv"_s));
    QTest::mouseClick(shown.go(), Qt::LeftButton);
    QCOMPARE(accepted.count(), 1);
    QCOMPARE(spec.target.path, shown.home.path(u"out.csv"_s));
    QCOMPARE(spec.source.table, core::Oid{4711});
    QCOMPARE(spec.format, core::ExportFormat::Csv);
    QVERIFY(!QFile::exists(shown.home.path(u"out.csv"_s))); // the sheet itself writes nothing
}

void TestExportSheet::escapeExportsNothing()
{
    Shown shown;
    QVERIFY(shown.open());
    QSignalSpy accepted(shown.sheet, &ui::Sheet::accepted);
    QSignalSpy rejected(shown.sheet, &ui::Sheet::rejected);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(accepted.isEmpty());
    QCOMPARE(rejected.count(), 1);
}

void TestExportSheet::hostileNames()
{
    Shown shown(u"\"<b>x</b>\".\"a\nb\u202E\""_s, u"<b>x<_b> a\nb\u202E"_s, -1);
    QVERIFY(shown.open());
    for (const QLabel *label : shown.sheet->findChildren<QLabel *>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
    QVERIFY(shown.sheet->title().contains(u"<b>x</b>"_s));
    QVERIFY(!shown.sheet->title().contains(u'\u202E'));
    QVERIFY(shown.go()->isEnabled());
    // One line has no room for a line break.
    QVERIFY(!shown.sheet->spec().target.path.contains(u'\n'));
}

QTEST_MAIN(TestExportSheet)
#include "tst_exportsheet.moc"
