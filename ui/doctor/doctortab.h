// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/doctor/activitymonitor.h"
#include "core/doctor/checkup.h"
#include "ui/common/document.h"

#include <QPointer>

class QSplitter;
class QStackedWidget;

namespace ui {

class ActivityTree;
class BudgetBar;
class Button;
class DoctorPane;
class Note;
class SegmentedControl;
class SessionPanel;
class StatePage;
class ViewBar;

// Activity and doctor of one database: its server's sessions and connections, looked at every two
// seconds while the tab is in front, and what is wrong with it. Pausing holds the look; choosing
// and scrolling are never disturbed by one.
class DoctorTab : public Document
{
    Q_OBJECT

public:
    DoctorTab(core::OpenDatabase &database, const core::CheckupSpec &spec,
              QWidget *parent = nullptr);
    ~DoctorTab() override;

    [[nodiscard]] QString title() const override { return tr("Activity and doctor"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("activity"); }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] core::OpenDatabase *database() const override { return m_database; }
    void detachDatabase() override;

    void showExplanation(const core::Explanation &explanation);
    void check();
    [[nodiscard]] ActivityTree &tree() const { return *m_tree; }
    [[nodiscard]] DoctorPane &doctor() const { return *m_doctor; }
    [[nodiscard]] bool isPaused() const { return m_paused; }

public slots:
    void refresh() override;
    void setPaused(bool paused);

signals:
    void actionWanted(const QString &action);
    void changeWanted(const core::Fix &fix);
    // A signal was sent, or was not: for Messages.
    void signalled(const QString &sentence, const core::Result<> &outcome);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();
    void buildBar();
    void connectParts();
    void looked();
    void showFact();
    void showChosen();
    void showCounts();
    void ask(core::SessionSignal kind);
    void answered(const core::SessionTarget &target, const core::Result<> &outcome);

    QPointer<core::OpenDatabase> m_database;
    std::unique_ptr<core::ActivityMonitor> m_monitor;
    core::ActivityPtr m_shown; // the session that is chosen belongs to it
    QString m_name;
    QString m_host;
    Note *m_note;
    BudgetBar *m_budget;
    ActivityTree *m_tree; // has the tab's focus: Tab goes from there to what is made after it
    SessionPanel *m_session;
    ViewBar *m_bar;
    SegmentedControl *m_filter = nullptr;
    Button *m_pause = nullptr;
    StatePage *m_page;
    QStackedWidget *m_stack;
    DoctorPane *m_doctor;
    QSplitter *m_split;
    bool m_paused = false;
    bool m_begun = false;
};

} // namespace ui
