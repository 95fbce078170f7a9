// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/dockrail.h"

#include "ui/common/button.h"
#include "ui/common/docktitle.h"
#include "ui/common/focuswithin.h"
#include "ui/common/fonts.h"
#include "ui/common/icons.h"
#include "ui/common/paint.h"
#include "ui/common/theme.h"
#include "ui/main/railpanel.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QLayout>
#include <QLineEdit>
#include <QMainWindow>
#include <QMouseEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <functional>
#include <utility>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int wideEnough = 1100;
constexpr int stripWidth = 36;
constexpr int panelWidth = 264;
constexpr int heightForHint = 420;
constexpr QSize roomForAll(4000, 2000);

QWidget *firstFocusOf(QDockWidget *dock)
{
    auto *tree = dock->findChild<QTreeView *>();
    if (tree && tree->isVisible())
        return tree;
    for (QWidget *widget = dock->nextInFocusChain(); widget != dock;
         widget = widget->nextInFocusChain()) {
        if (dock->isAncestorOf(widget) && widget->isVisible() && widget->isEnabled()
            && (widget->focusPolicy() & Qt::TabFocus))
            return widget;
    }
    return dock;
}

/// Tells of a window's new size before its layout does what it takes to fit into it: filters of the
/// application come first, those of the window after its layout.
class SizeWatch : public QObject
{
public:
    SizeWatch(QWidget &window, std::function<void()> act, QObject *parent)
        : QObject(parent)
        , m_window(window)
        , m_act(std::move(act))
    {
        qApp->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (watched == &m_window && event->type() == QEvent::Resize)
            m_act();
        return false;
    }

private:
    QWidget &m_window;
    std::function<void()> m_act;
};

} // namespace

DockRail::DockRail(QMainWindow &window)
    : QToolBar(&window)
    , m_window(window)
    , m_strip(new QWidget(this))
    , m_buttons(new QVBoxLayout(m_strip))
    , m_panel(new RailPanel(&window))
    , m_shadow(new RailShadow(&window))
{
    setObjectName(u"rail"_s);
    setAccessibleName(tr("Left docks"));
    setMovable(false);
    setFloatable(false);
    setContextMenuPolicy(Qt::PreventContextMenu);
    m_buttons->setContentsMargins(0, 4, 0, 4);
    m_buttons->setSpacing(4);
    m_buttons->addStretch(1);
    m_panel->hide();
    m_shadow->hide();
    window.addToolBar(Qt::LeftToolBarArea, this);
    window.installEventFilter(this);
    // What is left of the docks once the layout has squeezed them is not what is to come back.
    new SizeWatch(
        window,
        [this] {
            if (!m_folded && !m_changing && isNarrow())
                fold();
        },
        this);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) {
        // Popups and dialogs are windows of their own; the focus comes back from them.
        if (m_opened && !m_pinned && now && now->window() == &m_window && !isMine(now))
            closeDock(false);
    });
    hide();
}

DockRail::~DockRail() = default;

void DockRail::addDock(QDockWidget *dock, QAction *toggle)
{
    const QString name = toggle->text().remove(u'&');
    Entry entry{dock, toggle, Button::iconOnly(iconName(toggle->icon()), name, m_strip)};
    entry.button->setObjectName(u"rail."_s + dock->objectName());
    entry.button->setCheckable(true);
    entry.button->setFixedSize(grown(28), grown(28));
    if (const QString keys = toggle->shortcut().toString(QKeySequence::NativeText); !keys.isEmpty())
        entry.button->setToolTip(u"%1 (%2)"_s.arg(name, keys));
    connect(entry.button, &QAbstractButton::clicked, this,
            [this, dock] { m_opened == dock ? closeDock(false) : open(dock); });
    connect(toggle, &QAction::triggered, dock, [this, dock](bool shown) { showDock(dock, shown); });
    connect(dock, &QDockWidget::visibilityChanged, this,
            [this, dock, toggle, button = entry.button] {
                toggle->setChecked(!dock->isHidden());
                button->setChecked(m_folded && !dock->isHidden());
                if (dock == m_opened && dock->isHidden() && !m_changing)
                    closeDock(true);
            });
    m_buttons->insertWidget(m_buttons->count() - 1, entry.button, 0, Qt::AlignHCenter);
    addTitleButtons(entry);
    m_entries.push_back(entry);
}

void DockRail::addTitleButtons(Entry &entry)
{
    auto *title = qobject_cast<DockTitle *>(entry.dock->titleBarWidget());
    if (!title)
        return;
    const QString name = entry.dock->objectName();
    entry.pin = title->addButton(u"pin"_s, tr("Keep it open beside the view"));
    entry.pin->setObjectName(name + u".pin"_s);
    entry.pin->setCheckable(true);
    connect(entry.pin, &QAbstractButton::clicked, this, &DockRail::setPinned);
    Button *close = title->addButton(u"close"_s, tr("Close"));
    close->setObjectName(name + u".close"_s);
    connect(close, &QAbstractButton::clicked, this, [this] { closeDock(true); });
    entry.extras = {entry.pin, close};
    for (QWidget *extra : std::as_const(entry.extras))
        extra->hide();
}

