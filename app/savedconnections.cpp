// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/savedconnections.h"

#include "core/base/worker.h"
#include "ui/common/button.h"
#include "ui/common/format.h"
#include "ui/main/mainwindow.h"
#include "ui/project/passwordsheet.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace app {

SavedConnections::SavedConnections(ui::MainWindow &window)
    : m_window(window)
    , m_keeper(&m_keychain)
{
    connect(&m_keeper, &core::SecretKeeper::asked, this, &SavedConnections::ask);
    connect(&m_keeper, &core::SecretKeeper::keepFailed, this, &SavedConnections::tell);
}

SavedConnections::~SavedConnections() = default;

void SavedConnections::tell(const core::Error &error)
{
    m_window.showMessage(ui::Meaning::Warning, error.message,
                         QStringList{error.place, error.advice}.join(u' ').trimmed());
}

void SavedConnections::reload()
{
    core::runOnWorker([] {
        return core::SavedConnectionStore().read();
    }).then(this, [this](const core::Result<core::SavedConnectionStore::Content> &content) {
        if (!content)
            return tell(content.error());
        for (const core::Error &problem : content->problems)
            tell(problem);
        m_all = content->connections;
        emit changed();
    });
}

const core::SavedConnection *SavedConnections::find(const QString &id) const
{
    const auto found = std::ranges::find(m_all, id, &core::SavedConnection::id);
    return found == m_all.end() ? nullptr : &*found;
}

void SavedConnections::edit(const QString &id, bool duplicate)
{
    core::SavedConnection connection;
    if (const core::SavedConnection *known = find(id))
        connection = *known;
    if (duplicate) {
        connection.id.clear();
        connection.name = tr("%1 (copy)").arg(connection.name);
    }
    core::runOnWorker([] {
        return core::sshAliases();
    }).then(this, [this, connection](const QStringList &aliases) {
        openSheet(connection, aliases);
    });
}

void SavedConnections::openSheet(const core::SavedConnection &connection,
                                 const QStringList &aliases)
{
    if (m_sheet)
        return;
    m_sheet = new ui::ConnectionSheet(&m_window, connection, aliases, m_folder);
    const core::ConnectionTest plan(connection, nullptr, {});
    m_sheet->setSteps(plan.steps(), false);
    connect(m_sheet, &ui::ConnectionSheet::testWanted, this, &SavedConnections::test);
    connect(m_sheet, &ui::ConnectionSheet::testStopWanted, this, [this] {
        if (m_test)
            m_test->cancel();
    });
    connect(m_sheet, &ui::ConnectionSheet::saveWanted, this, &SavedConnections::save);
    connect(m_sheet, &ui::Sheet::finished, this, [this] {
        if (m_test)
            m_test->cancel();
    });
    m_sheet->open();
}

void SavedConnections::test(const ui::ConnectionDraft &draft)
{
    if (m_test) {
        m_test->disconnect(this);
        m_test.release()->deleteLater();
    }
    m_test = std::make_unique<core::ConnectionTest>(draft.connection, &m_keeper, core::SshSetup{});
    if (draft.password)
        m_test->setPassword(*draft.password);
    else if (draft.connection.id.isEmpty()) // not kept yet: the form is the place to type it
        m_test->setPassword({});
    connect(m_test.get(), &core::ConnectionTest::stepChanged, this, &SavedConnections::showSteps);
    connect(m_test.get(), &core::ConnectionTest::finished, this, &SavedConnections::showSteps);
    m_test->start();
    showSteps();
}

void SavedConnections::showSteps()
{
    if (m_sheet && m_test)
        m_sheet->setSteps(m_test->steps(), m_test->isRunning(),
                          m_test->isRunning() ? std::nullopt : m_test->decodedPassword());
}

void SavedConnections::save(const ui::ConnectionDraft &draft, bool connectAfterwards)
{
    core::runOnWorker(
        [connection = draft.connection] { return core::SavedConnectionStore().save(connection); })
        .then(this,
              [this, draft, connectAfterwards](const core::Result<core::SavedConnection> &kept) {
                  if (kept)
                      return saved(*kept, draft, connectAfterwards);
                  if (m_sheet)
                      m_sheet->showProblem(kept.error());
              });
}

void SavedConnections::saved(const core::SavedConnection &connection,
                             const ui::ConnectionDraft &draft, bool connectAfterwards)
{
    if (m_sheet)
        m_sheet->accept();
    if (draft.password)
        m_keeper.remember(connection.id, *draft.password);
    const auto same = std::ranges::find(m_all, connection.id, &core::SavedConnection::id);
    if (same != m_all.end())
        *same = connection;
    else
        m_all.push_back(connection);
    emit changed();
    if (connectAfterwards)
        emit openWanted(connection.id);
    if (!draft.password || connection.secret != core::SecretPlace::Keychain)
        return;
    m_keychain.write(connection.id, *draft.password)
        .then(this, [this](const core::Result<> &written) {
            if (!written)
                tell(written.error());
        });
}

void SavedConnections::askRemove(const QString &id)
{
    const core::SavedConnection *connection = find(id);
    if (!connection)
        return;
    auto *sheet = new ui::Sheet(&m_window, ui::Sheet::Width::Small);
    sheet->setObjectName(u"removeConnectionSheet"_s);
    sheet->setIconName(u"delete"_s, ui::Ink::Danger);
    sheet->setTitle(tr("Delete the saved connection “%1”?").arg(ui::isolated(connection->name)));
    sheet->setSubtitle(tr("Its password leaves the keychain too. The database itself stays."));
    sheet->cancelButton()->setObjectName(u"removeConnectionSheet.cancel"_s);
    sheet->addDanger(tr("Delete the connection"))->setObjectName(u"removeConnectionSheet.delete"_s);
    connect(sheet, &ui::Sheet::accepted, this, [this, id] { remove(id); });
    sheet->open();
}

void SavedConnections::remove(const QString &id)
{
    core::runOnWorker([id] {
        return core::SavedConnectionStore().remove(id);
    }).then(this, [this, id](const core::Result<> &removed) {
        if (!removed)
            return tell(removed.error());
        m_keeper.forget(id);
        std::erase_if(m_all, [&id](const auto &one) { return one.id == id; });
        emit changed();
    });
}

void SavedConnections::ask(const core::SecretQuestion &question)
{
    ui::Sheet *sheet = ui::makePasswordSheet(
        &m_window, question, [this, number = question.number](const QString &password, bool keep) {
            m_keeper.answer(number, password, keep);
        });
    connect(sheet, &ui::Sheet::rejected, this,
            [this, number = question.number] { m_keeper.decline(number); });
    connect(&m_keeper, &core::SecretKeeper::settled, sheet,
            [sheet, number = question.number](quint64 settled) {
                if (settled == number)
                    sheet->reject(); // nothing where it is closed already
            });
    sheet->open();
}

} // namespace app
