// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QWidget>

class QVBoxLayout;

namespace ui {

class Note;

// The notes above all tabs of the window: things that concern a database or the folder and wait for
// an answer. At most three are in sight, the gravest first; the others follow when one is answered.
// A note never takes the focus and never goes by itself.
class NoteStack : public QWidget
{
    Q_OBJECT

public:
    explicit NoteStack(QWidget *parent = nullptr);

    static constexpr int mostInSight = 3;

    // A note in place of the one with the same id, without buttons yet; owned by the stack.
    Note *put(const QString &id, Meaning meaning, const QString &sentence, const QString &second);
    [[nodiscard]] Note *note(const QString &id) const; // null where there is none
    void take(const QString &id);
    // Every note whose id begins so.
    void takeAll(const QString &prefix = {});
    [[nodiscard]] int count() const { return int(m_notes.size()); }

private:
    struct Entry {
        QString id;
        Note *note;
    };
    void arrange();

    QVBoxLayout *m_column;
    QList<Entry> m_notes; // in the order they came
};

} // namespace ui
