// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/projecttab.h"

#include "ui/common/button.h"
#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/labels.h"
#include "ui/common/menu.h"
#include "ui/common/note.h"
#include "ui/common/viewbar.h"
#include "ui/project/loaderorder.h"
#include "ui/project/overviewmodel.h"
#include "ui/project/overviewview.h"
#include "ui/project/parametermodel.h"

#include <QItemSelectionModel>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr std::size_t mostNotes = 3;

// The page, on Base: data lie edge to edge.
class Page : public QWidget
{
public:
    explicit Page(QWidget *parent)
        : QWidget(parent)
    {
        setObjectName(u"project.page"_s);
        setBackgroundRole(QPalette::Base);
        setAutoFillBackground(true);
    }
};

// Worst first.
int weightOf(core::ProjectWarning::Kind kind)
{
    using enum core::ProjectWarning::Kind;
    switch (kind) {
    case BrowserLeak:
        return 0;
    case GitWouldCommit:
        return 1;
    case ReadDifferently:
    case LoadersDisagree:
        return 2;
    default:
        return 3;
    }
}

} // namespace

ProjectTab::ProjectTab(QWidget *parent)
    : Document(parent)
    , m_scroll(new QScrollArea(this))
    , m_model(new OverviewModel(this))
    , m_parameters(new ParameterModel(this))
{
    m_scroll->setObjectName(u"project.scroll"_s);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    auto *page = new Page(m_scroll);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_notesPlace = new QWidget(page);
    m_notes = new QVBoxLayout(m_notesPlace);
    m_notes->setContentsMargins(12, 12, 12, 12);
    m_notes->setSpacing(8);
    column->addWidget(m_notesPlace);
    m_view = new OverviewView({19, 33, 13, 35}, page);
    m_view->setObjectName(u"project.addresses"_s);
    m_view->setAccessibleName(tr("Addresses of the project"));
    m_view->setModel(m_model);
    column->addWidget(m_view);
    column->addWidget(buildBelow(page));
    column->addStretch();
    m_scroll->setWidget(page);
    buildBar();

    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addWidget(m_bar);
    whole->addWidget(m_scroll, 1);
    setFocusTarget(m_view);
    for (OverviewView *view : {m_view, m_parameterView})
        follow(view);
    connect(m_view, &QWidget::customContextMenuRequested, this, &ProjectTab::showMenu);
    connect(m_model, &OverviewModel::revealedChanged, this, &ProjectTab::showReveal);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &ProjectTab::showReveal);
    connect(m_model, &QAbstractItemModel::modelReset, this, &ProjectTab::showReveal);
    showReveal();
}

void ProjectTab::buildBar()
{
    m_bar = new ViewBar(this);
    m_reveal = m_bar->addButton(u"reveal"_s, tr("Reveal password"));
    m_trust = m_bar->addButton(u"production"_s, tr("Trust…"));
    m_bar->setObjectName(u"project.bar"_s);
    m_bar->setName(tr("Project"));
    m_reveal->setObjectName(u"project.reveal"_s);
    m_trust->setObjectName(u"project.trust"_s);
    Button *reload = m_bar->addIconButton(u"refresh"_s, tr("Read the folder again"));
    reload->setObjectName(u"project.reload"_s);
    connect(reload, &QAbstractButton::clicked, this, &ProjectTab::reloadWanted);
    connect(m_trust, &QAbstractButton::clicked, this, &ProjectTab::trustWanted);
    connect(m_reveal, &QAbstractButton::clicked, this, &ProjectTab::togglePassword);
}

