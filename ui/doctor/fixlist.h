// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/doctor/explanation.h"

#include <QWidget>

namespace ui {

// What to do, the best way first: each a sentence, with a line to paste (what it replaces above it)
// and a way to copy it, and a link where the window can do it. All text is plain.
class FixList : public QWidget
{
    Q_OBJECT

public:
    explicit FixList(const std::vector<core::Fix> &fixes, QWidget *parent = nullptr);

signals:
    // Of the action table: "database.activity".
    void actionWanted(const QByteArray &action);
    // One whose line the person would have changed: it has a change.
    void changeWanted(const core::Fix &fix);

private:
    void add(const core::Fix &fix, int number);
};

} // namespace ui
