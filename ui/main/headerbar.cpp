// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/headerbar.h"

#include "ui/common/button.h"
#include "ui/common/fonts.h"
#include "ui/common/icons.h"
#include "ui/common/labels.h"
#include "ui/common/menu.h"
#include "ui/common/paint.h"
#include "ui/common/switch.h"
#include "ui/common/theme.h"
#include "ui/common/tooltip.h"
#include "ui/main/actions.h"

#include <QAbstractButton>
#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QKeySequence>
#include <QMenuBar>
#include <QPainter>
#include <QStyle>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int fieldWidth = 340;
constexpr int leastField = 220;
constexpr int fieldHeight = 28;
constexpr int sidePadding = 6;

// Looks like a field and is a button: it opens the palette, which has the real field.
class GoToField : public QAbstractButton
{
public:
    explicit GoToField(QWidget *parent)
        : QAbstractButton(parent)
    {
        setText(HeaderBar::tr("Go to table, file or command"));
        setFocusPolicy(Qt::TabFocus);
        setAccessibleName(text());
        setObjectName(u"header.goTo"_s);
        setCursor(Qt::IBeamCursor);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &look = theme(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        drawBox(&painter, QRectF(rect()), popupRadius, look.base,
                hasFocus() ? look.accent : look.edge);
        const int size = 14;
        const bool rtl = layoutDirection() == Qt::RightToLeft;
        const QRect glass(rtl ? width() - 10 - size : 10, (height() - size) / 2, size, size);
        paintIcon(&painter, glass, u"search"_s, look.text3, layoutDirection());
        painter.setPen(look.text3);
        const QRect words = rect().adjusted(34, 0, -12, 0);
        painter.setFont(ui::font(TextRole::Body));
        painter.drawText(QStyle::visualRect(layoutDirection(), rect(), words),
                         Qt::AlignVCenter | Qt::AlignLeading, text());
        painter.setFont(ui::font(TextRole::Caption));
        painter.drawText(words, Qt::AlignVCenter | Qt::AlignTrailing,
                         QKeySequence(u"Ctrl+P"_s).toString(QKeySequence::NativeText));
    }
};

// Qt's own takes for its width where the first menu ends, from the left: mirrored, it never gets
// wider than it is.
class MenuBar : public QMenuBar
{
public:
    using QMenuBar::QMenuBar;

    [[nodiscard]] QSize sizeHint() const override
    {
        QSize hint = QMenuBar::sizeHint();
        if (!isRightToLeft())
            return hint;
        QRect all;
        for (QAction *menu : actions())
            all |= actionGeometry(menu);
        hint.setWidth(all.width() + style()->pixelMetric(QStyle::PM_MenuBarHMargin, nullptr, this));
        return hint;
    }
};

QWidget *upright(QWidget *parent)
{
    auto *line = new HairLine(Qt::Vertical, parent);
    line->setFixedHeight(20);
    return line;
}

} // namespace

HeaderBar::HeaderBar(Actions &actions, QWidget *parent)
    : QWidget(parent)
    , m_menuBar(new MenuBar(this))
    , m_menuButton(Button::iconOnly(u"menu"_s, tr("Menu"), this))
    , m_goTo(new GoToField(this))
    , m_goToButton(Button::iconOnly(u"search"_s, tr("Go to table, file or command"), this))
    , m_right(new QWidget(this))
    , m_database(new Button(u"database"_s, QString(), Button::Kind::Flat, m_right))
    , m_write(new Switch(m_right))
    , m_toggles(makeToggles(actions))
{
    setObjectName(u"header"_s);
    m_menuBar->setObjectName(u"header.menuBar"_s);
    m_menuBar->setAccessibleName(tr("Menu"));
    actions.fillMenuBar(m_menuBar);
    m_menuButton->setObjectName(u"header.menu"_s);
    m_goToButton->setObjectName(u"header.goToButton"_s);
    m_database->setObjectName(u"header.database"_s);

    auto *row = new QHBoxLayout(m_right);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_database);
    row->addWidget(upright(m_right));
    row->addWidget(m_write);
    buildSwitch(*actions.action(u"database.write"_s));
    row->addWidget(m_toggles);
    connect(static_cast<QAbstractButton *>(m_goTo), &QAbstractButton::clicked, this,
            &HeaderBar::goToWanted);
    connect(m_goToButton, &QAbstractButton::clicked, this, &HeaderBar::goToWanted);
    connect(m_database, &QAbstractButton::clicked, this, &HeaderBar::showDatabaseMenu);
    connect(m_menuButton, &QAbstractButton::clicked, this, &HeaderBar::showMenus);
    if (parent)
        parent->installEventFilter(this);
    setDatabases({}, {}, false);
}