/// What was left out, and which file wins: side by side where there is room.
QWidget *ProjectTab::buildBelow(QWidget *parent)
{
    auto *below = new QWidget(parent);
    m_below = new QHBoxLayout(below);
    m_below->setContentsMargins(0, 16, 0, 16);
    m_below->setSpacing(16);
    auto *left = new QVBoxLayout;
    left->setSpacing(8);
    auto *heading = headingLabel(tr("Left out or translated"), below);
    heading->setContentsMargins(12, 0, 12, 0);
    left->addWidget(heading);
    m_noParameters = new TextLabel(tr("Every parameter reaches the server as it stands."),
                                   TextRole::Body, Ink::Text2, below);
    m_noParameters->makeParagraph();
    m_noParameters->setContentsMargins(12, 0, 12, 0);
    left->addWidget(m_noParameters);
    m_parameterView = new OverviewView({34, 22, 44}, below);
    m_parameterView->setObjectName(u"project.parameters"_s);
    m_parameterView->setAccessibleName(tr("Parameters left out or translated"));
    m_parameterView->setModel(m_parameters);
    left->addWidget(m_parameterView);
    left->addStretch();
    auto *right = new QVBoxLayout;
    right->setContentsMargins(12, 0, 12, 0);
    right->setSpacing(8);
    right->addWidget(headingLabel(tr("Order of files, first wins"), below));
    m_rule = new TextLabel({}, TextRole::Body, Ink::Text2, below);
    m_rule->makeParagraph();
    m_rule->setObjectName(u"project.rule"_s);
    right->addWidget(m_rule);
    m_order = new LoaderOrder(below);
    m_order->setObjectName(u"project.order"_s);
    right->addWidget(m_order);
    m_others = new TextLabel({}, TextRole::Caption, Ink::Text2, below);
    m_others->makeParagraph();
    m_others->setObjectName(u"project.orderNotes"_s);
    right->addWidget(m_others);
    right->addStretch();
    m_below->addLayout(left, 3);
    m_below->addLayout(right, 2);
    return below;
}

