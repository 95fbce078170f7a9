// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/editortab.h"

#include "core/base/atomicfile.h"
#include "core/base/boundedfile.h"
#include "core/doctor/explainer.h"
#include "ui/common/button.h"
#include "ui/common/chip.h"
#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/labels.h"
#include "ui/common/menu.h"
#include "ui/common/note.h"
#include "ui/common/viewbar.h"
#include "ui/editor/editorfindbar.h"
#include "ui/editor/sqleditor.h"
#include "ui/editor/transactions.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

// Beyond this the accessible bridge of the editor component makes every key slow (measured: 10 ms a
// megabyte).
constexpr qint64 largestText = 200 * 1024;
constexpr std::chrono::seconds patience{3};

QByteArray hashOf(const QByteArray &text)
{
    return QCryptographicHash::hash(text, QCryptographicHash::Sha256);
}

} // namespace

EditorTab::EditorTab(HighlighterLoader &highlighters, core::Journal *journal, QWidget *parent)
    : Document(parent)
    , m_editor(new SqlEditor(highlighters, this))
    , m_bar(new ViewBar(this))
    , m_runButton(new Button(u"run"_s, tr("Run statement"), Button::Kind::Primary, this))
    , m_runMenu(Button::iconOnly(u"chevron-down"_s, tr("More ways to run"), this))
    , m_cancel(new Button(u"stop"_s, tr("Cancel"), Button::Kind::Plain, this))
    , m_endpoint(new Button(u"direct"_s, QString(), Button::Kind::Flat, this))
    , m_transaction(new Chip(this))
    , m_kept(new TextLabel(QString(), TextRole::Caption, Ink::Text2, this))
    , m_note(new Note(this))
    , m_finder(new EditorFindBar(m_editor, this))
    , m_journal(journal)
    , m_title(tr("Query"))
{
    m_editor->setObjectName(u"editor.text"_s);
    m_editor->setAccessibleName(tr("SQL text"));
    m_note->setObjectName(u"editor.note"_s);
    m_note->hide();
    buildBar();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addWidget(m_finder);
    column->addWidget(m_note);
    column->addWidget(m_editor, 1);
    setFocusTarget(m_editor);
    m_markRest.setSingleShot(true);
    m_markRest.setInterval(30);
    connect(&m_markRest, &QTimer::timeout, this, &EditorTab::markCurrent);
    m_keptTick.setInterval(1000);
    connect(&m_keptTick, &QTimer::timeout, this, &EditorTab::showKept);
    m_tick.setInterval(100);
    connect(&m_tick, &QTimer::timeout, this, &EditorTab::showRunning);
    connect(m_editor, &SqlEditor::edited, this, &EditorTab::textEdited);
    connect(m_editor, &SqlEditor::caretMoved, &m_markRest, qOverload<>(&QTimer::start));
    connect(m_editor, &QsciScintilla::modificationChanged, this, &Document::changed);
    if (m_journal) {
        m_buffer = m_journal->add(
            [this] { return core::JournalText{m_path, m_title, m_editor->bytes(), m_fileHash}; });
        connect(m_journal, &core::Journal::written, this, [this](core::BufferId buffer) {
            if (buffer == m_buffer)
                kept();
        });
    }
    setDatabase(nullptr);
}

EditorTab::~EditorTab()
{
    // A tab that was closed on purpose has forgotten its text before; what is unsaved here is
    // offered at the next start.
    if (m_journal)
        isUnsaved() ? m_journal->keep(m_buffer) : m_journal->remove(m_buffer);
}

