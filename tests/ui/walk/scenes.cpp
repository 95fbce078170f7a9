// SPDX-License-Identifier: GPL-3.0-or-later
#include "scenes.h"

#include "core/connect/connectiontest.h"
#include "tests/ui/support/hostileschema.h"
#include "ui/common/sheet.h"
#include "ui/editor/editortab.h"
#include "ui/grid/tabletab.h"
#include "ui/main/actions.h"
#include "ui/main/documentarea.h"
#include "ui/project/connectionsheet.h"
#include "ui/project/passwordsheet.h"

#include <QAbstractButton>
#include <QApplication>
#include <QMenu>
#include <QMenuBar>
#include <QTest>
#include <QTimer>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace test {

namespace {

constexpr auto folderName = u"<b>x<img src=y>\"'&\n\u202E";

bool waitFor(const std::function<bool()> &condition)
{
    return QTest::qWaitFor(condition, 30'000);
}

QByteArray envOf(const TestDatabase &database)
{
    return "DATABASE_URL=" + database.url().toUtf8() + "\nBAD_DATABASE_URL=postgres://u:p%ZZ@h/d\n";
}

bool showWelcome(Scenes &scenes)
{
    return scenes.isShown(u"welcome"_s);
}

bool showRecent(Scenes &scenes)
{
    for (const QString &folder : {u"/srv/<b>x</b>\n&"_s, u"/srv/"_s + u"long name "_s.repeated(30)})
        scenes.studio().settings().addRecentProject(folder, QDateTime::currentDateTimeUtc());
    scenes.studio().closeFolder();
    return waitFor([&] { return scenes.isShown(u"welcome.recent1"_s); });
}

bool showNoDatabase(Scenes &scenes)
{
    return scenes.studio().home().write(u".env"_s, "A=b\n") && scenes.studio().openFolder()
           && scenes.isShown(u"projectPage"_s);
}

bool showFolderError(Scenes &scenes)
{
    const auto project = core::readProject(u"/no/such/<b>folder</b>\n"_s, {});
    scenes.window().showFolderError(u"/no/such/<b>folder</b>\n"_s, project.error());
    return scenes.isShown(u"projectPage"_s);
}

bool showTrustChanged(Scenes &scenes)
{
    ProjectHome &home = scenes.studio().home();
    return home.write(u".env"_s, "DATABASE_URL=postgres://u@old.example.com/d\n") && home.read()
           && home.trust() && scenes.openUntrusted() && scenes.isShown(u"trustSheet"_s);
}

bool showUntrusted(Scenes &scenes)
{
    if (!scenes.openUntrusted())
        return false;
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    return scenes.isShown(u"projectPage"_s);
}

// Nobody answers at an address that is set aside for documents.
bool showProduction(Scenes &scenes)
{
    ProjectHome &home = scenes.studio().home();
    return home.write(u".env"_s, "DATABASE_URL=postgres://u:p@203.0.113.7/shop_production\n")
           && home.read() && home.trust() && scenes.studio().openFolder()
           && scenes.isShown(u"productionBand"_s);
}

bool showServerDown(Scenes &scenes)
{
    ProjectHome &home = scenes.studio().home();
    if (!home.write(u".env"_s, "DATABASE_URL=postgres://u:p@127.0.0.1:1/d\n") || !home.read()
        || !home.trust() || !scenes.studio().openFolder())
        return false;
    return waitFor([&] {
        return scenes.window().currentDatabase()->catalogState()
               == core::OpenDatabase::CatalogState::Failed;
    });
}

// Losers, both readings, parameters of each kind, a leak, a broken address, notes.
bool showOverview(Scenes &scenes)
{
    ProjectHome &home = scenes.studio().home();
    return home.write(u".env"_s, envOf(scenes.database())
                                     + "AUTH_DATABASE_URL=postgres://u:p%40@h.svc:6432/d"
                                       "?pgbouncer=true&sslkey=/k&connection_limit=1\n"
                                       "VITE_DATABASE_URL=postgres://u:p@h/d\n"
                                       "SHADOW_DATABASE_URL=postgres://u:p@h/s\n"
                                       "HASH_DATABASE_URL=postgres://u:a#b@h/d\n")
           && home.write(u".env.test"_s, "DATABASE_URL=postgres://u:p@other/d\n") && home.read()
           && home.trust() && scenes.studio().openFolder()
           && (scenes.studio().trigger(u"project.overview"_s), true)
           && scenes.isShown(u"project.addresses"_s);
}

bool showOverviewMenu(Scenes &scenes)
{
    if (!showOverview(scenes))
        return false;
    auto *view = scenes.studio().find<QTreeView>(u"project.addresses"_s);
    const QModelIndex row = view->model()->index(0, 0, view->model()->index(0, 0));
    emit view->customContextMenuRequested(view->visualRect(row).center());
    return scenes.menu();
}

bool showProjectMenu(Scenes &scenes)
{
    if (!scenes.openUntrusted())
        return false;
    scenes.studio().find<ui::Sheet>(u"trustSheet"_s)->reject();
    auto *tree = scenes.studio().find<QTreeView>(u"projectDock.tree"_s);
    tree->expandAll();
    const QAbstractItemModel *model = tree->model();
    const QModelIndex endpoint = model->index(0, 0, model->index(0, 0, model->index(0, 0)));
    emit tree->customContextMenuRequested(tree->visualRect(endpoint).center());
    return scenes.menu();
}

core::SavedConnection savedSample()
{
    core::SavedConnection connection;
    connection.id = u"7"_s;
    connection.name = u"staging <b>through</b> bastion & more"_s;
    connection.host = u"db.internal.example"_s;
    connection.database = u"app"_s;
    connection.user = u"mira"_s;
    connection.ssh = core::SshHop{.host = u"bastion"_s};
    connection.pooled = core::SavedConnection::Twin{.host = u"db.internal.example"_s};
    return connection;
}

bool showSaved(Scenes &scenes)
{
    core::SavedConnection production = savedSample();
    production.production = true;
    scenes.window().setSavedConnections({savedSample(), production});
    return waitFor([&] { return scenes.isShown(u"welcome.saved1"_s); });
}

bool showConnection(Scenes &scenes)
{
    auto *sheet =
        new ui::ConnectionSheet(&scenes.window(), savedSample(), {u"bastion"_s}, u"/work/shop"_s);
    const core::ConnectionTest plan(savedSample(), nullptr, {});
    std::vector<core::StepReport> steps = plan.steps();
    using State = core::StepReport::State;
    steps[0].state = State::Passed;
    steps[0].took = std::chrono::milliseconds(412);
    steps[1].state = State::Unseen;
    steps[2].state = State::Failed;
    steps[2].fact = u"Nothing answers at <b>db</b>, as bastion sees it."_s;
    steps[2].error = core::Error{.message = steps[2].fact,
                                 .advice = u"Check that the server runs, and its port."_s};
    sheet->setSteps(steps, true);
    sheet->setSteps(steps, false, u"p@ss"_s);
    sheet->fillFromUrl(u"mysql://x"_s);
    sheet->open();
    return scenes.isShown(u"connectionSheet"_s);
}

bool showPassword(Scenes &scenes)
{
    core::SecretQuestion question;
    question.wanted = {.key = u"7"_s,
                       .name = savedSample().name,
                       .user = u"mira"_s,
                       .place = u"db.example:5432"_s,
                       .inKeychain = true};
    question.reason = core::SecretQuestion::Reason::Refused;
    ui::makePasswordSheet(&scenes.window(), question, [](const QString &, bool) {})->open();
    return scenes.isShown(u"passwordSheet"_s);
}

Scenes::Scene sshScene(const char *name, core::SecretKind kind, const QString &words = {})
{
    return {
        name, [kind, words](Scenes &scenes) {
            core::SecretQuestion question;
            question.wanted = {.kind = kind,
                               .key = u"ssh"_s,
                               .name = u"/home/<b>mira</b>/.ssh/id_ed25519"_s,
                               .place = u"ssh to bastion, for db.example:5432"_s,
                               .inKeychain = true,
                               .words = words,
                               .fingerprint = u"ED25519 SHA256:"_s + QString(43, u'x')};
            ui::makePasswordSheet(&scenes.window(), question, [](const QString &, bool) {})->open();
            return scenes.isShown(u"passwordSheet"_s);
        }};
}

Scenes::Scene menuScene(const char *name, const char *objectName)
{
    return {name,
            [objectName](Scenes &scenes) {
                if (!scenes.openTrusted())
                    return false;
                auto *menu = scenes.studio().find<QMenu>(QLatin1StringView(objectName));
                menu->popup(scenes.window().mapToGlobal(QPoint(20, 60)));
                return menu->isVisible();
            },
            [](Scenes &scenes) { return scenes.menu(); }};
}

} // namespace

Scenes::Scenes()
{
    addHostileSchema(m_database);
    m_database.exec("CREATE TABLE invoices (id int PRIMARY KEY, note text, data jsonb, raw bytea);"
                    "INSERT INTO invoices SELECT i, 'note ' || i, '{\"a\": [1, null]}', '\\x0001'"
                    " FROM generate_series(1, 500) i;"
                    "CREATE TABLE empty (id int); ANALYZE;");
}

Scenes::~Scenes() = default;

const std::vector<Scenes::Scene> &Scenes::all()
{
    static const std::vector<Scene> scenes = [] {
        std::vector<Scene> list = scenesOfFolders();
        std::ranges::move(scenesOfData(), std::back_inserter(list));
        std::ranges::move(scenesOfObjects(), std::back_inserter(list));
        std::ranges::move(scenesOfRelations(), std::back_inserter(list));
        return list;
    }();
    return scenes;
}

bool Scenes::show(const Scene &scene, QSize size)
{
    m_studio.reset(); // one theme a program
    const bool dark = qgetenv("SLUICE_WALK_THEME") == "dark";
    m_studio = std::make_unique<Studio>(QString::fromUtf16(folderName),
                                        dark ? ui::ThemeController::Choice::Dark
                                             : ui::ThemeController::Choice::Light);
    window().resize(size);
    return m_studio->present() && scene.show(*this) && settle();
}

// Until what was asked of layouts and new widgets is done: it is posted, and may post once more.
bool Scenes::settle()
{
    int rounds = 0;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &timer, [&rounds] { ++rounds; });
    timer.start(0);
    return waitFor([&rounds] { return rounds >= 5; });
}

