// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/notestack.h"

#include "ui/common/note.h"

#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

bool isGrave(const Note *note)
{
    return note->meaning() == Meaning::Danger;
}

} // namespace

NoteStack::NoteStack(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    setObjectName(u"notes"_s);
    m_column->setContentsMargins(12, 8, 12, 8);
    m_column->setSpacing(6);
    hide();
}

Note *NoteStack::put(const QString &id, Meaning meaning, const QString &sentence,
                     const QString &second)
{
    Note *note = this->note(id);
    if (!note) {
        note = new Note(this);
        note->setObjectName(u"notes."_s + id);
        note->hide();
        m_notes.append({id, note});
    }
    note->setMeaning(meaning);
    note->setSentence(sentence);
    note->setSecond(second);
    note->clearButtons();
    arrange();
    return note;
}

Note *NoteStack::note(const QString &id) const
{
    const auto found = std::ranges::find(m_notes, id, &Entry::id);
    return found == m_notes.end() ? nullptr : found->note;
}

void NoteStack::take(const QString &id)
{
    const auto found = std::ranges::find(m_notes, id, &Entry::id);
    if (found == m_notes.end())
        return;
    // Its button may be what is being pressed.
    found->note->hide();
    found->note->deleteLater();
    m_column->removeWidget(found->note);
    m_notes.erase(found);
    arrange();
}

void NoteStack::takeAll(const QString &prefix)
{
    const QList<Entry> notes = m_notes;
    for (const Entry &entry : notes) {
        if (entry.id.startsWith(prefix))
            take(entry.id);
    }
}

void NoteStack::arrange()
{
    QList<Entry> order = m_notes;
    std::ranges::stable_sort(order, std::ranges::greater(),
                             [](const Entry &entry) { return isGrave(entry.note); });
    for (const Entry &entry : std::as_const(m_notes))
        m_column->removeWidget(entry.note);
    for (int i = 0; i < order.size(); ++i) {
        if (i < mostInSight)
            m_column->addWidget(order[i].note);
        order[i].note->setVisible(i < mostInSight);
    }
    setVisible(!m_notes.isEmpty());
}

} // namespace ui
