// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/doctor/sessioncontrol.h"

#include <QWidget>

class QPlainTextEdit;

namespace ui {

class Button;
class Chip;
class ElidedLabel;
class TextLabel;

// The chosen session: what it runs, what it holds, whom it blocks, and the two ways to stop it. Its
// height does not change with what is in it.
class SessionPanel : public QWidget
{
    Q_OBJECT

public:
    explicit SessionPanel(QWidget *parent = nullptr);

    // Null session: nothing is chosen. `blocks`: how many wait behind it.
    void setSession(const core::Activity *activity, const core::ActivitySession *session,
                    int blocks);

signals:
    void signalWanted(core::SessionSignal kind);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void setStatement(const QString &text);

    TextLabel *m_title;
    Chip *m_state;
    ElidedLabel *m_facts;
    QPlainTextEdit *m_statement;
    TextLabel *m_hint;
    Button *m_cancel;
    Button *m_end;
};

} // namespace ui
