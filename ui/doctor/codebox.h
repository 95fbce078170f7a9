// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/doctor/explanation.h"
#include "ui/common/theme.h"

#include <QWidget>

class QVBoxLayout;

namespace ui {

// A fix's lines to paste, in the monospace font; a line that goes and one that comes are marked by
// − and + and by their ground.
class CodeBox : public QWidget
{
    Q_OBJECT

public:
    explicit CodeBox(const core::Fix &fix, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void addLine(const QString &sign, const QString &text, Meaning meaning);

    QVBoxLayout *m_rows;
    QList<Meaning> m_meanings;
};

} // namespace ui
