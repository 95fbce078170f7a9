// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/object/objectpage.h"

#include "ui/object/factsection.h"
#include "ui/object/factview.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

ObjectPage::ObjectPage(const QString &name, const QString &title, QWidget *parent)
    : QScrollArea(parent)
{
    setObjectName(u"object.page."_s + name);
    setAccessibleName(title);
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    viewport()->setBackgroundRole(QPalette::Base);
    auto *whole = new QWidget(this);
    whole->setBackgroundRole(QPalette::Base);
    m_column = new QVBoxLayout(whole);
    m_column->setContentsMargins(16, 10, 16, 16);
    m_column->setSpacing(16);
    m_column->addStretch();
    setWidget(whole);
}

FactSection *ObjectPage::addSection(FactSection *section)
{
    m_column->insertWidget(m_column->count() - 1, section);
    FactView *view = &section->view();
    connect(view, &FactView::opened, this, &ObjectPage::opened);
    connect(view, &FactView::currentMoved, this, [this, view](const QRect &place) {
        const QPoint at = view->mapTo(widget(), place.center());
        ensureVisible(0, at.y(), 0, place.height());
    });
    return section;
}

void ObjectPage::addLine(QWidget *line)
{
    QSizePolicy policy = line->sizePolicy();
    policy.setVerticalPolicy(QSizePolicy::Maximum);
    line->setSizePolicy(policy);
    m_column->insertWidget(m_column->count() - 1, line);
}

} // namespace ui
