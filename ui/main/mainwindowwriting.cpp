// SPDX-License-Identifier: GPL-3.0-or-later
// Writing: the switch and where it shows, what runs said, open transactions, broken connections.
#include "ui/main/mainwindow.h"

#include "ui/common/button.h"
#include "ui/common/factline.h"
#include "ui/common/format.h"
#include "ui/common/popover.h"
#include "ui/editor/editortab.h"
#include "ui/editor/transactionquestions.h"
#include "ui/editor/transactions.h"
#include "ui/main/actions.h"
#include "ui/main/documentarea.h"
#include "ui/main/headerbar.h"
#include "ui/main/messagespanel.h"
#include "ui/main/paneldocks.h"
#include "ui/main/productionband.h"
#include "ui/main/sessionnotes.h"
#include "ui/main/statusstrip.h"
#include "ui/main/writecontrol.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// "UPDATE 3" changed three rows; "CREATE TABLE" says nothing of rows.
QString tagWords(const core::StatementSummary &summary, bool hasRows)
{
    const QList<QByteArray> parts = summary.commandTag.split(' ');
    bool isNumber = false;
    const qint64 rows = parts.back().toLongLong(&isNumber);
    const QString verb = QString::fromUtf8(summary.commandTag);
    if (hasRows || !isNumber)
        return hasRows ? MainWindow::tr("%1, %2").arg(QString::fromUtf8(parts.front()),
                                                      formatRows(summary.rows))
                       : verb;
    return MainWindow::tr("%1, %2").arg(QString::fromUtf8(parts.front()), formatRows(rows));
}

} // namespace

void MainWindow::connectWriting()
{
    on("database.write", [this] { m_writes->toggle(); });
    on("database.commit", [this] {
        if (m_current)
            m_transactions->end(*m_current, true);
    });
    on("database.rollback", [this] {
        if (m_current)
            m_transactions->end(*m_current, false);
    });
    m_writes->setBeforeOff([this](core::OpenDatabase &database, std::function<void()> go) {
        askTransaction(this, *m_transactions, database, true,
                       tr("What becomes of the open transaction before writing is off?"),
                       std::move(go));
    });
    connect(m_writes, &WriteControl::changed, this, &MainWindow::showWriting);
    connect(m_writes, &WriteControl::announced, this, &MainWindow::showMessage);
    connect(m_band, &ProductionBand::readOnlyWanted, m_writes, &WriteControl::turnOff);
    connect(m_status, &StatusStrip::modeExplanationWanted, this, &MainWindow::modeExplanation);
    connect(m_status, &StatusStrip::transactionExplanationWanted, this, [this] {
        if (!m_current)
            return;
        m_transactions->askLocks(*m_current);
        makeTransactionPopover(m_status->transactionPlace(), *m_transactions, *m_current,
                               m_writes->isWriting(),
                               [this](Document *tab) { m_documents->makeCurrent(tab); })
            ->open();
    });
    connect(m_transactions, &Transactions::changed, this, &MainWindow::showTransaction);
    connect(m_transactions, &Transactions::finished, this, &MainWindow::transactionEnded);
    connect(
        m_transactions, &Transactions::lost, this,
        [this](core::OpenDatabase *database, const core::HeldState &state,
               const core::Error &error) { m_sessionNotes->showLost(*database, state, error); });
    connect(m_sessionNotes, &SessionNotes::announced, this, &MainWindow::showMessage);
}

void MainWindow::showWriting()
{
    const bool writing = m_writes->isWriting();
    m_header->setWriting(writing);
    m_band->setWriting(writing, m_writes->until());
    m_status->setWriting(writing);
    m_actions->action(u"database.write"_s)->setChecked(writing);
    m_actions->action(u"database.write"_s)->setEnabled(m_current);
    showTransaction();
}

void MainWindow::showTransaction()
{
    m_status->setTransaction(m_transactions->words(m_current, m_documents->current()));
    const core::HeldState held = m_transactions->held(m_current);
    m_actions->action(u"database.rollback"_s)->setEnabled(held.inTransaction());
    m_actions->action(u"database.commit"_s)
        ->setEnabled(held.transaction == core::HeldState::Transaction::Open
                     && m_writes->isWriting());
}

