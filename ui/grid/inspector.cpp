// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid/inspector.h"

#include "ui/common/button.h"
#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/segmentedcontrol.h"
#include "ui/grid/cellinspector.h"
#include "ui/grid/columnfacts.h"
#include "ui/grid/columnpage.h"
#include "ui/grid/rowform.h"

#include <QHBoxLayout>
#include <QKeySequence>
#include <QSplitter>

#include <algorithm>
#include <utility>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

// Below a cell's value its column's facts have room from here on.
constexpr int heightForFacts = 440;

} // namespace

Inspector::Inspector(QWidget *parent)
    : QWidget(parent)
    , m_parts(new SegmentedControl({tr("Cell"), tr("Row"), tr("Column")}, this))
    , m_rowHead(new QWidget(this))
    , m_rowName(new ElidedLabel({}, TextRole::Body, Ink::Text2, m_rowHead))
    , m_before(Button::iconOnly(u"chevron-up"_s, tr("Row before"), m_rowHead))
    , m_after(Button::iconOnly(u"chevron-down"_s, tr("Row after"), m_rowHead))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_form(new RowForm(m_splitter))
    , m_cell(new CellInspector(m_splitter))
    , m_facts(new ColumnPage(m_splitter))
{
    setObjectName(u"inspector"_s);
    build();
    connect(m_parts, &SegmentedControl::currentChanged, this, &Inspector::showPart);
    connect(m_before, &QAbstractButton::clicked, this, [this] { step(-1); });
    connect(m_after, &QAbstractButton::clicked, this, [this] { step(1); });
    connect(m_form, &RowForm::fieldChosen, this, &Inspector::fieldChosen);
    connect(m_form, &RowForm::referenceWanted, this, &Inspector::openReference);
    connect(m_form, &RowForm::copyWanted, m_cell, &CellInspector::copyValue);
    connect(m_facts, &ColumnPage::relationWanted, this, &Inspector::relationWanted);
    showPart();
}

Inspector::~Inspector()
{
    if (m_source)
        m_source->disconnect(this);
}

QWidget *Inspector::buildHead()
{
    auto *head = new QWidget(this);
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins(12, 2, 12, 8);
    column->setSpacing(6);
    column->addWidget(m_parts);
    auto *row = new QHBoxLayout(m_rowHead);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(m_rowName, 1);
    row->addWidget(m_before);
    row->addWidget(m_after);
    column->addWidget(m_rowHead);
    return head;
}

void Inspector::build()
{
    m_parts->setObjectName(u"inspector.parts"_s);
    m_parts->setAccessibleName(tr("What to show"));
    m_rowHead->setObjectName(u"inspector.rowHead"_s);
    m_rowName->setObjectName(u"inspector.rowName"_s);
    m_before->setObjectName(u"inspector.rowBefore"_s);
    m_before->setToolTip(
        tr("Row before (%1)").arg(QKeySequence(u"Alt+Up"_s).toString(QKeySequence::NativeText)));
    m_after->setObjectName(u"inspector.rowAfter"_s);
    m_after->setToolTip(
        tr("Row after (%1)").arg(QKeySequence(u"Alt+Down"_s).toString(QKeySequence::NativeText)));
    m_form->setObjectName(u"inspector.form"_s);
    m_splitter->setObjectName(u"inspector.splitter"_s);
    m_splitter->setChildrenCollapsible(false);
    for (QWidget *part : std::initializer_list<QWidget *>{m_form, m_cell, m_facts})
        m_splitter->addWidget(part);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setStretchFactor(2, 0);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHead());
    column->addWidget(new HairLine(Qt::Horizontal, this));
    column->addWidget(m_splitter, 1);
}

void Inspector::setCell(core::RowSource *source, qint64 row, int column,
                        const core::CatalogPtr &catalog)
{
    if (source != m_source) {
        if (m_source)
            m_source->disconnect(this);
        if (source)
            connect(source, &core::RowSource::rowsShifted, this,
                    [this](qint64 first, qint64 delta) { m_row += m_row >= first ? delta : 0; });
    }
    m_source = source;
    m_row = row;
    m_column = column;
    m_catalog = catalog;
    m_cell->setCell(source, row, column);
    if (m_source) {
        m_form->setRow(source, row, factsOf(source->columns(), catalog.get()));
        m_form->setCurrentField(column);
    } else {
        m_form->setRow(nullptr, 0, {});
    }
    showPart();
}

