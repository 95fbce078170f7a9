// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/doctor/fixlist.h"

#include "ui/common/button.h"
#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/paint.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int codeSide = 10;

// Lines to paste, in the monospace font; a line that goes and one that comes are marked by − and +
// and by their ground.
class CodeBox : public QWidget
{
public:
    CodeBox(const core::Fix &fix, QWidget *parent)
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

protected:
    void paintEvent(QPaintEvent *) override
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

private:
    void addLine(const QString &sign, const QString &text, Meaning meaning)
    {
        auto *line = new QWidget(this);
        auto *row = new QHBoxLayout(line);
        row->setContentsMargins(codeSide, 5, codeSide, 5);
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

    QVBoxLayout *m_rows;
    QList<Meaning> m_meanings;
};

} // namespace

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
