// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/savedconnections.h"

#include <QDateTime>
#include <QWidget>

#include <utility>
#include <vector>

class QVBoxLayout;

namespace ui {

class Actions;
class LaunchRow;

// A project of the recent list, as the page shows it.
struct RecentEntry {
    QString folder;
    QDateTime opened;
    QString trouble = {}; // why it cannot be opened now: a sentence; empty = nothing is known
    bool operator==(const RecentEntry &) const = default;
};

// What the window shows without a project: ways to begin, and what was open before. Everything by
// keyboard: Up and Down move, Enter opens.
class WelcomePage : public QWidget
{
    Q_OBJECT

public:
    explicit WelcomePage(Actions &actions, QWidget *parent = nullptr);

    void setRecent(const std::vector<RecentEntry> &entries);
    // What is found out about a folder of the list later; empty takes it back. Rows stay in place.
    void setTrouble(const QString &folder, const QString &trouble);
    // What of a list has room here.
    static constexpr std::size_t shownRecent = 6;
    // Connections that stand in no folder; the list is away where there are none.
    void setSaved(const std::vector<core::SavedConnection> &connections);

signals:
    void folderChosen(const QString &folder);
    void clearRecentWanted();
    void removeRecentWanted(const QString &folder);
    void savedChosen(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QWidget *buildHead();
    void addScroller(QWidget *body);
    [[nodiscard]] QWidget *buildStart(Actions &actions);
    [[nodiscard]] QWidget *buildRecent();

    void showTrouble(LaunchRow *row, const RecentEntry &entry);

    QVBoxLayout *m_recent = nullptr;
    std::vector<std::pair<RecentEntry, LaunchRow *>> m_rows;
    QVBoxLayout *m_saved = nullptr;
    QWidget *m_savedHeading = nullptr;
    QWidget *m_clear = nullptr;
};

} // namespace ui
