// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QButtonGroup>
#include <QWidget>

namespace ui {

// One of a few: "Cell | Row | Column". Tab stops once at the chosen segment, arrow keys choose.
class SegmentedControl : public QWidget
{
    Q_OBJECT

public:
    explicit SegmentedControl(const QStringList &segments, QWidget *parent = nullptr);

    [[nodiscard]] int current() const;
    void setCurrent(int index);
    [[nodiscard]] int count() const;
    void setSegmentEnabled(int index, bool enabled);
    void setSegmentText(int index, const QString &text);

signals:
    // By the user or by setCurrent(), when it differs from before.
    void currentChanged(int index);

private:
    QButtonGroup m_group;
};

} // namespace ui
