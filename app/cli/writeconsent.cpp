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

core::WriteConsent consentTo(const core::WriteQuestion &question, const Arguments &arguments)
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
            consent.typedName = askText(question.text).value_or(QString());
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
    auto permit = writeSwitch.turnOn(database, consentTo(question, arguments));
    if (permit)
        return permit;
    core::Error error = permit.error();
    error.advice = question.kind == core::WriteQuestion::Kind::Consent
                       ? tr("Agree with --yes.")
                       : tr("Name it with --confirm NAME.");
    return std::unexpected(std::move(error));
}

} // namespace cli
