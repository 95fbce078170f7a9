// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/writeconsent.h"

#include "app/cli/output.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

/// Not the question's own words: those are the window's, which allows it for some time.
QString nameQuestion(const core::WriteQuestion &question, const core::Database &database)
{
    return tr("“%1” at %2 is production. Type the database's name to write to it:")
        .arg(question.name, database.any().info.host());
}

core::WriteConsent consentTo(const core::WriteQuestion &question, const core::Database &database,
                             const Arguments &arguments)
{
    core::WriteConsent consent;
    switch (question.kind) {
    case core::WriteQuestion::Kind::Nothing:
        break;
    case core::WriteQuestion::Kind::Consent:
        consent.agreed = arguments.has(u"yes"_s) || (canAsk() && ask(question.text));
        break;
    case core::WriteQuestion::Kind::TypedName:
        if (const std::optional<QString> name = arguments.value(u"confirm"_s))
            consent.typedName = *name;
        else if (canAsk())
            consent.typedName = askText(nameQuestion(question, database)).value_or(QString());
        break;
    }
    return consent;
}

} // namespace

core::Result<core::WritePermit> allowWriting(core::WriteSwitch &writeSwitch,
                                             const core::Database &database,
                                             const Arguments &arguments)
{
    const core::WriteQuestion question = core::WriteSwitch::question(database);
    auto permit = writeSwitch.turnOn(database, consentTo(question, database, arguments));
    if (permit)
        return permit;
    core::Error error = permit.error();
    if (error.id == "write.needsName") {
        error.message = tr("“%1” at %2 is production: writing to it needs the database's name.")
                            .arg(question.name, database.any().info.host());
    }
    error.advice = question.kind == core::WriteQuestion::Kind::Consent
                       ? tr("Agree with --yes.")
                       : tr("Name it with --confirm NAME.");
    return std::unexpected(std::move(error));
}

} // namespace cli
