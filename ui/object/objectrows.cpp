// SPDX-License-Identifier: GPL-3.0-or-later
// Triggers, policies, partitions, privileges, comments, and the facts of other kinds.
#include "ui/object/objectrows.h"

#include "core/catalog/objectinfo.h"
#include "core/catalog/objectsql.h"
#include "ui/common/format.h"
#include "ui/common/kindicon.h"
#include "ui/object/objectwords.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ui::ObjectRows)
};

FactCell enabledCell(const core::TriggerDetail &trigger)
{
    FactCell cell{.text = Text::tr("on"), .ink = Ink::Text2};
    if (trigger.enabled == 'D') {
        cell.text = Text::tr("off");
        cell.meaning = Meaning::Warning;
    } else if (trigger.enabled == 'R') {
        cell.text = Text::tr("on replicas only");
    } else if (trigger.enabled == 'A') {
        cell.text = Text::tr("always, on replicas too");
    }
    return cell;
}

QString joinedLines(const QStringList &lines)
{
    QStringList kept = lines;
    kept.removeAll(QString());
    return kept.join(u'\n');
}

struct FactLabel {
    const char *key;
    const char *label;
};

constexpr FactLabel labels[] = {
    {"arguments", QT_TRANSLATE_NOOP("ui::ObjectRows", "Arguments")},
    {"returns", QT_TRANSLATE_NOOP("ui::ObjectRows", "Returns")},
    {"language", QT_TRANSLATE_NOOP("ui::ObjectRows", "Language")},
    {"volatility", QT_TRANSLATE_NOOP("ui::ObjectRows", "Volatility")},
    {"parallel", QT_TRANSLATE_NOOP("ui::ObjectRows", "In parallel queries")},
    {"strict", QT_TRANSLATE_NOOP("ui::ObjectRows", "With a NULL argument")},
    {"security", QT_TRANSLATE_NOOP("ui::ObjectRows", "Runs with the rights of")},
    {"leakproof", QT_TRANSLATE_NOOP("ui::ObjectRows", "Side effects")},
    {"cost", QT_TRANSLATE_NOOP("ui::ObjectRows", "Cost")},
    {"rows", QT_TRANSLATE_NOOP("ui::ObjectRows", "Rows")},
    {"settings", QT_TRANSLATE_NOOP("ui::ObjectRows", "Settings")},
    {"base", QT_TRANSLATE_NOOP("ui::ObjectRows", "Based on")},
    {"notNull", QT_TRANSLATE_NOOP("ui::ObjectRows", "NULL")},
    {"default", QT_TRANSLATE_NOOP("ui::ObjectRows", "Default")},
    {"subtype", QT_TRANSLATE_NOOP("ui::ObjectRows", "Range over")},
    {"labels", QT_TRANSLATE_NOOP("ui::ObjectRows", "Labels")},
    {"checks", QT_TRANSLATE_NOOP("ui::ObjectRows", "Constraint")},
    {"type", QT_TRANSLATE_NOOP("ui::ObjectRows", "Type")},
    {"start", QT_TRANSLATE_NOOP("ui::ObjectRows", "Starts at")},
    {"increment", QT_TRANSLATE_NOOP("ui::ObjectRows", "Step")},
    {"minimum", QT_TRANSLATE_NOOP("ui::ObjectRows", "Least")},
    {"maximum", QT_TRANSLATE_NOOP("ui::ObjectRows", "Greatest")},
    {"cache", QT_TRANSLATE_NOOP("ui::ObjectRows", "Cached for each session")},
    {"cycle", QT_TRANSLATE_NOOP("ui::ObjectRows", "At the end")},
    {"last", QT_TRANSLATE_NOOP("ui::ObjectRows", "Last value")},
    {"lastHidden", QT_TRANSLATE_NOOP("ui::ObjectRows", "Last value")},
    {"version", QT_TRANSLATE_NOOP("ui::ObjectRows", "Version")},
    {"schema", QT_TRANSLATE_NOOP("ui::ObjectRows", "Schema")},
};

