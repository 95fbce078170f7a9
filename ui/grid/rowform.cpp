// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid/rowform.h"

#include "core/result/typetraits.h"
#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/paint.h"
#include "ui/common/theme.h"
#include "ui/common/tooltip.h"
#include "ui/grid/cellpainter.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QStyledItemDelegate>
#include <QToolTip>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int side = 12;
constexpr int nameWidth = 116;
constexpr int typeWidth = 96;
constexpr int leastValue = 140;
constexpr int symbol = 12;

struct Places {
    QRect name;
    QRect type;
    QRect value;
    QRect symbol;
};

// Left to right; the painter mirrors.
Places placesOf(const QRect &row, bool stacked, bool withSymbol, const QString &typeName)
{
    Places places;
    const int end = row.right() + 1 - side;
    const int valueEnd = withSymbol ? end - symbol - 6 : end;
    const int line = stacked ? row.height() / 2 + 2 : row.height();
    places.symbol = QRect(end - symbol, row.y() + (line - symbol) / 2, symbol, symbol);
    // Cells have a padding of their own.
    const int inset = int(CellPainter::padding);
    if (stacked) {
        const int half = row.height() / 2;
        const int room = valueEnd - row.x() - side;
        const int type = std::min(
            QFontMetrics(font(TextRole::Caption)).horizontalAdvance(typeName) + 1, room / 2);
        places.type = QRect(valueEnd - type, row.y() + 3, type, half - 3);
        places.name = QRect(row.x() + side, row.y() + 3, room - type - 8, half - 3);
        places.value = QRect(row.x() + side - inset, row.y() + half, room + 2 * inset,
                             row.height() - half - 2);
        return places;
    }
    int x = row.x() + side;
    places.name = QRect(x, row.y(), grown(nameWidth) - 8, row.height());
    x += grown(nameWidth);
    places.type = QRect(x, row.y(), grown(typeWidth) - 8, row.height());
    x += grown(typeWidth);
    places.value = QRect(x - inset, row.y(), valueEnd - x + 2 * inset, row.height());
    return places;
}

} // namespace

class RowFieldDelegate : public QStyledItemDelegate
{
public:
    explicit RowFieldDelegate(RowForm *form)
        : QStyledItemDelegate(form)
        , m_form(form)
    {
    }
    void resetFonts() { m_cells.resetFonts(); }
    void resetColours() { m_cells.resetLayouts(); }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const RowField &field =
            static_cast<const RowFieldModel *>(index.model())->field(index.row());
        const Theme &look = theme(option.palette);
        const bool current = index == m_form->currentIndex();
        const bool tinted = current && !look.isHighContrast();
        const QString symbolName = symbolOf(field);
        const Places places =
            placesOf(option.rect, m_form->isStacked(), !symbolName.isEmpty(), field.type);
        const auto mirrored = [&](const QRect &rect) {
            return QStyle::visualRect(option.direction, option.rect, rect);
        };
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->fillRect(option.rect, tinted ? look.currentRow : look.base);
        drawHairLine(painter, QRectF(option.rect), Qt::BottomEdge, look.gridline);
        const auto put = [&](const QRect &rect, TextRole role, const QColor &ink,
                             const QString &text, Qt::TextElideMode mode,
                             Qt::Alignment edge = Qt::AlignLeft) {
            painter->setFont(font(role));
            painter->setPen(ink);
            drawLine(painter, mirrored(rect), edge, option.direction,
                     QFontMetrics(font(role)).elidedText(text, mode, rect.width()));
        };
        put(places.name, TextRole::Name, look.text, oneLine(field.about.name), Qt::ElideMiddle);
        put(places.type, TextRole::Caption, look.text2, field.type, Qt::ElideRight,
            m_form->isStacked() ? Qt::AlignRight : Qt::AlignLeft);
        if (!symbolName.isEmpty())
            paintIcon(painter, mirrored(places.symbol), symbolName,
                      field.facts.references.isEmpty() ? look.text2 : look.accent,
                      option.direction);
        paintValue(painter, field, mirrored(places.value), tinted, look);
        if (current)
            drawRing(painter, QRectF(option.rect), 0,
                     m_form->hasFocus() ? look.accent : look.fieldEdge,
                     look.isHighContrast() ? 3 : 2);
        painter->restore();
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        const int cell = QFontMetrics(font(TextRole::Grid)).height();
        return {0, m_form->isStacked()
                       ? std::max(46, QFontMetrics(font(TextRole::Name)).height() + cell + 12)
                       : rowHeight(30)};
    }

    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override
    {
        if (event->type() != QEvent::ToolTip || !index.isValid())
            return QStyledItemDelegate::helpEvent(event, view, option, index);
        const RowField &field =
            static_cast<const RowFieldModel *>(index.model())->field(index.row());
        QToolTip::showText(event->globalPos(), tipText(oneLine(field.about.name), {}, field.type),
                           view);
        return true;
    }

