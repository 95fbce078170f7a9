// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/hostiletexts.h"
#include "ui/common/searchfield.h"
#include "ui/common/themecontroller.h"
#include "ui/main/commandpalette.h"
#include "ui/main/paletteentries.h"
#include "ui/main/palettemodel.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLineEdit>
#include <QListView>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::CommandPalette;
using ui::PaletteEntry;
using ui::PaletteModel;

namespace {

PaletteEntry entry(PaletteEntry::Kind kind, const QString &text, const QString &reason = {})
{
    PaletteEntry one;
    one.kind = kind;
    one.text = text;
    one.reason = reason;
    return one;
}

QString rowsOf(const QAbstractItemModel &model)
{
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row)
        rows << model.index(row, 0).data().toString();
    return rows.join(u'|');
}

/// A window with a field that had the focus, and a palette of a few names.
struct Shown {
    QWidget window;
    QLineEdit *before = new QLineEdit(&window);
    QStringList names{u"alpha"_s, u"beta"_s, u"gamma"_s};
    QStringList asked;
    QStringList chosen;
    CommandPalette *palette =
        new CommandPalette(&window, [this](const QString &pattern) { return find(pattern); });
    QListView *list = palette->findChild<QListView *>(u"palette.list"_s);
    ui::SearchField *field = palette->findChild<ui::SearchField *>(u"palette.field"_s);

    Shown() { window.resize(900, 600); }
    std::vector<PaletteEntry> find(const QString &pattern)
    {
        asked << pattern;
        std::vector<PaletteEntry> found;
        for (const QString &name : std::as_const(names)) {
            if (!name.contains(pattern))
                continue;
            found.push_back(
                entry(name == "beta"_L1 ? PaletteEntry::Kind::Command : PaletteEntry::Kind::Object,
                      name, name == "beta"_L1 ? u"not now"_s : QString()));
            found.back().choose = [this, name] { chosen << name; };
        }
        std::ranges::stable_sort(found, {}, [](const PaletteEntry &one) { return one.kind; });
        return found;
    }
    bool present()
    {
        window.show();
        window.activateWindow();
        before->setFocus();
        return QTest::qWaitForWindowActive(&window) && before->hasFocus();
    }
    void press(Qt::Key key) const { QTest::keyClick(QApplication::focusWidget(), key); }
    [[nodiscard]] QString current() const { return list->currentIndex().data().toString(); }
};

} // namespace

class TestPalette : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_themes = std::make_unique<ui::ThemeController>(*qApp); }
    void cleanupTestCase() { m_themes.reset(); }
    void modelGroupsByKind();
    void modelUnderTheTester();
    void captionsCannotBeChosen();
    void takesAndReturnsTheFocus();
    void movesByKeyboard();
    void filtersAsOneTypes();
    void enterChooses();
    void whatCannotBeChosenSaysWhy();
    void noMatches();
    void escapeLeaves();
    void closesWhenTheFocusGoes();
    void fitsTheWindow_data();
    void fitsTheWindow();
    void hostileNamesAreLetters();
    void fileEntries();

private:
    std::unique_ptr<ui::ThemeController> m_themes;
};

void TestPalette::modelGroupsByKind()
{
    PaletteModel model;
    model.setEntries(
        {entry(PaletteEntry::Kind::Object, u"t1"_s), entry(PaletteEntry::Kind::Object, u"t2"_s),
         entry(PaletteEntry::Kind::File, u"f1"_s), entry(PaletteEntry::Kind::Command, u"c1"_s)});
    QCOMPARE(rowsOf(model), u"Tables and other objects|t1|t2|Files|f1|Commands|c1"_s);
}

void TestPalette::modelUnderTheTester()
{
    PaletteModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setEntries({});
    QCOMPARE(model.rowCount(), 0);
    std::vector<PaletteEntry> many;
    for (int i = 0; i < 500; ++i)
        many.push_back(entry(i % 2 ? PaletteEntry::Kind::File : PaletteEntry::Kind::Object,
                             QString::number(i)));
    model.setEntries(many);
    QCOMPARE(model.rowCount(), 1000); // every change of kind has its caption
    model.setEntries({entry(PaletteEntry::Kind::File, u"f"_s)});
    QCOMPARE(rowsOf(model), u"Files|f"_s);
}

