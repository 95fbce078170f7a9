// SPDX-License-Identifier: GPL-3.0-or-later
#include "partssheet.h"

#include "ui/common/button.h"
#include "ui/common/chip.h"
#include "ui/common/labels.h"
#include "ui/common/note.h"
#include "ui/common/paint.h"
#include "ui/common/searchfield.h"
#include "ui/common/segmentedcontrol.h"
#include "ui/common/statepage.h"
#include "ui/common/switch.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QPainter>
#include <QRadioButton>
#include <QSpinBox>

using namespace Qt::StringLiterals;
using ui::Button;
using ui::Meaning;

namespace {

class Swatch : public QWidget
{
public:
    Swatch(QColor ui::Theme::*role, QWidget *parent)
        : QWidget(parent)
        , m_role(role)
    {
        setFixedHeight(32);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const ui::Theme &colors = ui::theme(this);
        ui::drawBox(&painter, rect(), ui::controlRadius, colors.*m_role, colors.line);
    }

private:
    QColor ui::Theme::*m_role;
};

class Framed : public QWidget
{
public:
    explicit Framed(QWidget *inner, QWidget *parent)
        : QWidget(parent)
    {
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins(1, 8, 1, 8);
        column->addWidget(inner);
        setMinimumHeight(160);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const ui::Theme &colors = ui::theme(this);
        ui::drawBox(&painter, rect(), ui::popupRadius, colors.base, colors.line);
    }
};

ui::TextLabel *section(const QString &text, QWidget *parent)
{
    return new ui::TextLabel(text, ui::TextRole::Chip, ui::Ink::Text2, parent);
}

QHBoxLayout *row(QVBoxLayout *column, int spacing = 8)
{
    auto *line = new QHBoxLayout;
    line->setSpacing(spacing);
    column->addLayout(line);
    return line;
}

void addSwatches(QVBoxLayout *column, QWidget *page)
{
    using ui::Theme;
    const std::pair<QString, QColor Theme::*> roles[] = {
        {u"Window"_s, &Theme::window},
        {u"Base"_s, &Theme::base},
        {u"Alternate"_s, &Theme::alternate},
        {u"Raised"_s, &Theme::raised},
        {u"Control"_s, &Theme::control},
        {u"Selection"_s, &Theme::selection},
        {u"Inactive sel."_s, &Theme::inactiveSelection},
        {u"Current row"_s, &Theme::currentRow},
        {u"Hover"_s, &Theme::hover},
        {u"Line"_s, &Theme::line},
        {u"Grid line"_s, &Theme::gridline},
        {u"Thumb"_s, &Theme::thumb},
        {u"Field edge"_s, &Theme::fieldEdge},
        {u"Accent"_s, &Theme::accent},
        {u"Band"_s, &Theme::band},
        {u"NULL"_s, &Theme::null},
    };
    column->addWidget(section(u"Colour roles"_s, page));
    QHBoxLayout *line = row(column);
    for (const auto &[name, role] : roles) {
        auto *cell = new QVBoxLayout;
        cell->setSpacing(4);
        cell->addWidget(new Swatch(role, page));
        cell->addWidget(ui::captionLabel(name, page));
        line->addLayout(cell);
    }
}

void addTypeAndChips(QVBoxLayout *column, QWidget *page)
{
    column->addWidget(section(u"Type, chips: icon and word, always"_s, page));
    QHBoxLayout *type = row(column, 20);
    using ui::TextRole;
    const std::pair<QString, TextRole> roles[] = {
        {u"Display +8"_s, TextRole::Display},   {u"Title +2"_s, TextRole::Title},
        {u"Strong 0"_s, TextRole::Heading},     {u"Name 0"_s, TextRole::Name},
        {u"Body 0"_s, TextRole::Body},          {u"Grid -1 0123"_s, TextRole::Grid},
        {u"Caption -1.5"_s, TextRole::Caption}, {u"Mono -1 != ->"_s, TextRole::Mono},
        {u"Editor 0"_s, TextRole::Editor},
    };
    for (const auto &[text, role] : roles)
        type->addWidget(new ui::TextLabel(text, role, ui::Ink::Text, page));
    type->addStretch();
    QHBoxLayout *chips = row(column);
    const std::tuple<Meaning, QString, QString> states[] = {
        {Meaning::ReadOnly, u"read-only"_s, u"Read-only"_s},
        {Meaning::Warning, u"writing"_s, u"Writing on"_s},
        {Meaning::Production, u"production"_s, u"Production"_s},
        {Meaning::Ok, u"ok"_s, u"Applied"_s},
        {Meaning::Info, u"pending"_s, u"Pending"_s},
        {Meaning::Warning, u"edited"_s, u"Edited after apply"_s},
        {Meaning::Danger, u"never"_s, u"Never runs"_s},
        {Meaning::Neutral, u"pooled"_s, u"Pooled"_s},
        {Meaning::Neutral, u"direct"_s, u"Direct"_s},
        {Meaning::Neutral, {}, u"jsonb"_s},
    };
    for (const auto &[meaning, icon, word] : states)
        chips->addWidget(new ui::Chip(meaning, icon, word, page));
    chips->addStretch();
}

void addButtons(QVBoxLayout *column, QWidget *page)
{
    column->addWidget(section(u"Buttons"_s, page));
    QHBoxLayout *line = row(column, 10);
    const auto add = [line](Button *button) {
        line->addWidget(button);
        return button;
    };
    add(new Button(u"Run statement"_s, Button::Kind::Primary, page));
    add(new Button(u"run"_s, u"Run statement"_s, Button::Kind::Primary, page));
    add(new Button(u"Cancel"_s, Button::Kind::Plain, page))->setKeyHint(u"Esc"_s);
    auto *focused = add(new Button(u"Focused"_s, Button::Kind::Plain, page));
    focused->setObjectName(u"focused"_s);
    add(new Button(u"Pointed at"_s, Button::Kind::Plain, page))->setAttribute(Qt::WA_UnderMouse);
    add(new Button(u"Pressed"_s, Button::Kind::Plain, page))->setDown(true);
    add(new Button(u"Disabled"_s, Button::Kind::Plain, page))->setEnabled(false);
    add(new Button(u"filter"_s, u"Flat"_s, Button::Kind::Flat, page));
    add(new Button(u"columns"_s, u"Columns"_s, Button::Kind::Flat, page))->setFact(u"8 of 14"_s);
    auto *toggled = add(new Button(u"dock-left"_s, {}, Button::Kind::Flat, page));
    toggled->setCheckable(true);
    toggled->setChecked(true);
    add(Button::iconOnly(u"refresh"_s, u"Refresh"_s, page));
    add(new Button(u"Drop table"_s, Button::Kind::Danger, page));
    add(new Button(u"production"_s, u"Update 1,284 rows"_s, Button::Kind::Production, page));
    add(new Button(u"Count exactly"_s, Button::Kind::Link, page));
    line->addStretch();
}

void addFields(QVBoxLayout *column, QWidget *page)
{
    column->addWidget(section(u"Fields and switches"_s, page));
    QHBoxLayout *line = row(column, 12);
    auto *filter = new ui::SearchField(u"Filter names"_s, page);
    filter->setHint(u"Ctrl+P"_s);
    line->addWidget(filter, 1);
    auto *typed = new ui::SearchField(u"Filter names"_s, page);
    typed->setText(u"invo"_s);
    line->addWidget(typed, 1);
    auto *wrong = new ui::SearchField(u"WHERE"_s, page);
    wrong->setText(u"tota > 5"_s);
    wrong->setFont(ui::font(ui::TextRole::Mono));
    wrong->setError(u"No column “tota”. Did you mean total?"_s);
    line->addWidget(wrong, 1);
    auto *combo = new QComboBox(page);
    combo->addItems({u"Europe/Berlin"_s, u"UTC"_s});
    line->addWidget(combo);
    auto *spin = new QSpinBox(page);
    line->addWidget(spin);
    auto *on = new QCheckBox(u"On"_s, page);
    on->setChecked(true);
    line->addWidget(on);
    line->addWidget(new QCheckBox(u"Off"_s, page));
    auto *chosen = new QRadioButton(u"Chosen"_s, page);
    chosen->setChecked(true);
    line->addWidget(chosen);
    line->addWidget(new QRadioButton(u"Other"_s, page));
    for (const bool writing : {false, true}) {
        auto *knob = new ui::Switch(page);
        knob->setWords(u"Read-only"_s, u"Writing"_s);
        knob->setIconNames(u"read-only"_s, u"writing"_s);
        knob->setWarns(true);
        knob->setWordsFirst(true);
        knob->setChecked(writing);
        line->addWidget(knob);
    }
    line->addWidget(new ui::SegmentedControl({u"Tree"_s, u"Text"_s, u"Hex"_s}, page));
}

void addNotes(QVBoxLayout *column, QWidget *page)
{
    column->addWidget(section(u"Notes"_s, page));
    auto *changed =
        new ui::Note(Meaning::Warning, u"DATABASE_URL changed in .env.local."_s,
                     u"Host pool.eu1 → pool.eu2. This window still uses the old one."_s, page);
    changed->addLink(u"Switch"_s);
    changed->addLink(u"Keep"_s);
    column->addWidget(changed);
    auto *unknown = new ui::Note(
        Meaning::Danger,
        u"It is unknown whether your commit arrived. 1,284 rows of invoices in app-prod."_s,
        u"The connection broke after COMMIT was sent. Transaction 88120417 is on record at the "
        u"server. Nothing is repeated by itself, and nothing is lost: the text, the rows and the "
        u"place in them stay where they are until the question is answered."_s,
        page);
    unknown->setIconName(u"unknown"_s);
    unknown->addButton(u"Look it up"_s);
    column->addWidget(unknown);
    QHBoxLayout *line = row(column, 12);
    line->addWidget(new ui::Note(Meaning::Info, u"Pick one of two."_s, {}, page));
    line->addWidget(new ui::Note(Meaning::Ok, u"All 21 migrations are applied."_s, {}, page));
}

void addStates(QVBoxLayout *column, QWidget *page)
{
    column->addWidget(section(u"Empty, loading, failed, lost"_s, page));
    QHBoxLayout *line = row(column, 12);
    auto *empty = new ui::StatePage(page);
    empty->showEmpty(u"filter"_s, u"No row matches the filter"_s,
                     u"issued_at ≥ 2027-01-01, checked by index in 3 ms"_s);
    empty->setAction(u"Remove filter"_s);
    auto *loading = new ui::StatePage(page);
    loading->showLoading(u"Reading rows near 31,200,000"_s, u"2.1 s, Esc cancels"_s);
    auto *failed = new ui::StatePage(page);
    failed->showFailed(u"Reading invoices stopped: permission denied"_s,
                       u"Role app_read may not select column note (42501). Ask the owner "
                       u"app_owner for it, or hide the column."_s);
    failed->setAction(u"Try again"_s);
    failed->setSecondAction(u"Hide note"_s);
    auto *lost = new ui::StatePage(page);
    lost->showLost(u"The connection was closed by the server"_s,
                   u"A temporary table and 1 SET were lost. Text and rows are kept."_s);
    lost->setAction(u"Connect again"_s);
    for (ui::StatePage *state : {empty, loading, failed, lost})
        line->addWidget(new Framed(state, page), 1);
}

} // namespace

QWidget *makePartsSheet()
{
    auto *page = new QWidget;
    page->setObjectName(u"parts"_s);
    page->resize(1440, 900);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(28, 20, 28, 20);
    column->setSpacing(10);
    addSwatches(column, page);
    addTypeAndChips(column, page);
    addButtons(column, page);
    addFields(column, page);
    addNotes(column, page);
    addStates(column, page);
    column->addStretch();
    page->findChild<QWidget *>(u"focused"_s)->setFocus();
    return page;
}
