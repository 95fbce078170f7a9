// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/writeplan.h"

#include "core/sql/classify.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(core::WritePlan)
};

Effect effectOf(const WriteFacts &facts)
{
    if (facts.commits)
        return Effect::Commits;
    return facts.onlyReads ? Effect::Reads : Effect::Changes;
}

void add(WritePlan &plan, const QByteArray &sql, const WriteFacts &facts)
{
    plan.spec.statements.push_back(
        {.sql = sql, .effect = effectOf(facts), .settings = facts.settings});
    plan.hazards.insert(plan.hazards.end(), facts.hazards.begin(), facts.hazards.end());
}

} // namespace

bool WritePlan::asks() const
{
    return std::ranges::any_of(hazards, &Hazard::asks);
}

Result<WritePlan> planWriting(const std::vector<QByteArray> &statements)
{
    if (statements.empty())
        return failure(ErrorKind::Usage, "query.empty"_ba,
                       Text::tr("There is no statement to run."));
    WritePlan plan;
    plan.spec.frame = Frame::Writing;
    for (const QByteArray &sql : statements) {
        const WriteFacts facts = writeFacts(sql);
        if (facts.refusesBlock && statements.size() > 1) {
            return failure(ErrorKind::Usage, "write.alone"_ba,
                           Text::tr("%1 runs outside of a transaction and must be run alone.")
                               .arg(QString::fromUtf8(facts.name)),
                           {}, Text::tr("Run the statements before and after it on their own."));
        }
        if (facts.refusesBlock || facts.keepsState) {
            plan.spec.frame = Frame::Plain;
            plan.purpose = Purpose::SessionState;
            if (plan.plainFor.isEmpty())
                plan.plainFor = facts.name;
        } else if (facts.isDdl && plan.spec.frame == Frame::Writing) {
            plan.purpose = Purpose::SchemaChange;
        }
        add(plan, sql, facts);
    }
    return plan;
}

WritePlan planInTransaction(const std::vector<QByteArray> &statements,
                            TransactionNumber transaction)
{
    WritePlan plan;
    plan.purpose = Purpose::SessionState;
    plan.spec.frame = Frame::Plain;
    plan.spec.transaction = transaction;
    for (const QByteArray &sql : statements)
        add(plan, sql, writeFacts(sql));
    return plan;
}

Result<> expectRows(WritePlan &plan, const std::vector<qint64> &numbers)
{
    std::vector<Statement *> changing;
    for (Statement &statement : plan.spec.statements) {
        if (writeFacts(statement.sql).tellsChangedRows)
            changing.push_back(&statement);
    }
    if (changing.size() != numbers.size()) {
        return failure(ErrorKind::Usage, "write.expectedRows"_ba,
                       Text::tr("%1 numbers of rows are expected, and %2 statements are an INSERT, "
                                "UPDATE, DELETE or MERGE.",
                                nullptr, int(numbers.size()))
                           .arg(numbers.size())
                           .arg(changing.size()),
                       {}, Text::tr("Nothing was run. Give one number for each of them."));
    }
    for (std::size_t i = 0; i < numbers.size(); ++i)
        changing[i]->expectedRows = numbers[i];
    return {};
}

std::optional<Error> pooledRefusal(const WritePlan &plan)
{
    for (const Statement &statement : plan.spec.statements) {
        if (const Refusal refusal = pooledRefusal(classify(statement.sql)))
            return refusal;
    }
    if (plan.spec.frame != Frame::Plain)
        return {};
    return failure(ErrorKind::Usage, "pooled.needsDirect"_ba,
                   Text::tr("%1 needs the direct endpoint.").arg(QString::fromUtf8(plan.plainFor)),
                   Text::tr("A pooler hands the server process on to its next client, with what "
                            "this leaves in it."),
                   Text::tr("Run it on the direct endpoint."))
        .error();
}

QString poolerWarning(const WritePlan &plan, const Database &database)
{
    const bool drops =
        std::ranges::contains(plan.hazards, Hazard::Kind::DropsPublic, &Hazard::kind);
    if (!drops || !database.pooled)
        return {};
    return Text::tr("This database is behind a pooler, whose user_lookup function and right to use "
                    "the schema are dropped with “public”: nobody can log in through it until both "
                    "are made again.");
}

} // namespace core
