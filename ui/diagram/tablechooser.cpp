// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/diagram/tablechooser.h"

#include "ui/common/button.h"
#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/searchfield.h"

#include <QListView>
#include <QStandardItemModel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int tableRole = Qt::UserRole + 1;
constexpr int listHeight = 320;

} // namespace

TableChooser::TableChooser(QWidget *anchor, const std::vector<Choice> &choices, const QString &why)
    : Sheet(anchor, Width::Small)
    , m_model(new QStandardItemModel(this))
    , m_list(new QListView(this))
    , m_filter(new SearchField(tr("Filter tables"), this))
    , m_show(addPrimary(QString()))
{
    setObjectName(u"tableChooser"_s);
    setTitle(tr("Which tables to draw?"));
    setSubtitle(why);
    setIconName(u"relations"_s);
    for (const Choice &choice : choices) {
        auto *item = new QStandardItem(
            choice.keys > 0
                ? tr("%1, %n foreign keys", nullptr, choice.keys).arg(isolated(choice.name))
                : isolated(choice.name));
        item->setCheckable(true);
        item->setEditable(false);
        item->setCheckState(choice.shown ? Qt::Checked : Qt::Unchecked);
        item->setData(choice.table, tableRole);
        m_model->appendRow(item);
    }
    build();
    showCount();
}

void TableChooser::build()
{
    m_filter->setObjectName(u"tableChooser.filter"_s);
    m_filter->setAccessibleName(tr("Filter tables"));
    m_list->setObjectName(u"tableChooser.list"_s);
    m_list->setAccessibleName(tr("Tables"));
    m_list->setModel(m_model);
    m_list->setUniformItemSizes(true);
    m_list->setMinimumHeight(grown(listHeight));
    if (m_model->rowCount() > 0)
        m_list->setCurrentIndex(m_model->index(0, 0));
    content()->addWidget(m_filter);
    content()->addWidget(m_list, 1);
    m_show->setObjectName(u"tableChooser.show"_s);
    Button *all = addLink(tr("Tick all"));
    all->setObjectName(u"tableChooser.all"_s);
    Button *none = addLink(tr("Tick none"));
    none->setObjectName(u"tableChooser.none"_s);
    connect(all, &QAbstractButton::clicked, this, [this] { tickAll(true); });
    connect(none, &QAbstractButton::clicked, this, [this] { tickAll(false); });
    connect(m_filter, &QLineEdit::textChanged, this, &TableChooser::filter);
    connect(m_filter, &SearchField::movedDown, m_list, [this] { m_list->setFocus(); });
    connect(m_model, &QStandardItemModel::itemChanged, this, &TableChooser::showCount);
    setFirstFocus(m_filter);
}

void TableChooser::filter(const QString &text)
{
    for (int row = 0; row < m_model->rowCount(); ++row)
        m_list->setRowHidden(row, !m_model->item(row)->text().contains(text, Qt::CaseInsensitive));
}

void TableChooser::tickAll(bool ticked)
{
    {
        const QSignalBlocker quiet(m_model);
        for (int row = 0; row < m_model->rowCount(); ++row) {
            if (!m_list->isRowHidden(row))
                m_model->item(row)->setCheckState(ticked ? Qt::Checked : Qt::Unchecked);
        }
    }
    m_list->viewport()->update();
    showCount();
}

QSet<quint32> TableChooser::chosen() const
{
    QSet<quint32> tables;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->item(row)->checkState() == Qt::Checked)
            tables << m_model->item(row)->data(tableRole).toUInt();
    }
    return tables;
}

void TableChooser::showCount()
{
    const int count = int(chosen().size());
    m_show->setText(tr("Draw %n tables", nullptr, count));
    m_show->setEnabled(count > 0);
}

} // namespace ui
