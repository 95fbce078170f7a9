// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid/gridfooter.h"

#include "core/base/translations.h"
#include "ui/common/button.h"
#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/paint.h"
#include "ui/common/theme.h"
#include "ui/grid/gridview.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QPainter>
#include <QRegularExpression>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

GridFooter::GridFooter(GridView &grid, QWidget *parent)
    : QWidget(parent)
    , m_grid(grid)
    , m_position(new ElidedLabel({}, TextRole::Name, Ink::Text, this))
    , m_count(new Button(tr("Count exactly"), Button::Kind::Link, this))
    , m_line(new HairLine(Qt::Vertical, this))
    , m_order(new ElidedLabel({}, TextRole::Body, Ink::Text2, this))
    , m_timing(new ElidedLabel({}, TextRole::Body, Ink::Text2, this))
    , m_jump(new Button(tr("Jump to"), Button::Kind::Flat, this))
    , m_field(new QLineEdit(this))
{
    setObjectName(u"gridFooter"_s);
    build();
    connect(m_count, &QAbstractButton::clicked, this, &GridFooter::countWanted);
    connect(m_jump, &QAbstractButton::clicked, this, &GridFooter::openJump);
    connect(m_field, &QLineEdit::returnPressed, this, &GridFooter::jump);
    connect(&m_grid, &GridView::scrolled, this, &GridFooter::refresh);
    connect(&m_grid, &GridView::selectionChanged, this, &GridFooter::refresh);
    connect(&m_grid, &GridView::rowCountChanged, this, &GridFooter::refresh);
    connect(&m_grid, &GridView::sourceChanged, this, &GridFooter::attach);
    connect(&m_grid, &GridView::copied, m_order, &ElidedLabel::setText);
    attach();
}

void GridFooter::build()
{
    m_position->setObjectName(u"gridFooter.position"_s);
    m_position->setElideMode(Qt::ElideRight);
    m_count->setObjectName(u"gridFooter.count"_s);
    m_order->setObjectName(u"gridFooter.order"_s);
    m_order->setElideMode(Qt::ElideRight);
    m_timing->setObjectName(u"gridFooter.timing"_s);
    m_jump->setObjectName(u"gridFooter.jump"_s);
    m_jump->setCompact(true);
    m_field->setObjectName(u"gridFooter.field"_s);
    m_field->setAccessibleName(tr("Row number or percentage"));
    m_field->setPlaceholderText(tr("Row number or 50 %"));
    m_field->setFixedWidth(grown(160));
    m_field->installEventFilter(this);
    m_field->hide();
    m_line->setFixedHeight(grown(16));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 1, 4, 0);
    row->setSpacing(12);
    row->addWidget(m_position);
    row->addWidget(m_count);
    row->addWidget(m_line);
    row->addWidget(m_order, 1);
    row->addWidget(m_timing);
    row->addWidget(m_jump);
    row->addWidget(m_field);
    setFixedHeight(rowHeight(32));
}

void GridFooter::attach()
{
    setOrder(m_orderText);
    m_timing->setText({});
    setCounting(false);
}

void GridFooter::setTiming(const QString &sentence)
{
    m_timing->setText(sentence);
}

void GridFooter::setOrder(const QString &sentence)
{
    m_orderText = sentence;
    refresh();
}

void GridFooter::setCounting(bool counting)
{
    m_counting = counting;
    m_count->setText(counting ? tr("Counting…") : tr("Count exactly"));
    m_count->setEnabled(!counting);
    refresh();
}

QString GridFooter::selectionText() const
{
    const GridRange range = m_grid.selection();
    if (range.placeCount() == 1) {
        const QString name = m_grid.columns().shown(range.firstPlace).column.name;
        return tr("%1 cells of %2 selected", nullptr, core::pluralNumber(range.rowCount()))
            .arg(isolated(formatCount(range.rowCount())), isolated(name));
    }
    return tr("%1, %2 selected")
        .arg(isolated(formatRows(range.rowCount())), isolated(formatColumns(range.placeCount())));
}