QWidget *Scenes::subject(const Scene &scene)
{
    return scene.subject ? scene.subject(*this) : &window();
}

bool Scenes::openUntrusted()
{
    ProjectHome &home = m_studio->home();
    return home.write(u".env"_s, envOf(m_database))
           && home.write(u"<i>a</i>.sql"_s.remove(u'/'), "select 1") && m_studio->openFolder();
}

bool Scenes::openTrusted()
{
    ProjectHome &home = m_studio->home();
    return home.write(u".env"_s, envOf(m_database))
           && home.write(u"<i>a.sql"_s, "select 1;\nselect 2;\n") && m_studio->openTrusted();
}

bool Scenes::openTable(const QByteArray &name)
{
    const QByteArray oid = m_database.value("select '" + name + "'::regclass::oid");
    window().openRelation(core::Oid{oid.toUInt()});
    auto *tab = qobject_cast<ui::TableTab *>(window().documents().current());
    return tab && waitFor([tab] { return tab->hasRows(); });
}

bool Scenes::openHostileTable()
{
    const core::CatalogPtr catalog = window().currentDatabase()->catalog();
    const core::RelationInfo *found =
        catalog->relation(hostileSchemaName().toUtf8(), hostileTableName().toUtf8());
    if (!found)
        return false;
    window().openRelation(found->oid);
    auto *tab = qobject_cast<ui::TableTab *>(window().documents().current());
    return tab && waitFor([tab] { return tab->hasRows(); });
}

