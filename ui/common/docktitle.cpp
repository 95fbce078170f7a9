// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/docktitle.h"

#include "ui/common/button.h"
#include "ui/common/fonts.h"
#include "ui/common/labels.h"

#include <QBoxLayout>
#include <QDockWidget>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int titleHeight = 36;

} // namespace

DockTitle::DockTitle(const QString &heading, QWidget *parent)
    : QWidget(parent)
    , m_heading(new ElidedLabel(heading, TextRole::Heading, Ink::Text, this))
    , m_fact(new ElidedLabel({}, TextRole::Caption, Ink::Text3, this))
    , m_row(new QHBoxLayout(this))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_row->setContentsMargins(12, 0, 8, 0);
    m_row->setSpacing(2);
    m_row->addWidget(m_heading);
    m_row->addSpacing(8);
    m_row->addWidget(m_fact);
    m_row->addStretch(1);
    m_fact->hide();
}

void DockTitle::setHeading(const QString &heading)
{
    m_heading->setText(heading);
}

QString DockTitle::heading() const
{
    return m_heading->text();
}

void DockTitle::setFact(const QString &fact)
{
    m_fact->setText(fact);
    m_fact->setVisible(!fact.isEmpty());
}

Button *DockTitle::addButton(const QString &iconName, const QString &name)
{
    Button *button = Button::iconOnly(iconName, name, this);
    m_row->addWidget(button);
    return button;
}

Button *DockTitle::addCloseButton()
{
    Button *button = addButton(u"close"_s, tr("Close"));
    connect(button, &Button::clicked, this, [this] {
        for (QWidget *ancestor = parentWidget(); ancestor; ancestor = ancestor->parentWidget()) {
            if (auto *dock = qobject_cast<QDockWidget *>(ancestor)) {
                dock->close();
                return;
            }
        }
    });
    return button;
}

QSize DockTitle::sizeHint() const
{
    return {QWidget::sizeHint().width(), rowHeight(titleHeight, TextRole::Heading)};
}

QSize DockTitle::minimumSizeHint() const
{
    return {QWidget::minimumSizeHint().width(), rowHeight(titleHeight, TextRole::Heading)};
}

} // namespace ui