QString GridFooter::positionText() const
{
    const core::RowSource *source = m_grid.source();
    if (!source)
        return {};
    const core::RowCount count = source->rowCount();
    if (count.rows == 0)
        return count.kind == core::RowCount::Kind::Growing ? QString() : tr("No rows");
    const GridRange range = m_grid.selection();
    if (!range.isEmpty() && !range.isSingleCell())
        return selectionText();
    const qint64 row = (m_grid.hasCurrent() ? m_grid.currentRow() : m_grid.visibleRows().first) + 1;
    const QString place =
        isolated((source->positionsAreEstimates() ? u"≈ "_s : QString()) + formatCount(row));
    switch (count.kind) {
    case core::RowCount::Kind::Exact:
        return tr("Row %1 of %2").arg(place, isolated(formatCount(count.rows)));
    case core::RowCount::Kind::Estimated:
        return tr("Row %1 of %2").arg(place, isolated(formatEstimateInWords(double(count.rows))));
    case core::RowCount::Kind::Growing:
        return tr("Row %1 of %2 so far").arg(place, isolated(formatCount(count.rows)));
    }
    return {};
}

void GridFooter::refresh()
{
    const core::RowSource *source = m_grid.source();
    m_position->setText(positionText());
    m_count->setVisible(
        source && (m_counting || source->rowCount().kind == core::RowCount::Kind::Estimated));
    const QString order = !m_orderText.isEmpty() || !source ? m_orderText : source->orderText();
    m_order->setText(order);
    m_line->setVisible(!m_position->text().isEmpty() && !order.isEmpty());
    m_jump->setEnabled(source && source->rowCount().rows > 0);
}

void GridFooter::openJump()
{
    if (!m_jump->isEnabled())
        return;
    m_jump->hide();
    m_field->clear();
    m_field->show();
    m_field->setFocus(Qt::ShortcutFocusReason);
}

void GridFooter::closeJump()
{
    m_field->hide();
    m_jump->show();
}

qint64 GridFooter::rowNamed(const QString &words, qint64 rows)
{
    // Numbers as people write them, in their locale or with nothing between the figures; "≈" as it
    // is shown here.
    QString text = words;
    text.remove(QRegularExpression(u"[\\s\\x{2066}-\\x{2069}≈]"_s));
    const bool share = text.endsWith(u'%');
    if (share)
        text.chop(1);
    bool ok = false;
    if (share) {
        double percent = QLocale().toDouble(text, &ok);
        if (!ok)
            percent = QLocale::c().toDouble(text, &ok);
        if (!ok || percent < 0 || percent > 100 || rows == 0)
            return -1;
        return std::min(qint64(percent / 100 * double(rows)), rows - 1);
    }
    qint64 row = QLocale().toLongLong(text, &ok);
    if (!ok)
        row = QLocale::c().toLongLong(text, &ok);
    return ok && row >= 1 && row <= rows ? row - 1 : -1;
}

void GridFooter::jump()
{
    const core::RowSource *source = m_grid.source();
    const qint64 row = source ? rowNamed(m_field->text(), source->rowCount().rows) : -1;
    if (row < 0) {
        // The field stays, with what was typed: nothing was done.
        m_order->setText(tr("There is no such row. Type a number from 1, or a percentage."));
        m_field->selectAll();
        return;
    }
    closeJump();
    m_grid.setFocus(Qt::OtherFocusReason);
    const int place = m_grid.hasCurrent() ? m_grid.selection().firstPlace : 0;
    m_grid.scrollToRow(row);
    if (m_grid.columns().shownCount() > 0)
        m_grid.setCurrent(row, m_grid.columns().columnAt(place));
}

bool GridFooter::eventFilter(QObject *watched, QEvent *event)
{
    // Esc closes the field before it cancels what is being read.
    if (watched == m_field && event->type() == QEvent::ShortcutOverride
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    if (watched == m_field && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        closeJump();
        m_grid.setFocus(Qt::OtherFocusReason);
        refresh();
        return true;
    }
    if (watched == m_field && event->type() == QEvent::FocusOut)
        closeJump();
    return QWidget::eventFilter(watched, event);
}

// What gives way in a narrow view: the time, then the key behind the words.
void GridFooter::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_timing->setVisible(width() >= grown(560));
    m_jump->setKeyHint(width() >= grown(440)
                           ? QKeySequence(u"Ctrl+G"_s).toString(QKeySequence::NativeText)
                           : QString());
}

void GridFooter::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &now = theme(this);
    painter.fillRect(rect(), now.window);
    drawHairLine(&painter, rect(), Qt::TopEdge, now.line);
}

} // namespace ui
