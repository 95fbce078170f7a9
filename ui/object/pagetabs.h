// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTabBar>

namespace ui {

// Pages inside of a document: words alone, the current one underlined in the accent.
class PageTabs : public QTabBar
{
    Q_OBJECT

public:
    explicit PageTabs(QWidget *parent = nullptr);

protected:
    [[nodiscard]] QSize tabSizeHint(int index) const override;
    [[nodiscard]] QSize minimumTabSizeHint(int index) const override;
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;
    void tabLayoutChange() override;

private:
    int m_hovered = -1;
};

} // namespace ui
