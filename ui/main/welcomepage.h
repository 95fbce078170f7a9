// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace ui {

class Actions;

// A project of the recent list, as the page shows it.
struct RecentEntry {
    QString folder;
    QDateTime opened;
    bool reachable = true; // the folder is there now
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

signals:
    void folderChosen(const QString &folder);
    void clearRecentWanted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QWidget *buildHead();
    [[nodiscard]] QWidget *buildStart(Actions &actions);
    [[nodiscard]] QWidget *buildRecent();

    QVBoxLayout *m_recent = nullptr;
    QWidget *m_clear = nullptr;
};

} // namespace ui
