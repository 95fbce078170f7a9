// SPDX-License-Identifier: GPL-3.0-or-later
// Activity, the doctor, and the words below an error that say what to do.
#include "ui/main/mainwindow.h"

#include "core/base/worker.h"
#include "core/doctor/explainer.h"
#include "ui/common/sheet.h"
#include "ui/doctor/doctortab.h"
#include "ui/doctor/linesheet.h"
#include "ui/main/actions.h"
#include "ui/main/documentarea.h"
#include "ui/main/messagespanel.h"
#include "ui/main/paneldocks.h"
#include "ui/schema/schemadock.h"

using namespace Qt::StringLiterals;

namespace ui {

core::CheckupSpec MainWindow::checkupSpec() const
{
    core::CheckupSpec spec;
    if (!m_project)
        return spec;
    spec.project = m_project->project;
    spec.databases = m_project->databases;
    spec.token = m_project->question.token;
    spec.poolers = poolers();
    return spec;
}

/// The tab of the current database; null where nothing is connected to.
DoctorTab *MainWindow::openDoctor()
{
    if (!m_current || !m_project)
        return nullptr;
    for (Document *document : m_documents->documents()) {
        auto *tab = qobject_cast<DoctorTab *>(document);
        if (!tab || tab->database() != m_current)
            continue;
        m_documents->makeCurrent(tab);
        tab->setFocus();
        return tab;
    }
    auto *tab = new DoctorTab(*m_current, checkupSpec(), m_documents);
    connectDocument(tab);
    connect(tab, &DoctorTab::actionWanted, this,
            [this](const QString &action) { m_actions->action(action)->trigger(); });
    connect(tab, &DoctorTab::changeWanted, this, &MainWindow::changeLine);
    connect(tab, &DoctorTab::signalled, this,
            [this](const QString &sentence, const core::Result<> &outcome) {
                if (outcome)
                    return showMessage(Meaning::Ok, sentence);
                m_panels->messages().addError(outcome.error(), QString(), false);
                PanelDocks::bring(m_panels->messagesDock());
            });
    m_documents->showPage(nullptr);
    m_documents->add(tab);
    tab->setFocus();
    return tab;
}

/// A line of an env file, as the doctor would have it; nothing is written before it was agreed to.
void MainWindow::changeLine(const core::Fix &fix)
{
    if (!m_project)
        return;
    const auto refuse = [this](const core::Error &error) {
        m_panels->messages().addError(error, QString(), false);
        PanelDocks::bring(m_panels->messagesDock());
    };
    core::runOnWorker([folder = m_project->project.folder, change = *fix.change] {
        return core::planAddressParameter(folder, change);
    }).then(this, [this, fix, refuse](const core::Result<core::EnvFileEdit> &plan) {
        if (!plan)
            return refuse(plan.error());
        Sheet *sheet = makeLineSheet(this, fix);
        connect(sheet, &Sheet::accepted, this, [this, fix, refuse, edit = *plan] {
            core::runOnWorker([edit] {
                return core::applyEnvFileEdit(edit);
            }).then(this, [this, fix, refuse](const core::Result<> &written) {
                if (!written)
                    return refuse(written.error());
                showMessage(Meaning::Ok, tr("%1 was changed.").arg(fix.change->source.text()),
                            tr("%1=%2 is set.").arg(fix.change->key, fix.change->value));
            });
        });
        sheet->open();
    });
}

void MainWindow::connectDoctorActions()
{
    on("database.activity", [this] { openDoctor(); });
    on("database.doctor", [this] {
        if (DoctorTab *tab = openDoctor())
            tab->check();
    });
    connect(m_schemaDock, &SchemaDock::explainWanted, this, [this] {
        if (m_current && m_current->catalogError())
            showExplanation(m_current, *m_current->catalogError());
    });
    connect(&m_panels->messages(), &MessagesPanel::explainWanted, this,
            [this](const core::Explanation &explanation) {
                if (DoctorTab *tab = openDoctor())
                    tab->showExplanation(explanation);
            });
}

/// In the doctor's side of the database's tab; without a rule for it, in the server's own words.
void MainWindow::showExplanation(core::OpenDatabase *database, const core::Error &error)
{
    if (!database)
        return;
    if (database != m_current)
        setCurrentDatabase(database->name());
    core::FailureContext context;
    if (m_project)
        context.open = m_project->open;
    const auto told = core::explainNow(*database, error, context);
    DoctorTab *tab = openDoctor();
    if (!tab)
        return;
    core::Explanation words{
        .id = error.id,
        .title = error.message,
        .where = error.place,
        .fixes = {{.sentence = error.advice.isEmpty() ? tr("Try it again.") : error.advice}}};
    tab->showExplanation(told.value_or(words));
}

/// Below the message once it is known: the folder's files may have to be read for it.
void MainWindow::explainFailure(int message, core::OpenDatabase *database, const core::Error &error,
                                const QString &place)
{
    if (!database || !m_project)
        return;
    core::FailureContext context;
    context.folder = m_project->project.folder;
    context.sqlFiles = m_project->sqlFiles;
    context.open = m_project->open;
    context.statementPlace = place;
    core::explainLater(*database, error, context)
        .then(this, [this, message](const std::optional<core::Explanation> &told) {
            if (told)
                m_panels->messages().addExplanation(message, *told);
        });
}

} // namespace ui
