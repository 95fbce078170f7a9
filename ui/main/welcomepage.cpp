// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/welcomepage.h"

#include "ui/common/button.h"
#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/labels.h"
#include "ui/common/theme.h"
#include "ui/common/tooltip.h"
#include "ui/main/actions.h"
#include "ui/main/launchrow.h"

#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QPainter>
#include <QScrollArea>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int logoSize = 44;

QString shortPath(const QString &folder)
{
    const QString home = QDir::homePath();
    return folder.startsWith(home + u'/') ? u'~' + folder.mid(home.size()) : folder;
}

QLabel *logo(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setPixmap(
        applicationIcon().pixmap(QSize(logoSize, logoSize), parent->devicePixelRatioF()));
    label->setAccessibleName(u"Sluice"_s);
    label->setObjectName(u"welcome.logo"_s);
    return label;
}

} // namespace

WelcomePage::WelcomePage(Actions &actions, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"welcome"_s);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(48);
    columns->addWidget(buildStart(actions), 4, Qt::AlignTop);
    columns->addWidget(buildRecent(), 5, Qt::AlignTop);
    auto *body = new QWidget;
    auto *inner = new QWidget(body);
    inner->setMaximumWidth(grown(960));
    auto *column = new QVBoxLayout(inner);
    column->setContentsMargins(24, 0, 24, 24);
    column->setSpacing(32);
    column->addWidget(buildHead());
    column->addLayout(columns);
    auto *outer = new QVBoxLayout(body);
    outer->setContentsMargins(0, 16, 0, 0);
    outer->addStretch(2);
    auto *centre = new QHBoxLayout;
    centre->addStretch();
    centre->addWidget(inner, 100);
    centre->addStretch();
    outer->addLayout(centre);
    outer->addStretch(5);
    addScroller(body);
    setRecent({});
    setSaved({});
}

