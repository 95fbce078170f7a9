// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/connect/envsample.h"
#include "ui/common/note.h"
#include "ui/common/themecontroller.h"
#include "ui/project/overviewmodel.h"
#include "ui/project/overviewview.h"
#include "ui/project/projecttab.h"

#include <QAbstractButton>
#include <QApplication>
#include <QMainWindow>
#include <QMenu>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::OverviewModel;
using ui::OverviewView;
using ui::ProjectTab;

namespace {

const QStringList twoDatabases{
    u"DATABASE_URL=postgres://u:s3cr3t@db:6432/d?pgbouncer=true&connection_limit=1"_s,
    u"DIRECT_URL=postgres://u:s3cr3t@db/d"_s, u"AUTH_DATABASE_URL=postgres://u@auth/d"_s};

/// The tab in a window, over a project of these lines.
struct Shown {
    QMainWindow window;
    ProjectTab *tab = new ProjectTab(&window);
    OverviewView *view = tab->findChild<OverviewView *>(u"project.addresses"_s);

    explicit Shown(const QStringList &lines)
    {
        window.setCentralWidget(tab);
        window.resize(1100, 700);
        fill(lines);
        window.show();
    }
    void fill(const QStringList &lines, const std::vector<core::ProjectWarning> &warnings = {})
    {
        core::Project project = test::projectOfLines(lines);
        project.loader.name = u"dotenv"_s;
        project.loader.evidence = u"there is a .env"_s;
        project.files = {
            {.name = u".env.local"_s, .inOrder = true},
            {.name = u".env"_s, .state = core::FileSeen::State::Read, .inOrder = true}};
        core::DatabaseSet set = core::pairDatabases(project);
        set.warnings = warnings;
        tab->setProject(project, set, true);
    }
    bool present()
    {
        window.activateWindow();
        tab->setFocus();
        return QTest::qWaitForWindowActive(&window) && view->hasFocus();
    }
    [[nodiscard]] QModelIndex row(int group, int child) const
    {
        const QModelIndex top = view->model()->index(group, 0);
        return view->model()->index(child, 0, top);
    }
};

} // namespace

class TestProjectTab : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_themes = std::make_unique<ui::ThemeController>(*qApp); }
    void cleanupTestCase() { m_themes.reset(); }
    void opensFilesAtTheirLine();
    void revealsByKeyAndHides();
    void menuCopiesAsAsked();
    void pageFollowsTheKeys();
    void atMostThreeNotes();
    void leaksOpenTheirPlace();
    void picksUpChanges();

private:
    std::unique_ptr<ui::ThemeController> m_themes;
};

void TestProjectTab::opensFilesAtTheirLine()
{
    Shown shown(twoDatabases);
    QVERIFY(shown.present());
    QSignalSpy wanted(shown.tab, &ProjectTab::fileWanted);
    shown.view->setCurrentIndex(shown.row(0, 1));
    QTest::keyClick(shown.view, Qt::Key_Return);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.front()[0].toString(), u".env"_s);
    QCOMPARE(wanted.front()[1].toInt(), 2);
    // The parameters' own table leads there too.
    auto *parameters = shown.tab->findChild<OverviewView *>(u"project.parameters"_s);
    QVERIFY(parameters->isVisible());
    parameters->setFocus();
    parameters->setCurrentIndex(parameters->model()->index(0, 0));
    QTest::keyClick(parameters, Qt::Key_Return);
    QCOMPARE(wanted.back()[1].toInt(), 1);
}

void TestProjectTab::revealsByKeyAndHides()
{
    Shown shown(twoDatabases);
    QVERIFY(shown.present());
    auto *reveal = shown.tab->findChild<QAbstractButton *>(u"project.reveal"_s);
    shown.view->setCurrentIndex(shown.row(1, 0)); // no password there
    QVERIFY(!reveal->isEnabled());
    shown.view->setCurrentIndex(shown.row(0, 0));
    QVERIFY(reveal->isEnabled());
    shown.tab->togglePassword();
    const auto address = [&shown] {
        return shown.row(0, 0).siblingAtColumn(OverviewModel::AddressColumn).data().toString();
    };
    QVERIFY(address().contains(u"s3cr3t"_s));
    shown.view->setCurrentIndex(shown.row(1, 0));
    QVERIFY(reveal->isEnabled()); // to hide it
    reveal->click();
    QVERIFY(!address().contains(u"s3cr3t"_s));
}

