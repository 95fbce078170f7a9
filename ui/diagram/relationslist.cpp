// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/diagram/relationslist.h"

#include "core/diagram/diagramtext.h"
#include "ui/common/format.h"
#include "ui/common/kindicon.h"
#include "ui/common/treedelegate.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QSet>
#include <QStandardItemModel>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

// The table of a row; of a relation, its other end. What is copied of it.
constexpr int tableRole = Qt::UserRole + 1;
constexpr int copyRole = Qt::UserRole + 2;

QStandardItem *itemOf(const QString &text, const QString &fact, const QString &iconName)
{
    auto *item = new QStandardItem(oneLine(text));
    item->setData(iconName, TreeDelegate::IconNameRole);
    item->setData(fact, TreeDelegate::FactRole);
    item->setEditable(false);
    return item;
}

QStandardItem *relationItem(const core::RelationFact &fact, bool outwards)
{
    const QString line = outwards ? core::referenceLine(fact) : core::referencedLine(fact);
    const QString words = core::relationWords(fact);
    auto *item =
        itemOf(line.chopped(words.size() + 2), words, outwards ? u"key-foreign"_s : u"reference"_s);
    item->setData(line, copyRole);
    item->setData(core::number(outwards ? fact.to : fact.from), tableRole);
    item->setData(RelationsList::tr("%1, constraint %2").arg(oneLine(line), isolated(fact.name)),
                  Qt::AccessibleTextRole);
    return item;
}

core::Oid tableOf(const QModelIndex &index)
{
    return core::Oid{index.data(tableRole).toUInt()};
}

} // namespace

RelationsList::RelationsList(QWidget *parent)
    : QTreeView(parent)
    , m_model(new QStandardItemModel(this))
{
    TreeDelegate::dress(this);
    setItemDelegate(new TreeDelegate(this));
    viewport()->setBackgroundRole(QPalette::Base); // no dock's tree: what the tab shows
    setModel(m_model);
    setSelectionMode(ExtendedSelection);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setAccessibleName(tr("Relations as a list"));
    connect(this, &QTreeView::activated, this,
            [this](const QModelIndex &index) { emit rowsWanted(tableOf(index)); });
    connect(this, &QWidget::customContextMenuRequested, this, [this](const QPoint &at) {
        if (const QModelIndex index = indexAt(at); index.isValid())
            emit menuWanted(tableOf(index), viewport()->mapToGlobal(at));
    });
}

void RelationsList::setRelations(const core::Catalog &catalog, const core::DiagramGraph &graph)
{
    QSet<quint32> folded;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_model->index(row, 0);
        if (!isExpanded(index))
            folded << index.data(tableRole).toUInt();
    }
    const core::Oid current = currentTable();
    m_filling = true;
    m_model->clear();
    for (const core::DiagramTable &table : graph.tables) {
        const core::RelationInfo *relation = catalog.relation(table.relation);
        if (!relation)
            continue;
        const core::TableRelations relations = core::relationsOf(catalog, *relation);
        const QString fact = tr("references %1, referenced by %2")
                                 .arg(relations.references.size())
                                 .arg(relations.referencedBy.size());
        auto *item = itemOf(table.name, fact, kindIcon(table.kind));
        item->setData(table.qualifiedName, copyRole);
        item->setData(core::number(table.relation), tableRole);
        item->setData(tr("%1, %2").arg(isolated(table.qualifiedName), fact),
                      Qt::AccessibleTextRole);
        for (const core::RelationFact &one : relations.references)
            item->appendRow(relationItem(one, true));
        for (const core::RelationFact &one : relations.referencedBy)
            item->appendRow(relationItem(one, false));
        m_model->appendRow(item);
        setExpanded(item->index(), !folded.contains(core::number(table.relation)));
    }
    m_filling = false;
    setCurrentTable(current);
}

QModelIndex RelationsList::indexOf(core::Oid table) const
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (tableOf(m_model->index(row, 0)) == table)
            return m_model->index(row, 0);
    }
    return {};
}

core::Oid RelationsList::currentTable() const
{
    const QModelIndex index = currentIndex();
    if (!index.isValid())
        return {};
    return tableOf(index.parent().isValid() ? index.parent() : index);
}

void RelationsList::setCurrentTable(core::Oid table)
{
    if (table == currentTable())
        return;
    const QModelIndex index = indexOf(table);
    setCurrentIndex(index);
    if (index.isValid())
        scrollTo(index);
}

void RelationsList::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    if (!m_filling)
        emit currentTableChanged(currentTable());
}

QString RelationsList::selectedText() const
{
    QModelIndexList rows = selectionModel()->selectedIndexes();
    const auto place = [](const QModelIndex &index) {
        const QModelIndex parent = index.parent();
        return parent.isValid() ? std::pair(parent.row(), index.row()) : std::pair(index.row(), -1);
    };
    std::ranges::sort(rows, {}, place);
    QStringList lines;
    for (const QModelIndex &index : rows) {
        const QString indent = index.parent().isValid() ? u"  "_s : QString();
        lines << indent + index.data(copyRole).toString();
        for (int row = 0; !isExpanded(index) && row < m_model->rowCount(index); ++row)
            lines << u"  "_s + m_model->index(row, 0, index).data(copyRole).toString();
    }
    return lines.join(u'\n');
}

void RelationsList::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        return QApplication::clipboard()->setText(selectedText());
    QTreeView::keyPressEvent(event);
}

} // namespace ui