void ProjectTab::resizeEvent(QResizeEvent *event)
{
    Document::resizeEvent(event);
    m_below->setDirection(width() < grown(880) ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

/// The page scrolls as a whole: it follows the keys.
void ProjectTab::follow(OverviewView *view)
{
    connect(view, &OverviewView::opened, this, &ProjectTab::openRow);
    connect(view, &OverviewView::currentMoved, this, [this, view](const QRect &place) {
        const QPoint at = view->mapTo(m_scroll->widget(), place.center());
        m_scroll->ensureVisible(0, at.y(), 0, place.height());
    });
}

QString ProjectTab::description() const
{
    return m_folder.isEmpty() ? title() : m_folder;
}

void ProjectTab::setProject(const core::Project &project, const core::DatabaseSet &databases,
                            bool trusted, const PoolersOfDatabases &poolers)
{
    m_folder = project.folder;
    Overview overview = overviewOf(databases, poolers);
    m_bar->setFact(tr("%1, %2, %3 in %4")
                       .arg(trusted ? tr("trusted") : tr("not trusted"),
                            tr("%n databases", nullptr, int(databases.databases.size())),
                            tr("%n addresses", nullptr, overview.addresses),
                            tr("%n files", nullptr, overview.files)));
    m_trust->setVisible(!trusted);
    m_parameters->setParameters(overview.parameters);
    m_parameterView->setVisible(!overview.parameters.empty());
    m_noParameters->setVisible(overview.parameters.empty());
    m_model->setOverview(std::move(overview));
    showNotes(databases);
    showRules(project);
    emit changed();
}

void ProjectTab::showNotes(const core::DatabaseSet &databases)
{
    while (QLayoutItem *item = m_notes->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    std::vector<core::ProjectWarning> warnings = databases.warnings;
    std::ranges::stable_sort(
        warnings, {}, [](const core::ProjectWarning &warning) { return weightOf(warning.kind); });
    const bool tooMany = warnings.size() > mostNotes;
    QStringList rest;
    for (std::size_t i = 0; i < warnings.size(); ++i) {
        const core::ProjectWarning &warning = warnings[i];
        if (tooMany && i + 1 >= mostNotes) {
            rest << warning.text;
            continue;
        }
        const bool leak = warning.kind == core::ProjectWarning::Kind::BrowserLeak;
        auto *note = new Note(leak ? Meaning::Danger : Meaning::Warning, warning.text,
                              warning.advice, m_notesPlace);
        note->setObjectName(u"project.note%1"_s.arg(i));
        if (!warning.places.empty() && !warning.places.front().file.isEmpty()) {
            const core::SourceLocation place = warning.places.front();
            connect(note->addLink(tr("Open %1").arg(isolated(place.text()))),
                    &QAbstractButton::clicked, this,
                    [this, place] { emit fileWanted(place.file, place.line); });
        }
        m_notes->addWidget(note);
    }
    if (!rest.isEmpty()) {
        auto *note = new Note(Meaning::Warning, tr("%n more to look at", nullptr, int(rest.size())),
                              rest.join(u'\n'), m_notesPlace);
        note->setObjectName(u"project.noteMore"_s);
        m_notes->addWidget(note);
    }
    m_notesPlace->setVisible(m_notes->count() > 0);
}

void ProjectTab::showRules(const core::Project &project)
{
    m_rule->setText(
        tr("The order of %1, because %2. Mode %3.")
            .arg(isolated(project.loader.name), project.loader.evidence, isolated(project.mode)));
    m_order->setFiles(project.files);
    QStringList notes{tr("Dashed: not there.")};
    for (const core::FileSeen &file : project.files) {
        if (file.state == core::FileSeen::State::Refused && file.error)
            notes << isolated(file.name) + u": "_s + file.error->message;
    }
    const auto ofProcess =
        std::ranges::count_if(project.ignored, [](const core::IgnoredValue &ignored) {
            return ignored.reason == core::IgnoredReason::Process;
        });
    if (ofProcess > 0)
        notes << tr("%n variables of this process are listed, not used.", nullptr, int(ofProcess));
    m_others->setText(notes.join(u' '));
}

void ProjectTab::showReveal()
{
    const bool shown = m_model->revealed().isValid();
    const QModelIndex current = m_view->currentIndex();
    m_reveal->setText(shown ? tr("Hide password") : tr("Reveal password"));
    m_reveal->setIconName(shown ? u"conceal"_s : u"reveal"_s);
    m_reveal->setEnabled(shown || current.data(OverviewModel::HasSecretRole).toBool());
    m_reveal->setToolTip(m_reveal->isEnabled()
                             ? tr("One at a time, for a minute")
                             : tr("Reveal password\nChoose an address that holds one."));
}

void ProjectTab::togglePassword()
{
    if (m_model->revealed().isValid())
        m_model->conceal();
    else
        m_model->reveal(m_view->currentIndex());
}

void ProjectTab::openRow(const QModelIndex &index)
{
    const QString file = index.data(OverviewModel::PathRole).toString();
    if (!file.isEmpty())
        emit fileWanted(file, index.data(OverviewModel::LineRole).toInt());
}

void ProjectTab::showMenu(const QPoint &at)
{
    const QModelIndex index = m_view->indexAt(at);
    const QString url = m_model->maskedUrl(index);
    const QString secret = m_model->secret(index);
    const QString file = index.data(OverviewModel::PathRole).toString();
    auto *menu = new Menu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(u"project.menu"_s);
    menu->setAccessibleName(tr("Address"));
    QAction *open = menu->addAction(icon(u"file"_s),
                                    file.isEmpty() ? tr("Open the file") : tr("Open %1").arg(file));
    connect(open, &QAction::triggered, this,
            [this, index = QPersistentModelIndex(index)] { openRow(index); });
    open->setEnabled(!file.isEmpty());
    menu->addSeparator();
    QAction *copy = menu->addAction(icon(u"copy"_s), tr("Copy URL without password"));
    connect(copy, &QAction::triggered, this, [this, url] { emit copyWanted(url, false); });
    copy->setEnabled(!url.isEmpty());
    QAction *copySecret = menu->addAction(tr("Copy URL with password"));
    connect(copySecret, &QAction::triggered, this, [this, index = QPersistentModelIndex(index)] {
        emit copyWanted(m_model->secret(index), true);
    });
    const bool shown = index.data(OverviewModel::RevealedRole).toBool();
    QAction *reveal = menu->addAction(icon(shown ? u"conceal"_s : u"reveal"_s),
                                      shown ? tr("Hide password") : tr("Reveal password"));
    connect(reveal, &QAction::triggered, this, [this, shown, index = QPersistentModelIndex(index)] {
        shown ? m_model->conceal() : m_model->reveal(index);
    });
    for (QAction *action : {copySecret, reveal})
        action->setEnabled(!secret.isEmpty());
    menu->addSeparator();
    QAction *ask = menu->addAction(icon(u"pooled"_s), tr("Find out which pooler answers"));
    const QVariant role = index.data(OverviewModel::EndpointRole);
    const QString database = index.parent().data(OverviewModel::DatabaseRole).toString();
    connect(ask, &QAction::triggered, this, [this, role, database] {
        emit poolerWanted(database, core::EndpointRole(role.toInt()));
    });
    ask->setEnabled(role.isValid() && !database.isEmpty());
    menu->popup(m_view->viewport()->mapToGlobal(at));
}

} // namespace ui
