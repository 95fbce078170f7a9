// SPDX-License-Identifier: GPL-3.0-or-later
// Which pooler answers: asking it, and where what is known of it shows.
#include "ui/main/mainwindow.h"

#include "ui/common/format.h"
#include "ui/doctor/doctorpane.h"
#include "ui/doctor/doctortab.h"
#include "ui/main/actions.h"
#include "ui/main/documentarea.h"
#include "ui/main/endpointpopover.h"
#include "ui/main/messagespanel.h"
#include "ui/main/paneldocks.h"
#include "ui/main/poolersearch.h"
#include "ui/main/statusstrip.h"
#include "ui/project/projectdock.h"
#include "ui/project/projecttab.h"

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString placeText(const core::Endpoint &endpoint)
{
    return isolated(u"%1:%2"_s.arg(endpoint.info.host(), QString::number(endpoint.info.port())));
}

} // namespace

void MainWindow::connectPoolers()
{
    on("database.pooler", [this] {
        if (!m_current)
            return;
        const core::Database &known = m_current->database();
        for (const auto *endpoint :
             {&known.direct, &known.pooled, &m_current->connections().findings().misnamed}) {
            if (*endpoint)
                m_poolers->ask(*m_current, **endpoint);
        }
        endpointExplanation();
    });
    connect(m_projectDock, &ProjectDock::poolerWanted, this, &MainWindow::askPooler);
    connect(m_poolers, &PoolerSearch::found, this,
            [this](const core::OpenDatabase *database, const core::Endpoint &endpoint,
                   const core::PoolerFinding &finding) {
                const bool none = finding.kind == core::PoolerKind::None;
                const QString sentence =
                    none ? tr("%1: no pooler was seen at %2.")
                               .arg(isolated(database->name()), placeText(endpoint))
                         : tr("%1: %2 answers at %3.")
                               .arg(isolated(database->name()), core::poolerText(finding),
                                    placeText(endpoint));
                showMessage(Meaning::Info, sentence,
                            QStringList{finding.evidence, core::poolerConsequence(finding)}
                                .join(u' ')
                                .trimmed());
            });
    connect(m_poolers, &PoolerSearch::failed, this,
            [this](const core::OpenDatabase *, const core::Endpoint &, const core::Error &error) {
                m_panels->messages().addError(error, tr("Finding out which pooler answers"), false);
            });
    connect(m_poolers, &PoolerSearch::shown, this,
            [this](const core::OpenDatabase *database, const core::Endpoint &endpoint) {
                const core::PoolerFinding *finding =
                    database->connections().findings().of(endpoint);
                showMessage(Meaning::Warning,
                            tr("%1: a pooler answers at %2, which was used as if it were the "
                               "server.")
                                .arg(isolated(database->name()), placeText(endpoint)),
                            finding ? finding->evidence + u' ' + core::poolerConsequence(*finding)
                                    : endpoint.reason);
            });
    connect(m_poolers, &PoolerSearch::learnt, this, &MainWindow::showPoolers);
}

/// At one endpoint, as the folder has it.
void MainWindow::askPooler(const QString &name, core::EndpointRole role)
{
    if (!m_project)
        return;
    setCurrentDatabase(name);
    if (!m_current || m_current->name() != name)
        return askTrust();
    for (const core::Database &database : m_project->databases.databases) {
        const auto &endpoint =
            role == core::EndpointRole::Pooled ? database.pooled : database.direct;
        if (database.name == name && endpoint)
            m_poolers->ask(*m_current, *endpoint);
    }
    endpointExplanation();
}

PoolersOfDatabases MainWindow::poolers() const
{
    PoolersOfDatabases all;
    if (!m_project)
        return all;
    for (const core::OpenDatabase *database : m_project->open)
        all.insert_or_assign(database->name(), database->connections().findings());
    return all;
}

void MainWindow::showPoolers(const core::OpenDatabase *database)
{
    m_projectDock->setPoolers(database->name(), database->connections().findings());
    fillOverview();
    for (Document *document : m_documents->documents()) {
        auto *tab = qobject_cast<DoctorTab *>(document);
        if (!tab || tab->database() != database)
            continue;
        core::CheckupSpec spec = checkupSpec();
        spec.only = database->name();
        tab->doctor().setSpec(spec);
    }
}

} // namespace ui