void EditorTab::buildBar()
{
    m_bar->setObjectName(u"editor.bar"_s);
    m_runButton->setObjectName(u"editor.run"_s);
    m_runButton->setKeyHint({});
    m_runMenu->setObjectName(u"editor.runMenu"_s);
    m_cancel->setObjectName(u"editor.cancel"_s);
    m_cancel->setKeyHint(u"Esc"_s);
    m_endpoint->setObjectName(u"editor.endpoint"_s);
    m_kept->setObjectName(u"editor.kept"_s);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_runButton, m_runMenu, m_cancel, m_endpoint})
        m_bar->addLeadingWidget(widget);
    m_transaction->setObjectName(u"editor.transaction"_s);
    m_transaction->hide();
    m_bar->addWidget(m_transaction);
    m_bar->addOptionalWidget(m_kept);
    connect(m_runButton, &QAbstractButton::clicked, this, &EditorTab::runStatement);
    connect(m_cancel, &QAbstractButton::clicked, this, [this] {
        if (m_run && m_cancelledAt >= 0 && m_run->elapsedMilliseconds() - m_cancelledAt > 3500)
            m_run->drop();
        else
            cancelRunning();
    });
    connect(m_runMenu, &QAbstractButton::clicked, this, [this] {
        auto *menu = new Menu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->setObjectName(u"editor.ways"_s);
        menu->setAccessibleName(m_runMenu->accessibleName());
        connect(menu->addAction(icon(u"run"_s), tr("Run statement")), &QAction::triggered, this,
                &EditorTab::runStatement);
        connect(menu->addAction(tr("Run all")), &QAction::triggered, this, &EditorTab::runAll);
        menu->popup(m_runMenu->mapToGlobal(QPoint(0, m_runMenu->height() + 2)));
    });
    showRunning();
}

core::Result<> EditorTab::openFile(const QString &path)
{
    auto content = core::readBoundedFile(path, core::largestSqlFile);
    if (!content)
        return std::unexpected(content.error());
    if (content->size() > largestText) {
        return core::failure(core::ErrorKind::Usage, "editor.tooBig"_ba,
                             tr("The file holds %1; the editor takes up to %2.")
                                 .arg(formatBytes(content->size()), formatBytes(largestText)),
                             path, tr("Run it from a terminal: sluicectl query -f FILE"));
    }
    if (content->contains('\0'))
        return core::failure(core::ErrorKind::Usage, "editor.binary"_ba,
                             tr("The file is not a text."), path);
    m_path = QFileInfo(path).canonicalFilePath();
    m_title = QFileInfo(path).fileName();
    m_fileHash = hashOf(*content);
    m_restored = false;
    m_editor->setBytes(*content);
    m_editor->setFileName(m_title);
    if (m_journal)
        m_journal->saved(m_buffer);
    markCurrent();
    emit changed();
    return {};
}

void EditorTab::setText(const QByteArray &text, const QString &title)
{
    m_title = title;
    m_restored = false;
    m_editor->setBytes(text);
    if (m_journal)
        m_journal->saved(m_buffer); // nobody has typed it
    markCurrent();
    emit changed();
}

void EditorTab::restore(const core::Leftover &leftover)
{
    m_path = leftover.content.file;
    m_fileHash = leftover.content.fileHash;
    m_editor->setFileName(m_path);
    setText(leftover.content.text, leftover.content.title);
    m_restored = true; // the editor cannot be told that its text is modified
    textEdited();      // kept in this run's journal from now on
    emit changed();
    say(Meaning::Info, tr("This text was not saved when Sluice ended."),
        tr("Kept %1. It was not run again.")
            .arg(formatWhen(leftover.time.toLocalTime(), QDateTime::currentDateTime())));
    connect(m_note->addLink(tr("Dismiss")), &QAbstractButton::clicked, m_note, &QWidget::hide);
}

void EditorTab::setDatabase(core::OpenDatabase *database)
{
    if (m_database)
        disconnect(m_database, nullptr, this, nullptr);
    if (m_run && m_database != database)
        delete m_run;
    if (m_database != database)
        m_planning = 0; // its plan is dropped when it comes
    m_database = database;
    if (database) {
        connect(database, &core::OpenDatabase::connectionChanged, this, &EditorTab::showRunning);
        connect(database, &QObject::destroyed, this, [this] { setDatabase(nullptr); });
    }
    showRunning();
    showTransaction();
}

QString EditorTab::title() const
{
    return m_title;
}

QString EditorTab::description() const
{
    return m_path.isEmpty() ? m_title : m_path;
}

QString EditorTab::key() const
{
    return m_path.isEmpty() ? QString() : u"file:"_s + m_path;
}

