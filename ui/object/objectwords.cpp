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

struct KindWord {
    ObjectKind kind;
    const char *word;
};

constexpr KindWord words[] = {
    {ObjectKind::Table, QT_TRANSLATE_NOOP("ui::ObjectWords", "table")},
    {ObjectKind::PartitionedTable, QT_TRANSLATE_NOOP("ui::ObjectWords", "partitioned table")},
    {ObjectKind::View, QT_TRANSLATE_NOOP("ui::ObjectWords", "view")},
    {ObjectKind::MaterializedView, QT_TRANSLATE_NOOP("ui::ObjectWords", "materialized view")},
    {ObjectKind::ForeignTable, QT_TRANSLATE_NOOP("ui::ObjectWords", "foreign table")},
    {ObjectKind::Sequence, QT_TRANSLATE_NOOP("ui::ObjectWords", "sequence")},
    {ObjectKind::Index, QT_TRANSLATE_NOOP("ui::ObjectWords", "index")},
    {ObjectKind::Constraint, QT_TRANSLATE_NOOP("ui::ObjectWords", "constraint")},
    {ObjectKind::Trigger, QT_TRANSLATE_NOOP("ui::ObjectWords", "trigger")},
    {ObjectKind::Rule, QT_TRANSLATE_NOOP("ui::ObjectWords", "rule")},
    {ObjectKind::Policy, QT_TRANSLATE_NOOP("ui::ObjectWords", "policy")},
    {ObjectKind::Function, QT_TRANSLATE_NOOP("ui::ObjectWords", "function")},
    {ObjectKind::Procedure, QT_TRANSLATE_NOOP("ui::ObjectWords", "procedure")},
    {ObjectKind::Aggregate, QT_TRANSLATE_NOOP("ui::ObjectWords", "aggregate")},
    {ObjectKind::WindowFunction, QT_TRANSLATE_NOOP("ui::ObjectWords", "window function")},
    {ObjectKind::EnumType, QT_TRANSLATE_NOOP("ui::ObjectWords", "enum type")},
    {ObjectKind::CompositeType, QT_TRANSLATE_NOOP("ui::ObjectWords", "composite type")},
    {ObjectKind::RangeType, QT_TRANSLATE_NOOP("ui::ObjectWords", "range type")},
    {ObjectKind::BaseType, QT_TRANSLATE_NOOP("ui::ObjectWords", "base type")},
    {ObjectKind::Domain, QT_TRANSLATE_NOOP("ui::ObjectWords", "domain")},
    {ObjectKind::Collation, QT_TRANSLATE_NOOP("ui::ObjectWords", "collation")},
    {ObjectKind::Conversion, QT_TRANSLATE_NOOP("ui::ObjectWords", "conversion")},
    {ObjectKind::Operator, QT_TRANSLATE_NOOP("ui::ObjectWords", "operator")},
    {ObjectKind::OperatorClass, QT_TRANSLATE_NOOP("ui::ObjectWords", "operator class")},
    {ObjectKind::OperatorFamily, QT_TRANSLATE_NOOP("ui::ObjectWords", "operator family")},
    {ObjectKind::Cast, QT_TRANSLATE_NOOP("ui::ObjectWords", "cast")},
    {ObjectKind::TextSearchConfiguration,
     QT_TRANSLATE_NOOP("ui::ObjectWords", "text search configuration")},
    {ObjectKind::TextSearchDictionary,
     QT_TRANSLATE_NOOP("ui::ObjectWords", "text search dictionary")},
    {ObjectKind::TextSearchParser, QT_TRANSLATE_NOOP("ui::ObjectWords", "text search parser")},
    {ObjectKind::TextSearchTemplate, QT_TRANSLATE_NOOP("ui::ObjectWords", "text search template")},
    {ObjectKind::Statistics, QT_TRANSLATE_NOOP("ui::ObjectWords", "statistics")},
    {ObjectKind::Schema, QT_TRANSLATE_NOOP("ui::ObjectWords", "schema")},
    {ObjectKind::Extension, QT_TRANSLATE_NOOP("ui::ObjectWords", "extension")},
    {ObjectKind::Language, QT_TRANSLATE_NOOP("ui::ObjectWords", "language")},
    {ObjectKind::Transform, QT_TRANSLATE_NOOP("ui::ObjectWords", "transform")},
    {ObjectKind::AccessMethod, QT_TRANSLATE_NOOP("ui::ObjectWords", "access method")},
    {ObjectKind::ForeignDataWrapper, QT_TRANSLATE_NOOP("ui::ObjectWords", "foreign-data wrapper")},
    {ObjectKind::ForeignServer, QT_TRANSLATE_NOOP("ui::ObjectWords", "foreign server")},
    {ObjectKind::UserMapping, QT_TRANSLATE_NOOP("ui::ObjectWords", "user mapping")},
    {ObjectKind::Publication, QT_TRANSLATE_NOOP("ui::ObjectWords", "publication")},
    {ObjectKind::Subscription, QT_TRANSLATE_NOOP("ui::ObjectWords", "subscription")},
    {ObjectKind::EventTrigger, QT_TRANSLATE_NOOP("ui::ObjectWords", "event trigger")},
    {ObjectKind::Role, QT_TRANSLATE_NOOP("ui::ObjectWords", "role")},
};
static_assert(std::size(words) == std::size_t(core::objectKindCount));

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

QString kindWord(ObjectKind kind)
{
    for (const KindWord &word : words) {
        if (word.kind == kind)
            return Text::tr(word.word);
    }
    Q_UNREACHABLE_RETURN({});
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
