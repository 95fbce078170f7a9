// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"
#include "tests/support/testdatabase.h"
#include "ui/common/note.h"
#include "ui/common/sheet.h"
#include "ui/editor/editortab.h"
#include "ui/editor/queryrun.h"
#include "ui/editor/sqleditor.h"
#include "ui/grid/tabletab.h"
#include "ui/main/actions.h"
#include "ui/main/documentarea.h"
#include "ui/main/messagespanel.h"
#include "ui/main/notestack.h"
#include "ui/main/paneldocks.h"
#include "ui/project/connectionsheet.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace {

/// The program on a trusted folder whose .env leads to a test database.
struct Opened {
    test::TestDatabase database;
    QTemporaryDir place;
    QString folder = place.filePath(u"shop"_s);
    std::unique_ptr<app::Application> app;

    [[nodiscard]] bool write(const QByteArray &text, const QString &package = {}) const
    {
        QFile file(folder + package + u"/.env"_s);
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    }
    [[nodiscard]] QByteArray line(const QString &host = u"127.0.0.1"_s,
                                  const QString &more = {}) const
    {
        return "DATABASE_URL=" + database.url().replace(u"127.0.0.1"_s, host).toUtf8()
               + more.toUtf8() + '\n';
    }
    [[nodiscard]] bool open()
    {
        database.exec("CREATE TABLE item (id int PRIMARY KEY); INSERT INTO item VALUES (1)");
        if (!QDir().mkpath(folder) || !write(line()))
            return false;
        app = std::make_unique<app::Application>(*qApp, app::Options{.folder = folder});
        QSignalSpy shown(app.get(), &app::Application::projectShown);
        app->start();
        if (shown.isEmpty() && !shown.wait(30'000)) // a worker that is done already answers at once
            return false;
        for (ui::Sheet *sheet : window().findChildren<ui::Sheet *>())
            sheet->reject();
        app->grantTrust();
        return QTest::qWaitFor(
            [this] {
                return current()
                       && current()->catalogState() == core::OpenDatabase::CatalogState::Loaded;
            },
            30'000);
    }
    [[nodiscard]] ui::MainWindow &window() const { return app->window(); }
    [[nodiscard]] core::OpenDatabase *current() const { return window().currentDatabase(); }
    [[nodiscard]] QString host() const
    {
        return current() ? current()->database().any().info.host() : QString();
    }
    [[nodiscard]] QString messages() const
    {
        QStringList all;
        for (const QLabel *label : window().panels().messages().findChildren<QLabel *>())
            all << label->text();
        return all.join(u'|');
    }
    [[nodiscard]] QString notes() const
    {
        QStringList all;
        for (const ui::Note *note : window().notes().findChildren<ui::Note *>()) {
            if (note->isVisibleTo(&window().notes()))
                all << note->sentence() + u'|' + note->second();
        }
        return all.join(u'\n');
    }
    /// Of the notes that are shown: one that goes is still there until the event loop has run.
    [[nodiscard]] QList<QAbstractButton *> buttons(const QString &name) const
    {
        auto all = window().notes().findChildren<QAbstractButton *>(name);
        all.removeIf([this](const QAbstractButton *button) {
            return !button->isVisibleTo(&window().notes());
        });
        return all;
    }
    [[nodiscard]] bool click(const QString &name) const
    {
        const QList<QAbstractButton *> shown = buttons(name);
        if (!shown.isEmpty())
            shown.front()->click();
        return !shown.isEmpty();
    }
    [[nodiscard]] ui::TableTab *openTable() const
    {
        const core::RelationInfo *item = current()->catalog()->relation("public", "item");
        window().openRelation(item->oid);
        return qobject_cast<ui::TableTab *>(window().documents().current());
    }
};

} // namespace

/// An open project stays true to its folder, and contacts nobody new without a yes (P6).
class TestEnvWatcher : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void passwordIsTakenOverQuietly();
    void anotherHostAsks();
    void otherParametersAreNamed();
    void stayingIsRemembered();
    void stayingIsRememberedOfEach();
    void addedAndRemoved();
    void savedConnectionsStayBesideIt();
    void vanishedFolderKeepsTexts();
    void whatRunsIsNotCutOff();
    void openTransactionIsAskedAbout();

private:
    QTemporaryDir m_config;
};

void TestEnvWatcher::initTestCase()
{
    qputenv("XDG_CONFIG_HOME", QFile::encodeName(m_config.path()));
}

void TestEnvWatcher::passwordIsTakenOverQuietly()
{
    Opened opened;
    QVERIFY(opened.open());
    ui::TableTab *table = opened.openTable();
    QVERIFY(opened.write(opened.line().replace(opened.database.facts().plainPassword, "another")));
    QTRY_VERIFY_WITH_TIMEOUT(opened.messages().contains(u"taken over"_s), 30'000);
    QCOMPARE(opened.notes(), QString());
    QVERIFY(!opened.messages().contains(u"another|"_s));
    QCOMPARE(opened.current()->database().any().info.keywords.at("password"), "another"_ba);
    QCOMPARE(opened.window().documents().current(), table); // the very same tab
    QVERIFY(opened.write(opened.line()));
    QTRY_COMPARE_WITH_TIMEOUT(opened.current()->database().any().info.keywords.at("password"),
                              opened.database.facts().plainPassword, 30'000);
}

void TestEnvWatcher::anotherHostAsks()
{
    Opened opened;
    QVERIFY(opened.open());
    QVERIFY(opened.openTable());
    ui::EditorTab *editor = opened.window().newEditor("select 1");
    QVERIFY(opened.write(opened.line(u"localhost"_s)));
    QTRY_VERIFY_WITH_TIMEOUT(!opened.notes().isEmpty(), 30'000);
    const QString notes = opened.notes();
    for (const QString &word : {u"DATABASE_URL"_s, u".env:1"_s, u"127.0.0.1 → localhost"_s})
        QVERIFY2(notes.contains(word), qPrintable(notes));
    QCOMPARE(opened.host(), u"127.0.0.1"_s); // nothing moves without consent
    QVERIFY(opened.click(u"notes.use"_s));
    QTRY_COMPARE_WITH_TIMEOUT(opened.host(), u"localhost"_s, 30'000);
    QTRY_COMPARE(opened.notes(), QString());
    QCOMPARE(editor->database(), opened.current());
    // The table comes back from its new place.
    QTRY_COMPARE_WITH_TIMEOUT(opened.window().documents().documents().size(), 2, 30'000);
}

/// The place is the same, and is not called another.
void TestEnvWatcher::otherParametersAreNamed()
{
    Opened opened;
    QVERIFY(opened.open());
    QVERIFY(opened.write("# one line more\n" + opened.line(u"127.0.0.1"_s, u"?sslmode=disable"_s)));
    QTRY_VERIFY_WITH_TIMEOUT(!opened.notes().isEmpty(), 30'000);
    QCOMPARE(opened.notes().remove(QChar(0x2068)).remove(QChar(0x2069)), // they part directions
             u"The address in .env:2 has other parameters: sslmode was not set, is disable.|"
             "Open sessions stay as they are; nothing has connected with the new ones."_s);
    QVERIFY(opened.click(u"notes.use"_s));
    QTRY_COMPARE(opened.notes(), QString());
    QTRY_COMPARE(opened.current()->database().any().info.keywords.at("sslmode"), "disable"_ba);
}

void TestEnvWatcher::stayingIsRemembered()
{
    Opened opened;
    QVERIFY(opened.open());
    QVERIFY(opened.write(opened.line(u"localhost"_s)));
    QTRY_VERIFY_WITH_TIMEOUT(!opened.notes().isEmpty(), 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(opened.buttons(u"notes.stay"_s).size(), 1, 30'000);
    QVERIFY(opened.click(u"notes.stay"_s));
    QTRY_COMPARE(opened.notes(), QString());
    QCOMPARE(opened.host(), u"127.0.0.1"_s);
    // Something else changes: the answer holds.
    QVERIFY(opened.write(opened.line(u"localhost"_s)
                         + "AUTH_DATABASE_URL=postgres://u@127.0.0.1:1/other\n"));
    QTRY_VERIFY_WITH_TIMEOUT(opened.notes().contains(u"AUTH_DATABASE_URL"_s), 30'000);
    QVERIFY(!opened.notes().contains(u"localhost"_s));
    QCOMPARE(opened.host(), u"127.0.0.1"_s);
}

/// Packages of one folder have variables of one name.
void TestEnvWatcher::stayingIsRememberedOfEach()
{
    Opened opened;
    const auto ofPackage = [&opened](const QString &host) {
        return opened.line(host).replace('/' + opened.database.name().toUtf8(), "/postgres");
    };
    QVERIFY(QDir().mkpath(opened.folder + u"/apps/api"_s));
    QVERIFY(opened.write(ofPackage(u"127.0.0.1"_s), u"/apps/api"_s));
    QVERIFY(opened.open());
    QVERIFY(opened.write(opened.line(u"localhost"_s)));
    QVERIFY(opened.write(ofPackage(u"localhost"_s), u"/apps/api"_s));
    for (int left = 2; left > 0; --left) {
        QTRY_COMPARE_WITH_TIMEOUT(opened.notes().count(u"→ localhost"_s), left, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(opened.buttons(u"notes.stay"_s).size(), left, 30'000);
        QVERIFY(opened.click(u"notes.stay"_s));
    }
    QTRY_COMPARE(opened.notes(), QString());
    QVERIFY(opened.write(opened.line(u"localhost"_s)
                         + "AUTH_DATABASE_URL=postgres://u@127.0.0.1:1/other\n"));
    QTRY_VERIFY_WITH_TIMEOUT(opened.notes().contains(u"AUTH_DATABASE_URL"_s), 30'000);
    QVERIFY2(!opened.notes().contains(u"localhost"_s), qPrintable(opened.notes()));
}

void TestEnvWatcher::addedAndRemoved()
{
    Opened opened;
    QVERIFY(opened.open());
    ui::TableTab *table = opened.openTable();
    auto *tree = opened.window().findChild<QTreeView *>(u"projectDock.tree"_s);
    const auto databases = [tree] { return tree->model()->rowCount(tree->model()->index(0, 0)); };
    tree->setCurrentIndex(tree->model()->index(0, 0, tree->model()->index(0, 0)));
    QCOMPARE(databases(), 1);
    // The same server and user: agreed to already.
    QByteArray second = opened.line();
    second.replace("DATABASE_URL", "AUTH_DATABASE_URL")
        .replace(opened.database.name().toUtf8(), "postgres");
    QVERIFY(opened.write(opened.line() + second));
    QTRY_COMPARE_WITH_TIMEOUT(databases(), 2, 30'000);
    QCOMPARE(tree->currentIndex().data().toString(), u"main"_s); // what was chosen stays chosen
    QCOMPARE(opened.window().documents().current(), table);
    QVERIFY(opened.write(opened.line()));
    QTRY_COMPARE_WITH_TIMEOUT(databases(), 1, 30'000);
    QCOMPARE(opened.window().documents().current(), table);
}

/// A connection of a person's own is saved and opened while the folder names a place that was not
/// agreed to.
void TestEnvWatcher::savedConnectionsStayBesideIt()
{
    Opened opened;
    QVERIFY(opened.open());
    ui::TableTab *table = opened.openTable();
    QVERIFY(opened.write(opened.line(u"localhost"_s)
                         + "OTHER_DATABASE_URL=postgres://u@127.0.0.1:1/other\n"));
    QTRY_VERIFY_WITH_TIMEOUT(opened.notes().contains(u"OTHER_DATABASE_URL"_s), 30'000);
    QTRY_VERIFY_WITH_TIMEOUT(!opened.buttons(u"notes.stay"_s).isEmpty(), 30'000);
    QVERIFY(opened.click(u"notes.stay"_s));

    emit opened.window().connectionEditWanted({}, false);
    ui::ConnectionSheet *sheet = nullptr;
    QTRY_VERIFY(sheet = opened.window().findChild<ui::ConnectionSheet *>());
    ui::ConnectionDraft draft;
    draft.connection = {.name = u"mine"_s, .host = u"127.0.0.1"_s, .port = 1};
    draft.connection.database = u"mine"_s;
    draft.connection.user = u"me"_s;
    draft.connection.secret = core::SecretPlace::None;
    emit sheet->saveWanted(draft, true);
    QTRY_VERIFY_WITH_TIMEOUT(opened.current() && opened.current()->name() == "mine"_L1, 30'000);
    QVERIFY2(!opened.messages().contains(u"has not been agreed"_s), qPrintable(opened.messages()));
    auto *tree = opened.window().findChild<QTreeView *>(u"projectDock.tree"_s);
    const auto databases = [tree] {
        const QModelIndex group = tree->model()->index(0, 0);
        QStringList names;
        for (int row = 0; row < tree->model()->rowCount(group); ++row)
            names << tree->model()->index(row, 0, group).data().toString();
        return names.join(u' ');
    };
    QCOMPARE(databases(), u"main other mine"_s);

    QVERIFY(opened.write(opened.line(u"localhost"_s)));
    QTRY_COMPARE_WITH_TIMEOUT(databases(), u"main mine"_s, 30'000);
    QCOMPARE(opened.current()->name(), u"mine"_s);
    QVERIFY(opened.window().documents().documents().contains(table)); // at its old place
}

void TestEnvWatcher::vanishedFolderKeepsTexts()
{
    Opened opened;
    QVERIFY(opened.open());
    ui::EditorTab *editor = opened.window().newEditor("select 'kept'");
    QVERIFY(QDir().rename(opened.folder, opened.folder + u"-away"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!opened.notes().isEmpty(), 30'000);
    QVERIFY(opened.notes().contains(opened.folder));
    QCOMPARE(editor->editor()->bytes(), "select 'kept'"_ba);
    QCOMPARE(opened.window().documents().current(), editor);
    QVERIFY(QDir().rename(opened.folder + u"-away"_s, opened.folder));
    QTRY_COMPARE_WITH_TIMEOUT(opened.notes(), QString(), 30'000);
}

/// Another database name needs no consent, and still does not end what runs at the old one.
void TestEnvWatcher::whatRunsIsNotCutOff()
{
    Opened opened;
    QVERIFY(opened.open());
    const test::TestDatabase other;
    const auto name = [&opened] { return opened.current()->database().any().info.database(); };
    ui::EditorTab *editor = opened.window().newEditor("select pg_sleep(300)");
    editor->runAll();
    QTRY_VERIFY_WITH_TIMEOUT(editor->isRunning(), 30'000);
    QVERIFY(opened.write("DATABASE_URL=" + other.url().toUtf8() + '\n'));
    QTRY_VERIFY_WITH_TIMEOUT(opened.notes().contains(u"has another address now"_s), 30'000);
    QVERIFY(editor->isRunning());
    QCOMPARE(name(), opened.database.name());

    // Back to where it was: nothing is left to be asked.
    QVERIFY(opened.write(opened.line()));
    QTRY_COMPARE_WITH_TIMEOUT(opened.notes(), QString(), 30'000);
    QVERIFY(editor->isRunning());

    QVERIFY(opened.write("DATABASE_URL=" + other.url().toUtf8() + '\n'));
    QTRY_VERIFY_WITH_TIMEOUT(!opened.buttons(u"notes.useWaiting"_s).isEmpty(), 30'000);
    QVERIFY(opened.click(u"notes.useWaiting"_s));
    QTRY_COMPARE_WITH_TIMEOUT(name(), other.name(), 30'000);
    QTRY_COMPARE(opened.notes(), QString());
    QCOMPARE(editor->database(), opened.current());
}

void TestEnvWatcher::openTransactionIsAskedAbout()
{
    Opened opened;
    QVERIFY(opened.open());
    const test::TestDatabase other;
    const auto name = [&opened] { return opened.current()->database().any().info.database(); };
    opened.window().actions().action(u"database.write"_s)->trigger();
    ui::EditorTab *editor = opened.window().newEditor("begin; insert into item values (2)");
    editor->runAll();
    QTRY_VERIFY_WITH_TIMEOUT(editor->run() && !editor->isRunning(), 30'000);
    QVERIFY(!editor->run()->failure());
    QVERIFY(opened.write("DATABASE_URL=" + other.url().toUtf8() + '\n'));
    QTRY_VERIFY_WITH_TIMEOUT(!opened.buttons(u"notes.useWaiting"_s).isEmpty(), 30'000);
    QCOMPARE(name(), opened.database.name());
    QVERIFY(opened.click(u"notes.useWaiting"_s));
    const auto sheet = [&opened] {
        return opened.window().findChild<ui::Sheet *>(u"transactionSheet"_s);
    };
    QTRY_VERIFY_WITH_TIMEOUT(sheet(), 30'000);
    sheet()->reject();
    QTRY_VERIFY(!sheet());
    QCOMPARE(name(), opened.database.name()); // No leaves it open, and the question stays

    QVERIFY(opened.click(u"notes.useWaiting"_s));
    QTRY_VERIFY_WITH_TIMEOUT(sheet(), 30'000);
    sheet()->findChild<QAbstractButton *>(u"transactionSheet.commit"_s)->click();
    QTRY_COMPARE_WITH_TIMEOUT(name(), other.name(), 30'000);
    QCOMPARE(opened.database.value("select count(*) from item"), "2"_ba);
}

QTEST_MAIN(TestEnvWatcher)
#include "tst_envwatcher.moc"
