// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/translations.h"
#include "core/catalog/describe.h"
#include "core/catalog/relationname.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(core::Describe)
};

QString tr(const char *text)
{
    return Text::tr(text);
}

QString aboutRows(double estimate)
{
    const qint64 rows = qRound64(estimate);
    return Text::tr("about %1 rows", nullptr, pluralNumber(rows)).arg(QLocale().toString(rows));
}

/// A line must stay a line, and read in the order of its parts.
QString oneLine(const QString &text)
{
    QString line;
    for (const QChar letter : text) {
        const QChar::Category category = letter.category();
        const bool unseen = category == QChar::Other_Control || category == QChar::Other_Format
                            || category == QChar::Separator_Line
                            || category == QChar::Separator_Paragraph;
        line +=
            unseen ? u"\\u%1"_s.arg(int(letter.unicode()), 4, 16, QChar(u'0')) : QString(letter);
    }
    return line;
}

QString oneLine(QByteArrayView bytes)
{
    return oneLine(QString::fromUtf8(bytes));
}

QString kindName(RelationKind kind)
{
    switch (kind) {
    case RelationKind::Table:
        return tr("Table");
    case RelationKind::PartitionedTable:
        return tr("Partitioned table");
    case RelationKind::View:
        return tr("View");
    case RelationKind::MaterializedView:
        return tr("Materialized view");
    case RelationKind::ForeignTable:
        return tr("Foreign table");
    case RelationKind::Sequence:
        return tr("Sequence");
    }
    Q_UNREACHABLE_RETURN({});
}

class TextWriter
{
public:
    TextWriter(const Catalog &catalog, const RelationInfo &relation, const RelationDetail &detail)
        : m_catalog(catalog)
        , m_relation(relation)
        , m_detail(detail)
    {
    }

    QString write()
    {
        heading();
        columns();
        definitions(tr("Constraints"), m_detail.constraints);
        definitions(tr("Indexes"), m_detail.indexes);
        referencedBy();
        partitions();
        definitions(tr("Triggers"), m_detail.triggers);
        definitions(tr("Policies"), m_detail.policies);
        if (!m_detail.viewDefinition.isEmpty())
            m_text += u'\n' + tr("Definition") + u'\n' + m_detail.viewDefinition + u'\n';
        return m_text;
    }

private:
    void heading();
    void facts();
    void columns();
    [[nodiscard]] QString columnNote(const ColumnInfo &column) const;
    void definitions(const QString &title, const std::vector<RelationDetail::Part> &parts);
    void referencedBy();
    void partitions();
    void rows(const QString &title, std::vector<QStringList> rows);

    const Catalog &m_catalog;
    const RelationInfo &m_relation;
    const RelationDetail &m_detail;
    QString m_text;
};

void TextWriter::heading()
{
    m_text += kindName(m_relation.kind) + u' ' + oneLine(m_catalog.displayName(m_relation)) + u'\n';
    facts();
    if (const QByteArrayView comment = m_catalog.comment(m_relation.oid); !comment.isEmpty())
        m_text += u"  "_s + oneLine(comment) + u'\n';
    if (!m_detail.partitionKey.isEmpty())
        m_text += u"  "_s + tr("Partitioned by %1").arg(oneLine(m_detail.partitionKey)) + u'\n';
    const RelationInfo *const parent = m_catalog.relation(m_relation.parent);
    if (parent) {
        const QString name = oneLine(m_catalog.displayName(*parent));
        m_text += u"  "_s
                  + (m_relation.partition
                         ? tr("Partition of %1 %2").arg(name, oneLine(m_detail.partitionBound))
                         : tr("Inherits from %1").arg(name))
                  + u'\n';
    }
}

void TextWriter::facts()
{
    const QLocale locale;
    QStringList facts;
    if (const auto estimate = m_catalog.estimatedRows(m_relation))
        facts.append(aboutRows(*estimate));
    if (m_detail.heapBytes >= 0)
        facts.append(locale.formattedDataSize(m_detail.heapBytes));
    if (m_detail.totalBytes > m_detail.heapBytes)
        facts.append(tr("%1 with indexes").arg(locale.formattedDataSize(m_detail.totalBytes)));
    if (!m_relation.owner.isEmpty())
        facts.append(tr("owner %1").arg(oneLine(m_relation.owner)));
    if (m_relation.persistence == Persistence::Unlogged)
        facts.append(tr("unlogged"));
    if (m_relation.persistence == Persistence::Temporary)
        facts.append(tr("temporary"));
    if (m_relation.rowSecurity)
        facts.append(tr("row security on"));
    if (!facts.isEmpty())
        m_text += u"  "_s + facts.join(u" · "_s) + u'\n';
}