void TestProjectTab::menuCopiesAsAsked()
{
    Shown shown(twoDatabases);
    QVERIFY(shown.present());
    QSignalSpy copied(shown.tab, &ProjectTab::copyWanted);
    const QPoint at = shown.view->visualRect(shown.row(0, 0)).center();
    emit shown.view->customContextMenuRequested(at);
    const auto *menu = shown.tab->findChild<QMenu *>(u"project.menu"_s);
    QVERIFY(menu);
    for (QAction *action : menu->actions()) {
        if (action->text().startsWith(u"Copy"_s))
            action->trigger();
    }
    QCOMPARE(copied.count(), 2);
    QVERIFY(!copied[0][0].toString().contains(u"s3cr3t"_s));
    QCOMPARE(copied[0][1].toBool(), false);
    QVERIFY(copied[1][0].toString().contains(u"s3cr3t"_s));
    QCOMPARE(copied[1][1].toBool(), true);
}

void TestProjectTab::pageFollowsTheKeys()
{
    QStringList many;
    for (int i = 0; i < 60; ++i)
        many << u"A%1_DATABASE_URL=postgres://u@h%1/d"_s.arg(100 + i);
    Shown shown(many);
    QVERIFY(shown.present());
    auto *scroll = shown.tab->findChild<QScrollArea *>(u"project.scroll"_s);
    QTRY_VERIFY(scroll->verticalScrollBar()->maximum() > 0);
    shown.view->setCurrentIndex(shown.row(59, 0));
    QTRY_VERIFY(scroll->verticalScrollBar()->value() > 0);
    // The table itself never scrolls.
    QCOMPARE(shown.view->verticalScrollBar()->maximum(), 0);
}

void TestProjectTab::atMostThreeNotes()
{
    Shown shown(twoDatabases);
    std::vector<core::ProjectWarning> warnings;
    for (int i = 0; i < 6; ++i) {
        core::ProjectWarning warning;
        warning.kind = i == 5 ? core::ProjectWarning::Kind::BrowserLeak
                              : core::ProjectWarning::Kind::FileRefused;
        warning.text = u"<b>warning %1</b>"_s.arg(i);
        warnings.push_back(warning);
    }
    shown.fill(twoDatabases, warnings);
    QStringList sentences;
    for (const ui::Note *note : shown.tab->findChildren<ui::Note *>()) {
        if (note->isVisibleTo(shown.tab))
            sentences << note->sentence() + u'\n' + note->second();
    }
    QCOMPARE(sentences.size(), 3);
    QVERIFY(sentences[0].startsWith(u"<b>warning 5</b>"_s)); // the gravest first
    const QString all = sentences.join(u'\n');
    for (int i = 0; i < 6; ++i)
        QVERIFY2(all.contains(u"warning %1"_s.arg(i)), qPrintable(all)); // none is hidden
}

void TestProjectTab::leaksOpenTheirPlace()
{
    Shown shown(twoDatabases);
    core::ProjectWarning leak;
    leak.kind = core::ProjectWarning::Kind::BrowserLeak;
    leak.text = u"VITE_DATABASE_URL is visible in the browser."_s;
    leak.places = {{.file = u".env"_s, .line = 12, .key = u"VITE_DATABASE_URL"_s}};
    shown.fill(twoDatabases, {leak});
    QSignalSpy wanted(shown.tab, &ProjectTab::fileWanted);
    auto *note = shown.tab->findChild<ui::Note *>(u"project.note0"_s);
    QVERIFY(note && note->meaning() == ui::Meaning::Danger);
    note->findChild<QAbstractButton *>(u"note.link0"_s)->click();
    QCOMPARE(wanted.front()[1].toInt(), 12);
}

void TestProjectTab::picksUpChanges()
{
    Shown shown(twoDatabases);
    const int before = shown.view->sizeHint().height();
    shown.fill({u"DATABASE_URL=postgres://u@db/d"_s});
    QVERIFY(shown.view->sizeHint().height() < before);
    QVERIFY(!shown.tab->findChild<OverviewView *>(u"project.parameters"_s)->isVisibleTo(shown.tab));
}

QTEST_MAIN(TestProjectTab)
#include "tst_projecttab.moc"
