// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/doctor/activity.h"

#include <QWidget>

#include <vector>

namespace ui {

struct Theme;

// The server's connections as a line of 16 px: who has how many, what is free, what is kept for
// superusers; numbers and words beside and below it, so that nothing is said by colour alone. A
// screen reader gets the sentence.
class BudgetBar : public QWidget
{
    Q_OBJECT

public:
    explicit BudgetBar(QWidget *parent = nullptr);

    void setActivity(const core::ActivityPtr &activity);
    // What the application's pools may come to (P11), as one sentence; empty = not known.
    void setPlan(const QString &sum);
    // "81 of 100 in use"
    [[nodiscard]] QString sentence() const { return m_sentence; }
    // "Only 6 connections are left"; empty while there are enough.
    [[nodiscard]] QString warning() const { return m_warning; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    enum class Part : quint8 { First, Second, Third, Others, Own, Free, Reserved };
    struct Share {
        Part part = Part::Free;
        QString name;
        int count = 0;
    };
    struct Placed {
        const Share *share = nullptr;
        QRect rect;
    };
    [[nodiscard]] std::vector<Placed> legend(int width) const;
    void paintHead(QPainter *painter, const Theme &look) const;
    void paintBar(QPainter *painter, const Theme &look) const;
    void paintLegend(QPainter *painter, const Theme &look) const;
    void paintPart(QPainter *painter, const QRectF &rect, Part part, const Theme &look) const;
    void describe(const core::Activity &activity);

    std::vector<Share> m_shares; // in the order of the bar
    QString m_sentence;
    QString m_warning;
    QString m_plan;
    bool m_none = false; // nothing is left
};

} // namespace ui
