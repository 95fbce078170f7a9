// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"
#include "tests/e2e/desk.h"
#include "ui/editor/editortab.h"
#include "ui/editor/sqleditor.h"
#include "ui/main/documentarea.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000; // milliseconds

} // namespace

/// Text that was typed is there again, whatever ended the program.
class TestNothingLost : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void killedProgram();
    void closedWindow();
    void otherProject();
    void noProject();
    void aFileAlone();
    void savedTextIsNotOfferedAgain();

private:
    [[nodiscard]] bool start(const app::Options &options = {});
    [[nodiscard]] bool open(const QString &folder);
    [[nodiscard]] QByteArrayList texts() const;
    [[nodiscard]] bool typeInto(const QString &text);

    std::unique_ptr<test::Home> m_home;
    test::Desk m_desk{QStringLiteral(SLUICE_PICTURES)};
    QString m_folder;
    std::unique_ptr<app::Application> m_app;
};

void TestNothingLost::init()
{
    m_home = std::make_unique<test::Home>();
    m_folder = m_home->makeProject(u"quay"_s, "# no address\n");
    QVERIFY(!m_folder.isEmpty());
}

void TestNothingLost::cleanup()
{
    m_app.reset();
}

bool TestNothingLost::start(const app::Options &options)
{
    m_app = std::make_unique<app::Application>(*qApp, options);
    m_app->start();
    return QTest::qWaitForWindowActive(&m_app->window());
}

bool TestNothingLost::open(const QString &folder)
{
    if (!m_app && !start())
        return false;
    QSignalSpy shown(m_app.get(), &app::Application::projectShown);
    m_app->openFolder(folder);
    // A worker that is quick has its answer taken before openFolder() returns.
    return (!shown.isEmpty() || shown.wait(patience))
           && QTest::qWaitForWindowActive(&m_app->window());
}

QByteArrayList TestNothingLost::texts() const
{
    QByteArrayList found;
    for (ui::Document *document : m_app->window().documents().documents()) {
        if (auto *editor = qobject_cast<ui::EditorTab *>(document))
            found << editor->editor()->bytes();
    }
    return found;
}

bool TestNothingLost::typeInto(const QString &text)
{
    if (!m_desk.press({u"ctrl+n"_s}))
        return false;
    const auto editor = [this] {
        return qobject_cast<ui::EditorTab *>(m_app->window().documents().current());
    };
    if (!QTest::qWaitFor([&] { return editor() && editor()->editor()->hasFocus(); }, patience))
        return false;
    return m_desk.type(text)
           && QTest::qWaitFor([&] { return editor()->editor()->bytes() == text.toUtf8(); },
                              patience);
}

void TestNothingLost::killedProgram()
{
    QProcess sluice;
    sluice.setProcessChannelMode(QProcess::ForwardedChannels);
    sluice.start(QStringLiteral(SLUICE_PROGRAM), {m_folder});
    QVERIFY(sluice.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(!m_desk.windowsTitled(u"quay — Sluice"_s).isEmpty(), patience);
    const QByteArray text = "select 'typed a second before the crash';";
    // The window is there before its keys are: what was not taken is pressed again.
    QTRY_VERIFY_WITH_TIMEOUT(
        m_desk.press({u"ctrl+n"_s}) && m_desk.type(QString::fromLatin1(text))
            && QTest::qWaitFor([&] { return !m_home->filesWith(text).isEmpty(); }, 4000),
        patience);
    QVERIFY(m_desk.picture(u"before-the-kill"_s));
    ::kill(pid_t(sluice.processId()), SIGKILL);
    QVERIFY(sluice.waitForFinished());
    QCOMPARE(sluice.exitStatus(), QProcess::CrashExit);

    QVERIFY(open(m_folder));
    QTRY_VERIFY_WITH_TIMEOUT(texts().contains(text), patience);
    QVERIFY(m_desk.picture(u"after-the-kill"_s));
    // The new run keeps it as the old one did.
    m_app.reset();
    QVERIFY(!m_home->filesWith(text).isEmpty());
    QVERIFY(open(m_folder));
    QTRY_COMPARE_WITH_TIMEOUT(texts(), QByteArrayList{text}, patience);
}

void TestNothingLost::closedWindow()
{
    QVERIFY(open(m_folder));
    QVERIFY(typeInto(u"select 'closed';"_s));
    QVERIFY(m_desk.press({u"ctrl+q"_s}));
    QTRY_VERIFY(!m_app->window().isVisible());
    m_app.reset();
    QVERIFY(open(m_folder));
    QTRY_COMPARE_WITH_TIMEOUT(texts(), QByteArrayList{"select 'closed';"}, patience);
}

void TestNothingLost::otherProject()
{
    const QString other = m_home->makeProject(u"pier"_s, "# nor here\n");
    QVERIFY(open(m_folder));
    QVERIFY(typeInto(u"select 'of the quay';"_s));
    QVERIFY(open(other));
    QTRY_COMPARE_WITH_TIMEOUT(texts(), QByteArrayList(), patience);
    QVERIFY(typeInto(u"select 'of the pier';"_s));
    QVERIFY(open(m_folder));
    QTRY_COMPARE_WITH_TIMEOUT(texts(), QByteArrayList{"select 'of the quay';"}, patience);
    QVERIFY(open(other));
    QTRY_COMPARE_WITH_TIMEOUT(texts(), QByteArrayList{"select 'of the pier';"}, patience);
}

void TestNothingLost::noProject()
{
    QVERIFY(start());
    QVERIFY(typeInto(u"select 'of no folder';"_s));
    m_app.reset();
    QVERIFY(start());
    QTRY_COMPARE_WITH_TIMEOUT(texts(), QByteArrayList{"select 'of no folder';"}, patience);
    // It comes along into a project, and is offered without one again.
    QVERIFY(open(m_folder));
    QCOMPARE(texts(), QByteArrayList{"select 'of no folder';"});
    m_app.reset();
    QVERIFY(start());
    QTRY_COMPARE_WITH_TIMEOUT(texts(), QByteArrayList{"select 'of no folder';"}, patience);
}

void TestNothingLost::aFileAlone()
{
    QFile file(m_folder + u"/deep.sql"_s);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("select 'a file';") > 0);
    file.close();
    QVERIFY(start(app::Options{.file = file.fileName()}));
    QTRY_COMPARE_WITH_TIMEOUT(texts(), QByteArrayList{"select 'a file';"}, patience);
    QTRY_COMPARE(m_app->window().windowTitle(), u"quay — Sluice"_s);
}

void TestNothingLost::savedTextIsNotOfferedAgain()
{
    QVERIFY(open(m_folder));
    QVERIFY(typeInto(u"select 'saved';"_s));
    auto *editor = qobject_cast<ui::EditorTab *>(m_app->window().documents().current());
    const QString file = m_folder + u"/kept.sql"_s;
    QVERIFY(editor->saveAs(file));
    m_app.reset();
    QCOMPARE(m_home->filesWith("select 'saved';"), QStringList{file});
    // Its tab comes back, with what the file holds.
    QVERIFY(open(m_folder));
    QTRY_COMPARE_WITH_TIMEOUT(texts(), QByteArrayList{"select 'saved';"}, patience);
    QVERIFY(!m_app->window().documents().documents().front()->isUnsaved());
}

QTEST_MAIN(TestNothingLost)
#include "tst_nothinglost.moc"
