// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/classify.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::pooledRefusal", text);
}

/// Functions of pg_catalog (and of dblink) that leave something in the server process when the
/// transaction is rolled back.
constexpr auto lastingFunctions = std::to_array<QByteArrayView>({
    "pg_advisory_lock",
    "pg_advisory_lock_shared",
    "pg_try_advisory_lock",
    "pg_try_advisory_lock_shared",
    "pg_advisory_unlock",
    "pg_advisory_unlock_shared",
    "pg_advisory_unlock_all",
    "pg_create_logical_replication_slot",
    "pg_create_physical_replication_slot",
    "pg_copy_logical_replication_slot",
    "pg_copy_physical_replication_slot",
    "pg_replication_origin_session_setup",
    "pg_replication_origin_session_reset",
    "dblink_connect",
    "dblink_connect_u",
    "dblink_disconnect",
    "setseed",
});

/// The name alone if it may mean the server's own function: unqualified, or in pg_catalog.
QByteArrayView ownName(QByteArrayView function)
{
    static constexpr QByteArrayView schema = "pg_catalog.";
    return function.startsWith(schema) ? function.sliced(schema.size()) : function;
}

/// What a kind is called where it cannot run; empty where it can.
QByteArrayView lastingKind(StatementKind kind)
{
    switch (kind) {
    case StatementKind::TransactionControl:
        return "BEGIN, COMMIT, ROLLBACK, SAVEPOINT, SET TRANSACTION";
    case StatementKind::SetSession:
        return "SET, RESET";
    default:
        return sessionCommand(kind);
    }
}

Error needsDirect(const QString &message)
{
    Error error;
    error.kind = ErrorKind::Usage;
    error.id = "pooled.needsDirect"_ba;
    error.message = message;
    error.place =
        tr("A pooler hands the server process on to its next client, with what this leaves in it.");
    error.advice = tr("Run it on the direct endpoint.");
    return error;
}

Error unparsed(const Classification &classification)
{
    Error error = needsDirect(tr("Text that cannot be understood needs the direct endpoint."));
    if (classification.error) {
        error.place = classification.error->message;
        error.position = classification.error->position;
    }
    return error;
}

} // namespace

Refusal pooledRefusal(const Classification &classification)
{
    if (classification.kind == StatementKind::Unparsed)
        return unparsed(classification);
    const QString sentence = tr("%1 needs the direct endpoint.");
    std::vector<StatementKind> kinds = classification.inner;
    kinds.insert(kinds.begin(), classification.kind);
    for (const StatementKind kind : kinds) {
        if (const QByteArrayView name = lastingKind(kind); !name.isEmpty())
            return needsDirect(sentence.arg(QLatin1StringView(name)));
    }
    for (const QByteArray &function : classification.functions) {
        const QByteArrayView name = ownName(function);
        if (std::ranges::find(lastingFunctions, name) != lastingFunctions.end())
            return needsDirect(sentence.arg(QString::fromUtf8(name) + "()"_L1));
    }
    if (classification.setsSession)
        return needsDirect(sentence.arg(u"set_config(…, false)"_s));
    return {};
}

} // namespace core
