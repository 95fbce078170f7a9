// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/doctor/explanation.h"
#include "ui/common/theme.h"

#include <QScrollArea>

class QVBoxLayout;

namespace ui {

// What was said, newest last: outcomes of statements, errors with their place and the server's
// words, notices. Everything is plain text and can be selected.
class MessagesPanel : public QScrollArea
{
    Q_OBJECT

public:
    explicit MessagesPanel(QWidget *parent = nullptr);

    void addNote(Meaning meaning, const QString &iconName, const QString &sentence,
                 const QString &second = {});
    // `place` stands in front of the error's own; with `canGo` a link brings the caret to it
    // (goWanted). The number names the message for addExplanation().
    int addError(const core::Error &error, const QString &place, bool canGo);
    // Says below the error why, and the best thing to do; a link asks for all of it
    // (explainWanted). Nothing happens when the message is gone.
    void addExplanation(int message, const core::Explanation &explanation);
    void addNotice(const core::ServerReport &notice);
    void clear();
    // Errors since the last clear().
    [[nodiscard]] int problemCount() const { return m_problems; }

signals:
    void problemCountChanged(int count);
    void goWanted();
    void explainWanted(const core::Explanation &explanation);

private:
    class Entry;
    Entry *add(Meaning meaning, const QString &iconName, const QString &sentence,
               const QString &second);

    QVBoxLayout *m_column;
    int m_problems = 0;
    int m_entries = 0;       // ever made
    bool m_following = true; // nobody has scrolled away from the newest
};

} // namespace ui