/// Values that are words of ours; others are the server's.
QString wordOf(const QByteArray &key, const QString &value)
{
    if (key == "strict")
        return Text::tr("returns NULL without running");
    if (key == "security")
        return Text::tr("its owner");
    if (key == "leakproof")
        return Text::tr("none (leakproof)");
    if (key == "notNull")
        return Text::tr("not allowed");
    if (key == "cycle")
        return Text::tr("begins again");
    if (key == "lastHidden")
        return noPermission();
    return value;
}

FactRow factRow(const QString &label, const QString &value, TextRole role = TextRole::Body)
{
    return {.cells = {{.text = label, .ink = Ink::Text2}, {.text = value, .role = role}}};
}

} // namespace

std::vector<FactColumn> triggerColumns()
{
    return {{.title = Text::tr("Name"), .share = 28},
            {.title = Text::tr("When"), .share = 34},
            {.title = Text::tr("Runs"), .share = 22},
            {.title = Text::tr("State"), .share = 16}};
}

std::vector<FactRow> triggerRows(const std::vector<core::TriggerDetail> &triggers)
{
    std::vector<FactRow> rows;
    for (const core::TriggerDetail &trigger : triggers) {
        const bool runs = core::isValid(trigger.function);
        rows.push_back(
            {.iconName = kindIcon(runs ? core::ObjectKind::Trigger : core::ObjectKind::Rule),
             .cells = {{.text = trigger.name,
                        .role = TextRole::Mono,
                        .note = trigger.inherited ? Text::tr("of the parent") : QString()},
                       {.text = trigger.what, .ink = Ink::Text2},
                       {.text = runs ? trigger.functionName : QString(), .role = TextRole::Mono},
                       enabledCell(trigger)},
             .target = runs ? core::ObjectId{core::catalogs::pgProc, trigger.function} : trigger.id,
             .tip = joinedLines({trigger.definition, trigger.comment})});
    }
    return rows;
}

std::vector<FactColumn> policyColumns()
{
    return {{.title = Text::tr("Policy"), .share = 22},
            {.title = Text::tr("For"), .share = 20},
            {.title = Text::tr("Rows that are seen"), .share = 30},
            {.title = Text::tr("Rows that may be written"), .share = 28}};
}

std::vector<FactRow> policyRows(const core::ObjectDetail &object)
{
    std::vector<FactRow> rows;
    for (const core::PolicyDetail &policy : object.policies) {
        rows.push_back(
            {.iconName = kindIcon(core::ObjectKind::Policy),
             .cells = {{.text = policy.name,
                        .role = TextRole::Mono,
                        .note = policy.permissive ? QString() : Text::tr("restrictive")},
                       {.text = Text::tr("%1 by %2", "a command by roles")
                                    .arg(policy.command, isolated(policy.roles))},
                       {.text = policy.usingText, .role = TextRole::Mono, .ink = Ink::Text2},
                       {.text = policy.checkText, .role = TextRole::Mono, .ink = Ink::Text2}},
             .tip = policy.comment});
    }
    return rows;
}

std::vector<FactColumn> childColumns()
{
    return {{.title = Text::tr("Table"), .share = 34},
            {.title = Text::tr("Bound"), .share = 40},
            {.title = Text::tr("Rows"), .share = 13, .side = Qt::AlignRight},
            {.title = Text::tr("Size"), .share = 13, .side = Qt::AlignRight}};
}

