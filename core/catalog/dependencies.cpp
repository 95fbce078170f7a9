// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/dependencies.h"

#include "core/catalog/dependencygraph.h"
#include "core/catalog/objectsql.h"
#include "core/session/sessionthread.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace core {

namespace {

using How = Dependent::How;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(core::Dependencies)
};

QString foreignKeyText(const Dependent &dependent)
{
    switch (dependent.onDelete) {
    case ForeignKeyAction::Cascade:
        return Text::tr("foreign key, cascade");
    case ForeignKeyAction::SetNull:
        return Text::tr("foreign key, set null");
    case ForeignKeyAction::SetDefault:
        return Text::tr("foreign key, set default");
    case ForeignKeyAction::NoAction:
    case ForeignKeyAction::Restrict:
        break;
    }
    return Text::tr("foreign key");
}

QString readsText(const Dependent &dependent)
{
    return dependent.columns.isEmpty() ? Text::tr("reads it")
                                       : Text::tr("reads %1").arg(dependent.columns.join(", "_L1));
}

QString partText(const QString &kind, const QString &part)
{
    return part.isEmpty() ? kind : Text::tr("%1 %2", "kind and name").arg(kind, part);
}

QString ownText(const Dependent &dependent)
{
    switch (dependent.how) {
    case How::ForeignKey:
        return foreignKeyText(dependent);
    case How::Reads:
        return readsText(dependent);
    case How::RowType:
        return Text::tr("uses its row type");
    case How::Partition:
        return Text::tr("partition");
    case How::Inherits:
        return Text::tr("inherits from it");
    case How::Trigger:
        return dependent.goes ? Text::tr("trigger") : partText(Text::tr("trigger"), dependent.part);
    case How::Rule:
        return dependent.goes ? Text::tr("rule") : partText(Text::tr("rule"), dependent.part);
    case How::Policy:
        return partText(Text::tr("policy"), dependent.part);
    case How::Check:
        return partText(Text::tr("constraint"), dependent.part);
    case How::Index:
        return Text::tr("an index");
    case How::Default:
        return Text::tr("default of %1").arg(dependent.part);
    case How::Column:
        return partText(Text::tr("column"), dependent.part);
    case How::Sequence:
        return Text::tr("sequence of %1").arg(dependent.part);
    case How::Publication:
        return Text::tr("publishes it");
    case How::Statistics:
        return Text::tr("statistics");
    case How::Member:
        return Text::tr("belongs to it");
    case How::Text:
        return dependent.verbs.isEmpty() ? Text::tr("names it") : dependent.verbs.join(", "_L1);
    case How::Other:
        break;
    }
    return Text::tr("needs it");
}

} // namespace

QFuture<Result<Dependents>> loadDependents(SessionThread &session, ObjectId object)
{
    RequestSpec spec;
    spec.statements = {statementOf("dependents"_L1, object), statementOf("mentions"_L1, object)};
    return collect(session, std::move(spec))
        .then(&session, [object](const Result<std::vector<Table>> &answers) -> Result<Dependents> {
            if (!answers)
                return std::unexpected(answers.error());
            return dependentsOf(object, (*answers)[0], (*answers)[1]);
        });
}

QString dependencyText(const Dependent &dependent)
{
    if (dependent.how == How::Reads && !dependent.via.isEmpty())
        return Text::tr("reads %1").arg(dependent.via);
    const QString own = ownText(dependent);
    return dependent.via.isEmpty() ? own : Text::tr("%1, through %2").arg(own, dependent.via);
}

} // namespace core
