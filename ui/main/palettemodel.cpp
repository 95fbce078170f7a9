// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/palettemodel.h"

#include "ui/common/fonts.h"
#include "ui/common/icons.h"
#include "ui/common/paint.h"
#include "ui/common/theme.h"

#include <QPainter>
#include <QStyle>
#include <QTextLayout>

namespace ui {

namespace {

QString captionOf(PaletteEntry::Kind kind)
{
    switch (kind) {
    case PaletteEntry::Kind::Command:
        return PaletteModel::tr("Commands");
    case PaletteEntry::Kind::Pinned:
        return PaletteModel::tr("Pinned");
    case PaletteEntry::Kind::Recent:
        return PaletteModel::tr("Recent");
    case PaletteEntry::Kind::Object:
        return PaletteModel::tr("Tables and other objects");
    case PaletteEntry::Kind::File:
        return PaletteModel::tr("Files");
    }
    return {};
}

void drawMarked(QPainter *painter, const QRect &rect, const PaletteEntry &entry,
                Qt::LayoutDirection direction)
{
    QTextLayout layout(entry.text, ui::font(TextRole::Body));
    QTextOption option;
    option.setTextDirection(direction);
    option.setWrapMode(QTextOption::NoWrap);
    layout.setTextOption(option);
    QList<QTextLayout::FormatRange> marks;
    for (const int at : entry.marked) {
        QTextLayout::FormatRange range;
        range.start = at;
        range.length = 1;
        range.format.setFontWeight(QFont::DemiBold);
        marks << range;
    }
    layout.setFormats(marks);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    if (line.isValid())
        line.setLineWidth(rect.width());
    layout.endLayout();
    layout.draw(painter, QPointF(rect.x(), rect.y() + (rect.height() - line.height()) / 2));
}

} // namespace

void PaletteModel::setEntries(std::vector<PaletteEntry> entries)
{
    beginResetModel();
    m_entries = std::move(entries);
    m_rows.clear();
    for (int i = 0; i < int(m_entries.size()); ++i) {
        if (i == 0 || m_entries[std::size_t(i)].kind != m_entries[std::size_t(i - 1)].kind)
            m_rows.push_back({captionOf(m_entries[std::size_t(i)].kind), -1});
        m_rows.push_back({QString(), i});
    }
    endResetModel();
}

const PaletteEntry *PaletteModel::entry(const QModelIndex &index) const
{
    if (!index.isValid() || m_rows[std::size_t(index.row())].entry < 0)
        return nullptr;
    return &m_entries[std::size_t(m_rows[std::size_t(index.row())].entry)];
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    const PaletteEntry *one = entry(index);
    switch (role) {
    case Qt::DisplayRole:
        return one ? one->text : m_rows[std::size_t(index.row())].caption;
    case Qt::AccessibleTextRole:
        return one ? one->text + QLatin1Char(' ') + one->fact + QLatin1Char(' ') + one->reason
                   : m_rows[std::size_t(index.row())].caption;
    default:
        return {};
    }
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex &index) const
{
    const PaletteEntry *one = entry(index);
    if (!one)
        return Qt::NoItemFlags;
    return one->reason.isEmpty() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable
                                 : Qt::ItemIsSelectable | Qt::ItemIsEnabled;
}

void PaletteDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const auto *model = static_cast<const PaletteModel *>(index.model());
    const Theme &look = theme(option.palette);
    const PaletteEntry *entry = model->entry(index);
    const auto place = [&](int x, int w) {
        return QStyle::visualRect(
            option.direction, option.rect,
            QRect(option.rect.x() + x, option.rect.y(), w, option.rect.height()));
    };
    painter->save();
    if (!entry) {
        painter->setFont(ui::font(TextRole::Chip));
        painter->setPen(look.text2);
        painter->drawText(place(16, option.rect.width() - 32), Qt::AlignVCenter | Qt::AlignLeading,
                          index.data().toString());
        painter->restore();
        return;
    }
    painter->setRenderHint(QPainter::Antialiasing);
    const bool chosen = option.state.testFlag(QStyle::State_Selected);
    if (chosen)
        drawBox(painter, QRectF(option.rect).adjusted(6, 0, -6, 0), controlRadius, look.selection);
    const bool off = !entry->reason.isEmpty();
    const QColor quiet = chosen ? look.text2 : look.text3;
    paintIcon(
        painter,
        QRectF(place(16, 16))
            .adjusted(0, (option.rect.height() - 16) / 2.0, 0, -(option.rect.height() - 16) / 2.0),
        entry->iconName, off ? quiet : look.text2, option.direction);
    const QFontMetrics caption(ui::font(TextRole::Caption));
    const int shortcut = caption.horizontalAdvance(entry->shortcut);
    const int room = option.rect.width() - 44 - 16 - (shortcut > 0 ? shortcut + 12 : 0);
    const int nameWidth = std::min(
        room, QFontMetrics(ui::font(TextRole::Heading)).horizontalAdvance(entry->text) + 2);
    painter->setPen(off ? quiet : chosen ? look.onSelection : look.text);
    drawMarked(painter, place(44, nameWidth), *entry, option.direction);
    painter->setFont(ui::font(TextRole::Caption));
    painter->setPen(quiet);
    const int factRoom = room - nameWidth - 8;
    if (factRoom > 20) {
        const QString fact = off ? entry->reason : entry->fact;
        painter->drawText(place(44 + nameWidth + 8, factRoom), Qt::AlignVCenter | Qt::AlignLeading,
                          caption.elidedText(fact, Qt::ElideMiddle, factRoom));
    }
    painter->drawText(place(option.rect.width() - 16 - shortcut, shortcut + 1),
                      Qt::AlignVCenter | Qt::AlignTrailing, entry->shortcut);
    painter->restore();
}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const auto *model = static_cast<const PaletteModel *>(index.model());
    return {200, rowHeight(model->entry(index) ? 32 : 28)};
}

} // namespace ui
