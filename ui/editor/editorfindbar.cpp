// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/editorfindbar.h"

#include "ui/common/button.h"
#include "ui/common/fonts.h"
#include "ui/common/labels.h"
#include "ui/common/paint.h"
#include "ui/common/searchfield.h"
#include "ui/common/theme.h"
#include "ui/editor/sqleditor.h"
#include "ui/editor/textsearch.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>
#include <iterator>

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
    m_field->setMinimumWidth(grown(96));
    m_field->setMaximumWidth(grown(320));
    row->addWidget(m_field, 100);
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
    connect(m_editor, &SqlEditor::edited, this, [this] {
        if (isVisible())
            showCount(matchesIn(m_editor->bytes(), m_field->text()));
    });
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
    showCount(matchesIn(m_editor->bytes(), m_field->text()));
}

void EditorFindBar::next(bool backwards)
{
    if (m_field->text().isEmpty())
        return open();
    search(false, backwards);
}

void EditorFindBar::search(bool fromHere, bool backwards)
{
    const std::vector<int> matches = matchesIn(m_editor->bytes(), m_field->text());
    const bool missing = matches.empty() && !m_field->text().isEmpty();
    m_field->setError(missing ? tr("Not in the text") : QString());
    if (!matches.empty()) {
        const auto [begin, end] = m_editor->selectionBytes();
        auto match = std::ranges::lower_bound(matches, fromHere || backwards ? begin : end);
        if (backwards)
            match = match == matches.begin() ? std::prev(matches.end()) : std::prev(match);
        else if (match == matches.end())
            match = matches.begin();
        m_editor->select(*match, *match + int(m_field->text().toUtf8().size()));
    }
    showCount(matches);
}

void EditorFindBar::showCount(const std::vector<int> &matches)
{
    const auto current = std::ranges::find(matches, m_editor->selectionBytes().first);
    m_count->setText(m_field->text().isEmpty() ? QString()
                     : current == matches.end()
                         ? tr("%n matches", nullptr, int(matches.size()))
                         : tr("%1 of %2").arg(current - matches.begin() + 1).arg(matches.size()));
}

// Esc closes the bar before it cancels a run.
bool EditorFindBar::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
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
