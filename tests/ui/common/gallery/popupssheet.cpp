// SPDX-License-Identifier: GPL-3.0-or-later
#include "popupssheet.h"

#include "ui/common/icons.h"
#include "ui/common/labels.h"
#include "ui/common/menu.h"
#include "ui/common/tooltip.h"

#include <QAction>
#include <QBoxLayout>
#include <QGridLayout>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace {

// Two sizes of a symbol.
class Symbol : public QWidget
{
public:
    Symbol(const QString &name, QWidget *parent)
        : QWidget(parent)
        , m_name(name)
    {
        setFixedSize(64, 34);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const QColor ink = ui::theme(this).text;
        ui::paintIcon(&painter, QRectF(0, 9, 16, 16), m_name, ink, layoutDirection());
        ui::paintIcon(&painter, QRectF(28, 1, 32, 32), m_name, ink, layoutDirection());
    }

private:
    QString m_name;
};

// A menu shown as part of the page: the same painting without a window of its own.
class StillTip : public QLabel
{
public:
    StillTip(const QString &text, QWidget *parent)
        : QLabel(parent)
    {
        setText(text);
        setFixedSize(ui::TipLook::sizeFor(text));
    }

protected:
    void paintEvent(QPaintEvent *) override { ui::TipLook::paint(this); }
};

class StillMenu : public ui::Menu
{
public:
    explicit StillMenu(QWidget *parent)
        : ui::Menu(parent)
    {
        setWindowFlags(Qt::Widget);
    }
    void settle() { setFixedSize(sizeHint()); }
};

StillMenu *cellMenu(QWidget *page)
{
    auto *menu = new StillMenu(page);
    menu->addAction(ui::icon(u"copy"_s), u"&Copy"_s)->setShortcut(QKeySequence::Copy);
    QMenu *as = menu->addMenu(u"Copy &as"_s);
    as->menuAction()->setShortcut(QKeySequence(u"Ctrl+Shift+C"_s));
    menu->addSeparator();
    menu->addAction(ui::icon(u"filter"_s), u"Only 10427"_s);
    menu->addAction(u"Without 10427"_s);
    menu->addAction(u"Only NULL"_s);
    menu->addSeparator();
    menu->addAction(ui::icon(u"key-foreign"_s), u"Open organisations 10427"_s)
        ->setShortcut(QKeySequence(u"Ctrl+Return"_s));
    menu->addMenu(ui::icon(u"reference"_s), u"Rows that refer to this one"_s);
    menu->addSeparator();
    QAction *checked = menu->addAction(u"Row numbers"_s);
    checked->setCheckable(true);
    checked->setChecked(true);
    menu->addSeparator();
    QAction *drop = menu->addAction(ui::icon(u"delete"_s), u"Drop table…"_s);
    drop->setEnabled(false);
    ui::Menu::setReason(drop, u"Read-only is on"_s);
    menu->settle();
    menu->setActiveAction(as->menuAction());
    return menu;
}

} // namespace

QWidget *makePopupsSheet()
{
    auto *page = new QWidget;
    page->setObjectName(u"popups"_s);
    page->resize(1440, 900);
    auto *line = new QHBoxLayout(page);
    line->setContentsMargins(28, 20, 28, 20);
    line->setSpacing(24);
    line->addWidget(cellMenu(page), 0, Qt::AlignTop);
    auto *tips = new QVBoxLayout;
    tips->addWidget(new StillTip(ui::tipText(u"Refresh"_s, u"F5"_s), page));
    tips->addWidget(new StillTip(u"public.webhook_deliveries_2026_archive"_s, page));
    tips->addWidget(new StillTip(u"Row ≈ 31,200,000\nid ≈ 16,904,211"_s, page));
    tips->addWidget(new StillTip(ui::tipText(u"Pooled"_s, {},
                                             u"Port 6432, and two transactions met different "
                                             u"server processes (4411, 4418)."_s),
                                 page));
    tips->addWidget(new StillTip(u"<b>not bold</b> <img src=x>"_s, page));
    tips->addStretch();
    line->addLayout(tips);
    auto *symbols = new QGridLayout;
    symbols->setSpacing(6);
    int place = 0;
    constexpr int columns = 8;
    for (const QString &name : ui::iconNames()) {
        auto *cell = new QVBoxLayout;
        cell->setSpacing(2);
        cell->addWidget(new Symbol(name, page));
        cell->addWidget(ui::captionLabel(name, page));
        symbols->addLayout(cell, place / columns, place % columns);
        ++place;
    }
    line->addLayout(symbols, 1);
    return page;
}
