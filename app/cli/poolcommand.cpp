// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/poolcommand.h"

#include "core/project/poolsettings.h"

using namespace Qt::StringLiterals;

namespace cli {

namespace {

core::Result<std::optional<int>> numberOf(const Arguments &arguments, const QString &option)
{
    const std::optional<QString> text = arguments.value(option);
    if (!text)
        return std::nullopt;
    bool isNumber = false;
    const int number = text->toInt(&isNumber);
    if (isNumber && number >= 0)
        return number;
    return core::failure(core::ErrorKind::Usage, "cli.usage"_ba,
                         PoolCommand::tr("--%1 takes a number from 0 on.").arg(option));
}

/// What the application's own addresses say of its pool, before anybody was asked.
core::PoolPlan planOfAddresses(const core::Database &database)
{
    const core::Endpoint &usual = database.pooled ? *database.pooled : *database.direct;
    const core::PoolHints hints = core::poolHints(usual);
    core::PoolPlan plan;
    plan.size = hints.size;
    plan.sizeSource = hints.source;
    plan.timeout = hints.timeout;
    plan.pooled = usual.role == core::EndpointRole::Pooled;
    return plan;
}

/// `sizeSource` tells where a size is from; nothing needs to be said of an option.
void apply(core::PoolPlan &plan, const core::PoolSettings &settings, const QString &sizeSource)
{
    if (settings.size) {
        plan.size = settings.size;
        plan.sizeSource = sizeSource;
    }
    plan.processes = settings.processes.value_or(plan.processes);
    plan.extras = settings.extras.value_or(plan.extras);
    plan.planLimit = settings.planLimit ? settings.planLimit : plan.planLimit;
    plan.poolerSize = settings.poolerSize ? settings.poolerSize : plan.poolerSize;
}

} // namespace

void PoolCommand::interrupt()
{
    m_asking.cancel();
    Command::interrupt();
}

core::Result<core::PoolPlan> PoolCommand::plan(const core::Database &database) const
{
    core::PoolPlan plan = planOfAddresses(database);
    const auto settings = core::readPoolSettings(project().folder);
    if (!settings)
        return std::unexpected(settings.error());
    apply(plan, *settings, tr("pool.size in %1").arg(u"sluice.toml"_s));
    core::PoolSettings given;
    const std::pair<QString, std::optional<int> *> options[] = {
        {u"pool-size"_s, &given.size},         {u"processes"_s, &given.processes},
        {u"extras"_s, &given.extras},          {u"plan-limit"_s, &given.planLimit},
        {u"pooler-size"_s, &given.poolerSize},
    };
    for (const auto &[name, number] : options) {
        const auto read = numberOf(arguments(), name);
        if (!read)
            return std::unexpected(read.error());
        *number = *read;
    }
    apply(plan, given, {});
    return plan;
}

void PoolCommand::runOn(core::ConnectionSet &connections)
{
    const auto wanted = plan(connections.database());
    if (!wanted)
        return fail(wanted.error());
    const auto session = connections.session(core::Purpose::Catalog);
    if (!session)
        return fail(session.error());
    core::RequestSpec spec;
    spec.statements = {core::serverUseStatement()};
    m_asking = core::collect(**session, spec);
    m_asking.then(this,
                  [this, plan = *wanted](const core::Result<std::vector<core::Table>> &answer) {
                      if (!answer)
                          return fail(answer.error());
                      const auto use = core::serverUseOf(answer->front());
                      if (!use)
                          return fail(use.error());
                      show(plan, *use);
                  });
}

void PoolCommand::show(core::PoolPlan plan, const core::ServerUse &use)
{
    plan.maxConnections = use.maxConnections;
    plan.reserved = use.reserved;
    plan.inUse = use.used;
    const core::PoolVerdict verdict = core::judgePool(plan);
    if (wantsJson()) {
        QJsonObject json{{u"state"_s, core::poolStateId(verdict.state)},
                         {u"wanted"_s, verdict.wanted},
                         {u"available"_s, verdict.available},
                         {u"maxConnections"_s, use.maxConnections},
                         {u"reserved"_s, use.reserved},
                         {u"used"_s, use.used},
                         {u"pooled"_s, plan.pooled},
                         {u"sum"_s, verdict.sum},
                         {u"reason"_s, verdict.reason},
                         {u"advice"_s, verdict.advice}};
        if (verdict.suggestedSize)
            json.insert(u"suggestedSize"_s, *verdict.suggestedSize);
        printJson(json);
        return done();
    }
    QString text = core::poolStateId(verdict.state);
    if (!verdict.sum.isEmpty())
        text += u": "_s + verdict.sum;
    text += u'\n' + verdict.reason + u'\n';
    if (!verdict.advice.isEmpty())
        text += verdict.advice + u'\n';
    print(text);
    done();
}

} // namespace cli
