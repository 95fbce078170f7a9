// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid/findbar.h"

#include "core/base/translations.h"
#include "ui/common/button.h"
#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/paint.h"
#include "ui/common/searchfield.h"
#include "ui/common/theme.h"
#include "ui/grid/gridfinder.h"
#include "ui/grid/gridview.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>
#include <chrono>

namespace ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

FindBar::FindBar(GridView &grid, QWidget *parent)
    : FindStrip(parent)
    , m_grid(grid)
    , m_finder(new GridFinder(this))
    , m_field(new SearchField(tr("Find in the rows"), this))
    , m_count(new ElidedLabel({}, TextRole::Body, Ink::Text2, this))
    , m_scope(new ElidedLabel({}, TextRole::Caption, Ink::Text2, this))
{
    setObjectName(u"findBar"_s);
    build();
    m_typed.setSingleShot(true);
    m_typed.setInterval(120ms);
    connect(&m_typed, &QTimer::timeout, this, &FindBar::search);
    connect(m_field, &QLineEdit::textChanged, this, [this] { m_typed.start(); });
    connect(m_field, &QLineEdit::returnPressed, this, &FindBar::findNext);
    connect(m_finder, &GridFinder::changed, this, &FindBar::showFound);
    connect(m_finder, &GridFinder::failed, this,
            [this](const core::Error &error) { m_field->setError(error.text()); });
    connect(&m_grid, &GridView::currentCellChanged, this,
            [this] { m_count->setText(countText()); });
    connect(&m_grid, &GridView::sourceChanged, this, &FindBar::search);
}

FindBar::~FindBar() = default;

Button *FindBar::toggle(const QString &iconName, const QString &name, const QString &objectName)
{
    Button *button = Button::iconOnly(iconName, name, this);
    button->setObjectName(objectName);
    button->setCheckable(true);
    connect(button, &QAbstractButton::toggled, this, &FindBar::search);
    return button;
}

void FindBar::build()
{
    m_field->setObjectName(u"findBar.field"_s);
    m_field->setAccessibleName(tr("Find in the rows"));
    m_field->setFixedWidth(grown(280));
    m_count->setObjectName(u"findBar.count"_s);
    m_scope->setObjectName(u"findBar.scope"_s);
    m_scope->setElideMode(Qt::ElideRight);
    m_case = toggle(u"match-case"_s, tr("Match case"), u"findBar.case"_s);
    m_word = toggle(u"match-word"_s, tr("Whole words"), u"findBar.word"_s);
    m_expression = toggle(u"match-regex"_s, tr("Regular expression"), u"findBar.expression"_s);
    Button *previous = Button::iconOnly(u"chevron-up"_s, tr("Previous match (Shift+F3)"), this);
    previous->setObjectName(u"findBar.previous"_s);
    connect(previous, &QAbstractButton::clicked, this, &FindBar::findPrevious);
    Button *next = Button::iconOnly(u"chevron-down"_s, tr("Next match (F3)"), this);
    next->setObjectName(u"findBar.next"_s);
    connect(next, &QAbstractButton::clicked, this, &FindBar::findNext);
    Button *closer = Button::iconOnly(u"close"_s, tr("Close (Esc)"), this);
    closer->setObjectName(u"findBar.close"_s);
    connect(closer, &QAbstractButton::clicked, this, &FindBar::close);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 5, 12, 6);
    row->setSpacing(4);
    row->addWidget(m_field);
    row->addSpacing(4);
    for (Button *button : {m_case, m_word, m_expression, previous, next})
        row->addWidget(button);
    row->addSpacing(8);
    row->addWidget(m_count);
    row->addSpacing(8);
    row->addWidget(m_scope, 1);
    row->addWidget(closer);
}

core::FindOptions FindBar::options() const
{
    return {m_field->text(), m_case->isChecked(), m_word->isChecked(), m_expression->isChecked()};
}

void FindBar::open()
{
    show();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
    search();
}