void TestPalette::captionsCannotBeChosen()
{
    PaletteModel model;
    model.setEntries({entry(PaletteEntry::Kind::File, u"f"_s)});
    QVERIFY(!model.entry(model.index(0)));
    QCOMPARE(model.flags(model.index(0)), Qt::NoItemFlags);
    QCOMPARE(model.entry(model.index(1))->text, u"f"_s);
    QVERIFY(!model.entry({}));
}

void TestPalette::takesAndReturnsTheFocus()
{
    Shown shown;
    QVERIFY(shown.present());
    shown.palette->open(u"al"_s);
    QVERIFY(shown.palette->isVisible() && shown.field->hasFocus());
    QCOMPARE(shown.field->selectedText(), u"al"_s); // typing replaces it
    shown.press(Qt::Key_Escape);
    QVERIFY(shown.palette->isHidden() || !shown.field->text().isEmpty());
    while (shown.palette->isVisible())
        shown.press(Qt::Key_Escape);
    QVERIFY(shown.before->hasFocus());
    shown.palette->open(u"> "_s);
    QVERIFY(shown.field->selectedText().isEmpty()); // typing goes on behind it
    QCOMPARE(shown.asked.last(), u">"_s);
}

void TestPalette::movesByKeyboard()
{
    Shown shown;
    QVERIFY(shown.present());
    shown.palette->open();
    QCOMPARE(rowsOf(*shown.list->model()), u"Commands|beta|Tables and other objects|alpha|gamma"_s);
    QCOMPARE(shown.current(), u"beta"_s);
    for (const char *expected : {"alpha", "gamma", "beta"}) {
        shown.press(Qt::Key_Down); // captions are passed over, the end leads to the beginning
        QCOMPARE(shown.current(), QString::fromLatin1(expected));
    }
    shown.press(Qt::Key_Up);
    QCOMPARE(shown.current(), u"gamma"_s);
    QVERIFY(shown.field->hasFocus());
}

void TestPalette::filtersAsOneTypes()
{
    Shown shown;
    QVERIFY(shown.present());
    shown.palette->open();
    QTest::keyClicks(shown.field, u"gam"_s);
    QCOMPARE(shown.asked.last(), u"gam"_s);
    QCOMPARE(rowsOf(*shown.list->model()), u"Tables and other objects|gamma"_s);
    QCOMPARE(shown.current(), u"gamma"_s); // Enter takes the best one
    shown.press(Qt::Key_Backspace);
    QCOMPARE(shown.asked.last(), u"ga"_s);
}

void TestPalette::enterChooses()
{
    Shown shown;
    QVERIFY(shown.present());
    shown.palette->open();
    QTest::keyClicks(shown.field, u"gam"_s);
    shown.press(Qt::Key_Return);
    QCOMPARE(shown.chosen, QStringList{u"gamma"_s});
    QVERIFY(!shown.palette->isVisible());
    QVERIFY(shown.before->hasFocus());
    shown.palette->open(u"alpha"_s);
    QTest::mouseClick(shown.list->viewport(), Qt::LeftButton, {},
                      shown.list->visualRect(shown.list->currentIndex()).center());
    QCOMPARE(shown.chosen.last(), u"alpha"_s);
}

void TestPalette::whatCannotBeChosenSaysWhy()
{
    Shown shown;
    QVERIFY(shown.present());
    shown.palette->open(u"beta"_s);
    shown.press(Qt::Key_Return);
    QVERIFY(shown.chosen.isEmpty());
    QVERIFY(shown.palette->isVisible());
    const QString told = shown.list->currentIndex().data(Qt::AccessibleTextRole).toString();
    QVERIFY(told.contains(u"beta"_s) && told.contains(u"not now"_s));
}

