// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/fonts.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>
#include <QFontMetrics>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

struct RoleStyle {
    qreal points = 0;
    QFont::Weight weight = QFont::Normal;
    bool mono = false;
    bool figures = false;
};

RoleStyle styleOf(TextRole role)
{
    switch (role) {
    case TextRole::Display:
        return {8, QFont::DemiBold};
    case TextRole::Title:
        return {2, QFont::DemiBold};
    case TextRole::Heading:
        return {0, QFont::DemiBold};
    case TextRole::Name:
        return {0, QFont::Medium};
    case TextRole::Grid:
        return {-1, QFont::Normal, false, true};
    case TextRole::Caption:
        return {-1.5};
    case TextRole::Chip:
        return {-1.5, QFont::Medium};
    case TextRole::Mono:
        return {-1, QFont::Normal, true};
    case TextRole::Editor:
        return {0, QFont::Normal, true};
    case TextRole::Body:
        break;
    }
    return {};
}

// The generic platform theme names fontconfig's aliases, not fonts: it has no opinion.
bool isAlias(const QString &family)
{
    return family.isEmpty() || family.compare("Sans Serif"_L1, Qt::CaseInsensitive) == 0
           || family.compare("Sans"_L1, Qt::CaseInsensitive) == 0
           || family.compare("monospace"_L1, Qt::CaseInsensitive) == 0;
}

bool isInstalled(const QString &family)
{
    return QFontDatabase::hasFamily(family); // loads no font, as QFontInfo does
}

QFont monoFont(qreal points)
{
    QFont mono = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (isAlias(mono.family())) {
        static const bool jetBrains = isInstalled(u"JetBrains Mono"_s);
        if (jetBrains)
            mono.setFamily(u"JetBrains Mono"_s);
    }
    mono.setPointSizeF(points);
    mono.setFixedPitch(true);
    mono.setKerning(false);
    // "!=" and "->" stay the characters that were typed.
    mono.setFeature("calt", 0);
    mono.setFeature("liga", 0);
    return mono;
}

qreal pointsOf(const QFont &font)
{
    return font.pointSizeF() > 0 ? font.pointSizeF() : QFontInfo(font).pointSizeF();
}

} // namespace

QFont font(TextRole role)
{
    const RoleStyle style = styleOf(role);
    QFont result = QApplication::font();
    const qreal points = std::max(pointsOf(result) + style.points, 6.0);
    if (style.mono)
        result = monoFont(points);
    result.setPointSizeF(points);
    result.setWeight(style.weight);
    if (style.figures) {
        result.setFeature("tnum", 1);
        result.setKerning(false);
    }
    return result;
}

int rowHeight(int atLeast, TextRole role)
{
    return std::max(atLeast, QFontMetrics(font(role)).height() + 10);
}

int grown(int width)
{
    const int height = QFontMetrics(QApplication::font()).height();
    return height <= 19 ? width : width * height / 16;
}

void applyApplicationFont(QApplication &application, qreal points)
{
    static const QFont platform = QApplication::font();
    QFont font = platform;
    if (isAlias(font.family())) {
        if (isInstalled(u"Inter"_s))
            font.setFamily(u"Inter"_s);
        font.setPointSizeF(10);
    }
    if (points > 0)
        font.setPointSizeF(std::clamp(points, 7.0, 30.0));
    if (font != QApplication::font())
        application.setFont(font);
}

} // namespace ui
