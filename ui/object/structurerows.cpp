// SPDX-License-Identifier: GPL-3.0-or-later
// Columns, keys and constraints, indexes.
#include "ui/object/objectrows.h"

#include "core/catalog/objectinfo.h"
#include "ui/common/format.h"
#include "ui/object/objectwords.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ui::ObjectRows)
};

using core::ConstraintDetail;
using core::ForeignKeyAction;

bool hasColumn(const ConstraintDetail &constraint, int number)
{
    return std::ranges::contains(constraint.columns, number);
}

QString targetOf(const ConstraintDetail &constraint, const QString &schema)
{
    return constraint.targetSchema == schema
               ? constraint.targetName
               : constraint.targetSchema + u'.' + constraint.targetName;
}

QString keySentence(const ConstraintDetail &constraint, const core::ObjectDetail &object)
{
    const bool whole = constraint.columns.size() == 1;
    switch (constraint.type) {
    case 'p':
        return whole ? Text::tr("Primary key") : Text::tr("Part of the primary key");
    case 'u':
        return whole ? Text::tr("Unique")
                     : Text::tr("Unique as %1").arg(isolated(constraint.columnNames));
    case 'f':
        return Text::tr("References %1").arg(isolated(targetOf(constraint, object.schema)));
    default:
        return {};
    }
}

QString defaultOf(const core::ColumnDetail &column)
{
    switch (column.origin) {
    case core::ColumnOrigin::IdentityAlways:
        return Text::tr("identity, always");
    case core::ColumnOrigin::IdentityByDefault:
        return Text::tr("identity, by default");
    case core::ColumnOrigin::GeneratedStored:
        return Text::tr("always %1, stored").arg(column.expression);
    case core::ColumnOrigin::GeneratedVirtual:
        return Text::tr("always %1, virtual").arg(column.expression);
    case core::ColumnOrigin::Plain:
    case core::ColumnOrigin::Default:
        break;
    }
    return column.expression;
}

FactRow columnRow(const core::ColumnDetail &column, const core::ObjectDetail &object)
{
    FactRow row;
    QStringList meanings;
    qsizetype references = 0; // they stand first
    for (const ConstraintDetail &constraint : object.constraints) {
        if (!hasColumn(constraint, column.number))
            continue;
        if (constraint.type == 'p')
            row.iconName = u"key-primary"_s;
        else if (constraint.type == 'f' && row.iconName.isEmpty())
            row.iconName = u"reference"_s;
        if (constraint.type == 'f' && row.target == core::ObjectId{})
            row.target = {core::classCatalog, constraint.target};
        const QString sentence = keySentence(constraint, object);
        if (!sentence.isEmpty() && !meanings.contains(sentence))
            meanings.insert(constraint.type == 'f' ? references++ : meanings.size(), sentence);
    }
    if (!column.comment.isEmpty())
        meanings << column.comment;
    else if (!column.labels.isEmpty())
        meanings << column.labels;
    FactCell meaning{.text = meanings.join(". "_L1), .ink = Ink::Text2};
    if (!column.mayRead) {
        meaning.text = meanings.isEmpty()
                           ? Text::tr("no permission to read it")
                           : Text::tr("no permission to read it. %1").arg(meaning.text);
        meaning.meaning = Meaning::ReadOnly;
    }
    row.cells = {{.text = column.name,
                  .role = TextRole::Name,
                  .note = column.notNull ? QString() : Text::tr("nullable")},
                 {.text = column.type, .role = TextRole::Mono},
                 {.text = defaultOf(column), .role = TextRole::Mono, .ink = Ink::Text2},
                 std::move(meaning)};
    return row;
}

QString actionWords(ForeignKeyAction action)
{
    switch (action) {
    case ForeignKeyAction::Restrict:
        return u"restrict"_s;
    case ForeignKeyAction::Cascade:
        return u"cascade"_s;
    case ForeignKeyAction::SetNull:
        return u"set null"_s;
    case ForeignKeyAction::SetDefault:
        return u"set default"_s;
    case ForeignKeyAction::NoAction:
        break;
    }
    return u"no action"_s;
}

FactCell constraintState(const ConstraintDetail &constraint)
{
    QStringList words;
    switch (constraint.type) {
    case 'p':
        words << Text::tr("primary key");
        break;
    case 'u':
        words << Text::tr("unique");
        break;
    case 'x':
        words << Text::tr("excludes");
        break;
    case 'f':
        words << Text::tr("on delete %1").arg(actionWords(constraint.onDelete));
        if (constraint.onUpdate != ForeignKeyAction::NoAction)
            words << Text::tr("on update %1").arg(actionWords(constraint.onUpdate));
        break;
    default:
        break;
    }
    if (constraint.deferrable)
        words << (constraint.deferred ? Text::tr("deferred") : Text::tr("deferrable"));
    FactCell cell{.text = words.join(", "_L1), .ink = Ink::Text2};
    if (!constraint.validated) {
        words.prepend(Text::tr("not validated"));
        cell.text = words.join(", "_L1);
        cell.meaning = Meaning::Warning;
    }
    return cell;
}

