// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/connectiontest.h"

#include <QDateTime>
#include <QWidget>

class QVBoxLayout;

namespace ui {

class Button;
class TextLabel;

// The right side of the connection sheet: what a test has found so far, a row a step. Knows no
// connection itself.
class ConnectionSteps : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectionSteps(QWidget *parent = nullptr);

    // `running` makes the button stop it; `decoded` offers to try the password's decoded form.
    void setSteps(const std::vector<core::StepReport> &steps, bool running, bool decoded);
    [[nodiscard]] Button *button() const { return m_button; }

signals:
    void testWanted();
    void stopWanted();
    void decodedWanted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    class Row;
    void announce(const std::vector<core::StepReport> &steps);

    TextLabel *m_title;
    Button *m_button;
    QVBoxLayout *m_list;
    std::vector<Row *> m_rows;
    bool m_running = false;
    bool m_tried = false;
};

} // namespace ui
