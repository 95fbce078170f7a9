// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/welcomepage.h"

#include "ui/common/button.h"
#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/labels.h"
#include "ui/common/theme.h"
#include "ui/main/actions.h"
#include "ui/main/launchrow.h"

#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QPainter>

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
    auto *inner = new QWidget(this);
    inner->setMaximumWidth(grown(960));
    auto *column = new QVBoxLayout(inner);
    column->setContentsMargins(24, 0, 24, 24);
    column->setSpacing(32);
    column->addWidget(buildHead());
    column->addLayout(columns);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addStretch(2);
    auto *centre = new QHBoxLayout;
    centre->addStretch();
    centre->addWidget(inner, 100);
    centre->addStretch();
    outer->addLayout(centre);
    outer->addStretch(5);
    setRecent({});
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
    constexpr std::size_t shown = 6;
    for (std::size_t i = 0; i < std::min(shown, entries.size()); ++i) {
        const RecentEntry &entry = entries[i];
        const QString folder = entry.folder;
        auto *row = new LaunchRow(
            entry.reachable ? u"folder"_s : u"never"_s, QFileInfo(folder).fileName(),
            entry.reachable ? shortPath(folder)
                            : tr("%1 is not reachable").arg(isolated(shortPath(folder))),
            this);
        row->setObjectName(u"welcome.recent%1"_s.arg(i));
        row->setDimmed(!entry.reachable);
        row->setLined(true);
        row->setCaption(formatWhen(entry.opened, QDateTime::currentDateTime()));
        connect(row, &QAbstractButton::clicked, this,
                [this, folder] { emit folderChosen(folder); });
        m_recent->addWidget(row);
    }
}

void WelcomePage::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), theme(this).base);
}

} // namespace ui
