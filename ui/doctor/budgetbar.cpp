// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/doctor/budgetbar.h"

#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/paint.h"
#include "ui/common/theme.h"

#include <QEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int side = 16;
constexpr int barHeight = 16;
constexpr int square = 10;
constexpr int squareGap = 6;
constexpr int entryGap = 20;
constexpr int fewLeft = 20; // percent

int lineHeight()
{
    return QFontMetrics(ui::font(TextRole::Caption)).height() + 4;
}

int headHeight()
{
    return QFontMetrics(ui::font(TextRole::Heading)).height() + 10;
}

int barTop()
{
    return 12 + headHeight();
}

int legendTop()
{
    return barTop() + barHeight + 8;
}

} // namespace

BudgetBar::BudgetBar(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"activity.budget"_s);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    setActivity(nullptr);
}

void BudgetBar::setActivity(const core::ActivityPtr &activity)
{
    m_shares.clear();
    m_sentence.clear();
    m_warning.clear();
    m_none = false;
    if (activity)
        describe(*activity);
    setAccessibleName(tr("Connections") + u": "_s + m_sentence);
    QStringList parts;
    for (const Share &share : m_shares)
        parts << tr("%1 %2").arg(isolated(share.name), formatCount(share.count));
    if (!m_warning.isEmpty())
        parts.prepend(m_warning);
    setAccessibleDescription(parts.join(", "_L1));
    updateGeometry();
    update();
}

void BudgetBar::setPlan(const QString &sum)
{
    m_plan = sum;
    setToolTip(sum);
    updateGeometry();
    update();
}

void BudgetBar::describe(const core::Activity &activity)
{
    const core::ConnectionLimits &limits = activity.limits;
    m_sentence = tr("%1 of %2 in use").arg(formatCount(limits.used), formatCount(limits.most));
    if (limits.mostOfRole >= 0)
        m_sentence += tr(", role %1: %2 of %3")
                          .arg(isolated(activity.role), formatCount(limits.usedByRole),
                               formatCount(limits.mostOfRole));
    if (limits.mostOfDatabase >= 0)
        m_sentence += tr(", database %1: %2 of %3")
                          .arg(isolated(activity.database), formatCount(limits.usedByDatabase),
                               formatCount(limits.mostOfDatabase));
    int own = limits.used;
    int others = 0;
    std::size_t number = 0;
    for (const core::ConnectionShare &share : core::connectionShares(activity)) {
        own -= share.count;
        if (number < 3 && !share.application.isEmpty())
            m_shares.push_back({Part(number++), share.application, share.count});
        else
            others += share.count;
    }
    if (others > 0)
        m_shares.push_back({Part::Others, tr("others"), others});
    m_shares.push_back({Part::Own, tr("Sluice"), own});
    m_shares.push_back({Part::Free, tr("free"), limits.free()});
    if (limits.reserved > 0)
        m_shares.push_back({Part::Reserved, tr("superusers"), limits.reserved});
    int left = limits.free();
    if (limits.mostOfRole >= 0)
        left = std::min(left, limits.mostOfRole - limits.usedByRole);
    if (limits.mostOfDatabase >= 0)
        left = std::min(left, limits.mostOfDatabase - limits.usedByDatabase);
    left = std::max(left, 0);
    m_none = left == 0;
    if (m_none)
        m_warning = tr("No connection is left");
    else if (left * 100 < (limits.most - limits.reserved) * fewLeft)
        m_warning = tr("Only %n connections are left", nullptr, left);
}

std::vector<BudgetBar::Placed> BudgetBar::legend(int width) const
{
    const QFontMetrics words(ui::font(TextRole::Caption));
    const QFontMetrics numbers(ui::font(TextRole::Chip));
    std::vector<Placed> placed;
    int x = side;
    int y = legendTop();
    for (const Share &share : m_shares) {
        const int most = std::max(60, width - 2 * side);
        const int own =
            std::min(most, square + squareGap + words.horizontalAdvance(oneLine(share.name)) + 6
                               + numbers.horizontalAdvance(formatCount(share.count)) + 1);
        if (x > side && x + own > width - side) {
            x = side;
            y += lineHeight();
        }
        placed.push_back({&share, QRect(x, y, own, lineHeight())});
        x += own + entryGap;
    }
    return placed;
}

int BudgetBar::heightForWidth(int width) const
{
    const std::vector<Placed> placed = legend(width);
    const int lines = placed.empty() ? legendTop() + lineHeight() : placed.back().rect.bottom() + 1;
    return lines + (m_plan.isEmpty() ? 0 : lineHeight()) + 10;
}

QSize BudgetBar::sizeHint() const
{
    return {grown(480), heightForWidth(grown(480))};
}

QSize BudgetBar::minimumSizeHint() const
{
    return {grown(200), heightForWidth(std::max(width(), grown(200)))};
}

void BudgetBar::paintPart(QPainter *painter, const QRectF &rect, Part part, const Theme &look) const
{
    switch (part) {
    case Part::First:
        return painter->fillRect(rect, look.accent);
    case Part::Second:
        return painter->fillRect(rect, mixed(look.accent, look.base, 0.4));
    case Part::Third:
        return painter->fillRect(rect, mixed(look.accent, look.base, 0.65));
    case Part::Others:
        return painter->fillRect(rect, look.isHighContrast() ? mixed(look.text, look.base, 0.8)
                                                             : look.thumb);
    case Part::Own:
        return painter->fillRect(rect, look.text2);
    case Part::Free:
        return drawBox(painter, rect, 0, look.base, look.edge);
    case Part::Reserved:
        return drawHatch(painter, rect, look.inactiveSelection, look.thumb);
    }
}