void Inspector::setCatalog(const core::CatalogPtr &catalog)
{
    if (m_source)
        setCell(m_source, m_row, m_column, catalog);
}

void Inspector::setDetail(const core::RelationDetail &detail)
{
    m_facts->setDetail(detail);
}

Inspector::Part Inspector::part() const
{
    return Part(m_parts->current());
}

void Inspector::setPart(Part part)
{
    m_parts->setCurrent(int(part));
}

bool Inspector::canStep() const
{
    return m_source && part() == Part::Row;
}

void Inspector::step(int by)
{
    if (!canStep())
        return;
    const qint64 last = m_source->rowCount().rows - 1;
    const qint64 to = std::clamp<qint64>(m_row + by, 0, std::max<qint64>(last, 0));
    if (to != m_row)
        emit cellWanted(to, m_column);
}

void Inspector::showPart()
{
    const bool chosen = m_source && m_column >= 0 && m_column < int(m_source->columns().size());
    const Part shown = part();
    m_rowHead->setVisible(chosen && shown == Part::Row);
    m_form->setVisible(chosen && shown == Part::Row);
    // It also says that nothing is chosen.
    m_cell->setVisible(!chosen || shown != Part::Column);
    const bool besides = shown == Part::Cell && height() >= grown(heightForFacts);
    m_facts->setVisible(chosen && (shown == Part::Column || besides));
    m_facts->setWhole(shown == Part::Column);
    setFocusProxy(m_form->isHidden() ? static_cast<QWidget *>(m_parts) : m_form);
    if (chosen) {
        nameRow();
        showColumn();
    }
    emit partChanged();
}

void Inspector::showColumn()
{
    if (m_facts->isHidden())
        return;
    const core::Column &column = m_source->columns()[std::size_t(m_column)];
    m_facts->setColumn(column, m_catalog);
    const bool whole = part() == Part::Column;
    const int besides = std::min(m_facts->contentHeight(), height() / 2);
    m_facts->setMinimumHeight(whole ? 0 : besides);
    m_facts->setMaximumHeight(whole ? QWIDGETSIZE_MAX : besides);
    const bool known =
        m_catalog && core::isValid(column.table) && m_catalog->relation(column.table);
    if (known && std::exchange(m_detailed, column.table) != column.table)
        emit detailWanted(column.table);
}

void Inspector::nameRow()
{
    m_rowName->setText(rowName());
    m_before->setEnabled(m_row > 0);
    const core::RowCount count = m_source->rowCount();
    m_after->setEnabled(m_row + 1 < count.rows);
}

/// By its primary key where all of it is here, else by its place.
QString Inspector::rowName() const
{
    const core::Columns &columns = m_source->columns();
    const core::RelationInfo *table = tableOf(columns, m_catalog.get());
    const core::ConstraintInfo *key = table ? m_catalog->primaryKeyOf(*table) : nullptr;
    QStringList values;
    for (const qint16 attnum : key ? key->columns : std::span<const qint16>()) {
        const auto at = std::ranges::find(columns, attnum, &core::Column::tableColumn);
        core::CellText text;
        if (at != columns.end())
            core::setCellText(text, m_source->cell(m_row, int(at - columns.begin())),
                              core::categoryOf(at->type), 40);
        values << text.text;
    }
    if (!values.isEmpty() && !values.contains(QString()))
        return tr("%1 %2").arg(isolated(QString::fromUtf8(table->name)),
                               isolated(values.join(u", "_s)));
    const QString place = m_source->positionsAreEstimates() ? formatEstimate(double(m_row + 1))
                                                            : formatCount(m_row + 1);
    return tr("Row %1").arg(isolated(place));
}

void Inspector::fieldChosen(int column)
{
    if (!m_source)
        return;
    m_column = column;
    m_cell->setCell(m_source, m_row, column);
    emit cellWanted(m_row, column);
}

void Inspector::openReference(int column)
{
    if (!m_source)
        return;
    const core::Column &about = m_source->columns()[std::size_t(column)];
    const core::RelationInfo *relation = m_catalog ? m_catalog->relation(about.table) : nullptr;
    if (!relation)
        return;
    if (const auto *key = foreignKeyOf(*m_catalog, *relation, about.tableColumn))
        emit relationWanted(key->target);
}

void Inspector::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (part() == Part::Cell)
        showPart();
}

} // namespace ui