void MainWindow::modeExplanation()
{
    if (!m_current)
        return;
    auto *popover = new Popover(m_status->modePlace(), 380);
    popover->setObjectName(u"modePopover"_s);
    const bool writing = m_writes->isWriting();
    popover->setAccessibleName(writing ? tr("Writing is on") : tr("Read-only"));
    const auto end = m_writes->until();
    auto *fact = new FactLine(
        writing ? u"writing"_s : u"read-only"_s,
        !writing ? tr("%1 is read-only").arg(isolated(m_current->name()))
        : end    ? tr("Writing to %1 is on until %2")
                    .arg(isolated(m_current->name()), QLocale().toString(*end, u"HH:mm"_s))
              : tr("Writing to %1 is on").arg(isolated(m_current->name())),
        writing ? tr("Statements that change something are committed. Grids stay read-only.")
                : tr("Every statement runs in a read-only transaction that is rolled back."),
        popover);
    popover->content()->addWidget(fact);
    if (m_current->serverInfo().superuser) {
        popover->content()->addWidget(
            new FactLine(u"superuser"_s,
                         tr("%1 is a superuser: read-only cannot stop everything.")
                             .arg(isolated(m_current->database().any().info.user())),
                         tr("COPY TO PROGRAM, dblink and file functions act outside of the "
                            "transaction."),
                         popover));
    }
    if (writing) {
        auto *back =
            new Button(u"read-only"_s, tr("Back to read-only"), Button::Kind::Plain, popover);
        back->setObjectName(u"modePopover.readOnly"_s);
        connect(back, &QAbstractButton::clicked, this, [this, popover] {
            popover->dismiss();
            m_writes->turnOff();
        });
        popover->content()->addWidget(back, 0, Qt::AlignTrailing);
    }
    popover->open();
}

void MainWindow::statementSaid(const QueryRun &run, int result)
{
    const QueryRun::Result &one = run.results()[std::size_t(result)];
    const QString duration = formatDuration(one.summary.total);
    const core::WritePlan *plan = run.plan();
    const QString frame = !plan ? tr("Read-only frame, rolled back. %1.").arg(duration)
                          : plan->spec.frame == core::Frame::Writing
                              ? tr("In one transaction, committed at its end. %1.").arg(duration)
                          : one.summary.inTransaction
                              ? tr("In the open transaction. %1.").arg(duration)
                          : one.summary.commandTag == "COMMIT"
                              ? tr("The transaction was committed. %1.").arg(duration)
                          : one.summary.commandTag == "ROLLBACK"
                              ? tr("The transaction was rolled back. %1.").arg(duration)
                              : tr("Took effect by itself. %1.").arg(duration);
    m_panels->messages().addNote(Meaning::Ok, u"ok"_s, tagWords(one.summary, one.rows != nullptr),
                                 frame);
}

/// What became of a run that wrote.
void MainWindow::runWrote(QueryRun &run)
{
    const core::WritePlan &plan = *run.plan();
    const auto &failure = run.failure();
    if (failure) {
        if (failure->error.kind == core::ErrorKind::Unknown)
            m_sessionNotes->addUnknown(run.database(), failure->error,
                                       QString::fromUtf8(run.sentText()));
        else if (plan.spec.frame == core::Frame::Writing && !run.wasCancelled())
            m_panels->messages().addNote(Meaning::Info, u"undo"_s,
                                         tr("Rolled back: nothing of this run was kept."));
        return;
    }
    const core::Summary &summary = run.summary();
    if (summary.committed) {
        showMessage(Meaning::Ok,
                    tr("Committed: %n statements.", nullptr, int(summary.statements.size())),
                    summary.transactionId.isEmpty()
                        ? tr("Nothing was changed by them.")
                        : tr("Transaction %1.").arg(QString::fromLatin1(summary.transactionId)));
    }
    if (plan.purpose == core::Purpose::SchemaChange || plan.spec.frame == core::Frame::Plain)
        run.database().loadCatalog();
    else
        run.database().checkCatalog(true); // a function may have changed it
}

void MainWindow::transactionEnded(core::OpenDatabase *database, bool commit,
                                  const core::Result<> &outcome)
{
    if (outcome && commit)
        database->checkCatalog(true);
    if (outcome)
        return showMessage(Meaning::Ok, commit ? tr("The transaction was committed.")
                                               : tr("The transaction was rolled back."));
    if (outcome.error().kind == core::ErrorKind::Unknown)
        return m_sessionNotes->addUnknown(*database, outcome.error(), u"COMMIT"_s);
    m_panels->messages().addError(outcome.error(), {}, false);
    PanelDocks::bring(m_panels->messagesDock());
}

/// Asks about the open transaction of each database, one after the other.
void MainWindow::askTransactions(const QString &title, std::function<void()> go)
{
    if (m_project) {
        for (core::OpenDatabase *database : m_project->open) {
            if (!m_transactions->held(database).inTransaction())
                continue;
            return askTransaction(this, *m_transactions, *database, m_writes->isWriting(), title,
                                  [this, title, go] { askTransactions(title, go); });
        }
    }
    go();
}

} // namespace ui
