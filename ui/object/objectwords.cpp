// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/object/objectwords.h"

#include "ui/common/format.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

using core::ObjectKind;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ui::ObjectWords)
};

struct KindLook {
    ObjectKind kind;
    const char *icon;
    const char *word;
};

constexpr KindLook looks[] = {
    {ObjectKind::Table, "table", QT_TRANSLATE_NOOP("ui::ObjectWords", "table")},
    {ObjectKind::PartitionedTable, "table-partitioned",
     QT_TRANSLATE_NOOP("ui::ObjectWords", "partitioned table")},
    {ObjectKind::View, "view", QT_TRANSLATE_NOOP("ui::ObjectWords", "view")},
    {ObjectKind::MaterializedView, "view-materialized",
     QT_TRANSLATE_NOOP("ui::ObjectWords", "materialized view")},
    {ObjectKind::ForeignTable, "table", QT_TRANSLATE_NOOP("ui::ObjectWords", "foreign table")},
    {ObjectKind::Sequence, "sequence", QT_TRANSLATE_NOOP("ui::ObjectWords", "sequence")},
    {ObjectKind::Index, "index", QT_TRANSLATE_NOOP("ui::ObjectWords", "index")},
    {ObjectKind::Constraint, "constraint", QT_TRANSLATE_NOOP("ui::ObjectWords", "constraint")},
    {ObjectKind::Trigger, "trigger", QT_TRANSLATE_NOOP("ui::ObjectWords", "trigger")},
    {ObjectKind::Rule, "edited", QT_TRANSLATE_NOOP("ui::ObjectWords", "rule")},
    {ObjectKind::Policy, "policy", QT_TRANSLATE_NOOP("ui::ObjectWords", "policy")},
    {ObjectKind::Function, "function", QT_TRANSLATE_NOOP("ui::ObjectWords", "function")},
    {ObjectKind::Procedure, "function", QT_TRANSLATE_NOOP("ui::ObjectWords", "procedure")},
    {ObjectKind::Aggregate, "function", QT_TRANSLATE_NOOP("ui::ObjectWords", "aggregate")},
    {ObjectKind::WindowFunction, "function",
     QT_TRANSLATE_NOOP("ui::ObjectWords", "window function")},
    {ObjectKind::EnumType, "type", QT_TRANSLATE_NOOP("ui::ObjectWords", "enum type")},
    {ObjectKind::CompositeType, "type", QT_TRANSLATE_NOOP("ui::ObjectWords", "composite type")},
    {ObjectKind::RangeType, "type", QT_TRANSLATE_NOOP("ui::ObjectWords", "range type")},
    {ObjectKind::BaseType, "type", QT_TRANSLATE_NOOP("ui::ObjectWords", "base type")},
    {ObjectKind::Domain, "domain", QT_TRANSLATE_NOOP("ui::ObjectWords", "domain")},
    {ObjectKind::Collation, "language", QT_TRANSLATE_NOOP("ui::ObjectWords", "collation")},
    {ObjectKind::Conversion, "swap", QT_TRANSLATE_NOOP("ui::ObjectWords", "conversion")},
    {ObjectKind::Operator, "equal", QT_TRANSLATE_NOOP("ui::ObjectWords", "operator")},
    {ObjectKind::OperatorClass, "equal", QT_TRANSLATE_NOOP("ui::ObjectWords", "operator class")},
    {ObjectKind::OperatorFamily, "equal", QT_TRANSLATE_NOOP("ui::ObjectWords", "operator family")},
    {ObjectKind::Cast, "swap", QT_TRANSLATE_NOOP("ui::ObjectWords", "cast")},
    {ObjectKind::TextSearchConfiguration, "search",
     QT_TRANSLATE_NOOP("ui::ObjectWords", "text search configuration")},
    {ObjectKind::TextSearchDictionary, "search",
     QT_TRANSLATE_NOOP("ui::ObjectWords", "text search dictionary")},
    {ObjectKind::TextSearchParser, "search",
     QT_TRANSLATE_NOOP("ui::ObjectWords", "text search parser")},
    {ObjectKind::TextSearchTemplate, "search",
     QT_TRANSLATE_NOOP("ui::ObjectWords", "text search template")},
    {ObjectKind::Statistics, "activity", QT_TRANSLATE_NOOP("ui::ObjectWords", "statistics")},
    {ObjectKind::Schema, "schema", QT_TRANSLATE_NOOP("ui::ObjectWords", "schema")},
    {ObjectKind::Extension, "extension", QT_TRANSLATE_NOOP("ui::ObjectWords", "extension")},
    {ObjectKind::Language, "language", QT_TRANSLATE_NOOP("ui::ObjectWords", "language")},
    {ObjectKind::Transform, "swap", QT_TRANSLATE_NOOP("ui::ObjectWords", "transform")},
    {ObjectKind::AccessMethod, "index", QT_TRANSLATE_NOOP("ui::ObjectWords", "access method")},
    {ObjectKind::ForeignDataWrapper, "foreign-server",
     QT_TRANSLATE_NOOP("ui::ObjectWords", "foreign-data wrapper")},
    {ObjectKind::ForeignServer, "foreign-server",
     QT_TRANSLATE_NOOP("ui::ObjectWords", "foreign server")},
    {ObjectKind::UserMapping, "role", QT_TRANSLATE_NOOP("ui::ObjectWords", "user mapping")},
    {ObjectKind::Publication, "publication", QT_TRANSLATE_NOOP("ui::ObjectWords", "publication")},
    {ObjectKind::Subscription, "live", QT_TRANSLATE_NOOP("ui::ObjectWords", "subscription")},
    {ObjectKind::EventTrigger, "trigger", QT_TRANSLATE_NOOP("ui::ObjectWords", "event trigger")},
    {ObjectKind::Role, "role", QT_TRANSLATE_NOOP("ui::ObjectWords", "role")},
};
static_assert(std::size(looks) == std::size_t(core::objectKindCount));