/// A small window shows part of it.
void WelcomePage::addScroller(QWidget *body)
{
    auto *scroll = new QScrollArea(this);
    scroll->setObjectName(u"welcome.scroll"_s);
    scroll->setAccessibleName(tr("Ways to begin"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setBackgroundRole(QPalette::Base);
    body->setBackgroundRole(QPalette::Base);
    body->setAutoFillBackground(true);
    scroll->setWidget(body);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(scroll);
}

QWidget *WelcomePage::buildHead()
{
    auto *head = new QWidget(this);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(12, 0, 0, 0);
    row->setSpacing(16);
    row->addWidget(logo(head));
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    auto *name = new TextLabel(u"Sluice"_s, TextRole::Display, Ink::Text, head);
    name->setObjectName(u"welcome.title"_s);
    auto *line =
        new TextLabel(tr("Open a folder and see its databases."), TextRole::Body, Ink::Text2, head);
    line->setObjectName(u"welcome.subtitle"_s);
    words->addWidget(name);
    words->addWidget(line);
    row->addLayout(words, 1);
    return head;
}

QWidget *WelcomePage::buildStart(Actions &actions)
{
    auto *start = new QWidget(this);
    auto *column = new QVBoxLayout(start);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    auto *heading = headingLabel(tr("Start"), start);
    heading->setContentsMargins(12, 0, 0, 8);
    heading->setMinimumHeight(rowHeight(28) + 8); // as high as the button beside the other
    column->addWidget(heading);
    const auto add = [&](const QString &id, const QString &iconName, const QString &name,
                         const QString &explanation) {
        QAction *action = actions.action(id);
        auto *row = new LaunchRow(iconName, name, explanation, start);
        row->setObjectName(u"welcome."_s + id.section(u'.', 1));
        row->setCaption(action->shortcut().toString(QKeySequence::NativeText));
        connect(row, &QAbstractButton::clicked, action, &QAction::trigger);
        column->addWidget(row);
        return row;
    };
    LaunchRow *first = add(u"file.openFolder"_s, u"folder"_s, tr("Open folder…"),
                           tr("Finds the databases its env files name"));
    add(u"file.openDemo"_s, u"seed"_s, tr("Open the demo project"),
        tr("A sample shop with its own local database"));
    add(u"connection.new"_s, u"remote"_s, tr("New connection…"),
        tr("A server that stands in no folder, also through ssh"));
    add(u"file.openFile"_s, u"sql"_s, tr("Open SQL file…"), tr("In an editor of its own"));
    setFocusProxy(first);
    return start;
}

QWidget *WelcomePage::buildRecent()
{
    auto *recent = new QWidget(this);
    auto *column = new QVBoxLayout(recent);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(12, 0, 12, 8);
    head->addWidget(headingLabel(tr("Recent"), recent), 1);
    auto *clear = new Button(tr("Clear"), Button::Kind::Link, recent);
    clear->setObjectName(u"welcome.clearRecent"_s);
    connect(clear, &QAbstractButton::clicked, this, &WelcomePage::clearRecentWanted);
    m_clear = clear;
    head->addWidget(clear);
    column->addLayout(head);
    m_recent = new QVBoxLayout;
    m_recent->setSpacing(0);
    column->addLayout(m_recent);
    auto *heading = headingLabel(tr("Saved connections"), recent);
    heading->setContentsMargins(12, 20, 12, 8);
    m_savedHeading = heading;
    column->addWidget(heading);
    m_saved = new QVBoxLayout;
    m_saved->setSpacing(0);
    column->addLayout(m_saved);
    auto *hint = captionLabel(tr("Drop a folder or an .sql file anywhere in this window."), recent);
    hint->setContentsMargins(12, 12, 0, 0);
    column->addWidget(hint);
    return recent;
}

void WelcomePage::setRecent(const std::vector<RecentEntry> &entries)
{
    while (QLayoutItem *item = m_recent->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_clear->setVisible(!entries.empty());
    if (entries.empty()) {
        auto *none =
            new TextLabel(tr("No project was opened yet."), TextRole::Body, Ink::Text2, this);
        none->setContentsMargins(12, 4, 0, 4);
        none->setObjectName(u"welcome.noRecent"_s);
        m_recent->addWidget(none);
    }
    m_rows.clear();
    for (std::size_t i = 0; i < std::min(shownRecent, entries.size()); ++i) {
        const RecentEntry &entry = entries[i];
        const QString folder = entry.folder;
        auto *row =
            new LaunchRow(u"folder"_s, QFileInfo(folder).fileName(), shortPath(folder), this);
        row->setObjectName(u"welcome.recent%1"_s.arg(i));
        row->setLined(true);
        row->setCaption(formatWhen(entry.opened, QDateTime::currentDateTime()));
        connect(row, &QAbstractButton::clicked, this,
                [this, folder] { emit folderChosen(folder); });
        // The row goes with the answer: not from inside its own key press.
        connect(
            row, &LaunchRow::removeWanted, this,
            [this, folder] { emit removeRecentWanted(folder); }, Qt::QueuedConnection);
        m_recent->addWidget(row);
        m_rows.emplace_back(entry, row);
        showTrouble(row, entry);
    }
}

void WelcomePage::setTrouble(const QString &folder, const QString &trouble)
{
    for (auto &[entry, row] : m_rows) {
        if (entry.folder != folder)
            continue;
        entry.trouble = trouble;
        showTrouble(row, entry);
    }
}

void WelcomePage::showTrouble(LaunchRow *row, const RecentEntry &entry)
{
    const bool troubled = !entry.trouble.isEmpty();
    row->setIconName(troubled ? u"never"_s : u"folder"_s);
    row->setDimmed(troubled);
    row->setToolTip(tipText(oneLine(entry.folder), {}, entry.trouble));
    row->setSecond(entry.trouble,
                   troubled ? tr("Kept in the list until you remove it.") : QString());
    row->setRemovable(troubled ? tr("Remove %1 from the list").arg(isolated(row->text()))
                               : QString());
}

void WelcomePage::setSaved(const std::vector<core::SavedConnection> &connections)
{
    while (QLayoutItem *item = m_saved->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_savedHeading->setVisible(!connections.empty());
    constexpr std::size_t shown = 5;
    for (std::size_t i = 0; i < std::min(shown, connections.size()); ++i) {
        const core::SavedConnection &connection = connections[i];
        const QString place = u"%1:%2"_s.arg(connection.host, QString::number(connection.port));
        auto *row = new LaunchRow(
            connection.production ? u"production"_s
            : connection.ssh      ? u"tunnel"_s
                                  : u"database"_s,
            oneLine(connection.name),
            connection.ssh ? tr("%1, through %2").arg(place, connection.ssh->host) : place, this);
        row->setObjectName(u"welcome.saved%1"_s.arg(i));
        row->setLined(true);
        if (connection.production)
            row->setCaption(tr("Production"));
        connect(row, &QAbstractButton::clicked, this,
                [this, id = connection.id] { emit savedChosen(id); });
        m_saved->addWidget(row);
    }
}

void WelcomePage::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), theme(this).base);
}

} // namespace ui
