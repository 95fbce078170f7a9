// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/editorfindbar.h"

#include "ui/common/button.h"
#include "ui/common/fonts.h"
#include "ui/common/labels.h"
#include "ui/common/paint.h"
#include "ui/common/searchfield.h"
#include "ui/common/theme.h"
#include "ui/editor/sqleditor.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace ui {

EditorFindBar::EditorFindBar(SqlEditor *editor, QWidget *parent)
    : QWidget(parent)
    , m_editor(editor)
    , m_field(new SearchField(tr("Find in the text"), this))
    , m_count(new TextLabel(QString(), TextRole::Caption, Ink::Text2, this))
{
    setObjectName(u"editor.findBar"_s);
    m_field->setObjectName(u"editor.findField"_s);
    m_field->setAccessibleName(tr("Find in the text"));
    m_count->setObjectName(u"editor.findCount"_s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 4, 12, 4);
    row->setSpacing(8);
    m_field->setFixedWidth(grown(320));
    row->addWidget(m_field);
    row->addWidget(m_count);
    row->addStretch();
    const auto add = [&](const QString &iconName, const QString &name, const QString &object,
                         auto act) {
        Button *button = Button::iconOnly(iconName, name, this);
        button->setObjectName(object);
        connect(button, &QAbstractButton::clicked, this, act);
        row->addWidget(button);
    };
    add(u"chevron-up"_s, tr("Previous match"), u"editor.findPrevious"_s, [this] { next(true); });
    add(u"chevron-down"_s, tr("Next match"), u"editor.findNext"_s, [this] { next(false); });
    add(u"close"_s, tr("Close"), u"editor.findClose"_s, [this] {
        hide();
        m_editor->setFocus();
    });
    connect(m_field, &QLineEdit::textEdited, this, [this] { search(true, false); });
    connect(m_field, &QLineEdit::returnPressed, this, [this] { next(false); });
    hide();
}

void EditorFindBar::open()
{
    const QString word = m_editor->selectedText();
    if (!word.isEmpty() && !word.contains(u'\n'))
        m_field->setText(word);
    show();
    m_field->setFocus();
    m_field->selectAll();
    count();
}

void EditorFindBar::next(bool backwards)
{
    if (m_field->text().isEmpty())
        return open();
    search(false, backwards);
}

void EditorFindBar::search(bool fromHere, bool backwards)
{
    int line = 0;
    int column = 0;
    m_editor->getCursorPosition(&line, &column);
    if (fromHere || backwards)
        m_editor->getSelection(&line, &column, &line, &column);
    const auto [begin, end] = m_editor->selectionBytes();
    const int from = fromHere || backwards ? begin : end;
    m_editor->lineIndexFromPosition(from, &line, &column);
    const QString wanted = m_field->text();
    const bool found =
        !wanted.isEmpty()
        && m_editor->findFirst(wanted, false, false, false, true, !backwards, line, column, true);
    m_field->setError(found || wanted.isEmpty() ? QString() : tr("Not in the text"));
    count();
}

// Which of how many, counted over the bytes; an editor's text is small enough for that on every
// key.
void EditorFindBar::count()
{
    const QByteArray text = m_editor->bytes().toLower();
    const QByteArray wanted = m_field->text().toUtf8().toLower();
    const int here = m_editor->selectionBytes().first;
    int all = 0;
    int current = 0;
    for (qsizetype at = wanted.isEmpty() ? -1 : text.indexOf(wanted); at >= 0;
         at = text.indexOf(wanted, at + 1)) {
        ++all;
        if (at == here)
            current = all;
    }
    m_count->setText(wanted.isEmpty() ? QString()
                     : current > 0    ? tr("%1 of %2").arg(current).arg(all)
                                      : tr("matches: %1").arg(all));
}

void EditorFindBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        hide();
        m_editor->setFocus();
        return;
    }
    QWidget::keyPressEvent(event);
}

void EditorFindBar::paintEvent(QPaintEvent *)
{
    const Theme &look = theme(this);
    QPainter painter(this);
    painter.fillRect(rect(), look.window);
    drawHairLine(&painter, QRectF(rect()), Qt::BottomEdge, look.line);
}

} // namespace ui