bool EditorTab::isUnsaved() const
{
    return m_restored || m_editor->isModified();
}

void EditorTab::textEdited()
{
    m_editor->clearErrors();
    m_markRest.start();
    if (m_journal)
        m_journal->changed(m_buffer);
    m_keptTick.stop();
    m_kept->setText(QString());
}

void EditorTab::kept()
{
    m_keptAt = QDateTime::currentDateTime();
    m_kept->setToolTip(tr("A copy of this text is on disk; it survives a crash."));
    m_keptTick.start();
    showKept();
}

void EditorTab::showKept()
{
    const qint64 seconds = m_keptAt.secsTo(QDateTime::currentDateTime());
    if (seconds >= 0 && seconds < 60)
        return m_kept->setText(seconds < 1 ? tr("Kept just now")
                                           : tr("Kept %1 s ago").arg(seconds));
    m_keptTick.stop();
    m_kept->setText(
        tr("Kept at %1").arg(QLocale().toString(m_keptAt.time(), QLocale::ShortFormat)));
}

void EditorTab::markCurrent()
{
    const QByteArray text = m_editor->bytes();
    const auto [begin, end] = m_editor->selectionBytes();
    if (begin != end)
        return m_editor->markStatement(begin, end);
    const auto part = core::statementAt(core::splitSql(text), text, m_editor->caret());
    m_editor->markStatement(part ? int(part->begin) : 0, part ? int(part->end) : 0);
}

void EditorTab::runStatement()
{
    const QByteArray text = m_editor->bytes();
    const core::SqlSplit split = core::splitSql(text);
    const auto [begin, end] = m_editor->selectionBytes();
    std::vector<core::SqlPart> parts;
    if (begin != end) {
        // The selection as a text of its own, with its places in the whole.
        for (core::SqlPart part :
             core::splitSql(QByteArrayView(text).sliced(begin, end - begin)).parts) {
            part.begin += begin;
            part.end += begin;
            part.next += begin;
            parts.push_back(part);
        }
    } else if (const auto part = core::statementAt(split, text, m_editor->caret())) {
        parts.push_back(*part);
    }
    runParts(std::move(parts));
}

void EditorTab::runAll()
{
    runParts(core::splitSql(m_editor->bytes()).parts);
}

void EditorTab::runParts(std::vector<core::SqlPart> parts)
{
    if (!m_database || isRunning() || m_planning != 0)
        return;
    m_editor->clearErrors();
    m_note->hide();
    const auto permit =
        m_writes ? m_writes->permit(m_database->database()) : std::optional<core::WritePermit>();
    if (!permit && ownsTransaction())
        return say(Meaning::Warning,
                   tr("Writing is off, and a transaction of this tab is still open."),
                   tr("Turn writing on, or roll it back from the status bar."));
    const bool plain = std::ranges::all_of(parts, [](const core::SqlPart &part) {
        return part.kind == core::SqlPart::Kind::Statement;
    });
    if (permit && plain && !parts.empty())
        return planParts(parts, *permit);
    startRun(new QueryRun(*m_database, m_editor->bytes(), std::move(parts), this));
}

void EditorTab::startRun(QueryRun *run)
{
    delete m_run;
    m_cancelledAt = -1;
    m_run = run;
    if (m_settings)
        m_run->setSettings(m_settings->query());
    connect(m_run, &QueryRun::ended, this, &EditorTab::runEnded);
    m_run->start();
    m_tick.start();
    showRunning();
    emit runStarted(m_run);
    emit runningChanged();
}

void EditorTab::runEnded()
{
    m_tick.stop();
    if (const auto &failure = m_run->failure();
        failure && !m_run->wasCancelled() && failure->begin >= 0) {
        core::Error told = failure->error;
        told.advice = core::adviceFor(m_database, told);
        m_editor->addError(failure->begin, failure->end, told.text());
    }
    const core::WritePlan *plan = m_run->plan();
    if (plan && plan->spec.frame == core::Frame::Plain && m_transactions && m_database)
        m_transactions->ran(*m_database, m_transactions->held(m_database).number, this);
    showRunning();
    emit runningChanged();
    emit factChanged(
        m_run->failure()
            ? QString()
            : tr("Ran in %1")
                  .arg(formatDuration(std::chrono::milliseconds(m_run->elapsedMilliseconds()))));
}

