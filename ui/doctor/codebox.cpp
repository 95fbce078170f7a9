// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/doctor/codebox.h"

#include "ui/common/fonts.h"
#include "ui/common/labels.h"
#include "ui/common/paint.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int sidePadding = 10;

} // namespace

CodeBox::CodeBox(const core::Fix &fix, QWidget *parent)
    : QWidget(parent)
    , m_rows(new QVBoxLayout(this))
{
    m_rows->setContentsMargins(1, 1, 1, 1);
    m_rows->setSpacing(0);
    setLayoutDirection(Qt::LeftToRight); // whatever the language, it is code
    if (!fix.before.isEmpty())
        addLine(u"−"_s, fix.before, Meaning::Danger);
    addLine(fix.before.isEmpty() ? QString() : u"+"_s, fix.text,
            fix.before.isEmpty() ? Meaning::Neutral : Meaning::Ok);
}

void CodeBox::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &look = theme(this);
    drawBox(&painter, QRectF(rect()), controlRadius, look.alternate, look.line);
    if (look.isHighContrast())
        return;
    for (int i = 0; i < m_rows->count(); ++i) {
        if (m_meanings[i] != Meaning::Neutral)
            painter.fillRect(m_rows->itemAt(i)->geometry(), look.tone(m_meanings[i]).tint);
    }
}

void CodeBox::addLine(const QString &sign, const QString &text, Meaning meaning)
{
    auto *line = new QWidget(this);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(sidePadding, 5, sidePadding, 5);
    row->setSpacing(8);
    if (!sign.isEmpty()) {
        auto *mark = new TextLabel(sign, TextRole::Mono,
                                   meaning == Meaning::Ok ? Ink::Ok : Ink::Danger, line);
        row->addWidget(mark, 0, Qt::AlignTop);
    }
    QString breakable = text;
    // An address has no blank to break at.
    for (const QChar mark : {u'@', u'/', u'?', u'&', u'='})
        breakable.replace(mark, QString(mark) + QChar(0x200B));
    auto *words = new TextLabel(breakable, TextRole::Mono, Ink::Text, line);
    words->setAccessibleName(text);
    words->setWordWrap(true);
    row->addWidget(words, 1);
    m_rows->addWidget(line);
    m_meanings << meaning;
}

} // namespace ui
