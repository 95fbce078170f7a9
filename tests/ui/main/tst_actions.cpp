// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/markingtranslator.h"
#include "ui/common/icons.h"
#include "ui/common/themecontroller.h"
#include "ui/main/actions.h"
#include "ui/main/headerbar.h"
#include "ui/main/paletteentries.h"

#include <QApplication>
#include <QMenu>
#include <QMenuBar>
#include <QTest>
#include <QWidget>

using namespace Qt::StringLiterals;
using ui::Actions;
using ui::ActionSpec;

namespace {

/// Shortcuts that lead to more than one action, which Qt would call ambiguous and do neither.
QStringList ambiguous(const Actions &actions)
{
    QHash<QString, int> uses;
    for (const QAction *action : actions.all()) {
        for (const QKeySequence &keys : action->shortcuts())
            ++uses[keys.toString(QKeySequence::PortableText)];
    }
    QStringList twice;
    for (const auto &[keys, count] : uses.asKeyValueRange()) {
        if (count > 1)
            twice << keys;
    }
    return twice;
}

} // namespace

class TestActions : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_themes = std::make_unique<ui::ThemeController>(*qApp); }
    void cleanupTestCase() { m_themes.reset(); }
    void idsAreUnique();
    void everyActionIsNamed_data();
    void everyActionIsNamed();
    void everyTextIsTranslated();
    void shortcutsAreUnique();
    void shortcutsAreUnderstood();
    void menusAreShortEnough();
    void everyMenuIsInSight_data();
    void everyMenuIsInSight();
    void mnemonicsDifferInAMenu();
    void everyActionIsInThePalette();
    void f5FollowsTheDocument();

private:
    std::unique_ptr<ui::ThemeController> m_themes;
};

void TestActions::idsAreUnique()
{
    QSet<QByteArray> ids;
    for (const ActionSpec &spec : ui::actionTable()) {
        QVERIFY2(!ids.contains(spec.id), spec.id);
        ids << spec.id;
        QVERIFY2(QByteArray(spec.id).count('.') == 1, spec.id);
    }
    QVERIFY(ids.size() > 30);
}

void TestActions::everyActionIsNamed_data()
{
    QTest::addColumn<int>("row");
    int row = 0;
    for (const ActionSpec &spec : ui::actionTable())
        QTest::newRow(spec.id) << row++;
}

void TestActions::everyActionIsNamed()
{
    QFETCH(const int, row);
    const ActionSpec &spec = ui::actionTable()[std::size_t(row)];
    QWidget window;
    const Actions actions(&window);
    const QAction *action = actions.action(QLatin1StringView(spec.id));
    QVERIFY(!action->text().isEmpty());
    QCOMPARE(action->objectName(), u"action."_s + QLatin1StringView(spec.id));
    QCOMPARE(action->isCheckable(), spec.checkable);
    QVERIFY(!action->text().contains("..."_L1)); // … is one letter
    QCOMPARE(action->icon().isNull(), *spec.icon == '\0');
    QVERIFY(window.actions().contains(const_cast<QAction *>(action))); // its keys work
}

void TestActions::everyTextIsTranslated()
{
    const test::MarkingTranslator translator;
    QWidget window;
    const Actions actions(&window);
    for (const QAction *action : actions.all())
        QVERIFY2(test::MarkingTranslator::isMarked(action->text()), qPrintable(action->text()));
    QMenuBar bar;
    actions.fillMenuBar(&bar);
    for (const QAction *menu : bar.actions())
        QVERIFY2(test::MarkingTranslator::isMarked(menu->text()), qPrintable(menu->text()));
}

void TestActions::shortcutsAreUnique()
{
    QWidget window;
    Actions actions(&window);
    QCOMPARE(ambiguous(actions), QStringList());
    for (const bool editor : {true, false, true}) {
        actions.setEditorCurrent(editor);
        QCOMPARE(ambiguous(actions), QStringList());
    }
}

void TestActions::shortcutsAreUnderstood()
{
    QWidget window;
    const Actions actions(&window);
    for (const ActionSpec &spec : ui::actionTable()) {
        const QStringList wanted =
            QString::fromLatin1(spec.shortcuts).split(u' ', Qt::SkipEmptyParts);
        const QList<QKeySequence> shortcuts =
            actions.action(QLatin1StringView(spec.id))->shortcuts();
        QCOMPARE(shortcuts.size(), wanted.size());
        for (const QKeySequence &keys : shortcuts)
            QVERIFY2(keys.count() == 1 && keys[0].key() != Qt::Key_unknown, spec.id);
    }
}