bool Scenes::runText(const QByteArray &text)
{
    ui::EditorTab *editor = window().newEditor(text);
    editor->runAll();
    return editor->run() && waitFor([editor] { return !editor->isRunning(); });
}

bool Scenes::isShown(const QString &name) const
{
    const QList<QWidget *> all = m_studio->window().findChildren<QWidget *>(name);
    return std::ranges::any_of(all, &QWidget::isVisible);
}

bool Scenes::click(const QString &name) const
{
    for (auto *button : m_studio->window().findChildren<QAbstractButton *>(name)) {
        if (button->isVisible()) {
            QTest::mouseClick(button, Qt::LeftButton);
            return true;
        }
    }
    return false;
}

QMenu *Scenes::menu() const
{
    return qobject_cast<QMenu *>(QApplication::activePopupWidget());
}

std::vector<Scenes::Scene> scenesOfFolders()
{
    return {
        {"welcome", showWelcome},
        {"welcome with recent projects", showRecent},
        {"welcome with saved connections", showSaved},
        {"connection", showConnection},
        {"password of a connection", showPassword},
        sshScene("passphrase of ssh's key", core::SecretKind::Passphrase),
        sshScene("host key", core::SecretKind::HostKey,
                 u"The authenticity of host 'bastion' can't be established.\nAre you sure?"_s),
        sshScene("question of ssh", core::SecretKind::Code, u"(mira@bastion) <b>Code</b>:"_s),
        sshScene("permission for ssh", core::SecretKind::Permission, u"Add the key?"_s),
        {"opening",
         [](Scenes &scenes) {
             scenes.window().showOpening(u"/srv/<b>x</b>"_s);
             return waitFor([&] { return scenes.isShown(u"projectPage"_s); });
         }},
        {"folder that cannot be read", showFolderError},
        {"no database", showNoDatabase},
        {"trust",
         [](Scenes &scenes) { return scenes.openUntrusted() && scenes.isShown(u"trustSheet"_s); }},
        {"trust changed", showTrustChanged},
        {"not trusted", showUntrusted},
        {"production", showProduction},
        {"production, writing",
         [](Scenes &scenes) {
             return showProduction(scenes)
                    && scenes.studio()
                           .writes()
                           .turnOn(scenes.window().currentDatabase()->database(),
                                   {.typedName = u"shop_production"_s})
                           .has_value();
         }},
        {"write sheet",
         [](Scenes &scenes) {
             if (!showProduction(scenes))
                 return false;
             scenes.studio().trigger(u"database.write"_s);
             return scenes.isShown(u"writeSheet"_s);
         }},
        {"server down", showServerDown},
        {"no tab", [](Scenes &scenes) { return scenes.openTrusted(); }},
        {"project overview", showOverview},
        {"overview menu", showOverviewMenu, [](Scenes &scenes) { return scenes.menu(); }},
        {"project menu", showProjectMenu, [](Scenes &scenes) { return scenes.menu(); }},
        menuScene("menu file", "menu.file"),
        menuScene("menu edit", "menu.edit"),
        menuScene("menu view", "menu.view"),
        menuScene("menu database", "menu.database"),
        menuScene("menu query", "menu.query"),
        menuScene("menu project", "menu.project"),
        menuScene("menu help", "menu.help"),
        {"about",
         [](Scenes &scenes) {
             scenes.studio().trigger(u"help.about"_s);
             return scenes.isShown(u"aboutSheet"_s);
         }},
    };
}

} // namespace test
