// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/doctor/doctortab.h"

#include "ui/common/button.h"
#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/note.h"
#include "ui/common/segmentedcontrol.h"
#include "ui/common/sheet.h"
#include "ui/common/statepage.h"
#include "ui/common/viewbar.h"
#include "ui/doctor/activitytree.h"
#include "ui/doctor/budgetbar.h"
#include "ui/doctor/doctorpane.h"
#include "ui/doctor/sessionpanel.h"
#include "ui/doctor/signalsheet.h"

#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

using Filter = core::ActivityModel::Filter;

constexpr int besideFrom = 820; // wide enough for both sides

core::Failure failureOf(const core::OpenDatabase &database, const core::Error &error)
{
    core::Failure failure;
    failure.error = error;
    failure.database = &database.database();
    failure.endpoint = &database.database().any();
    return failure;
}

} // namespace

DoctorTab::DoctorTab(core::OpenDatabase &database, const core::CheckupSpec &spec, QWidget *parent)
    : Document(parent)
    , m_database(&database)
    , m_monitor(std::make_unique<core::ActivityMonitor>(database))
    , m_name(database.name())
    , m_host(database.database().any().info.host())
    , m_note(new Note(this))
    , m_budget(new BudgetBar(this))
    , m_tree(new ActivityTree(this))
    , m_session(new SessionPanel(this))
    , m_bar(new ViewBar(this))
    , m_page(new StatePage(this))
    , m_stack(new QStackedWidget(this))
    , m_doctor(new DoctorPane(this))
    , m_split(new QSplitter(Qt::Horizontal, this))
{
    setObjectName(u"activity"_s);
    core::CheckupSpec own = spec;
    own.only = m_name;
    m_doctor->setSpec(own);
    build();
    connectParts();
    showFact();
}

DoctorTab::~DoctorTab() = default;

void DoctorTab::buildBar()
{
    m_bar->setObjectName(u"activity.bar"_s);
    m_bar->setName(tr("Activity"));
    // Made after the tree: Tab enters at what it is the focus proxy of, and goes on from there.
    m_filter = new SegmentedControl({tr("All"), tr("Blocked"), tr("Long")}, this);
    m_filter->setObjectName(u"activity.filter"_s);
    m_filter->setAccessibleName(tr("Which sessions"));
    m_bar->addWidget(m_filter);
    m_bar->addSeparator();
    m_pause = m_bar->addButton(u"pause"_s, tr("Pause"));
    m_pause->setObjectName(u"activity.pause"_s);
}

