// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/application.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>
#include <vector>

namespace app {

/// The guided tour: drives the real window through the steps that exist (trust, browse, jump to the
/// end, query, cancel, export) on the folder it was started with, saves a picture of each, says on
/// standard output what it did, and ends with exit code 0, or 1 where a step did not come to its
/// end in a minute.
class Tour : public QObject
{
    Q_OBJECT

public:
    // Trusts nothing but the demo by itself, and only looks at any other folder.
    Tour(Application &application, const QString &folder, const QString &directory);

    void start();

signals:
    void finished(int exitCode);

private:
    /// `act` begins the step once; `isDone` is asked until it is true.
    struct Step {
        QString name = {};
        std::function<void()> act = {};
        std::function<bool()> isDone = {};
        bool picture = true;
    };
    void plan();
    void planDemo();
    [[nodiscard]] bool isDemo() const;
    void planBrowsing();
    void planQuery();
    void planExport();
    void look();
    void advance();
    void end(bool well);
    void savePicture(const QString &name);

    Application &m_application;
    QString m_folder;
    QString m_directory;
    std::vector<Step> m_steps;
    std::size_t m_at = 0;
    bool m_begun = false;
    bool m_settled = false; ///< the window has had a turn to paint since the step was done
    int m_pictures = 0;
    QTimer m_timer;
    QElapsedTimer m_clock;
};

} // namespace app