void DockRail::setAllToggle(QAction *toggle)
{
    connect(toggle, &QAction::triggered, this, &DockRail::toggleAll);
    for (const Entry &entry : m_entries) {
        connect(entry.dock, &QDockWidget::visibilityChanged, toggle, [this, toggle] {
            toggle->setChecked(std::ranges::any_of(
                m_entries, [](const Entry &one) { return !one.dock->isHidden(); }));
        });
    }
}

void DockRail::toggleAll(bool shown)
{
    if (m_folded) {
        if (!shown)
            return closeDock(true);
        return open(m_last ? m_last.data() : m_entries.back().dock);
    }
    for (const Entry &entry : m_entries)
        entry.dock->setVisible(shown);
}

void DockRail::showDock(QDockWidget *dock, bool shown)
{
    if (!m_folded)
        return dock->setVisible(shown);
    if (shown)
        open(dock);
    else if (m_opened == dock)
        closeDock(true);
}

void DockRail::setOffered(bool offered)
{
    m_offered = offered;
    const bool folded = m_folded;
    if (folded)
        unfold();
    for (const Entry &entry : m_entries)
        entry.dock->setVisible(offered);
    if (folded)
        fold();
}

bool DockRail::isNarrow() const
{
    return m_window.width() < grown(wideEnough);
}

void DockRail::fit()
{
    if (m_changing)
        return;
    if (isNarrow() != m_folded)
        m_folded ? unfold() : fold();
    else if (m_folded)
        place();
}

void DockRail::fold()
{
    const QScopedValueRollback changing(m_changing, true);
    m_wide = m_window.saveState();
    m_version = 0;
    m_folded = true;
    for (Entry &entry : m_entries) {
        m_window.removeDockWidget(entry.dock);
        entry.dock->setFeatures(QDockWidget::NoDockWidgetFeatures);
        for (QWidget *extra : std::as_const(entry.extras))
            extra->show();
    }
    setVisible(m_offered);
    place();
}

void DockRail::unfold()
{
    closeDock(false);
    const QScopedValueRollback changing(m_changing, true);
    m_folded = false;
    // The other docks stay as they are now; these go where they were.
    std::vector<std::pair<QDockWidget *, bool>> others;
    for (auto *dock : m_window.findChildren<QDockWidget *>(Qt::FindDirectChildrenOnly)) {
        if (std::ranges::find(m_entries, dock, &Entry::dock) == m_entries.end())
            others.emplace_back(dock, !dock->isHidden());
    }
    for (Entry &entry : m_entries) {
        entry.dock->setFeatures(QDockWidget::DockWidgetClosable | QDockWidget::DockWidgetMovable
                                | QDockWidget::DockWidgetFloatable);
        for (QWidget *extra : std::as_const(entry.extras))
            extra->hide();
        m_window.addDockWidget(Qt::LeftDockWidgetArea, entry.dock);
    }
    (void)m_window.restoreState(m_wide, m_version);
    for (const auto &[dock, shown] : others)
        dock->setVisible(shown);
    for (const Entry &entry : m_entries) {
        if (!m_offered)
            entry.dock->hide();
        entry.button->setChecked(false);
    }
    hide();
}

void DockRail::open(QDockWidget *dock)
{
    if (!m_folded || !m_offered || dock == m_opened)
        return;
    if (!dock)
        return closeDock(true);
    QWidget *focus = QApplication::focusWidget();
    if (!isMine(focus))
        m_focusBefore = focus;
    {
        const QScopedValueRollback changing(m_changing, true); // the pin stays
        if (m_opened)
            m_opened->hide();
        else
            qApp->installEventFilter(this);
        m_opened = dock;
    }
    m_last = dock;
    dock->show();
    showPinned();
    place();
    firstFocusOf(dock)->setFocus(Qt::OtherFocusReason);
}

void DockRail::closeDock(bool giveFocusBack)
{
    if (!m_opened)
        return;
    QDockWidget *dock = m_opened;
    m_opened = nullptr;
    m_pinned = false;
    qApp->removeEventFilter(this);
    QWidget *focus = QApplication::focusWidget();
    if (giveFocusBack && (!focus || isMine(focus) || dock->isAncestorOf(focus))) {
        QWidget *before = m_focusBefore ? m_focusBefore.data() : nullptr;
        (before && before->isVisible() ? before : m_window.centralWidget())->setFocus();
    }
    dock->hide();
    showPinned();
    place();
}

void DockRail::setPinned(bool pinned)
{
    m_pinned = pinned && m_opened;
    showPinned();
    place();
}

void DockRail::showPinned()
{
    for (const Entry &entry : m_entries) {
        if (entry.pin)
            entry.pin->setChecked(m_pinned);
    }
}