QWidget *HeaderBar::makeToggles(Actions &actions)
{
    auto *toggles = new QWidget(m_right);
    auto *row = new QHBoxLayout(toggles);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(upright(toggles));
    for (const QString &id :
         {u"view.leftDocks"_s, u"view.bottomDocks"_s, u"view.inspectorDock"_s}) {
        QAction *action = actions.action(id);
        Button *toggle = Button::iconOnly(id == "view.inspectorDock"_L1 ? u"dock-right"_s
                                          : id == "view.leftDocks"_L1   ? u"dock-left"_s
                                                                        : u"dock-bottom"_s,
                                          action->text().remove(u'&'), toggles);
        toggle->setObjectName(u"header."_s + id.section(u'.', 1));
        toggle->setCheckable(true);
        connect(toggle, &QAbstractButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::toggled, toggle, &QAbstractButton::setChecked);
        row->addWidget(toggle);
    }
    return toggles;
}

void HeaderBar::openMenus()
{
    if (m_menuButton->isVisible())
        showMenus();
    else
        m_menuBar->setActiveAction(m_menuBar->actions().constFirst());
}

void HeaderBar::showMenus()
{
    auto *shown = new Menu(this);
    shown->setAttribute(Qt::WA_DeleteOnClose);
    shown->setObjectName(u"header.menus"_s);
    shown->setAccessibleName(m_menuButton->accessibleName());
    shown->addActions(m_menuBar->actions());
    shown->popup(m_menuButton->mapToGlobal(QPoint(0, m_menuButton->height())));
    // For the keyboard: as a person would, for setActiveAction() opens the menu of what it chooses.
    QKeyEvent down(QEvent::KeyPress, Qt::Key_Down, Qt::NoModifier);
    QCoreApplication::sendEvent(shown, &down);
}

