// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/commitlookup.h"

#include "core/session/collect.h"
#include "core/session/sessionthread.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace core {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(core::CommitFate)
};

using State = CommitFate::State;

/// An xid8 with its epoch; its low half is what pg_xact_commit_timestamp() takes, which raises an
/// error where no times are kept.
const auto question = R"(
SELECT pg_catalog.pg_xact_status($1::pg_catalog.xid8),
       CASE WHEN pg_catalog.current_setting('track_commit_timestamp') = 'on'
                 AND pg_catalog.pg_xact_status($1::pg_catalog.xid8) = 'committed'
            THEN pg_catalog.pg_xact_commit_timestamp($1::pg_catalog.xid8::pg_catalog.xid)::text END)"_ba;

CommitFate fateOf(const Table &table)
{
    if (table.isNull(0, 0))
        return {.state = State::TooOld};
    const QByteArrayView status = table.cell(0, 0);
    CommitFate fate{.state = State::InProgress};
    if (status == "committed")
        fate.state = State::Committed;
    else if (status == "aborted")
        fate.state = State::RolledBack;
    if (!table.isNull(0, 1))
        fate.committedAt = table.cell(0, 1).toByteArray();
    return fate;
}

Result<CommitFate> fateOf(const Result<std::vector<Table>> &tables)
{
    if (tables)
        return fateOf(tables->front());
    const Error &error = tables.error();
    // "transaction ID … is in the future"
    if (error.server && error.server->sqlState == "22023")
        return CommitFate{.state = State::NotSeen};
    return std::unexpected(error);
}

bool isNumber(const QByteArray &text)
{
    bool ok = false;
    return text.toULongLong(&ok) > 0 && ok;
}

} // namespace

QFuture<Result<CommitFate>> lookUpCommit(SessionThread &session, const QByteArray &transactionId)
{
    if (!isNumber(transactionId)) {
        return QtFuture::makeReadyValueFuture(
            Result<CommitFate>(failure(ErrorKind::Usage, "commit.badNumber"_ba,
                                       Text::tr("“%1” is not the number of a transaction.")
                                           .arg(QString::fromUtf8(transactionId.left(100))))));
    }
    RequestSpec spec;
    spec.statements.push_back({.sql = question, .parameters = {transactionId}});
    return collect(session, std::move(spec)).then([](const Result<std::vector<Table>> &tables) {
        return fateOf(tables);
    });
}

QString commitFateText(const CommitFate &fate)
{
    switch (fate.state) {
    case State::Committed:
        return fate.committedAt.isEmpty()
                   ? Text::tr("It was committed.")
                   : Text::tr("It was committed at %1.").arg(QString::fromUtf8(fate.committedAt));
    case State::RolledBack:
        return Text::tr("It was rolled back: it is safe to run it again.");
    case State::InProgress:
        return Text::tr(
            "It is still in progress: the server has not noticed yet that its client is "
            "gone. Look again in a moment.");
    case State::TooOld:
        return Text::tr("It is too old to tell: compare the rows.");
    case State::NotSeen:
        return Text::tr("This server has never given out that number: it is another server, or one "
                        "that was restored since. Compare the rows.");
    }
    return {};
}

QString commitFateId(State state)
{
    switch (state) {
    case State::Committed:
        return u"committed"_s;
    case State::RolledBack:
        return u"rolledBack"_s;
    case State::InProgress:
        return u"inProgress"_s;
    case State::TooOld:
        return u"tooOld"_s;
    case State::NotSeen:
        return u"notSeen"_s;
    }
    return {};
}

} // namespace core