/// Columns padded to the widest cell, two blanks between them, no blanks at the end of a line.
void TextWriter::rows(const QString &title, std::vector<QStringList> rows)
{
    if (rows.empty())
        return;
    m_text += u'\n' + title + u'\n';
    std::vector<qsizetype> widths;
    for (const QStringList &row : rows) {
        widths.resize(std::max(widths.size(), std::size_t(row.size())));
        for (qsizetype at = 0; at < row.size(); ++at)
            widths[std::size_t(at)] = std::max(widths[std::size_t(at)], row[at].size());
    }
    for (const QStringList &row : rows) {
        QString line;
        for (qsizetype at = 0; at < row.size(); ++at)
            line += u"  "_s + row[at].leftJustified(widths[std::size_t(at)]);
        while (line.endsWith(u' '))
            line.chop(1);
        m_text += line + u'\n';
    }
}

QString TextWriter::columnNote(const ColumnInfo &column) const
{
    const QString name = QString::fromUtf8(column.name);
    const auto found = std::ranges::find(m_detail.defaults, name, &RelationDetail::Part::name);
    const QString expression =
        found == m_detail.defaults.end() ? QString{} : oneLine(found->definition);
    switch (column.origin) {
    case ColumnOrigin::IdentityAlways:
        return u"generated always as identity"_s;
    case ColumnOrigin::IdentityByDefault:
        return u"generated by default as identity"_s;
    case ColumnOrigin::GeneratedStored:
        return u"generated always as (%1) stored"_s.arg(expression);
    case ColumnOrigin::GeneratedVirtual:
        return u"generated always as (%1)"_s.arg(expression);
    case ColumnOrigin::Default:
        return u"default "_s + expression;
    case ColumnOrigin::Plain:
        break;
    }
    return {};
}

void TextWriter::columns()
{
    std::vector<QStringList> lines;
    for (const ColumnInfo &column : m_catalog.columnsOf(m_relation)) {
        QString note = columnNote(column);
        if (!column.mayRead)
            note += (note.isEmpty() ? u""_s : u", "_s) + tr("no permission");
        lines.push_back({oneLine(writtenName(column.name)), oneLine(column.typeText),
                         column.notNull ? u"not null"_s : QString{}, note,
                         oneLine(m_catalog.comment(m_relation.oid, column.number))});
    }
    rows(tr("Columns"), std::move(lines));
}

void TextWriter::definitions(const QString &title, const std::vector<RelationDetail::Part> &parts)
{
    std::vector<QStringList> lines;
    for (const RelationDetail::Part &part : parts)
        lines.push_back({oneLine(writtenName(part.name.toUtf8())), oneLine(part.definition)});
    rows(title, std::move(lines));
}

void TextWriter::referencedBy()
{
    std::vector<QStringList> lines;
    for (const ConstraintInfo *const key : m_catalog.referencesTo(m_relation)) {
        const RelationInfo *const from = m_catalog.relation(key->relation);
        if (!from)
            continue;
        QStringList columns;
        for (const qint16 attnum : key->columns) {
            if (const ColumnInfo *const column = m_catalog.column(*from, attnum))
                columns.append(writtenName(column->name));
        }
        lines.push_back({oneLine(m_catalog.displayName(*from)) + u" ("_s
                             + oneLine(columns.join(u", "_s)) + u')',
                         oneLine(writtenName(key->name))});
    }
    rows(tr("Referenced by"), std::move(lines));
}

void TextWriter::partitions()
{
    std::vector<QStringList> lines;
    const QLocale locale;
    for (const RelationInfo *const child : m_catalog.childrenOf(m_relation)) {
        const auto estimate = m_catalog.estimatedRows(*child);
        lines.push_back(
            {oneLine(m_catalog.displayName(*child)), estimate ? aboutRows(*estimate) : QString{}});
    }
    rows(m_relation.kind == RelationKind::PartitionedTable ? tr("Partitions") : tr("Inherited by"),
         std::move(lines));
}

} // namespace

QString describeText(const Catalog &catalog, const RelationInfo &relation,
                     const RelationDetail &detail)
{
    return TextWriter(catalog, relation, detail).write();
}

} // namespace core
