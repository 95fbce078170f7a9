// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/diagram/diagramexport.h"

#include "core/diagram/diagramsvg.h"
#include "ui/common/fonts.h"
#include "ui/diagram/diagrampainter.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFontMetricsF>
#include <QImage>
#include <QPageLayout>
#include <QPainter>
#include <QPdfWriter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr double mostPixels = 12'000; // of a picture's side
constexpr double mostPoints = 14'400; // of a page's side, PDF 1.7 annex C
constexpr double pointsPerPixel = 0.75;

core::DiagramLook lookOf(const Theme &colors)
{
    const QFont names = font(TextRole::Grid);
    return {.canvas = colors.base.name(),
            .card = colors.base.name(),
            .header = colors.window.name(),
            .edge = colors.edge.name(),
            .line = colors.text3.name(),
            .text = colors.text.name(),
            .text2 = colors.text2.name(),
            .text3 = colors.text3.name(),
            .accent = colors.accent.name(),
            .family = u"'%1', sans-serif"_s.arg(QString(names.family()).remove(u'\'')),
            .fontSize = names.pointSizeF() / pointsPerPixel};
}

QByteArray picture(const DiagramPainter &painted, const QRectF &bounds, const QColor &ground)
{
    const double scale = qMin(2.0, mostPixels / qMax(bounds.width(), bounds.height()));
    QImage image((bounds.size() * scale).toSize().expandedTo({1, 1}), QImage::Format_RGB32);
    if (image.isNull())
        return {};
    image.fill(ground);
    QPainter painter(&image);
    painter.scale(scale, scale);
    painter.translate(-bounds.topLeft());
    painted.paint(&painter, bounds);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

QByteArray document(const DiagramPainter &painted, const QRectF &bounds, const QString &title)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    const double scale = qMin(pointsPerPixel, mostPoints / qMax(bounds.width(), bounds.height()));
    QPdfWriter writer(&buffer);
    writer.setTitle(title);
    writer.setCreator(u"Sluice"_s);
    writer.setResolution(72);
    writer.setPageSize(QPageSize(bounds.size() * scale, QPageSize::Point));
    writer.setPageMargins({});
    QPainter painter(&writer);
    painter.scale(scale, scale);
    painter.translate(-bounds.topLeft());
    painted.paint(&painter, bounds);
    painter.end();
    return bytes;
}

Theme paper()
{
    Theme colors = Theme::standard(ColorScheme::Light);
    colors.alternate = colors.base;
    return colors;
}

QRectF boundsOf(const core::DiagramLayout &layout)
{
    return layout.bounds.isEmpty() ? QRectF(0, 0, 1, 1) : layout.bounds;
}

} // namespace

QByteArray diagramFile(const core::DiagramGraph &graph, const core::DiagramLayout &layout,
                       const core::DiagramMetrics &metrics, DiagramFormat format,
                       const QString &title)
{
    const Theme colors = paper();
    const QRectF bounds = boundsOf(layout);
    const DiagramPainter painted(graph, layout, metrics, colors);
    switch (format) {
    case DiagramFormat::Svg:
        return core::diagramSvg(graph, layout, metrics, lookOf(colors), DiagramPainter::elided);
    case DiagramFormat::Png:
        return picture(painted, bounds, colors.base);
    case DiagramFormat::Pdf:
        break;
    }
    return document(painted, bounds, title);
}

void paintDiagramPage(QPainter *painter, const QSizeF &page, const core::DiagramGraph &graph,
                      const core::DiagramLayout &layout, const core::DiagramMetrics &metrics)
{
    const Theme colors = paper();
    const QRectF bounds = boundsOf(layout);
    const double scale =
        std::min({pointsPerPixel, page.width() / bounds.width(), page.height() / bounds.height()});
    painter->save();
    painter->translate((page.width() - bounds.width() * scale) / 2,
                       (page.height() - bounds.height() * scale) / 2);
    painter->scale(scale, scale);
    painter->translate(-bounds.topLeft());
    DiagramPainter(graph, layout, metrics, colors).paint(painter, bounds);
    painter->restore();
}

QString diagramSuffix(DiagramFormat format)
{
    switch (format) {
    case DiagramFormat::Svg:
        return u"svg"_s;
    case DiagramFormat::Png:
        return u"png"_s;
    case DiagramFormat::Pdf:
        break;
    }
    return u"pdf"_s;
}

QString diagramFilter(DiagramFormat format)
{
    switch (format) {
    case DiagramFormat::Svg:
        return QCoreApplication::translate("ui::RelationsTab", "SVG drawings (*.svg)");
    case DiagramFormat::Png:
        return QCoreApplication::translate("ui::RelationsTab", "PNG pictures (*.png)");
    case DiagramFormat::Pdf:
        break;
    }
    return QCoreApplication::translate("ui::RelationsTab", "PDF documents (*.pdf)");
}

} // namespace ui