void TestPalette::noMatches()
{
    Shown shown;
    QVERIFY(shown.present());
    shown.palette->open(u"zzz"_s);
    QCOMPARE(shown.list->model()->rowCount(), 0);
    for (const Qt::Key key : {Qt::Key_Down, Qt::Key_Up, Qt::Key_Return})
        shown.press(key);
    QVERIFY(shown.chosen.isEmpty() && shown.palette->isVisible());
}

void TestPalette::escapeLeaves()
{
    Shown shown;
    QVERIFY(shown.present());
    shown.palette->open();
    shown.press(Qt::Key_Escape);
    QVERIFY(!shown.palette->isVisible());
    QVERIFY(shown.before->hasFocus() && shown.chosen.isEmpty());
}

void TestPalette::closesWhenTheFocusGoes()
{
    Shown shown;
    auto *other = new QLineEdit(&shown.window);
    other->move(0, 100);
    QVERIFY(shown.present());
    shown.palette->open();
    other->setFocus();
    QVERIFY(!shown.palette->isVisible());
    QVERIFY(other->hasFocus()); // it is not taken back
}

void TestPalette::fitsTheWindow_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("smallest") << QSize(720, 450);
    QTest::newRow("usual") << QSize(1440, 900);
}

void TestPalette::fitsTheWindow()
{
    QFETCH(const QSize, size);
    Shown shown;
    for (int i = 0; i < 100; ++i)
        shown.names << u"table %1"_s.arg(i);
    shown.window.resize(size);
    QVERIFY(shown.present());
    shown.palette->open();
    const QRect list(shown.list->mapTo(&shown.window, QPoint()), shown.list->size());
    QVERIFY(shown.window.rect().contains(list));
    shown.press(Qt::Key_Up); // the last one comes into sight
    QVERIFY(shown.list->viewport()->rect().contains(
        shown.list->visualRect(shown.list->currentIndex())));
    shown.window.resize(800, 500);
    QTRY_VERIFY(shown.window.rect().contains(
        QRect(shown.list->mapTo(&shown.window, QPoint()), shown.list->size())));
}

void TestPalette::hostileNamesAreLetters()
{
    Shown shown;
    shown.names.clear();
    for (const test::HostileText &hostile : test::hostileTexts())
        shown.names << hostile.text;
    QVERIFY(shown.present());
    shown.palette->open();
    QStringList seen;
    for (int row = 0; row < shown.list->model()->rowCount(); ++row)
        seen << shown.list->model()->index(row, 0).data().toString();
    for (const QString &name : std::as_const(shown.names))
        QVERIFY2(seen.contains(name), qPrintable(name));
    QVERIFY(!shown.list->grab().isNull()); // and can be drawn
    shown.press(Qt::Key_Return);
    QCOMPARE(shown.chosen.size(), 1);
}

void TestPalette::fileEntries()
{
    QStringList opened;
    const auto open = [&opened](const QString &file) { opened << file; };
    const QStringList files{u"db/seed/users.sql"_s, u"schema.sql"_s, u"größe.sql"_s};
    QCOMPARE(ui::fileEntries(files, {}, open).size(), std::size_t(3));
    const std::vector<PaletteEntry> found = ui::fileEntries(files, u"users"_s, open);
    QCOMPARE(found.size(), std::size_t(1));
    QVERIFY(!found.front().marked.isEmpty());
    found.front().choose();
    QCOMPARE(opened, QStringList{u"db/seed/users.sql"_s});
    QVERIFY(ui::fileEntries(files, u"zzz"_s, open).empty());
    QCOMPARE(ui::fileEntries(files, u"schema.sql"_s, open).size(), std::size_t(1));
    QCOMPARE(ui::fileEntries(files, u"seed/users.sql"_s, open).size(), std::size_t(1));
    const std::vector<PaletteEntry> umlaut = ui::fileEntries(files, u"größe"_s, open);
    QCOMPARE(umlaut.size(), std::size_t(1));
    for (const int at : umlaut.front().marked)
        QVERIFY(at < umlaut.front().text.size()); // letters, not bytes
}

QTEST_MAIN(TestPalette)
#include "tst_palette.moc"
