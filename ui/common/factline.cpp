// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/factline.h"

#include "ui/common/fonts.h"
#include "ui/common/icons.h"
#include "ui/common/labels.h"
#include "ui/common/readingmargins.h"

#include <QPainter>
#include <QStyle>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int iconSide = 16;
constexpr int textStart = 24;

} // namespace

FactLine::FactLine(QWidget *parent)
    : FactLine({}, {}, {}, parent)
{
}

FactLine::FactLine(const QString &iconName, const QString &fact, const QString &second,
                   QWidget *parent)
    : QWidget(parent)
    , m_fact(new TextLabel({}, TextRole::Name, Ink::Text, this))
    , m_second(new TextLabel({}, TextRole::Body, Ink::Text2, this))
{
    auto *column = new QVBoxLayout(this);
    column->setSpacing(1);
    for (TextLabel *label : {m_fact, m_second}) {
        label->makeParagraph();
        column->addWidget(label);
    }
    column->addStretch();
    setReadingMargins(this, {textStart, 0, 0, 0});
    setFact(iconName, fact, second);
}

void FactLine::setFact(const QString &iconName, const QString &fact, const QString &second)
{
    m_iconName = iconName;
    m_fact->setText(fact);
    m_second->setText(second);
    m_second->setVisible(!second.isEmpty());
    update();
}

void FactLine::setMeaning(Meaning meaning)
{
    m_meaning = meaning;
    update();
}

QString FactLine::fact() const
{
    return m_fact->text();
}

QString FactLine::second() const
{
    return m_second->text();
}

void FactLine::paintEvent(QPaintEvent *)
{
    if (m_iconName.isEmpty())
        return;
    QPainter painter(this);
    const Theme &look = theme(this);
    const int line = m_fact->fontMetrics().height();
    const QRect symbol(0, m_fact->y() + (line - iconSide) / 2, iconSide, iconSide);
    paintIcon(&painter, QStyle::visualRect(layoutDirection(), rect(), symbol), m_iconName,
              m_meaning == Meaning::Neutral ? look.text2 : look.tone(m_meaning).ink,
              layoutDirection());
}

} // namespace ui
