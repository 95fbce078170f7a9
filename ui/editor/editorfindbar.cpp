// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/editorfindbar.h"

#include "ui/common/labels.h"
#include "ui/common/searchfield.h"
#include "ui/editor/sqleditor.h"
#include "ui/editor/textsearch.h"

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace ui {

EditorFindBar::EditorFindBar(SqlEditor *editor, QWidget *parent)
    : FindStrip(parent)
    , m_editor(editor)
    , m_field(new SearchField(tr("Find in the text"), this))
    , m_count(new TextLabel(QString(), TextRole::Caption, Ink::Text2, this))
{
    m_field->setAccessibleName(tr("Find in the text"));
    buildRow(u"editor"_s, m_field, m_count);
    connect(m_field, &QLineEdit::textEdited, this, [this] { search(true, false); });
    connect(m_editor, &SqlEditor::edited, this, [this] {
        if (isVisible())
            showCount(matchesIn(m_editor->bytes(), m_field->text()));
    });
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

void EditorFindBar::leave()
{
    hide();
    m_editor->setFocus();
}

} // namespace ui