void EditorTab::cancelRunning()
{
    if (!isRunning() || m_cancelledAt >= 0)
        return;
    m_cancelledAt = m_run->elapsedMilliseconds();
    m_run->cancel();
    showRunning();
}

// One button, one place: Cancel → Cancelling… → after three seconds Drop this connection, without a
// key.
void EditorTab::showRunning()
{
    const bool running = isRunning();
    const bool ready = m_database && !running && m_planning == 0;
    m_runButton->setEnabled(ready);
    m_runMenu->setEnabled(ready);
    m_cancel->setVisible(running);
    if (running) {
        const std::chrono::milliseconds elapsed(m_run->elapsedMilliseconds());
        const bool cancelling = m_cancelledAt >= 0;
        const bool drop =
            cancelling
            && elapsed.count() - m_cancelledAt > std::chrono::milliseconds(patience).count();
        m_cancel->setText(drop         ? tr("Drop this connection")
                          : cancelling ? tr("Cancelling…")
                                       : tr("Cancel"));
        m_cancel->setIconName(drop ? u"disconnected"_s : u"stop"_s);
        m_cancel->setKeyHint(cancelling ? QString() : u"Esc"_s);
        m_cancel->setEnabled(!cancelling || drop);
        m_bar->setFact(tr("Running %1").arg(formatDuration(elapsed)));
    } else {
        m_bar->setFact(QString());
    }
    const auto route = m_database ? m_database->connections().routeFor(core::Purpose::Query)
                                  : core::Result<core::Route>(std::unexpected(core::Error()));
    m_endpoint->setVisible(bool(route) && !running);
    if (route) {
        m_endpoint->setIconName(route->endpoint.role == core::EndpointRole::Pooled ? u"pooled"_s
                                                                                   : u"direct"_s);
        m_endpoint->setText(core::roleName(route->endpoint.role));
        m_endpoint->setFact(width() > grown(560) ? route->reason : QString());
        m_endpoint->setToolTip(core::roleName(route->endpoint.role) + u'\n' + route->reason);
    }
}

void EditorTab::resizeEvent(QResizeEvent *event)
{
    Document::resizeEvent(event);
    showRunning(); // why an endpoint was chosen gives way first
    showTransaction();
}

bool EditorTab::save()
{
    if (m_path.isEmpty()) {
        emit saveAsWanted();
        return false;
    }
    return saveAs(m_path);
}

bool EditorTab::saveAs(const QString &path)
{
    const QByteArray text = m_editor->bytes();
    const auto fail = [this](const core::Error &error) {
        say(error);
        return false;
    };
    if (path == m_path && !m_fileHash.isEmpty()) {
        const auto onDisk = core::readBoundedFile(path, core::largestSqlFile);
        if (onDisk && hashOf(*onDisk) != m_fileHash && hashOf(*onDisk) != hashOf(text)) {
            core::Error error;
            error.message = tr("The file was changed by another program since it was opened.");
            error.place = path;
            error.advice = tr("Save under another name to keep both.");
            return fail(error);
        }
    }
    if (const auto written = core::writeFileAtomically(path, text); !written)
        return fail(written.error());
    m_path = QFileInfo(path).canonicalFilePath();
    m_title = QFileInfo(path).fileName();
    m_fileHash = hashOf(text);
    m_restored = false;
    m_editor->setModified(false);
    if (m_journal)
        m_journal->saved(m_buffer);
    m_note->hide();
    emit changed();
    return true;
}

void EditorTab::forget()
{
    if (m_journal)
        m_journal->saved(m_buffer);
    m_restored = false;
    m_editor->setModified(false);
}

void EditorTab::find()
{
    m_finder->open();
}

void EditorTab::findNext()
{
    m_finder->next(false);
}

void EditorTab::findPrevious()
{
    m_finder->next(true);
}

} // namespace ui