void FindBar::close()
{
    hide();
    m_typed.stop();
    m_finder->stop();
    m_grid.setHits({});
    m_grid.setFocus(Qt::OtherFocusReason);
}

void FindBar::search()
{
    m_typed.stop();
    if (isHidden())
        return;
    m_field->setError({});
    const qint64 around = m_grid.hasCurrent() ? m_grid.currentRow() : m_grid.visibleRows().first;
    if (const core::Result<> begun = m_finder->start(m_grid.source(), options(), around); !begun)
        m_field->setError(begun.error().text());
    showFound();
}

void FindBar::showFound()
{
    m_count->setText(countText());
    m_scope->setText(scopeText());
    if (m_finder->isActive())
        m_grid.setHits([this](qint64 row, int column) { return m_finder->isHit(row, column); });
    else
        m_grid.setHits({});
    if (m_stepWhenFound && !m_finder->hits().empty())
        step(true);
    else if (m_stepWhenFound && !m_finder->isRunning())
        m_stepWhenFound = false;
}

QString FindBar::countText() const
{
    if (!m_finder->isActive())
        return {};
    const std::vector<core::CellHit> &hits = m_finder->hits();
    if (hits.empty())
        return m_finder->isRunning() ? QString() : tr("No match");
    const QString total = m_finder->hasMore()
                              ? tr("more than %1").arg(formatCount(qint64(hits.size())))
                              : formatCount(qint64(hits.size()));
    const auto current = std::ranges::lower_bound(hits, place());
    if (m_grid.hasCurrent() && current != hits.end() && *current == place())
        return tr("%1 of %2").arg(formatCount(current - hits.begin() + 1), total);
    return tr("%1 matches", nullptr, core::pluralNumber(qint64(hits.size()))).arg(total);
}

QString FindBar::scopeText() const
{
    if (!m_finder->isActive())
        return {};
    const QString count = formatCount(m_finder->rowsLookedAt());
    const int plural = core::pluralNumber(m_finder->rowsLookedAt());
    if (m_finder->isRunning())
        return tr("Looking, %1 rows so far", nullptr, plural).arg(count);
    return m_finder->looksAtAll()
               ? tr("In all %1 rows", nullptr, plural).arg(count)
               : tr("In the %1 rows that are loaded here", nullptr, plural).arg(count);
}

core::CellHit FindBar::place() const
{
    // Hits are in order of columns as the server sent them.
    return m_grid.hasCurrent() ? core::CellHit{m_grid.currentRow(), m_grid.currentColumn()}
                               : core::CellHit{m_grid.visibleRows().first, -1};
}

void FindBar::goTo(core::CellHit hit)
{
    m_grid.scrollToRow(hit.row);
    m_grid.setCurrent(hit.row, hit.column);
}

void FindBar::step(bool forward)
{
    if (isHidden() || m_field->text().isEmpty()) {
        open();
        return;
    }
    if (m_typed.isActive())
        search();
    m_stepWhenFound = m_finder->hits().empty() && m_finder->isRunning();
    // A hit in a column that is hidden has no place to go to; the next one may.
    core::CellHit from = place();
    for (std::size_t tries = 0; tries < m_finder->hits().size(); ++tries) {
        from = *m_finder->next(from, forward);
        if (m_grid.columns().placeOf(from.column) >= 0) {
            goTo(from);
            break;
        }
    }
    m_count->setText(countText());
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_F3 || (enter && event->modifiers() & Qt::ShiftModifier))
        step(!(event->modifiers() & Qt::ShiftModifier));
    else if (!enter) // the field has handled it
        FindStrip::keyPressEvent(event);
}

void FindBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &now = theme(this);
    painter.fillRect(rect(), now.window);
    drawHairLine(&painter, rect(), Qt::TopEdge, now.line);
    drawHairLine(&painter, rect(), Qt::BottomEdge, now.line);
}

} // namespace ui
