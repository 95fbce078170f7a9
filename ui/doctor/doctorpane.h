// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/doctor/checkup.h"
#include "ui/doctor/doctorcard.h"

#include <memory>

class QScrollArea;
class QVBoxLayout;

namespace ui {

class Button;
class ProgressLine;
class TextLabel;

// The doctor's side: failures that were asked about, newest on top, then what a round over the
// folder and the server found, the worst first. A round runs when it is asked for, never by itself
// while one is shown.
class DoctorPane : public QWidget
{
    Q_OBJECT

public:
    explicit DoctorPane(QWidget *parent = nullptr);
    ~DoctorPane() override;

    // What a round looks at.
    void setSpec(const core::CheckupSpec &spec);
    // Starts a round, unless one runs.
    void check();
    // No round any more: what it would look at goes away.
    void stop();
    void show(const core::Explanation &explanation);
    [[nodiscard]] bool isChecking() const { return m_checkup != nullptr; }
    [[nodiscard]] const std::vector<core::Finding> &findings() const { return m_findings; }

signals:
    void actionWanted(const QByteArray &action);
    void changeWanted(const core::Fix &fix);
    void checked();

private:
    void take();
    void showFindings();
    void addFine(int count);
    [[nodiscard]] QString summary() const;

    core::CheckupSpec m_spec;
    std::unique_ptr<core::Checkup> m_checkup;
    std::vector<core::Finding> m_findings;
    TextLabel *m_when;
    Button *m_again;
    ProgressLine *m_progress;
    QWidget *m_body;
    QVBoxLayout *m_asked;
    QVBoxLayout *m_found;
    QScrollArea *m_scroll;
    bool m_fineShown = false;
    int m_made = 0; // cards, for their names
};

} // namespace ui