const KindLook &lookOf(ObjectKind kind)
{
    for (const KindLook &look : looks) {
        if (look.kind == kind)
            return look;
    }
    Q_UNREACHABLE_RETURN(looks[0]);
}

QStringList stateFacts(const core::RelationState &state, ObjectKind kind)
{
    QStringList facts;
    if (state.totalBytes >= 0 && state.indexBytes > 0)
        facts << Text::tr("%1 with indexes").arg(isolated(formatBytes(state.totalBytes)));
    else if (state.totalBytes >= 0)
        facts << (state.bytesEstimated ? isolated(u"≈ "_s + formatBytes(state.totalBytes))
                                       : isolated(formatBytes(state.totalBytes)));
    const bool hasRows = kind == ObjectKind::Table || kind == ObjectKind::PartitionedTable
                         || kind == ObjectKind::MaterializedView
                         || kind == ObjectKind::ForeignTable;
    if (state.rows >= 0 && hasRows)
        facts << Text::tr("%1 rows").arg(isolated(formatEstimateInWords(state.rows)));
    if (!state.server.isEmpty())
        facts << Text::tr("on server %1").arg(isolated(state.server));
    return facts;
}

} // namespace

QString kindIcon(ObjectKind kind)
{
    return QString::fromLatin1(lookOf(kind).icon);
}

QString kindWord(ObjectKind kind)
{
    return Text::tr(lookOf(kind).word);
}

QString factOf(const core::ObjectDetail &object)
{
    QStringList facts;
    QString word = kindWord(object.kind);
    if (object.state && object.state->persistence == core::Persistence::Unlogged)
        word = Text::tr("unlogged %1", "a kind of table").arg(word);
    if (object.state && object.state->persistence == core::Persistence::Temporary)
        word = Text::tr("temporary %1", "a kind of table").arg(word);
    facts << word;
    if (!object.relationName.isEmpty())
        facts << Text::tr("of %1").arg(isolated(object.relationName));
    if (!object.owner.isEmpty())
        facts << Text::tr("owner %1").arg(isolated(object.owner));
    if (!object.extension.isEmpty())
        facts << Text::tr("of the extension %1").arg(isolated(object.extension));
    if (object.state)
        facts << stateFacts(*object.state, object.kind);
    return facts.join(", "_L1);
}

QString errorWords(const core::Error &error)
{
    const bool denied = error.server && error.server->sqlState == "42501";
    QStringList lines;
    if (denied)
        lines << noPermission();
    for (const QString &line : {error.message, error.place, error.advice}) {
        if (!line.isEmpty())
            lines << line;
    }
    return lines.join(u'\n');
}

QString noPermission()
{
    return Text::tr("No permission to read this.");
}

} // namespace ui
