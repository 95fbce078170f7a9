// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/transactionquestions.h"

#include "ui/common/button.h"
#include "ui/common/document.h"
#include "ui/common/factline.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/popover.h"
#include "ui/common/sheet.h"
#include "ui/editor/transactions.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QPointer>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString tr(const char *text, int n = -1)
{
    return QCoreApplication::translate("ui::TransactionQuestions", text, nullptr, n);
}

bool isFailed(const core::HeldState &held)
{
    return held.transaction == core::HeldState::Transaction::Failed;
}

void addFacts(QWidget *parent, QBoxLayout *column, const Transactions &transactions,
              const core::OpenDatabase &database)
{
    const core::HeldState held = transactions.held(&database);
    const QString since = QLocale().toString(held.since.toLocalTime().time(), u"HH:mm:ss"_s);
    column->addWidget(new FactLine(
        u"writing"_s, tr("%n statements since %1", held.statements).arg(since),
        isFailed(held) ? tr("One of them failed: the server takes nothing but a roll back.")
                       : tr("Others see nothing of it before it is committed."),
        parent));
    if (const QStringList tables = transactions.lockedTables(&database); !tables.isEmpty())
        column->addWidget(new FactLine(u"read-only"_s, tr("Holds locks"),
                                       isolated(tables.join(u", "_s)), parent));
    core::HeldState rest = held;
    rest.transaction = core::HeldState::Transaction::None;
    if (const QStringList words = core::heldWords(rest); !words.isEmpty())
        column->addWidget(
            new FactLine(u"info"_s, tr("Also in the session"), words.join(u", "_s), parent));
}

} // namespace

Popover *makeTransactionPopover(QWidget *anchor, Transactions &transactions,
                                core::OpenDatabase &database, bool mayCommit,
                                const std::function<void(Document *)> &show)
{
    auto *popover = new Popover(anchor, 380);
    popover->setObjectName(u"transactionPopover"_s);
    popover->setAccessibleName(tr("Transaction"));
    const core::HeldState held = transactions.held(&database);
    QBoxLayout *column = popover->content();
    if (!held.inTransaction()) {
        column->addWidget(headingLabel(tr("No transaction is open"), popover));
        auto *why = new TextLabel(
            tr("Every run is a transaction of its own. With writing on, BEGIN opens one that stays "
               "until COMMIT or ROLLBACK."),
            TextRole::Body, Ink::Text2, popover);
        why->makeParagraph();
        column->addWidget(why);
        return popover;
    }
    column->addWidget(headingLabel(
        isFailed(held) ? tr("The transaction has failed") : tr("A transaction is open"), popover));
    addFacts(popover, column, transactions, database);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    if (Document *tab = transactions.owner(&database)) {
        auto *go =
            new Button(tr("Show %1").arg(isolated(tab->title())), Button::Kind::Link, popover);
        go->setObjectName(u"transactionPopover.show"_s);
        QObject::connect(go, &QAbstractButton::clicked, popover,
                         [popover, show, tab = QPointer(tab)] {
                             popover->dismiss();
                             if (tab)
                                 show(tab);
                         });
        buttons->addWidget(go);
    }
    buttons->addStretch();
    const auto add = [&](const QString &text, const QString &name, bool commit) {
        auto *button = new Button(text, Button::Kind::Plain, popover);
        button->setObjectName(name);
        QObject::connect(button, &QAbstractButton::clicked, popover,
                         [popover, &transactions, commit, database = QPointer(&database)] {
                             popover->dismiss();
                             if (database)
                                 transactions.end(*database, commit);
                         });
        buttons->addWidget(button);
        return button;
    };
    add(tr("Roll back"), u"transactionPopover.rollback"_s, false);
    Button *commit = add(tr("Commit"), u"transactionPopover.commit"_s, true);
    commit->setEnabled(mayCommit && !isFailed(held));
    if (!mayCommit)
        commit->setToolTip(tr("Writing is off: turn it on to commit."));
    column->addLayout(buttons);
    return popover;
}

void askTransaction(QWidget *window, Transactions &transactions, core::OpenDatabase &database,
                    bool mayCommit, const QString &title, std::function<void()> go)
{
    const core::HeldState held = transactions.held(&database);
    if (!held.inTransaction())
        return go();
    auto *sheet = new Sheet(window, Sheet::Width::Small);
    sheet->setObjectName(u"transactionSheet"_s);
    sheet->setIconName(u"writing"_s, Ink::Warning);
    sheet->setTitle(title);
    sheet->setSubtitle(tr("A transaction is open in %1. What is not committed is rolled back by "
                          "the server when the connection ends.")
                           .arg(isolated(database.name())));
    auto *facts = new QWidget(sheet);
    auto *column = new QVBoxLayout(facts);
    column->setContentsMargins(0, 0, 0, 0);
    addFacts(facts, column, transactions, database);
    sheet->content()->addWidget(facts);
    sheet->cancelButton()->setText(tr("Keep it open"));
    const auto end = [window, &transactions, database = QPointer(&database), go](bool commit) {
        if (!database)
            return;
        auto *waiting = new QObject(&transactions);
        QObject::connect(&transactions, &Transactions::finished, waiting,
                         [window, waiting, database, go](core::OpenDatabase *ended, bool committing,
                                                         const core::Result<> &outcome) {
                             if (ended != database)
                                 return;
                             waiting->deleteLater();
                             waiting->disconnect();
                             // A connection that is gone has rolled back by itself.
                             // Not from inside the request's own signal: `go` may end its session.
                             if (outcome || !committing)
                                 QTimer::singleShot(0, window, go);
                         });
        transactions.end(*database, commit);
    };
    Button *rollBack = sheet->addButton(tr("Roll back"));
    rollBack->setObjectName(u"transactionSheet.rollback"_s);
    QObject::connect(rollBack, &QAbstractButton::clicked, sheet, [sheet, end] {
        sheet->reject();
        end(false);
    });
    Button *commit = sheet->addPrimary(tr("Commit"));
    commit->setObjectName(u"transactionSheet.commit"_s);
    commit->setEnabled(mayCommit && !isFailed(held));
    QObject::connect(sheet, &Sheet::accepted, sheet, [end] { end(true); });
    sheet->open();
}

} // namespace ui
