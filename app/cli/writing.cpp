// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/writing.h"

#include "app/cli/output.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

QJsonObject writtenJson(const core::Summary &summary, const QStringList &warnings)
{
    QJsonArray statements;
    for (const core::StatementSummary &statement : summary.statements)
        statements.append(QString::fromUtf8(statement.commandTag));
    QJsonObject json{{u"committed"_s, summary.committed}, {u"statements"_s, statements}};
    if (!summary.transactionId.isEmpty())
        json[u"transactionId"_s] = QString::fromLatin1(summary.transactionId);
    if (!warnings.isEmpty())
        json[u"warnings"_s] = QJsonArray::fromStringList(warnings);
    return json;
}

} // namespace

QStringList warningsOf(const core::WritePlan &plan, const core::Database &database)
{
    QStringList warnings;
    for (const core::Hazard &hazard : plan.hazards)
        warnings << hazard.message;
    if (const QString warning = core::poolerWarning(plan, database); !warning.isEmpty())
        warnings << warning;
    return warnings;
}

core::Result<> agreeToHazards(const core::WritePlan &plan, const core::Database &database,
                              const Arguments &arguments)
{
    const QStringList warnings = warningsOf(plan, database);
    const bool mayAsk = plan.asks() && !arguments.has(u"yes"_s) && canAsk();
    const bool asJson = arguments.has(u"json"_s);
    if (!warnings.isEmpty() && (!asJson || mayAsk))
        say(warnings.join(u'\n') + u'\n');
    if (!plan.asks() || arguments.has(u"yes"_s))
        return {};
    if (mayAsk && ask(tr("Run it on “%1”?").arg(database.serverName())))
        return {};
    QString message = tr("Nothing was run: what this destroys cannot be had back.");
    if (asJson)
        message = (QStringList(message) + warnings).join(u' ');
    return core::failure(core::ErrorKind::Consent, "write.needsConsent"_ba, message, database.name,
                         tr("Agree with --yes."));
}

void sayWritten(const core::Summary &summary, const QStringList &warnings, bool asJson)
{
    if (asJson) {
        say(QString::fromUtf8(QJsonDocument(writtenJson(summary, warnings)).toJson()));
        return;
    }
    for (const core::StatementSummary &statement : summary.statements) {
        if (!statement.commandTag.startsWith("SELECT"))
            say(QString::fromUtf8(statement.commandTag) + u'\n');
    }
    if (summary.committed)
        say(tr("committed") + u'\n');
    if (summary.transaction != core::TransactionNumber::None)
        say(tr("The text leaves its transaction open: it is rolled back now.") + u'\n');
}

core::Error withLookUp(core::Error error, const Arguments &arguments)
{
    if (error.transactionId.isEmpty())
        return error;
    QString command = u"sluicectl query --look-up "_s + QString::fromLatin1(error.transactionId);
    for (const QString &option : {u"project"_s, u"database"_s}) {
        if (const std::optional<QString> value = arguments.value(option))
            command += u" --"_s + option + u' ' + shellWord(*value);
    }
    error.advice += u' ' + tr("Ask with: %1").arg(command);
    return error;
}

int printFate(const core::CommitFate &fate, const QString &number, bool asJson)
{
    const bool committed = fate.state == core::CommitFate::State::Committed;
    if (asJson) {
        QJsonObject json{{u"transactionId"_s, number},
                         {u"state"_s, core::commitFateId(fate.state)}};
        if (!fate.committedAt.isEmpty())
            json[u"committedAt"_s] = QString::fromUtf8(fate.committedAt);
        printJson(json);
    } else {
        print(tr("Transaction %1: %2").arg(number, core::commitFateText(fate)) + u'\n');
    }
    return committed ? Done : Failed;
}

} // namespace cli