QString constraintOn(const ConstraintDetail &constraint, const QString &schema)
{
    if (constraint.type == 'f')
        return u"%1 → %2 (%3)"_s.arg(constraint.columnNames, targetOf(constraint, schema),
                                     constraint.targetColumns);
    if (constraint.type == 'c')
        return constraint.expression;
    return constraint.type == 'x' ? constraint.definition : constraint.columnNames;
}

QString constraintIcon(char type)
{
    if (type == 'p' || type == 'u')
        return u"key-primary"_s;
    return type == 'f' ? u"reference"_s : u"constraint"_s;
}

FactCell scansCell(const core::IndexDetail &index)
{
    FactCell cell{.role = TextRole::Grid, .ink = Ink::Text2};
    if (!index.valid) {
        cell.text = Text::tr("not valid");
        cell.meaning = Meaning::Warning;
    } else if (!index.scans) {
        cell.text = QString();
    } else if (*index.scans == 0 && !index.unique && !index.exclusion) {
        cell.text = Text::tr("never used");
        cell.meaning = Meaning::Warning;
        cell.role = TextRole::Body;
    } else {
        cell.text = formatCount(*index.scans);
    }
    return cell;
}

QString indexTip(const core::IndexDetail &index)
{
    QStringList lines{index.definition};
    if (index.clustered)
        lines << Text::tr("The table was clustered by it.");
    if (index.replicaIdentity)
        lines << Text::tr("It is the table's replica identity.");
    if (!index.valid)
        lines << Text::tr("It is kept up to date, and no query uses it: building it was "
                          "interrupted. Drop it, or build it anew.");
    if (!index.comment.isEmpty())
        lines << index.comment;
    return lines.join(u'\n');
}

} // namespace

std::vector<FactColumn> columnColumns()
{
    return {{.title = Text::tr("Column"), .share = 30},
            {.title = Text::tr("Type"), .share = 18},
            {.title = Text::tr("Default"), .share = 20},
            {.title = Text::tr("Meaning"), .share = 32}};
}

std::vector<FactRow> columnRows(const core::ObjectDetail &object)
{
    std::vector<FactRow> rows;
    rows.reserve(object.columns.size());
    for (const core::ColumnDetail &column : object.columns)
        rows.push_back(columnRow(column, object));
    return rows;
}

std::vector<FactColumn> constraintColumns()
{
    return {{.title = Text::tr("Key or constraint"), .share = 40},
            {.title = Text::tr("On"), .share = 34},
            {.title = Text::tr("Kind"), .share = 26}};
}

std::vector<FactRow> constraintRows(const core::ObjectDetail &object)
{
    std::vector<FactRow> rows;
    for (const ConstraintDetail &constraint : object.constraints) {
        FactRow row{.iconName = constraintIcon(constraint.type),
                    .cells = {{.text = constraint.name, .role = TextRole::Mono},
                              {.text = constraintOn(constraint, object.schema),
                               .role = TextRole::Mono,
                               .ink = Ink::Text2},
                              constraintState(constraint)},
                    .tip = constraint.definition};
        if (core::isValid(constraint.target))
            row.target = {core::classCatalog, constraint.target};
        if (!constraint.validated)
            row.tip += u'\n'
                       + Text::tr("Rows that were there before may violate it; "
                                  "VALIDATE CONSTRAINT looks at them.");
        if (!constraint.comment.isEmpty())
            row.tip += u'\n' + constraint.comment;
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<FactColumn> indexColumns()
{
    return {{.title = Text::tr("Index"), .share = 38},
            {.title = Text::tr("Columns"), .share = 26},
            {.title = Text::tr("Size"), .share = 14, .side = Qt::AlignRight},
            {.title = Text::tr("Scans"), .share = 22, .side = Qt::AlignRight}};
}

std::vector<FactRow> indexRows(const core::ObjectDetail &object)
{
    std::vector<FactRow> rows;
    for (const core::IndexDetail &index : object.indexes) {
        rows.push_back(
            {.iconName = u"index"_s,
             .cells = {{.text = index.name,
                        .role = TextRole::Mono,
                        .note = index.primary  ? Text::tr("primary")
                                : index.unique ? Text::tr("unique")
                                               : QString()},
                       {.text = index.columns, .role = TextRole::Mono, .ink = Ink::Text2},
                       {.text = index.bytes < 0 ? QString() : formatBytes(index.bytes),
                        .role = TextRole::Grid},
                       scansCell(index)},
             .target = {core::classCatalog, index.oid},
             .tip = indexTip(index)});
    }
    return rows;
}

QString indexCount(const core::ObjectDetail &object)
{
    QStringList facts{formatCount(qint64(object.indexes.size()))};
    qint64 bytes = 0;
    for (const core::IndexDetail &index : object.indexes)
        bytes += std::max<qint64>(index.bytes, 0);
    if (bytes > 0)
        facts << formatBytes(bytes);
    if (object.state && object.state->statisticsReset.isValid())
        facts << Text::tr("scans counted since %1")
                     .arg(formatWhen(object.state->statisticsReset, QDateTime::currentDateTime()));
    return facts.join(", "_L1);
}

} // namespace ui
