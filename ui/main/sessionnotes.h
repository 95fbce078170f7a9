// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/opendatabase.h"
#include "core/project/unknowncommits.h"
#include "core/session/commitlookup.h"
#include "core/session/heldstate.h"
#include "ui/common/theme.h"

#include <QObject>
#include <QPointer>

namespace ui {

class NoteStack;

// What a broken connection leaves to be said (LOOK "Lost, unknown"): what a session held and lost,
// and commits of which nobody knows whether they arrived. The latter are kept on disk until they
// are answered.
class SessionNotes : public QObject
{
    Q_OBJECT

public:
    SessionNotes(NoteStack &notes, QObject *parent);

    // Another project: its questions that were not answered. `folder` empty = none.
    void setProject(const QString &folder);
    void setDatabases(const std::vector<core::OpenDatabase *> &databases);

    // Without state nothing is said.
    void showLost(core::OpenDatabase &database, const core::HeldState &state,
                  const core::Error &error);
    // An error of kind Unknown; `words` is what was run.
    void addUnknown(core::OpenDatabase &database, const core::Error &error, const QString &words);

signals:
    // For Messages.
    void announced(ui::Meaning meaning, const QString &sentence, const QString &second);

private:
    void show(const core::UnknownCommit &commit);
    void lookUp(const core::UnknownCommit &commit);
    void answer(const core::UnknownCommit &commit, const core::CommitFate &fate);
    void forget(const core::UnknownCommit &commit);
    [[nodiscard]] core::OpenDatabase *databaseOf(const core::UnknownCommit &commit) const;

    NoteStack &m_notes;
    QString m_folder;
    QList<QPointer<core::OpenDatabase>> m_databases;
    int m_project = 0; // the newest one; older answers are dropped
};

} // namespace ui