std::vector<FactRow> childRows(const core::ObjectDetail &object, bool parents)
{
    std::vector<FactRow> rows;
    for (const core::ChildDetail &child : object.children) {
        if (child.isParent != parents)
            continue;
        const QString name =
            child.schema == object.schema ? child.name : child.schema + u'.' + child.name;
        FactCell bound{.text = child.bound, .role = TextRole::Mono, .ink = Ink::Text2};
        if (child.detaching) {
            bound.text = Text::tr("being detached, %1").arg(child.bound);
            bound.meaning = Meaning::Warning;
        }
        rows.push_back(
            {.iconName = kindIcon(child.kind),
             .cells = {{.text = name, .role = TextRole::Name},
                       std::move(bound),
                       {.text = formatEstimate(child.rows), .role = TextRole::Grid},
                       {.text = child.bytes < 0 ? QString() : u"≈ "_s + formatBytes(child.bytes),
                        .role = TextRole::Grid,
                        .ink = Ink::Text2}},
             .target = {core::classCatalog, child.oid}});
    }
    return rows;
}

std::vector<FactColumn> privilegeColumns()
{
    return {{.title = Text::tr("Who"), .share = 26},
            {.title = Text::tr("May"), .share = 44},
            {.title = Text::tr("On"), .share = 14},
            {.title = Text::tr("Granted by"), .share = 16}};
}

std::vector<FactRow> privilegeRows(const core::ObjectDetail &object)
{
    std::vector<FactRow> rows;
    for (const core::PrivilegeDetail &held : object.privileges) {
        QStringList privileges;
        bool passesOn = false;
        for (QString privilege : held.privileges) {
            passesOn = passesOn || privilege.endsWith(" *"_L1);
            privileges << privilege.remove(" *"_L1);
        }
        const bool byOwner = held.grantee == object.owner && !held.everybody;
        rows.push_back(
            {.iconName = u"role"_s,
             .cells = {{.text = held.everybody ? Text::tr("everybody (PUBLIC)") : held.grantee,
                        .role = TextRole::Name,
                        .note = byOwner ? Text::tr("owner") : QString()},
                       {.text = privileges.join(", "_L1),
                        .note = passesOn ? Text::tr("may pass it on") : QString()},
                       {.text = held.column, .role = TextRole::Mono},
                       {.text = held.grantor, .ink = Ink::Text2}},
             .tip = passesOn ? held.privileges.join(", "_L1) + u'\n'
                                   + Text::tr("* with the right to grant it to others")
                             : QString()});
    }
    return rows;
}

std::vector<FactColumn> commentColumns()
{
    return {{.title = Text::tr("Column"), .share = 30},
            {.title = Text::tr("Comment"), .share = 70}};
}

std::vector<FactRow> commentRows(const core::ObjectDetail &object)
{
    std::vector<FactRow> rows;
    for (const core::ColumnDetail &column : object.columns) {
        if (!column.comment.isEmpty())
            rows.push_back({.iconName = {},
                            .cells = {{.text = column.name, .role = TextRole::Name},
                                      {.text = column.comment}}});
    }
    return rows;
}

std::vector<FactColumn> factColumns()
{
    return {{.title = {}, .share = 48}, {.title = {}, .share = 52}};
}

std::vector<FactRow> factRows(const core::ObjectDetail &object)
{
    std::vector<FactRow> rows{factRow(Text::tr("Kind"), kindWord(object.kind))};
    rows.front().iconName = kindIcon(object.kind);
    if (!object.owner.isEmpty())
        rows.push_back(factRow(Text::tr("Owner"), object.owner));
    if (core::isValid(object.relation)) {
        rows.push_back(factRow(Text::tr("Table"), object.relationName));
        rows.back().target = {core::classCatalog, object.relation};
    }
    if (!object.extension.isEmpty())
        rows.push_back(factRow(Text::tr("Extension"), object.extension));
    for (const auto &[key, value] : object.facts) {
        const auto *const label =
            std::ranges::find_if(labels, [&key](const FactLabel &one) { return key == one.key; });
        if (label != std::end(labels))
            rows.push_back(factRow(Text::tr(label->label), wordOf(key, value), TextRole::Mono));
    }
    if (object.state && object.state->totalBytes >= 0)
        rows.push_back(factRow(Text::tr("Size"), formatBytes(object.state->totalBytes)));
    return rows;
}

} // namespace ui
