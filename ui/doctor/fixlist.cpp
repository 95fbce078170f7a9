// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/doctor/fixlist.h"

#include "ui/common/button.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/doctor/codebox.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

FixList::FixList(const std::vector<core::Fix> &fixes, QWidget *parent)
    : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    int number = 0;
    for (const core::Fix &fix : fixes)
        add(fix, number++);
}

void FixList::add(const core::Fix &fix, int number)
{
    auto *column = static_cast<QVBoxLayout *>(layout());
    auto *sentence =
        new TextLabel(fix.sentence, TextRole::Body, number == 0 ? Ink::Text : Ink::Text2, this);
    sentence->makeParagraph();
    column->addWidget(sentence);
    if (!fix.text.isEmpty()) {
        auto *code = new CodeBox(fix, this);
        code->setObjectName(u"fixes.code%1"_s.arg(number));
        column->addWidget(code);
    }
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 4);
    row->setSpacing(12);
    if (fix.change) {
        auto *change = new Button(tr("Change the line…"),
                                  number == 0 ? Button::Kind::Primary : Button::Kind::Plain, this);
        change->setObjectName(u"fixes.change%1"_s.arg(number));
        change->setAccessibleName(tr("Change %1").arg(fix.change->source.text()));
        change->setCompact(true);
        connect(change, &QAbstractButton::clicked, this, [this, fix] { emit changeWanted(fix); });
        row->addWidget(change);
    }
    if (!fix.text.isEmpty()) {
        auto *copy = new Button(tr("Copy"), Button::Kind::Plain, this);
        copy->setObjectName(u"fixes.copy%1"_s.arg(number));
        copy->setAccessibleName(tr("Copy %1").arg(oneLine(fix.text)));
        copy->setCompact(true);
        connect(copy, &QAbstractButton::clicked, this,
                [text = fix.text] { QApplication::clipboard()->setText(text); });
        row->addWidget(copy);
    }
    if (!fix.action.isEmpty()) {
        auto *act = new Button(fix.action == "project.createLocal" ? tr("Create a local database…")
                               : fix.action == "database.doctor"   ? tr("Check again")
                                                                   : tr("Show sessions"),
                               Button::Kind::Link, this);
        act->setObjectName(u"fixes.act%1"_s.arg(number));
        connect(act, &QAbstractButton::clicked, this,
                [this, action = fix.action] { emit actionWanted(action); });
        row->addWidget(act);
    }
    if (row->count() == 0) {
        delete row;
        return;
    }
    row->addStretch();
    column->addLayout(row);
}

} // namespace ui