// "At most 12 entries and one level below."
void TestActions::menusAreShortEnough()
{
    QWidget window;
    const Actions actions(&window);
    QMenuBar bar;
    actions.fillMenuBar(&bar);
    qsizetype inMenus = 0;
    for (const QAction *title : bar.actions()) {
        const QList<QAction *> entries = title->menu()->actions();
        const auto count =
            std::ranges::count_if(entries, [](const QAction *one) { return !one->isSeparator(); });
        QVERIFY2(count > 0 && count <= 12, qPrintable(title->text()));
        QVERIFY(!title->menu()->objectName().isEmpty());
        inMenus += count;
        for (const QAction *entry : entries)
            QVERIFY(!entry->menu());
    }
    // Each names a menu that there is, or none.
    const auto specs = ui::actionTable();
    QCOMPARE(inMenus, std::ranges::count_if(
                          specs, [](const ActionSpec &spec) { return *spec.menu != '\0'; }));
}

void TestActions::everyMenuIsInSight_data()
{
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::newRow("left to right") << Qt::LeftToRight;
    QTest::newRow("right to left") << Qt::RightToLeft;
}

void TestActions::everyMenuIsInSight()
{
    QFETCH(const Qt::LayoutDirection, direction);
    QWidget window;
    window.setLayoutDirection(direction);
    Actions actions(&window);
    ui::HeaderBar header(actions, &window);
    header.resize(1440, header.sizeHint().height());
    window.resize(header.size());
    window.show();
    const auto *bar = header.findChild<QMenuBar *>(u"header.menuBar"_s);
    QVERIFY(bar->isVisible());
    QCOMPARE(bar->actions().size(), 7);
    for (QAction *menu : bar->actions())
        QVERIFY2(bar->rect().contains(bar->actionGeometry(menu)), qPrintable(menu->text()));
}

void TestActions::mnemonicsDifferInAMenu()
{
    QWidget window;
    const Actions actions(&window);
    QMenuBar bar;
    actions.fillMenuBar(&bar);
    QList<QList<QAction *>> groups{bar.actions()};
    for (const QAction *title : bar.actions())
        groups << title->menu()->actions();
    for (const QList<QAction *> &group : groups) {
        QSet<QChar> letters;
        for (const QAction *entry : group) {
            const qsizetype at = entry->text().indexOf(u'&');
            if (at < 0)
                continue;
            const QChar letter = entry->text().at(at + 1).toLower();
            QVERIFY2(!letters.contains(letter), qPrintable(entry->text()));
            letters << letter;
        }
    }
}

void TestActions::everyActionIsInThePalette()
{
    QWidget window;
    const Actions actions(&window);
    const std::vector<ui::PaletteEntry> entries = ui::commandEntries(actions.all(), {});
    QCOMPARE(entries.size(), ui::actionTable().size());
    for (const ActionSpec &spec : ui::actionTable()) {
        const QString text = actions.action(QLatin1StringView(spec.id))->text().remove(u'&');
        const auto found = std::ranges::find(entries, text, &ui::PaletteEntry::text);
        QVERIFY2(found != entries.end(), spec.id);
        QVERIFY(found->kind == ui::PaletteEntry::Kind::Command && found->choose);
        QCOMPARE(found->shortcut.isEmpty(), *spec.shortcuts == '\0');
    }
}

void TestActions::f5FollowsTheDocument()
{
    QWidget window;
    Actions actions(&window);
    const QAction *all = actions.action(u"query.runAll"_s);
    const QAction *refresh = actions.action(u"view.refresh"_s);
    actions.setEditorCurrent(true);
    QCOMPARE(all->shortcut(), QKeySequence(Qt::Key_F5));
    QVERIFY(refresh->shortcut().isEmpty() && all->isEnabled());
    actions.setEditorCurrent(false);
    QCOMPARE(refresh->shortcut(), QKeySequence(Qt::Key_F5));
    QVERIFY(all->shortcut().isEmpty() && !all->isEnabled());
    QVERIFY(!actions.action(u"query.runStatement"_s)->isEnabled());
}

QTEST_MAIN(TestActions)
#include "tst_actions.moc"
