// SPDX-License-Identifier: GPL-3.0-or-later
// Runs that may write: how they run, what is asked before, and what stays open after.
#include "ui/editor/editortab.h"

#include "core/base/worker.h"
#include "ui/common/button.h"
#include "ui/common/chip.h"
#include "ui/common/fonts.h"
#include "ui/common/note.h"
#include "ui/common/viewbar.h"
#include "ui/editor/sqleditor.h"
#include "ui/editor/transactions.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

void EditorTab::setWriting(core::WriteSwitch &writes, Transactions &transactions)
{
    m_writes = &writes;
    m_transactions = &transactions;
    connect(&transactions, &Transactions::changed, this, &EditorTab::showTransaction);
    connect(&writes, &core::WriteSwitch::changed, this, &EditorTab::showRunning);
    showTransaction();
}

bool EditorTab::ownsTransaction() const
{
    return m_transactions && m_database && m_transactions->owner(m_database) == this;
}

void EditorTab::showTransaction()
{
    const bool open =
        m_transactions && m_database && m_transactions->held(m_database).inTransaction();
    m_transaction->setVisible(open);
    if (!open)
        return;
    const TransactionWords words = m_transactions->words(m_database, this);
    // Beside the Run button and two that give up their words.
    const int room = m_bar->width() - m_runButton->fullWidth() - grown(120);
    const bool fits =
        words.shortWord.isEmpty() || Chip::widthFor(words.iconName, words.word) <= room;
    m_transaction->setState(words.meaning, words.iconName, fits ? words.word : words.shortWord);
    m_transaction->setToolTip(fits ? words.tip : words.word + u'\n' + words.tip);
}

void EditorTab::say(Meaning meaning, const QString &sentence, const QString &second)
{
    m_note->setMeaning(meaning);
    m_note->setSentence(sentence);
    m_note->setSecond(second);
    m_note->clearButtons();
    m_note->show();
}

void EditorTab::say(const core::Error &error)
{
    say(Meaning::Danger, error.message,
        QStringList{error.place, error.advice}.join(u' ').trimmed());
}

/// The grammar takes 0.1 ms a statement, so a long script is read on a worker.
void EditorTab::planParts(const std::vector<core::SqlPart> &parts, const core::WritePermit &permit)
{
    struct Planned {
        core::Result<core::WritePlan> plan;
        GuardSheet::Question question;
    };
    const QByteArray text = m_editor->bytes();
    const core::TransactionNumber open =
        ownsTransaction() ? m_transactions->held(m_database).number : core::TransactionNumber::None;
    m_planning = ++m_plans;
    showRunning();
    core::runOnWorker([text, parts, open] {
        std::vector<QByteArray> statements;
        GuardSheet::Question question;
        for (const core::SqlPart &part : parts) {
            statements.push_back(part.of(text).toByteArray());
            if (auto rows = core::affectedBy(statements.back())) {
                question.affected.push_back(std::move(*rows));
                question.places.push_back(statements.size() - 1);
            }
        }
        core::Result<core::WritePlan> plan = open == core::TransactionNumber::None
                                                 ? core::planWriting(statements)
                                                 : core::planInTransaction(statements, open);
        return Planned{std::move(plan), std::move(question)};
    }).then(this, [this, parts, permit, text, number = m_planning](const Planned &planned) {
        if (number != m_planning)
            return;
        m_planning = 0;
        showRunning();
        takePlan(parts, permit, planned.plan, planned.question, text);
    });
}

void EditorTab::takePlan(const std::vector<core::SqlPart> &parts, const core::WritePermit &permit,
                         const core::Result<core::WritePlan> &plan, GuardSheet::Question question,
                         const QByteArray &text)
{
    if (!m_database || isRunning())
        return;
    if (!plan)
        return say(plan.error());
    // What only reads keeps the frame that proves it, unless it belongs to an open transaction.
    const bool reads =
        std::ranges::all_of(plan->spec.statements, [](const core::Statement &statement) {
            return statement.effect == core::Effect::Reads;
        });
    if (reads && plan->spec.frame == core::Frame::Writing)
        return startRun(new QueryRun(*m_database, text, parts, this));
    const auto start = [this, parts, permit, text](const core::WritePlan &agreed) {
        if (m_database && !isRunning())
            startRun(new QueryRun(*m_database, text, parts, {agreed, permit}, this));
    };
    question.plan = *plan;
    if (!GuardSheet::isNeeded(question, m_database->exposure().exposure))
        return start(*plan);
    if (plan->spec.transaction != core::TransactionNumber::None
        && m_transactions->held(m_database).statements > 0)
        question.insideBy = permit;
    auto *sheet = new GuardSheet(this, *m_database, std::move(question));
    connect(sheet, &Sheet::accepted, this, [start, sheet] { start(sheet->plan()); });
    sheet->open();
}

} // namespace ui
