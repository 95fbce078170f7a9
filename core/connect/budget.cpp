// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/budget.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::PoolBudget", text);
}

/// Beyond any server: larger numbers are a slip of the hand, and sums stay within an int.
constexpr int largest = 100'000;

int sane(int number)
{
    return std::clamp(number, 0, largest);
}

std::optional<int> hint(const ConnInfo &info, const QByteArray &key)
{
    const auto found = std::ranges::find(info.changes, key, &ConnChange::key);
    if (found == info.changes.end())
        return std::nullopt;
    bool isNumber = false;
    const int number = found->value.toInt(&isNumber);
    return isNumber && number >= 0 ? std::optional(sane(number)) : std::nullopt;
}

/// What may be connected at the same time; 0 = not known.
int availableOf(const PoolPlan &plan)
{
    const int server =
        plan.maxConnections > 0 ? std::max(1, sane(plan.maxConnections) - sane(plan.reserved)) : 0;
    if (!plan.planLimit || *plan.planLimit <= 0)
        return server;
    const int limit = sane(*plan.planLimit);
    return server > 0 ? std::min(server, limit) : limit;
}

bool planIsTheLimit(const PoolPlan &plan)
{
    return plan.planLimit && availableOf(plan) == sane(*plan.planLimit)
           && (plan.maxConnections <= 0
               || sane(*plan.planLimit) < sane(plan.maxConnections) - sane(plan.reserved));
}

QString limitText(const PoolPlan &plan)
{
    return planIsTheLimit(plan) ? tr("the plan's limit of %1").arg(availableOf(plan))
                                : tr("max_connections %1 less %2 reserved")
                                      .arg(sane(plan.maxConnections))
                                      .arg(sane(plan.reserved));
}

int spareOf(int available)
{
    return std::max(2, available / 10);
}

PoolVerdict::State stateOf(int wanted, int available)
{
    if (wanted > available)
        return PoolVerdict::State::Exceeds;
    return available - wanted < spareOf(available) ? PoolVerdict::State::Tight
                                                   : PoolVerdict::State::Fits;
}

QString sizeSetting(const PoolPlan &plan, int size)
{
    const QString key = plan.sizeSource.section(u' ', 0, 0);
    return key.isEmpty() ? tr("Set the pool size of each process to %1.").arg(size)
                         : tr("Set %1 to %2 in %3.")
                               .arg(key, QString::number(size), plan.sizeSource.section(u' ', 2));
}

void judgeDirect(const PoolPlan &plan, PoolVerdict &verdict)
{
    const int processes = std::max(1, sane(plan.processes));
    const int extras = sane(plan.extras);
    const int share = (verdict.available - extras) / processes;
    // One in ten stays free, for people and for processes that overlap at a restart.
    const int roomy =
        std::max(1, (verdict.available - extras - spareOf(verdict.available)) / processes);
    if (!plan.size) {
        verdict.reason = tr("The pool size of a process is not known.");
        verdict.suggestedSize = roomy;
        verdict.advice = sizeSetting(plan, *verdict.suggestedSize);
        return;
    }
    verdict.wanted = int(std::min<qint64>(largest, qint64(sane(*plan.size)) * processes + extras));
    verdict.state = stateOf(verdict.wanted, verdict.available);
    verdict.sum = tr("%1 × %2 + %3 = %4 of %5 connections")
                      .arg(processes)
                      .arg(sane(*plan.size))
                      .arg(extras)
                      .arg(verdict.wanted)
                      .arg(verdict.available);
    if (verdict.state == PoolVerdict::State::Fits) {
        verdict.reason = tr("Everybody can be busy at the same time: %1.").arg(limitText(plan));
        return;
    }
    if (share < 1) {
        verdict.reason =
            tr("Even one connection a process is more than there are: %1.").arg(limitText(plan));
        verdict.advice = tr("Put a pooler between, or run fewer processes.");
        return;
    }
    verdict.reason = verdict.state == PoolVerdict::State::Tight
                         ? tr("It fits, but leaves nearly nothing for a person or a restart, when "
                              "old and new processes overlap: %1.")
                               .arg(limitText(plan))
                         : tr("When everybody is busy, the server turns connections away: %1.")
                               .arg(limitText(plan));
    verdict.suggestedSize = roomy;
    if (*verdict.suggestedSize < sane(*plan.size))
        verdict.advice = sizeSetting(plan, *verdict.suggestedSize);
    else
        verdict.suggestedSize.reset();
}