void BudgetBar::paintHead(QPainter *painter, const Theme &look) const
{
    const auto place = [this](const QRect &rect) {
        return QStyle::visualRect(layoutDirection(), QWidget::rect(), rect);
    };
    int x = side;
    int end = width() - side;
    if (!m_warning.isEmpty()) {
        const QFont body = ui::font(TextRole::Body);
        const int own = std::min(QFontMetrics(body).horizontalAdvance(m_warning) + 1, end - x - 22);
        const QColor ink = (m_none ? look.danger : look.warning).ink;
        painter->setFont(body);
        painter->setPen(ink);
        drawLine(painter, place({end - own, 12, own, headHeight() - 4}), Qt::AlignLeft,
                 layoutDirection(), m_warning);
        paintIcon(painter, place({end - own - 22, 12 + (headHeight() - 4 - 16) / 2, 16, 16}),
                  m_none ? u"error"_s : u"warning"_s, ink, layoutDirection());
        end -= own + 22 + 12;
    }
    const auto put = [&](TextRole role, const QColor &ink, const QString &text) {
        const QFontMetrics metrics(ui::font(role));
        const int own = std::min(metrics.horizontalAdvance(text) + 1, std::max(0, end - x));
        painter->setFont(ui::font(role));
        painter->setPen(ink);
        drawLine(painter, place({x, 12, own, headHeight() - 4}), Qt::AlignLeft, layoutDirection(),
                 metrics.elidedText(text, Qt::ElideRight, own));
        x += own + 8;
    };
    put(TextRole::Heading, look.text, tr("Connections"));
    put(TextRole::Body, look.text2, m_sentence);
}

void BudgetBar::paintBar(QPainter *painter, const Theme &look) const
{
    const int all = std::accumulate(m_shares.begin(), m_shares.end(), 0,
                                    [](int sum, const Share &share) { return sum + share.count; });
    const QRect bar(side, barTop(), std::max(0, width() - 2 * side), barHeight);
    drawBox(painter, QRectF(bar), 0, look.base, look.edge);
    if (all <= 0)
        return;
    int done = 0;
    for (const Share &share : m_shares) {
        const int from = bar.x() + bar.width() * done / all;
        done += share.count;
        const int to = bar.x() + bar.width() * done / all;
        if (share.part == Part::Free || to <= from)
            continue;
        const bool last = done == all;
        const QRect rect(from, bar.y(), to - from - (last ? 0 : 1), bar.height());
        paintPart(
            painter,
            snapped(painter, QRectF(QStyle::visualRect(layoutDirection(), QWidget::rect(), rect))),
            share.part, look);
    }
}

void BudgetBar::paintLegend(QPainter *painter, const Theme &look) const
{
    const auto place = [this](const QRect &rect) {
        return QStyle::visualRect(layoutDirection(), QWidget::rect(), rect);
    };
    for (const Placed &entry : legend(width())) {
        const QRect &rect = entry.rect;
        paintPart(painter,
                  snapped(painter, QRectF(place({rect.x(), rect.y() + (rect.height() - square) / 2,
                                                 square, square}))),
                  entry.share->part, look);
        const QString count = formatCount(entry.share->count);
        const QFontMetrics numbers(ui::font(TextRole::Chip));
        const int countWidth = numbers.horizontalAdvance(count) + 1;
        const int x = rect.x() + square + squareGap;
        const int room = rect.right() + 1 - countWidth - 6 - x;
        const QFontMetrics words(ui::font(TextRole::Caption));
        const QString name =
            words.elidedText(oneLine(entry.share->name), Qt::ElideMiddle, room + 1);
        painter->setFont(ui::font(TextRole::Caption));
        painter->setPen(look.text2);
        drawLine(painter, place({x, rect.y(), room + 1, rect.height()}), Qt::AlignLeft,
                 layoutDirection(), name);
        painter->setFont(ui::font(TextRole::Chip));
        painter->setPen(look.text);
        drawLine(painter,
                 place({rect.right() + 1 - countWidth, rect.y(), countWidth, rect.height()}),
                 Qt::AlignLeft, layoutDirection(), count);
    }
}

void BudgetBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &look = theme(this);
    painter.fillRect(rect(), look.base);
    paintHead(&painter, look);
    paintBar(&painter, look);
    paintLegend(&painter, look);
    if (m_plan.isEmpty())
        return;
    const QFontMetrics metrics(ui::font(TextRole::Caption));
    const QRect line(side, height() - 10 - lineHeight(), std::max(0, width() - 2 * side),
                     lineHeight());
    painter.setFont(ui::font(TextRole::Caption));
    painter.setPen(look.text2);
    drawLine(&painter, QStyle::visualRect(layoutDirection(), rect(), line), Qt::AlignLeft,
             layoutDirection(), metrics.elidedText(m_plan, Qt::ElideRight, line.width()));
}

void BudgetBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::LayoutDirectionChange)
        updateGeometry();
}

} // namespace ui
