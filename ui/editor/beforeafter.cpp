// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/beforeafter.h"

#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/paint.h"
#include "ui/common/theme.h"

#include <QHeaderView>
#include <QPainter>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QStyledItemDelegate>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int longestValue = 200;
constexpr quint32 boolType = 16;

QString valueOf(const core::Table &table, qint64 row, int column)
{
    if (table.isNull(row, column))
        return u"NULL"_s;
    const QByteArrayView cell = table.cell(row, column);
    if (table.columns[std::size_t(column)].type == core::Oid(boolType))
        return cell == "t" ? u"true"_s : u"false"_s;
    const QString text = QString::fromUtf8(cell);
    return oneLine(text.size() > longestValue ? text.first(longestValue) + u'…' : text);
}

class Delegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const Theme &look = theme(option.palette);
        const QString before = index.data(BeforeAfterView::BeforeRole).toString();
        const QString after = index.data(BeforeAfterView::AfterRole).toString();
        const bool changes = index.data(BeforeAfterView::AfterRole).isValid();
        painter->save();
        const QRect rect = option.rect;
        painter->fillRect(rect, changes && before != after ? look.warning.tint : look.base);
        drawHairLine(painter, rect, Qt::BottomEdge, look.gridline);
        drawHairLine(painter, rect,
                     option.direction == Qt::RightToLeft ? Qt::LeftEdge : Qt::RightEdge,
                     look.gridline);
        if (option.state & QStyle::State_HasFocus)
            drawRing(painter, rect, 0, look.accent);
        int x = rect.x() + 8;
        const auto put = [&](const QString &text, bool struck, const QColor &ink) {
            QFont face = font(TextRole::Grid);
            face.setStrikeOut(struck);
            const QFontMetrics metrics(face);
            const QString shown =
                metrics.elidedText(text, Qt::ElideRight, std::max(0, rect.right() - 8 - x));
            const int width = metrics.horizontalAdvance(shown) + 1;
            painter->setFont(face);
            painter->setPen(ink);
            drawLine(painter,
                     QStyle::visualRect(option.direction, rect,
                                        QRect(x, rect.y(), width, rect.height())),
                     Qt::AlignLeft, option.direction, shown);
            x += width + 6;
        };
        if (!changes || before == after) {
            put(before, false, changes ? look.text2 : look.text);
        } else {
            put(before, true, look.text2);
            put(u"→"_s, false, look.text2);
            put(after, false, look.text);
        }
        painter->restore();
    }
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &,
                                 const QModelIndex &index) const override
    {
        const QFontMetrics metrics(font(TextRole::Grid));
        const QString before = index.data(BeforeAfterView::BeforeRole).toString();
        int width = metrics.horizontalAdvance(before) + 24;
        if (index.data(BeforeAfterView::AfterRole).isValid())
            width += metrics.horizontalAdvance(u" → "_s
                                               + index.data(BeforeAfterView::AfterRole).toString())
                     + 12;
        return {std::min(width, grown(260)), rowHeight(27, TextRole::Grid)};
    }
};

} // namespace

BeforeAfterView::BeforeAfterView(QWidget *parent)
    : QTableView(parent)
    , m_model(new QStandardItemModel(this))
{
    setModel(m_model);
    setItemDelegate(new Delegate(this));
    setShowGrid(false);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(NoSelection);
    setTabKeyNavigation(false);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(ui::rowHeight(27, TextRole::Grid));
    horizontalHeader()->setObjectName(u"guardSheet.columns"_s);
    horizontalHeader()->setAccessibleName(tr("Columns"));
    horizontalHeader()->setFocusPolicy(Qt::NoFocus);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(false);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void BeforeAfterView::setRows(const core::Table &table, int keys, const QByteArrayList &changed)
{
    m_model->clear();
    QStringList names;
    for (int column = 0; column < keys; ++column)
        names << table.columns[std::size_t(column)].name;
    for (const QByteArray &name : changed)
        names << QString::fromUtf8(name);
    m_model->setHorizontalHeaderLabels(names);
    for (qint64 row = 0; row < table.rowCount(); ++row) {
        QList<QStandardItem *> items;
        for (int column = 0; column < int(names.size()); ++column) {
            auto *item = new QStandardItem;
            const bool isKey = column < keys;
            const int at = isKey ? column : keys + 2 * (column - keys);
            const QString before = valueOf(table, row, at);
            item->setData(before, BeforeRole);
            QString words = before;
            if (!isKey) {
                const QString after = valueOf(table, row, at + 1);
                item->setData(after, AfterRole);
                words = tr("%1 → %2").arg(before, after);
            }
            item->setText(words);
            item->setToolTip(words);
            items << item;
        }
        m_model->appendRow(items);
    }
    resizeColumnsToContents();
    updateGeometry();
}

QSize BeforeAfterView::sizeHint() const
{
    const int rows = m_model->rowCount();
    const bool wide = horizontalHeader()->length() > viewport()->width();
    const int bar = wide && isVisible() ? horizontalScrollBar()->sizeHint().height() : 0;
    return {grown(400), horizontalHeader()->sizeHint().height()
                            + rows * verticalHeader()->defaultSectionSize() + bar};
}

QSize BeforeAfterView::minimumSizeHint() const
{
    return {grown(120), sizeHint().height()};
}

void BeforeAfterView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    updateGeometry();
}

} // namespace ui
