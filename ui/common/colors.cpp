// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/theme.h"

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    const QColor rgb = color.toRgb();
    return 0.2126 * linear(rgb.redF()) + 0.7152 * linear(rgb.greenF())
           + 0.0722 * linear(rgb.blueF());
}

} // namespace

double contrastRatio(const QColor &a, const QColor &b)
{
    const auto [low, high] = std::minmax({luminance(a), luminance(b)});
    return (high + 0.05) / (low + 0.05);
}

QColor withContrast(QColor ink, const QList<QColor> &grounds, double ratio)
{
    const auto reached = [&grounds, ratio](const QColor &color) {
        return std::ranges::all_of(grounds, [&color, ratio](const QColor &ground) {
            return contrastRatio(color, ground) >= ratio;
        });
    };
    const double mean = [&grounds] {
        double sum = 0.0;
        for (const QColor &ground : grounds)
            sum += luminance(ground);
        return sum / double(grounds.size());
    }();
    // 0.18 is where black and white stand equally well on a ground.
    const float step = mean > 0.18 ? -1.0F / 256.0F : 1.0F / 256.0F;
    float hue = 0;
    float saturation = 0;
    float lightness = 0;
    ink.getHslF(&hue, &saturation, &lightness);
    while (!reached(ink) && lightness > 0.0F && lightness < 1.0F) {
        lightness = std::clamp(lightness + step, 0.0F, 1.0F);
        ink = QColor::fromHslF(hue < 0.0F ? 0.0F : hue, saturation, lightness);
    }
    if (!reached(ink))
        return step < 0.0F ? QColor(Qt::black) : QColor(Qt::white);
    return ink.toRgb();
}

QColor mixed(const QColor &a, const QColor &b, double share)
{
    const auto between = [share](float from, float to) {
        return float(double(from) + (double(to) - double(from)) * share);
    };
    return QColor::fromRgbF(between(a.redF(), b.redF()), between(a.greenF(), b.greenF()),
                            between(a.blueF(), b.blueF()));
}

} // namespace ui