// A dock that is kept has its room in the window: the rail is so much wider.
void DockRail::place()
{
    const int strip = grown(stripWidth);
    const int panel = grown(panelWidth);
    setFixedWidth(strip + (m_pinned ? panel : 0));
    const bool atLeft = geometry().center().x() < m_window.width() / 2;
    m_strip->setGeometry(atLeft ? 0 : width() - strip, 0, strip, height());
    m_panel->setVisible(m_opened);
    m_shadow->setVisible(m_opened && !m_pinned);
    if (!m_opened)
        return;
    const Qt::Edge inner = atLeft ? Qt::RightEdge : Qt::LeftEdge;
    const QRect area = geometry();
    const QRect over(atLeft ? area.left() + strip : area.right() + 1 - strip - panel, area.top(),
                     panel, area.height());
    static_cast<RailShadow *>(m_shadow)->put(over, inner);
    const bool withHint = !m_pinned && over.height() >= grown(heightForHint);
    m_opened->setGeometry(static_cast<RailPanel *>(m_panel)->put(over, withHint, inner));
    for (QWidget *widget : std::initializer_list<QWidget *>{m_shadow, m_panel, m_opened.data()})
        widget->raise();
}

QByteArray DockRail::saveState(int version)
{
    if (!m_folded)
        return m_window.saveState(version);
    // For that time the layout has room for all of them: in this window it would squeeze them.
    const QRect place = m_window.layout()->geometry();
    m_window.setUpdatesEnabled(false);
    m_window.layout()->setGeometry(place.united(QRect(place.topLeft(), roomForAll)));
    unfold();
    const QByteArray state = m_window.saveState(version);
    fold();
    m_window.layout()->setGeometry(place);
    m_window.setUpdatesEnabled(true);
    return state;
}

bool DockRail::restoreState(const QByteArray &state, int version)
{
    const bool folded = m_folded;
    if (folded)
        unfold();
    const bool restored = m_window.restoreState(state, version);
    hide(); // an older state may say otherwise
    if (folded) {
        fold();
        if (restored) {
            m_wide = state;
            m_version = version;
        }
    }
    return restored;
}

bool DockRail::isMine(const QObject *object) const
{
    for (; object; object = object->parent()) {
        if (object == this || object == m_panel || (m_opened && object == m_opened))
            return true;
    }
    return false;
}

/// By place: what no part of the dock takes goes on to the window.
bool DockRail::isOutside(const QPointF &global) const
{
    const QPoint at = m_window.mapFromGlobal(global).toPoint();
    return !geometry().contains(at) && !m_panel->geometry().contains(at);
}

/// Tab goes round inside of the dock that lies over the view: leaving it closes it. Esc comes here
/// before anything below is cancelled by it; a filter that is not empty clears itself first.
bool DockRail::handleKey(QEvent *event)
{
    QWidget *focus = QApplication::focusWidget();
    const auto *field = qobject_cast<QLineEdit *>(focus);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (m_pinned || !isMine(focus))
        return false;
    const bool tab = key->key() == Qt::Key_Tab || key->key() == Qt::Key_Backtab;
    if (tab && event->type() == QEvent::KeyPress && m_opened->isAncestorOf(focus)
        && !(key->modifiers() & ~Qt::ShiftModifier)) {
        stepFocusWithin(m_opened, focus,
                        key->key() == Qt::Key_Tab && !(key->modifiers() & Qt::ShiftModifier));
        return true;
    }
    if (key->key() != Qt::Key_Escape || (field && !field->text().isEmpty()))
        return false;
    event->accept();
    if (event->type() == QEvent::KeyPress)
        closeDock(true);
    return true;
}

bool DockRail::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_window && event->type() == QEvent::Resize)
        fit();
    if (!m_opened)
        return false;
    const auto *widget = qobject_cast<QWidget *>(watched);
    switch (event->type()) {
    case QEvent::ShortcutOverride:
    case QEvent::KeyPress:
        return widget && handleKey(event);
    case QEvent::MouseButtonPress:
        if (widget && widget->window() == &m_window && !m_pinned
            && isOutside(static_cast<QMouseEvent *>(event)->globalPosition()))
            closeDock(false);
        return false;
    default:
        return false;
    }
}

void DockRail::paintEvent(QPaintEvent *)
{
    const Theme &look = theme(this);
    QPainter painter(this);
    painter.fillRect(rect(), look.window);
    const Qt::Edge inner = m_strip->x() == 0 ? Qt::RightEdge : Qt::LeftEdge;
    drawHairLine(&painter, QRectF(m_strip->geometry()), inner, look.line);
}

void DockRail::resizeEvent(QResizeEvent *event)
{
    QToolBar::resizeEvent(event);
    place();
}

void DockRail::moveEvent(QMoveEvent *event)
{
    QToolBar::moveEvent(event);
    place();
}

void DockRail::changeEvent(QEvent *event)
{
    QToolBar::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fit();
}

} // namespace ui
