// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ddl/ddlname.h"

#include "core/catalog/factrows.h"
#include "core/ddl/ddlqueries.h"
#include "core/result/typeoids.h"
#include "core/session/collect.h"
#include "core/session/sessionthread.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr DdlQuery namesQuery = {"names"_L1};
constexpr qsizetype mostNamed = 5;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(core::Ddl)
};

/// Where the arguments of a function begin; -1 = there are none.
qsizetype argumentsAt(const QString &name)
{
    bool quoted = false;
    for (qsizetype at = 0; at < name.size(); ++at) {
        if (name[at] == u'"')
            quoted = !quoted;
        else if (name[at] == u'(' && !quoted)
            return at;
    }
    return -1;
}

struct Candidate {
    ObjectId object = {};
    QString text = {};
    bool part = false;
    bool visible = false;
};

Result<ObjectId> chosen(const Result<std::vector<Table>> &answers, const QString &name)
{
    if (!answers)
        return std::unexpected(answers.error());
    std::vector<Candidate> found;
    FactRows row(answers->front().chunks);
    while (row.next()) {
        const Candidate one{{row.oid(0), row.oid(1)},
                            QString::fromUtf8(row.text(2)) + u' ' + QString::fromUtf8(row.text(3)),
                            row.flag(4),
                            row.flag(5)};
        // Sorted: what is worse than the first is not meant.
        if (!found.empty()
            && (one.part != found.front().part || one.visible != found.front().visible))
            break;
        found.push_back(one);
    }
    if (found.empty()) {
        return failure(ErrorKind::Usage, "object.missing"_ba,
                       Text::tr("There is no object named %1.").arg(name), {},
                       Text::tr("Names are read as SQL reads them: capitals need double quotes."));
    }
    if (found.size() == 1)
        return found.front().object;
    QStringList names;
    for (const Candidate &one : found) {
        if (names.size() < mostNamed)
            names.append(one.text);
    }
    return failure(ErrorKind::Usage, "object.ambiguous"_ba,
                   Text::tr("%1 may be more than one object: %2.").arg(name, names.join(u", "_s)),
                   {}, Text::tr("Give its schema, its kind or its arguments."));
}

} // namespace

QFuture<Result<ObjectId>> findDdlObject(SessionThread &session, const QString &name,
                                        const QString &kind)
{
    const qsizetype arguments = argumentsAt(name);
    RequestSpec spec;
    Statement statement{ddlSql(namesQuery, DdlScope::One, session.serverInfo().version)};
    statement.parameters = {name.left(arguments).toUtf8(),
                            arguments < 0 ? QByteArray("") : name.toUtf8(), kind.toUtf8()};
    statement.parameterTypes = {oids::text, oids::text, oids::text};
    statement.effect = Effect::Reads;
    spec.statements.push_back(std::move(statement));
    return collect(session, std::move(spec))
        .then(&session,
              [name](const Result<std::vector<Table>> &answers) { return chosen(answers, name); });
}

QStringList ddlKinds()
{
    return {u"table"_s,
            u"view"_s,
            u"materialized view"_s,
            u"foreign table"_s,
            u"sequence"_s,
            u"index"_s,
            u"type"_s,
            u"domain"_s,
            u"function"_s,
            u"procedure"_s,
            u"aggregate"_s,
            u"collation"_s,
            u"conversion"_s,
            u"operator class"_s,
            u"operator family"_s,
            u"text search configuration"_s,
            u"text search dictionary"_s,
            u"text search parser"_s,
            u"text search template"_s,
            u"statistics"_s,
            u"schema"_s,
            u"extension"_s,
            u"language"_s,
            u"access method"_s,
            u"foreign data wrapper"_s,
            u"server"_s,
            u"publication"_s,
            u"subscription"_s,
            u"event trigger"_s,
            u"constraint"_s,
            u"trigger"_s,
            u"rule"_s,
            u"policy"_s};
}

} // namespace core