void judgePooled(const PoolPlan &plan, PoolVerdict &verdict)
{
    const int extras = sane(plan.extras);
    const int roomy = std::max(1, verdict.available - extras - spareOf(verdict.available));
    if (!plan.poolerSize) {
        verdict.reason = tr("The processes share the pooler's connections, so the server sees as "
                            "many as the pooler's pool holds; that number is not known.");
        verdict.advice = tr("Keep the pooler's pool size at %1 or less.").arg(roomy);
        return;
    }
    const int size = sane(*plan.poolerSize);
    verdict.wanted = std::min(largest, size + extras);
    verdict.state = stateOf(verdict.wanted, verdict.available);
    verdict.sum = tr("pooler %1 + %2 = %3 of %4 connections")
                      .arg(size)
                      .arg(extras)
                      .arg(verdict.wanted)
                      .arg(verdict.available);
    verdict.reason =
        verdict.state == PoolVerdict::State::Exceeds
            ? tr("The pooler may open more connections than there are: %1.").arg(limitText(plan))
            : tr("However many processes there are, the pooler's pool is all that the server sees: "
                 "%1.")
                  .arg(limitText(plan));
    if (verdict.state != PoolVerdict::State::Fits) {
        verdict.suggestedSize = roomy;
        verdict.advice = tr("Set the pooler's pool size to %1.").arg(*verdict.suggestedSize);
    }
}

} // namespace

PoolHints poolHints(const Endpoint &endpoint)
{
    PoolHints hints;
    static const std::array<QByteArray, 5> keys = {"connection_limit", "max", "pool",
                                                   "pool_max_conns", "pool_size"};
    for (const QByteArray &key : keys) {
        const std::optional<int> size = hint(endpoint.info, key);
        if (!size)
            continue;
        hints.size = size;
        if (key == "pool_size")
            hints.size = sane(*size + hint(endpoint.info, "max_overflow"_ba).value_or(0));
        hints.source = tr("%1 in %2").arg(QString::fromLatin1(key), endpoint.source.text());
        break;
    }
    hints.timeout = hint(endpoint.info, "pool_timeout"_ba);
    return hints;
}

PoolVerdict judgePool(const PoolPlan &plan)
{
    PoolVerdict verdict;
    verdict.available = availableOf(plan);
    if (verdict.available == 0) {
        verdict.reason = tr("How many connections the server takes is not known.");
        return verdict;
    }
    if (plan.pooled)
        judgePooled(plan, verdict);
    else
        judgeDirect(plan, verdict);
    if (plan.inUse)
        verdict.reason += u' ' + tr("%1 are in use now.").arg(sane(*plan.inUse));
    if (plan.timeout == 0)
        verdict.advice = (verdict.advice + u' '
                          + tr("With pool_timeout=0 a request waits for ever where the pool is "
                               "empty: give it seconds."))
                             .trimmed();
    return verdict;
}

QString poolStateId(PoolVerdict::State state)
{
    switch (state) {
    case PoolVerdict::State::Unknown:
        return u"unknown"_s;
    case PoolVerdict::State::Fits:
        return u"fits"_s;
    case PoolVerdict::State::Tight:
        return u"tight"_s;
    case PoolVerdict::State::Exceeds:
        break;
    }
    return u"exceeds"_s;
}

} // namespace core
