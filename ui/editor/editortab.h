// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/opendatabase.h"
#include "core/project/journal.h"
#include "ui/common/document.h"
#include "ui/editor/guardsheet.h"
#include "ui/editor/queryrun.h"

#include <QPointer>
#include <QTimer>

namespace ui {

class Button;
class Chip;
class EditorFindBar;
class HighlighterLoader;
class Note;
class SqlEditor;
class TextLabel;
class Transactions;
class ViewBar;

// An SQL text in a tab: edits it, keeps it in the journal, runs statements of it. What a run brings
// is shown by the window's panels, which get the run through runStarted().
class EditorTab : public Document
{
    Q_OBJECT

public:
    // `journal` may be null (no state folder); borrowed like the loader.
    EditorTab(HighlighterLoader &highlighters, core::Journal *journal, QWidget *parent = nullptr);
    ~EditorTab() override;

    // Errors of readBoundedFile; editor.tooBig beyond what an editor colours and moves at full
    // speed.
    [[nodiscard]] core::Result<> openFile(const QString &path);
    void setText(const QByteArray &text, const QString &title);
    // A text that a run which died left in the journal.
    void restore(const core::Leftover &leftover);
    void setDatabase(core::OpenDatabase *database);
    // Read at each run; borrowed, null = the defaults.
    void setSettings(const core::Settings *settings) { m_settings = settings; }
    // Borrowed, and alive as long as the tab. Without them everything runs in the read-only frame.
    void setWriting(core::WriteSwitch &writes, Transactions &transactions);
    [[nodiscard]] QString filePath() const { return m_path; }

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString iconName() const override { return QStringLiteral("sql"); }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString key() const override;
    [[nodiscard]] bool isUnsaved() const override;
    [[nodiscard]] core::OpenDatabase *database() const override { return m_database; }
    void detachDatabase() override { setDatabase(nullptr); }
    [[nodiscard]] bool isRunning() const override { return m_run && m_run->isRunning(); }
    // Saves under this name; the name becomes the tab's.
    [[nodiscard]] bool saveAs(const QString &path);
    // The copy in the journal goes with the tab: the text is not wanted any more.
    void forget();
    // Where its text is kept; null = nowhere.
    [[nodiscard]] const core::Journal *journal() const { return m_journal; }
    [[nodiscard]] core::BufferId journalBuffer() const { return m_buffer; }
    [[nodiscard]] SqlEditor *editor() const { return m_editor; }
    [[nodiscard]] QueryRun *run() const { return m_run; }

public slots:
    void runStatement();
    void runAll();
    void cancelRunning() override;
    bool save() override;
    void find() override;
    void findNext() override;
    void findPrevious() override;
    void jump() override { emit lineWanted(); }

signals:
    // The run belongs to the tab and lives until the next one.
    void runStarted(ui::QueryRun *run);
    void saveAsWanted();
    // A person wants to go to a line, and is to be asked which.
    void lineWanted();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildBar();
    void markCurrent();
    void runParts(std::vector<core::SqlPart> parts);
    void planParts(const std::vector<core::SqlPart> &parts, const core::WritePermit &permit);
    void takePlan(const std::vector<core::SqlPart> &parts, const core::WritePermit &permit,
                  const core::Result<core::WritePlan> &plan, GuardSheet::Question question,
                  const QByteArray &text);
    void startRun(QueryRun *run);
    void say(Meaning meaning, const QString &sentence, const QString &second);
    void say(const core::Error &error);
    [[nodiscard]] bool ownsTransaction() const;
    void showTransaction();
    void runEnded();
    void showRunning();
    void textEdited();
    void showKept();
    void kept();

    SqlEditor *m_editor;
    ViewBar *m_bar;
    Button *m_runButton;
    Button *m_runMenu;
    Button *m_cancel;
    Button *m_endpoint;
    Chip *m_transaction;
    TextLabel *m_kept;
    Note *m_note;
    EditorFindBar *m_finder;
    QPointer<core::OpenDatabase> m_database;
    QPointer<core::Journal> m_journal;
    core::BufferId m_buffer = {};
    QPointer<QueryRun> m_run;
    core::WriteSwitch *m_writes = nullptr;
    Transactions *m_transactions = nullptr;
    int m_planning = 0; // number of the plan that is being made; 0 = none
    int m_plans = 0;
    const core::Settings *m_settings = nullptr;
    QString m_path;
    QString m_title;
    QByteArray m_fileHash;
    bool m_restored = false; // from the journal: unsaved although nobody has typed
    QTimer m_tick;
    QTimer m_keptTick;
    QDateTime m_keptAt;
    QTimer m_markRest; // statement range follows the caret once the keys rest
    qint64 m_cancelledAt = -1;
};

} // namespace ui