void DoctorTab::build()
{
    buildBar();
    m_note->setObjectName(u"activity.note"_s);
    m_note->hide();
    m_page->setObjectName(u"activity.page"_s);
    m_stack->setObjectName(u"activity.stack"_s);
    auto *sessions = new QWidget(this);
    sessions->setObjectName(u"activity.sessions"_s);
    auto *left = new QVBoxLayout(sessions);
    left->setContentsMargins(0, 0, 0, 0);
    left->setSpacing(0);
    left->addWidget(m_note);
    left->addWidget(m_budget);
    left->addWidget(m_tree, 1);
    left->addWidget(m_session);
    // In a low window all of it keeps its height.
    m_tree->setMinimumHeight(grown(120));
    auto *scroll = new QScrollArea(this);
    scroll->setObjectName(u"activity.scroll"_s);
    scroll->setAccessibleName(tr("Sessions of the server"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setMinimumWidth(grown(300));
    scroll->setWidget(sessions);
    m_stack->addWidget(scroll);
    m_stack->addWidget(m_page);
    m_split->setObjectName(u"activity.split"_s);
    m_split->setChildrenCollapsible(false);
    m_split->setHandleWidth(1);
    m_split->addWidget(m_stack);
    m_split->addWidget(m_doctor);
    m_split->setStretchFactor(0, 1);
    m_split->setStretchFactor(1, 0);
    m_split->setSizes({grown(740), grown(408)});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addWidget(m_split, 1);
    setFocusTarget(m_tree);
    m_page->showLoading(tr("Looking at the server"), isolated(m_host));
    m_stack->setCurrentWidget(m_page);
}

void DoctorTab::connectParts()
{
    connect(m_monitor.get(), &core::ActivityMonitor::looked, this, &DoctorTab::looked);
    connect(m_monitor.get(), &core::ActivityMonitor::signalled, this, &DoctorTab::answered);
    connect(m_filter, &SegmentedControl::currentChanged, this,
            [this](int index) { m_tree->sessions().setFilter(Filter(index)); });
    connect(m_pause, &QAbstractButton::clicked, this, [this] { setPaused(!m_paused); });
    connect(m_tree, &ActivityTree::chosenChanged, this, &DoctorTab::showChosen);
    connect(m_session, &SessionPanel::signalWanted, this, &DoctorTab::ask);
    connect(m_page, &StatePage::actionTriggered, this, &DoctorTab::refresh);
    connect(m_doctor, &DoctorPane::checked, this, [this] {
        const auto &findings = m_doctor->findings();
        const auto budget = std::ranges::find(findings, "pool.budget"_ba, &core::Finding::id);
        m_budget->setPlan(budget == findings.end()
                              ? QString()
                              : QStringList{budget->sentence, budget->detail}.join(u' ').trimmed());
    });
    connect(m_doctor, &DoctorPane::changeWanted, this, &DoctorTab::changeWanted);
    connect(m_doctor, &DoctorPane::actionWanted, this, [this](const QByteArray &action) {
        if (action == "database.doctor")
            check();
        else if (action == "database.activity")
            m_tree->setFocus();
        else
            emit actionWanted(QString::fromLatin1(action));
    });
}

QString DoctorTab::description() const
{
    return tr("Activity and doctor of %1").arg(isolated(m_name));
}

void DoctorTab::detachDatabase()
{
    m_monitor.reset();
    m_doctor->stop();
    m_database = nullptr;
    m_pause->setEnabled(false);
    m_session->setSession(nullptr, nullptr, 0);
    m_page->showLost(tr("The database is closed"), isolated(m_name));
    m_stack->setCurrentWidget(m_page);
}

void DoctorTab::showEvent(QShowEvent *event)
{
    Document::showEvent(event);
    if (m_monitor && !m_paused)
        m_monitor->start();
    if (!std::exchange(m_begun, true) && m_database)
        m_doctor->check();
}

void DoctorTab::hideEvent(QHideEvent *event)
{
    Document::hideEvent(event);
    if (m_monitor)
        m_monitor->stop();
}

void DoctorTab::resizeEvent(QResizeEvent *event)
{
    Document::resizeEvent(event);
    const Qt::Orientation wanted = width() >= grown(besideFrom) ? Qt::Horizontal : Qt::Vertical;
    if (m_split->orientation() == wanted)
        return;
    m_split->setOrientation(wanted);
    m_split->setSizes(wanted == Qt::Horizontal ? QList<int>{width() - grown(408), grown(408)}
                                               : QList<int>{height() * 3 / 5, height() * 2 / 5});
}

void DoctorTab::setPaused(bool paused)
{
    m_paused = paused;
    m_pause->setIconName(paused ? u"run"_s : u"pause"_s);
    m_pause->setText(paused ? tr("Go on") : tr("Pause"));
    if (m_monitor) {
        if (paused)
            m_monitor->stop();
        else if (isVisible())
            m_monitor->start();
    }
    showFact();
}

void DoctorTab::showFact()
{
    const QString host = isolated(m_host.isEmpty() ? tr("local socket") : m_host);
    m_bar->setFact(m_paused ? tr("%1, paused").arg(host) : tr("%1, every 2 s").arg(host));
}

void DoctorTab::refresh()
{
    if (m_monitor)
        m_monitor->lookNow();
}

void DoctorTab::check()
{
    if (m_database)
        m_doctor->check();
}

void DoctorTab::showExplanation(const core::Explanation &explanation)
{
    m_doctor->show(explanation);
}

void DoctorTab::looked()
{
    if (!m_database)
        return;
    if (const std::optional<core::Error> &error = m_monitor->error()) {
        const auto told = core::explain(failureOf(*m_database, *error));
        const QString sentence = told ? told->title : error->message;
        const QString why = told ? told->why : error->place;
        if (!m_shown) {
            m_page->showFailed(sentence, why);
            m_page->setAction(tr("Try again"));
            m_stack->setCurrentWidget(m_page);
        } else { // what was seen last stays, and is said to be old
            m_note->setMeaning(Meaning::Warning);
            m_note->setSentence(sentence);
            m_note->setSecond(tr("Below is what was seen last."));
            m_note->show();
        }
        return;
    }
    const core::ActivityPtr now = m_monitor->activity();
    m_shown = now;
    m_budget->setActivity(now);
    m_tree->look(now);
    const QString partly = now->pooled
                               ? core::pooledPidsText()
                               : tr("Sessions of other roles are shown without what they do.");
    m_note->setMeaning(Meaning::Info);
    m_note->setSentence(
        now->pooled ? tr("These are the pooler's connections to the server.")
                    : tr("What other roles do is not visible to %1.").arg(isolated(now->role)));
    m_note->setSecond(partly);
    m_note->setVisible(now->pooled || !now->seesAll);
    m_stack->setCurrentIndex(0);
    showCounts();
    showChosen();
}

void DoctorTab::showCounts()
{
    int blocked = 0;
    int slow = 0;
    for (const core::ActivitySession &session : m_shown->sessions) {
        blocked += session.isBlocked() ? 1 : 0;
        slow += core::isLong(session) ? 1 : 0;
    }
    const auto named = [](const QString &name, int count) {
        return count == 0 ? name : name + u' ' + formatCount(count);
    };
    m_filter->setSegmentText(1, named(tr("Blocked"), blocked));
    m_filter->setSegmentText(2, named(tr("Long"), slow));
}

void DoctorTab::showChosen()
{
    const QModelIndex index = m_tree->currentIndex();
    m_session->setSession(m_shown.get(), m_tree->chosen(),
                          index.data(core::ActivityModel::BlocksRole).toInt());
}

void DoctorTab::ask(core::SessionSignal kind)
{
    const core::ActivitySession *session = m_tree->chosen();
    if (!m_database || !m_shown || !session)
        return;
    const core::SessionTarget target = core::SessionTarget::of(*session);
    Sheet *sheet = makeSignalSheet(this, *m_database, *m_shown, *session, kind);
    connect(sheet, &Sheet::accepted, this, [this, target, kind] {
        if (m_monitor)
            m_monitor->signal(target, kind);
    });
    sheet->open();
}

void DoctorTab::answered(const core::SessionTarget &target, const core::Result<> &outcome)
{
    emit signalled(tr("Session %1 was told to stop.").arg(isolated(QString::number(target.pid))),
                   outcome);
}

} // namespace ui
