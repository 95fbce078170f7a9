// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowsheet.h"

#include "ui/common/button.h"
#include "ui/common/docktitle.h"
#include "ui/common/icons.h"
#include "ui/common/labels.h"
#include "ui/common/note.h"
#include "ui/common/searchfield.h"
#include "ui/common/sheet.h"
#include "ui/common/tabbar.h"
#include "ui/common/treedelegate.h"
#include "ui/common/viewbar.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QDockWidget>
#include <QLineEdit>
#include <QMainWindow>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QStandardItemModel>
#include <QTreeView>

using namespace Qt::StringLiterals;
using ui::TreeDelegate;

namespace {

QStandardItem *item(const QString &icon, const QString &name, const QString &fact)
{
    auto *entry = new QStandardItem(name);
    entry->setData(icon, TreeDelegate::IconNameRole);
    entry->setData(fact, TreeDelegate::FactRole);
    return entry;
}

QTreeView *schemaTree(QWidget *parent)
{
    auto *tree = new QTreeView(parent);
    auto *model = new QStandardItemModel(tree);
    QStandardItem *schema = item(u"schema"_s, u"public"_s, {});
    QStandardItem *tables = item(u"folder"_s, u"Tables"_s, u"14"_s);
    const std::pair<QString, QString> names[] = {
        {u"api_keys"_s, u"1,912"_s},
        {u"attachments"_s, u"≈ 3.1 M"_s},
        {u"events"_s, u"≈ 214 M"_s},
        {u"invoice_lines"_s, u"≈ 161 M"_s},
        {u"invoices"_s, u"≈ 48.2 M"_s},
        {u"memberships"_s, u"92,418"_s},
        {u"organisations"_s, u"18,204"_s},
        {u"payments"_s, u"≈ 39.7 M"_s},
        {u"webhook_deliveries_2026_archive"_s, u"≈ 9.4 M"_s}};
    for (const auto &[name, fact] : names) {
        const bool parts = name == "events"_L1;
        QStandardItem *table = item(parts ? u"table-partitioned"_s : u"table"_s, name, fact);
        table->appendRow(item(u"key-primary"_s, u"id"_s, u"int8"_s));
        table->setData(name == "invoices"_L1, TreeDelegate::CurrentRole);
        tables->appendRow(table);
    }
    schema->appendRow(tables);
    model->appendRow(schema);
    QStandardItem *database = item(u"production"_s, u"app-prod"_s, u"production"_s);
    database->setData(int(ui::Meaning::Production), TreeDelegate::IconMeaningRole);
    model->appendRow(database);
    tree->setModel(model);
    TreeDelegate::dress(tree);
    tree->expand(model->index(0, 0));
    tree->expand(model->index(0, 0, model->index(0, 0)));
    tree->setCurrentIndex(model->index(5, 0, model->index(0, 0, model->index(0, 0))));
    return tree;
}

QDockWidget *schemaDock(QMainWindow *window)
{
    auto *dock = new QDockWidget(u"Schema"_s, window);
    auto *title = new ui::DockTitle(u"Schema"_s, dock);
    title->addButton(u"refresh"_s, u"Refresh"_s);
    title->addButton(u"more"_s, u"More"_s);
    dock->setTitleBarWidget(title);
    auto *body = new QWidget(dock);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    auto *filter = new ui::SearchField(u"Filter 1,204 names"_s, body);
    auto *padded = new QHBoxLayout;
    padded->setContentsMargins(8, 0, 8, 0);
    padded->addWidget(filter);
    column->addLayout(padded);
    column->addWidget(schemaTree(body), 1);
    dock->setWidget(body);
    return dock;
}

QWidget *centre(QMainWindow *window)
{
    auto *body = new QWidget(window);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *tabs = new ui::TabBar(body);
    tabs->addTab(ui::icon(u"table"_s), u"invoices"_s);
    tabs->addTab(ui::icon(u"sql"_s), u"monthly_revenue.sql"_s);
    tabs->addTab(ui::icon(u"table"_s), u"organisations"_s);
    tabs->addTab(ui::icon(u"relations"_s), u"Relations"_s);
    tabs->setTabUnsaved(1, true);
    tabs->setTabFact(3, u"1,284 rows"_s);
    column->addWidget(tabs);
    auto *bar = new ui::ViewBar(body);
    bar->setName(u"public.invoices"_s);
    bar->setFact(u"newest first by id"_s);
    bar->addButton(u"filter"_s, u"Filter"_s);
    bar->addButton(u"sort"_s, u"Sort"_s);
    bar->addButton(u"columns"_s, u"Columns"_s)->setFact(u"8 of 14"_s);
    bar->addSeparator();
    bar->addButton(u"export"_s, u"Export…"_s);
    bar->addIconButton(u"refresh"_s, u"Refresh"_s);
    column->addWidget(bar);
    column->addWidget(new ui::HairLine(Qt::Horizontal, body));
    auto *text = new QPlainTextEdit(body);
    text->setFrameShape(QFrame::NoFrame);
    text->setFont(ui::font(ui::TextRole::Editor));
    QString sql;
    for (int line = 1; line <= 200; ++line)
        sql +=
            u"select %1, repeat('-- a long line ', 20), repeat('and more of the same', 12) from invoices where id <> %1;\n"_s
                .arg(line);
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    text->setPlainText(sql);
    column->addWidget(text, 1);
    return body;
}

void ask(QWidget *window)
{
    auto *sheet = new ui::Sheet(window, ui::Sheet::Width::Medium);
    sheet->setTitle(u"Update 1,284 rows of invoices in app-prod?"_s);
    sheet->setSubtitle(
        u"Counted just now by reading with the same condition. The statement has not been run."_s);
    sheet->setProduction(true);
    sheet->content()->addWidget(ui::headingLabel(u"2 triggers will fire"_s, sheet));
    sheet->content()->addWidget(new ui::Note(ui::Meaning::Warning, u"Row locks only."_s,
                                             u"Held ≈ 90 ms, lock wait limit 3 s."_s, sheet));
    auto *line = new QHBoxLayout;
    auto *name = new QLineEdit(sheet);
    name->setFont(ui::font(ui::TextRole::Mono));
    line->addWidget(ui::plainLabel(u"Type app-prod to go on"_s, sheet));
    line->addWidget(name);
    line->addStretch();
    line->addWidget(new QCheckBox(u"Take a snapshot of invoices first"_s, sheet));
    sheet->content()->addLayout(line);
    sheet->setFootText(u"Commits only if exactly 1,284 rows change."_s);
    sheet->addPrimary(u"Update 1,284 rows"_s);
    sheet->setFirstFocus(name);
    sheet->open();
}

} // namespace

QWidget *makeWindowSheet(bool asking)
{
    auto *window = new QMainWindow;
    window->setObjectName(asking ? u"sheet"_s : u"window"_s);
    window->resize(1000, 700);
    for (const QString &name : {u"&File"_s, u"&Edit"_s, u"&View"_s, u"&Database"_s, u"&Help"_s})
        window->menuBar()->addMenu(name);
    window->setCentralWidget(centre(window));
    window->addDockWidget(Qt::LeftDockWidgetArea, schemaDock(window));
    auto *project = new QDockWidget(u"Messages"_s, window);
    project->setTitleBarWidget(new ui::DockTitle(u"Messages"_s, project));
    project->setWidget(new QWidget(project));
    window->addDockWidget(Qt::RightDockWidgetArea, project);
    if (asking)
        ask(window);
    return window;
}
