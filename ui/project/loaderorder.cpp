// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/loaderorder.h"

#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/paint.h"
#include "ui/common/theme.h"

#include <QPainter>
#include <QStyle>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int boxHeight = 22;
constexpr int padding = 6;
constexpr int between = 24; // holds the arrow
constexpr int lineGap = 6;

} // namespace

LoaderOrder::LoaderOrder(QWidget *parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void LoaderOrder::setFiles(const std::vector<core::FileSeen> &files)
{
    m_files.clear();
    std::ranges::copy_if(files, std::back_inserter(m_files), &core::FileSeen::inOrder);
    QStringList words;
    for (const core::FileSeen &file : m_files) {
        const QString name = isolated(file.name);
        words << (file.state == core::FileSeen::State::Absent    ? tr("%1, not there").arg(name)
                  : file.state == core::FileSeen::State::Refused ? tr("%1, refused").arg(name)
                                                                 : name);
    }
    setAccessibleName(tr("Order of files: %1").arg(words.join(u"; "_s)));
    updateGeometry();
    update();
}

QList<QRect> LoaderOrder::places(int width) const
{
    const QFontMetrics metrics(ui::font(TextRole::Mono));
    const int high = rowHeight(boxHeight, TextRole::Mono);
    QList<QRect> places;
    int x = 0;
    int y = 0;
    for (const core::FileSeen &file : m_files) {
        const int wide =
            std::min(metrics.horizontalAdvance(oneLine(file.name)) + 2 * padding + 1, width);
        if (x > 0 && x + wide > width) {
            x = 0;
            y += high + lineGap;
        }
        places << QRect(x, y, wide, high);
        x += wide + between;
    }
    return places;
}

int LoaderOrder::heightForWidth(int width) const
{
    const QList<QRect> all = places(width);
    return all.isEmpty() ? 0 : all.last().bottom() + 1;
}

QSize LoaderOrder::sizeHint() const
{
    const int width = grown(420);
    return {width, heightForWidth(width)};
}

QSize LoaderOrder::minimumSizeHint() const
{
    return {grown(120), rowHeight(boxHeight, TextRole::Mono)};
}

void LoaderOrder::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &look = theme(this);
    const QList<QRect> all = places(width());
    for (qsizetype i = 0; i < all.size(); ++i) {
        const core::FileSeen &file = m_files[std::size_t(i)];
        const QRect place = QStyle::visualRect(layoutDirection(), rect(), all[i]);
        const bool absent = file.state == core::FileSeen::State::Absent;
        const bool refused = file.state == core::FileSeen::State::Refused;
        drawBox(&painter, place, controlRadius, absent ? QColor() : look.base, look.edge, 0,
                absent ? Qt::DashLine : Qt::SolidLine);
        QFont face = ui::font(TextRole::Mono);
        face.setStrikeOut(refused);
        painter.setFont(face);
        painter.setPen(refused ? look.danger.ink : absent ? look.text2 : look.text);
        const QRect words = place.adjusted(padding, 0, -padding, 0);
        drawLine(&painter, words, Qt::AlignLeft, layoutDirection(),
                 QFontMetrics(face).elidedText(oneLine(file.name), Qt::ElideMiddle, words.width()));
        if (i + 1 == all.size() || all[i + 1].y() != all[i].y())
            continue;
        const QRect arrow(all[i].right() + (between - 12) / 2, all[i].center().y() - 5, 12, 12);
        paintIcon(&painter, QStyle::visualRect(layoutDirection(), rect(), arrow),
                  u"chevron-right"_s, look.text2, layoutDirection());
    }
}

} // namespace ui
