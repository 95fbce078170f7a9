// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/commandpalette.h"

#include "ui/common/fonts.h"
#include "ui/common/labels.h"
#include "ui/common/paint.h"
#include "ui/common/searchfield.h"
#include "ui/common/theme.h"
#include "ui/main/palettemodel.h"

#include <QApplication>
#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int paletteWidth = 640;
constexpr int shownRows = 12;

} // namespace

CommandPalette::CommandPalette(QWidget *window, PaletteSearch search)
    : QFrame(window)
    , m_search(std::move(search))
    , m_field(new SearchField(tr("Table, file or command"), this))
    , m_list(new QListView(this))
    , m_model(new PaletteModel(this))
{
    setObjectName(u"palette"_s);
    setAccessibleName(tr("Command palette"));
    m_field->setObjectName(u"palette.field"_s);
    m_field->setAccessibleName(tr("Table, file or command"));
    m_list->setObjectName(u"palette.list"_s);
    m_list->setAccessibleName(tr("Matches"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(false);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->viewport()->setAutoFillBackground(false); // the card is its ground, in every theme
    auto *column = new QVBoxLayout(this);
    const int shadow = shadowReach();
    column->setContentsMargins(shadow + 8, shadow + 8, shadow + 8, shadow + 6);
    column->setSpacing(6);
    column->addWidget(m_field);
    column->addWidget(m_list, 1);
    auto *hint = captionLabel(tr("↑ ↓ choose    Enter run    > commands only    : line"), this);
    hint->setContentsMargins(8, 0, 8, 2);
    column->addWidget(hint);
    m_field->installEventFilter(this);
    window->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::refill);
    connect(m_list, &QListView::clicked, this, &CommandPalette::choose);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) {
        if (isVisible() && now && now != m_field && !isAncestorOf(now))
            hide(); // the focus went somewhere by itself: leave it there
    });
    hide();
}

void CommandPalette::open(const QString &text)
{
    m_before = QApplication::focusWidget();
    m_field->setText(text);
    refill();
    place();
    show();
    raise();
    m_field->setFocus();
    if (text != "> "_L1 && text != ":"_L1)
        m_field->selectAll();
}

void CommandPalette::place()
{
    const QWidget *window = parentWidget();
    const int shadow = shadowReach();
    const int w = std::min(grown(paletteWidth), window->width() - 48) + 2 * shadow;
    const int h = rowHeight(28) + shownRows * rowHeight(32) + rowHeight(28) + 40 + 2 * shadow;
    setGeometry((window->width() - w) / 2, 52 - shadow, w,
                std::min(h, window->height() - 96 + 2 * shadow));
}

void CommandPalette::refill()
{
    m_model->setEntries(m_search(m_field->text().trimmed()));
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_model->index(row);
        if (m_model->entry(index)) {
            m_list->setCurrentIndex(index);
            break;
        }
    }
    m_list->scrollToTop();
}

void CommandPalette::choose(const QModelIndex &index)
{
    const PaletteEntry *entry = m_model->entry(index);
    if (!entry || !entry->reason.isEmpty())
        return;
    const std::function<void()> act = entry->choose; // a copy: acting may refill the list
    leave();
    act();
}

void CommandPalette::leave()
{
    hide();
    if (m_before)
        m_before->setFocus();
}

void CommandPalette::move(int by)
{
    const int rows = m_model->rowCount();
    int row = m_list->currentIndex().row();
    for (int step = 0; step < rows; ++step) {
        row = (row + by + rows) % rows;
        if (m_model->entry(m_model->index(row))) {
            m_list->setCurrentIndex(m_model->index(row));
            return;
        }
    }
}

// Esc closes the palette before it cancels what runs below.
bool CommandPalette::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QFrame::event(event);
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Down:
        move(1);
        return true;
    case Qt::Key_Up:
        move(-1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(m_list->currentIndex());
        return true;
    case Qt::Key_Escape:
        leave();
        return true;
    default:
        return false;
    }
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    const Theme &look = theme(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int shadow = shadowReach();
    const QRectF card = QRectF(rect()).adjusted(shadow, shadow, -shadow, -shadow);
    drawShadow(&painter, card, sheetRadius, look);
    drawBox(&painter, card, sheetRadius, look.raised, look.edge);
}

} // namespace ui