private:
    static QString symbolOf(const RowField &field)
    {
        if (!field.facts.references.isEmpty())
            return u"key-foreign"_s;
        return field.facts.primaryKey ? u"key-primary"_s : QString();
    }
    void paintValue(QPainter *painter, const RowField &field, const QRect &rect, bool tinted,
                    const Theme &look) const
    {
        CellLook cell;
        cell.rect = QRectF(rect);
        cell.monospaced = field.monospaced;
        cell.alignRight = m_form->isRightToLeft();
        cell.followsText = field.category == core::TypeCategory::Text;
        cell.tinted = tinted;
        m_cells.begin(painter, look);
        m_cells.draw(field.text, cell);
        m_cells.flush();
    }

    RowForm *m_form;
    mutable CellPainter m_cells; // keeps layouts from paint to paint
};

void RowFieldModel::setFields(std::vector<RowField> fields)
{
    const bool sameColumns =
        fields.size() == m_fields.size()
        && std::ranges::equal(fields, m_fields, {}, &RowField::about, &RowField::about);
    if (!sameColumns) {
        beginResetModel();
        m_fields = std::move(fields);
        endResetModel();
        return;
    }
    m_fields = std::move(fields);
    if (!m_fields.empty())
        emit dataChanged(index(0), index(int(m_fields.size()) - 1));
}

int RowFieldModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_fields.size());
}

QVariant RowFieldModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const RowField &one = field(index.row());
    if (role == Qt::DisplayRole)
        return one.about.name;
    if (role == Qt::AccessibleTextRole)
        return tr("%1, %2, %3").arg(one.text.text, one.about.name, one.type);
    return {};
}

RowForm::RowForm(QWidget *parent)
    : QListView(parent)
    , m_model(new RowFieldModel(this))
    , m_delegate(new RowFieldDelegate(this)) // the frame's change is an event that asks for it
{
    setAccessibleName(tr("Fields of the row"));
    setFrameShape(NoFrame);
    setUniformItemSizes(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setModel(m_model);
    setItemDelegate(m_delegate);
    connect(this, &QAbstractItemView::doubleClicked, this, &RowForm::openReference);
}

RowForm::~RowForm()
{
    if (m_source)
        m_source->disconnect(this);
}

bool RowForm::isStacked() const
{
    return width() < 2 * side + grown(nameWidth) + grown(typeWidth) + grown(leastValue);
}

void RowForm::setRow(core::RowSource *source, qint64 row, const std::vector<ColumnFacts> &facts)
{
    if (source != m_source) {
        if (m_source)
            m_source->disconnect(this);
        m_source = source;
        if (source) {
            connect(source, &core::RowSource::rowsArrived, this,
                    [this](const core::RowRange &rows) {
                        if (m_missing && rows.contains(m_row))
                            take();
                    });
            connect(source, &core::RowSource::rowsShifted, this,
                    [this](qint64 first, qint64 delta) { m_row += m_row >= first ? delta : 0; });
        }
    }
    m_row = row;
    m_facts = facts;
    take();
}

void RowForm::take()
{
    std::vector<RowField> fields;
    m_missing = false;
    const core::Columns columns = m_source ? m_source->columns() : core::Columns();
    fields.reserve(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        RowField field;
        field.about = columns[i];
        if (i < m_facts.size())
            field.facts = m_facts[i];
        field.type = core::typeName(columns[i]);
        field.category = core::categoryOf(columns[i].type);
        field.monospaced = core::isMonospaced(columns[i].type);
        const core::Cell cell = m_source->cell(m_row, int(i));
        core::setCellText(field.text, cell, field.category);
        m_missing = m_missing || cell.state == core::Cell::State::Missing;
        fields.push_back(std::move(field));
    }
    const QScopedValueRollback quiet(m_quiet, true);
    m_model->setFields(std::move(fields));
}

void RowForm::setCurrentField(int column)
{
    const QScopedValueRollback quiet(m_quiet, true);
    setCurrentIndex(m_model->index(column));
}

void RowForm::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    if (current.isValid() && !m_quiet)
        emit fieldChosen(current.row());
}

void RowForm::openReference(const QModelIndex &index)
{
    if (index.isValid() && !m_model->field(index.row()).facts.references.isEmpty())
        emit referenceWanted(index.row());
}

void RowForm::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        emit copyWanted();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        openReference(currentIndex());
    else
        QListView::keyPressEvent(event);
}

void RowForm::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    scheduleDelayedItemsLayout(); // rows of one line or of two
}

void RowForm::changeEvent(QEvent *event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange) {
        m_delegate->resetFonts();
        scheduleDelayedItemsLayout();
    } else if (event->type() == QEvent::PaletteChange) {
        m_delegate->resetColours();
    }
}

} // namespace ui
