// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/overviewmodel.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

// Internal ids: 0 is a group, n + 1 a row of group n.
constexpr quintptr groupId = 0;

} // namespace

OverviewModel::OverviewModel(QObject *parent)
    : QAbstractItemModel(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(revealTime);
    connect(&m_timer, &QTimer::timeout, this, &OverviewModel::conceal);
}

void OverviewModel::setOverview(Overview overview)
{
    if (overview == m_overview)
        return;
    conceal();
    beginResetModel();
    m_overview = std::move(overview);
    endResetModel();
}

const OverviewGroup *OverviewModel::groupOf(const QModelIndex &index) const
{
    const bool isGroup = index.isValid() && index.internalId() == groupId;
    return isGroup ? &m_overview.groups[std::size_t(index.row())] : nullptr;
}

const OverviewRow *OverviewModel::rowOf(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == groupId)
        return nullptr;
    return &m_overview.groups[index.internalId() - 1].rows[std::size_t(index.row())];
}

std::vector<OverviewChip> OverviewModel::chips(const QModelIndex &group) const
{
    const OverviewGroup *found = groupOf(group);
    return found ? found->chips : std::vector<OverviewChip>();
}

void OverviewModel::rowChanged(const QModelIndex &row)
{
    emit dataChanged(row, row.siblingAtColumn(columnCountOf - 1));
}

void OverviewModel::reveal(const QModelIndex &row)
{
    conceal();
    const OverviewRow *found = rowOf(row);
    if (!found || found->secret.isEmpty())
        return;
    m_revealed = row.siblingAtColumn(NameColumn);
    m_hides = QTime::currentTime().addSecs(int(revealTime.count()));
    m_timer.start();
    rowChanged(m_revealed);
    emit revealedChanged();
}

void OverviewModel::conceal()
{
    if (!m_revealed.isValid())
        return;
    const QModelIndex row = m_revealed;
    m_revealed = QPersistentModelIndex();
    m_timer.stop();
    rowChanged(row);
    emit revealedChanged();
}

QModelIndex OverviewModel::revealed() const
{
    return m_revealed;
}

QString OverviewModel::secret(const QModelIndex &row) const
{
    const OverviewRow *found = rowOf(row);
    return found ? found->secret : QString();
}

QString OverviewModel::maskedUrl(const QModelIndex &row) const
{
    const OverviewRow *found = rowOf(row);
    return found && !found->address.isEmpty() ? u"postgresql://"_s + found->address : QString();
}

QModelIndex OverviewModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column < 0 || column >= columnCountOf || row >= rowCount(parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) + 1 : groupId);
}

QModelIndex OverviewModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == groupId)
        return {};
    return createIndex(int(child.internalId()) - 1, 0, groupId);
}

int OverviewModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_overview.groups.size());
    const OverviewGroup *group = parent.column() == 0 ? groupOf(parent) : nullptr;
    return group ? int(group->rows.size()) : 0;
}

int OverviewModel::columnCount(const QModelIndex &) const
{
    return columnCountOf;
}

QString OverviewModel::text(const OverviewRow &row, const QModelIndex &index) const
{
    switch (index.column()) {
    case NameColumn:
        return row.name;
    case AddressColumn:
        return row.address;
    case PlaceColumn:
        return row.place;
    default:
        break;
    }
    if (index.siblingAtColumn(NameColumn) == m_revealed)
        return tr("Shown until %1, then hidden again")
            .arg(QLocale().toString(m_hides, u"HH:mm:ss"_s));
    return row.action;
}

QVariant OverviewModel::rowData(const OverviewRow &row, const QModelIndex &index, int role) const
{
    const bool shown = index.siblingAtColumn(NameColumn) == m_revealed;
    switch (role) {
    case Qt::DisplayRole:
        return shown && index.column() == AddressColumn ? row.password : text(row, index);
    case Qt::AccessibleTextRole:
        return text(row, index);
    case Qt::ToolTipRole:
        return index.column() == ActionColumn && !row.more.isEmpty()
                   ? QString(row.action + u'\n' + row.more)
                   : text(row, index);
    case IconNameRole:
        return index.column() == NameColumn ? row.iconName : QString();
    case MeaningRole:
        if (index.column() == ActionColumn)
            return int(shown ? Meaning::Info : row.actionMeaning);
        return int(index.column() == NameColumn ? row.meaning : Meaning::Neutral);
    case StruckRole:
        return row.struck;
    case PathRole:
        return row.file;
    case LineRole:
        return row.line;
    case HasSecretRole:
        return !row.secret.isEmpty();
    case RevealedRole:
        return shown;
    case EndpointRole:
        return row.role ? QVariant(int(*row.role)) : QVariant();
    case MonoRole:
        return index.column() != ActionColumn;
    case QuietRole:
        return row.struck || index.column() >= PlaceColumn;
    default:
        return {};
    }
}

QVariant OverviewModel::groupData(const OverviewGroup &group, int column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return column == NameColumn ? group.name : QString();
    case Qt::AccessibleTextRole: {
        QStringList words{group.name, group.words};
        for (const OverviewChip &chip : group.chips)
            words << chip.word;
        words.removeAll(QString());
        return words.join(u", "_s);
    }
    case Qt::ToolTipRole:
        return QString(group.name + u'\n' + group.words);
    case IconNameRole:
        return group.iconName;
    case MeaningRole:
        return int(group.meaning);
    case WordsRole:
        return group.words;
    case DatabaseRole:
        return group.database;
    default:
        return {};
    }
}

QVariant OverviewModel::data(const QModelIndex &index, int role) const
{
    if (const OverviewRow *row = rowOf(index))
        return rowData(*row, index, role);
    const OverviewGroup *group = groupOf(index);
    return group ? groupData(*group, index.column(), role) : QVariant();
}

QVariant OverviewModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Name in the environment");
    case AddressColumn:
        return tr("Address");
    case PlaceColumn:
        return tr("Comes from");
    default:
        return tr("What Sluice does with it");
    }
}

} // namespace ui