bool HeaderBar::eventFilter(QObject *watched, QEvent *event)
{
    const auto isAlt = [event] { return static_cast<QKeyEvent *>(event)->key() == Qt::Key_Alt; };
    switch (event->type()) {
    case QEvent::ShortcutOverride:
        if (!isAlt()) {
            m_altPressed = false; // another key's
            qApp->removeEventFilter(this);
        } else if (!m_altPressed && m_menuButton->isVisible()) {
            m_altPressed = true;
            qApp->installEventFilter(this); // whatever comes before its release makes it no press
        }
        break;
    case QEvent::KeyPress:
    case QEvent::KeyRelease:
    case QEvent::MouseButtonPress:
    case QEvent::Wheel:
    case QEvent::WindowDeactivate: {
        if (!m_altPressed || (event->type() == QEvent::KeyPress && isAlt()))
            break;
        m_altPressed = false;
        qApp->removeEventFilter(this);
        if (event->type() == QEvent::KeyRelease && isAlt())
            showMenus();
        break;
    }
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void HeaderBar::setDatabases(const QStringList &names, const QString &current, bool production)
{
    m_databases = names;
    m_current = current;
    m_right->setVisible(!names.isEmpty());
    m_database->setIconName(production ? u"production"_s : u"database"_s);
    m_database->setText(QString(current).replace(u'&', "&&"_L1));
    m_database->setAccessibleName(tr("Database %1").arg(current));
    place();
}

void HeaderBar::buildSwitch(QAction &action)
{
    m_write->setObjectName(u"header.write"_s);
    m_write->setWords(tr("Read-only"), tr("Writing"));
    m_write->setIconNames(u"read-only"_s, u"writing"_s);
    m_write->setWordsFirst(true);
    m_write->setWarns(true);
    m_write->setAsking(true);
    connect(m_write, &QAbstractButton::clicked, &action, &QAction::trigger);
    setWriting(false);
}

void HeaderBar::setWriting(bool writing)
{
    m_write->setChecked(writing);
    const QString keys = QKeySequence(u"Ctrl+Alt+W"_s).toString(QKeySequence::NativeText);
    m_write->setToolTip(
        tipText(tr("Write switch"), keys,
                writing ? tr("Statements that change something are committed.")
                        : tr("Every statement runs in a read-only transaction that is rolled "
                             "back.")));
    m_write->setAccessibleName(writing ? tr("Write switch, writing is on")
                                       : tr("Write switch, read-only"));
}

void HeaderBar::showDatabaseMenu()
{
    auto *menu = new Menu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(u"header.databaseMenu"_s);
    for (const QString &name : std::as_const(m_databases)) {
        QAction *action = menu->addAction(QString(name).replace(u'&', "&&"_L1));
        action->setCheckable(true);
        action->setChecked(name == m_current);
        connect(action, &QAction::triggered, this, [this, name] { emit databaseChosen(name); });
    }
    menu->popup(m_database->mapToGlobal(QPoint(0, m_database->height() + 2)));
}

QSize HeaderBar::sizeHint() const
{
    return {grown(1100), rowHeight(44)};
}

QSize HeaderBar::minimumSizeHint() const
{
    return {grown(320), rowHeight(44)};
}

void HeaderBar::resizeEvent(QResizeEvent *)
{
    place();
}

// What gives way, in this order: the go-to field becomes a button, then the menus move behind one
// (LOOK 11).
void HeaderBar::place()
{
    const bool narrow = width() < grown(900);
    const auto put = [this](QWidget *widget, int x, int w, int h) {
        widget->setGeometry(
            QStyle::visualRect(layoutDirection(), rect(), QRect(x, (height() - h) / 2, w, h)));
    };
    m_menuBar->setVisible(!narrow);
    m_menuButton->setVisible(narrow);
    const QSize menuSize = narrow ? m_menuButton->sizeHint() : m_menuBar->sizeHint();
    QWidget *menu = narrow ? static_cast<QWidget *>(m_menuButton) : m_menuBar;
    put(menu, sidePadding, menuSize.width(),
        narrow ? menuSize.height() : std::min(menuSize.height(), height()));

    m_toggles->setVisible(!narrow);
    const QSize right = m_right->isHidden() ? QSize() : m_right->sizeHint();
    const int begin = sidePadding + menuSize.width() + 12;
    const int end = width() - 12 - right.width() - 12;
    // In the middle of the window, or of what the two beside it leave.
    const int middle = (width() - grown(fieldWidth)) / 2;
    const int field = std::min(grown(fieldWidth), end - begin);
    const bool noField = width() < grown(1100) || field < grown(leastField);
    m_goTo->setVisible(!noField);
    m_goToButton->setVisible(noField);
    if (noField) {
        put(m_goToButton, sidePadding + menuSize.width() + 8, m_goToButton->sizeHint().width(),
            m_goToButton->sizeHint().height());
    } else {
        put(m_goTo, std::clamp(middle, begin, end - field), field, rowHeight(fieldHeight));
    }
    const QSize whole = m_right->sizeHint();
    put(m_right, width() - whole.width() - 12, whole.width(), whole.height());
}

void HeaderBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &look = theme(this);
    painter.fillRect(rect(), look.window);
    drawHairLine(&painter, QRectF(rect()), Qt::BottomEdge, look.line);
}

} // namespace ui
