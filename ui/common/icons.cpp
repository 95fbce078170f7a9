// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/icons.h"

#include "ui/common/paint.h"

#include <QCache>
#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QHash>
#include <QIconEngine>
#include <QLoggingCategory>
#include <QPainter>
#include <QSet>
#include <QSvgRenderer>

#include <cmath>
#include <memory>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcIcons, "sluice.ui.icons", QtWarningMsg)

constexpr qsizetype cacheBytes = 4 * 1024 * 1024;
constexpr QChar inkMark = u'#';

QString pathOf(const QString &name)
{
    return ":/icons/sluice-"_L1 + name + ".svg"_L1;
}

struct IconKey {
    QString name;
    int pixels = 0;
    QRgb color = 0;
    bool mirrored = false;
    bool operator==(const IconKey &) const = default;
};

size_t qHash(const IconKey &key, size_t seed)
{
    return qHashMulti(seed, key.name, key.pixels, key.color, key.mirrored);
}

// The files paint with currentColor, which a renderer outside of a page does not know.
QImage rendered(const IconKey &key)
{
    QFile file(pathOf(key.name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QByteArray svg = file.readAll();
    const QColor color = QColor::fromRgba(key.color);
    svg.replace("currentColor"_ba, color.name(QColor::HexRgb).toLatin1());
    QSvgRenderer renderer(svg);
    QImage image(key.pixels, key.pixels, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setOpacity(color.alphaF());
    renderer.render(&painter, QRectF(0, 0, key.pixels, key.pixels));
    painter.end();
    return key.mirrored ? image.mirrored(true, false) : image;
}

QPixmap cachedPixmap(const IconKey &key)
{
    static QCache<IconKey, QPixmap> cache(cacheBytes);
    if (const QPixmap *known = cache.object(key))
        return *known;
    const QPixmap pixmap = QPixmap::fromImage(rendered(key));
    cache.insert(key, new QPixmap(pixmap), qsizetype(key.pixels) * key.pixels * 4);
    return pixmap;
}

IconKey keyFor(const QString &name, int pixels, const QColor &color, Qt::LayoutDirection direction)
{
    return {name, pixels, color.rgba(), direction == Qt::RightToLeft && isMirrored(name)};
}

class LineIconEngine : public QIconEngine
{
public:
    LineIconEngine(QString name, std::optional<Ink> ink)
        : m_name(std::move(name))
        , m_ink(ink)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        paintIcon(painter, rect, m_name, colorFor(mode), QGuiApplication::layoutDirection());
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        // `size` is in device pixels here.
        const int side = std::min(size.width(), size.height());
        QPixmap pixmap =
            cachedPixmap(keyFor(m_name, side, colorFor(mode), QGuiApplication::layoutDirection()));
        pixmap.setDevicePixelRatio(scale);
        return pixmap;
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    [[nodiscard]] QIconEngine *clone() const override { return new LineIconEngine(*this); }
    QString key() const override { return u"sluice"_s; }

    // The ink rides along, so that our style knows whether the colour is the place's to choose.
    QString iconName() override
    {
        const QString name = "sluice-"_L1 + m_name;
        return m_ink ? name + inkMark + QString::number(int(*m_ink)) : name;
    }

private:
    [[nodiscard]] QColor colorFor(QIcon::Mode mode) const
    {
        const Theme &now = theme();
        if (mode == QIcon::Disabled)
            return now.text3;
        if (m_ink)
            return now.ink(*m_ink);
        if (mode == QIcon::Selected)
            return now.onSelection;
        return mode == QIcon::Active ? now.text : now.text2;
    }

    QString m_name;
    std::optional<Ink> m_ink;
};

// Drawn here and not by Qt's own engine for SVG, which is a plugin that need not be installed.
class ColorIconEngine : public QIconEngine
{
public:
    void paint(QPainter *painter, const QRect &rect, QIcon::Mode, QIcon::State) override
    {
        if (!m_renderer)
            m_renderer =
                std::make_shared<QSvgRenderer>(u":/icons/io.github.sluice_studio.Sluice.svg"_s);
        const int side = std::min(rect.width(), rect.height());
        QRectF square(0, 0, side, side);
        square.moveCenter(QRectF(rect).center());
        m_renderer->render(painter, square);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state,
                         qreal scale) override
    {
        // The window system is told all sizes of a window's icon, twice while it comes up.
        QPixmap &known = m_drawn[size];
        if (known.isNull()) {
            known = QPixmap(size);
            known.fill(Qt::transparent);
            QPainter painter(&known);
            paint(&painter, QRect({}, size), mode, state);
        }
        QPixmap picture = known;
        picture.setDevicePixelRatio(scale);
        return picture;
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    // What the window system asks a window's icon for.
    QList<QSize> availableSizes(QIcon::Mode, QIcon::State) override
    {
        QList<QSize> sizes;
        for (int side : {16, 22, 24, 32, 48, 64, 128, 256})
            sizes.append(QSize(side, side));
        return sizes;
    }

    [[nodiscard]] QIconEngine *clone() const override { return new ColorIconEngine(*this); }
    QString key() const override { return u"sluice-application"_s; }
    bool isNull() override { return false; }

private:
    std::shared_ptr<QSvgRenderer> m_renderer; // copies draw the same
    QHash<QSize, QPixmap> m_drawn;
};

QIcon made(const QString &name, std::optional<Ink> ink)
{
    if (!hasIcon(name)) {
        qCWarning(lcIcons) << "no symbol named" << name;
        return {};
    }
    return QIcon(new LineIconEngine(name, ink)); // the icon owns its engine
}

struct NamedInk {
    QString name;
    std::optional<Ink> ink;
};

NamedInk parsed(const QIcon &icon)
{
    QString name = icon.name();
    if (!name.startsWith("sluice-"_L1))
        return {};
    name.remove(0, 7);
    const qsizetype mark = name.indexOf(inkMark);
    if (mark < 0)
        return {name, std::nullopt};
    return {name.left(mark), Ink(name.mid(mark + 1).toInt())};
}

} // namespace

QIcon icon(const QString &name)
{
    return made(name, std::nullopt);
}

QIcon icon(const QString &name, Ink ink)
{
    return made(name, ink);
}

void paintIcon(QPainter *painter, const QRectF &rect, const QString &name, const QColor &color,
               Qt::LayoutDirection direction)
{
    const qreal ratio = painter->device()->devicePixelRatio();
    const qreal side = std::min(rect.width(), rect.height());
    const int pixels = int(std::lround(side * ratio));
    if (pixels <= 0)
        return;
    QPixmap pixmap = cachedPixmap(keyFor(name, pixels, color, direction));
    pixmap.setDevicePixelRatio(ratio);
    // On a whole device pixel, or the lines are smeared over two.
    painter->drawPixmap(snapped(painter, rect.center() - QPointF(side, side) / 2.0), pixmap);
}

void paintIcon(QPainter *painter, const QRectF &rect, const QIcon &icon, const QColor &color,
               Qt::LayoutDirection direction, bool enabled)
{
    const auto [name, ink] = parsed(icon);
    if (name.isEmpty()) {
        icon.paint(painter, rect.toRect(), Qt::AlignCenter,
                   enabled ? QIcon::Normal : QIcon::Disabled);
        return;
    }
    const bool own = ink && enabled;
    paintIcon(painter, rect, name, own ? theme().ink(*ink) : color, direction);
}

QPixmap iconPixmap(const QString &name, int size, qreal ratio, const QColor &color,
                   Qt::LayoutDirection direction)
{
    QPixmap pixmap = cachedPixmap(keyFor(name, int(std::lround(size * ratio)), color, direction));
    pixmap.setDevicePixelRatio(ratio);
    return pixmap;
}

QStringList iconNames()
{
    static const QStringList names = [] {
        QStringList found;
        const QStringList files =
            QDir(u":/icons"_s).entryList({u"sluice-*.svg"_s}, QDir::Files, QDir::Name);
        for (const QString &file : files)
            found.append(file.sliced(7, file.size() - 11));
        found.sort();
        return found;
    }();
    return names;
}

bool hasIcon(const QString &name)
{
    return QFile::exists(pathOf(name));
}

bool isMirrored(const QString &name)
{
    static const QSet<QString> mirrored{u"key-foreign"_s,  u"sql"_s,           u"terminal"_s,
                                        u"jobs"_s,         u"sort"_s,          u"undo"_s,
                                        u"chevron-left"_s, u"chevron-right"_s, u"dock-left"_s,
                                        u"dock-right"_s,   u"foreign-server"_s};
    return mirrored.contains(name);
}

QString iconName(const QIcon &icon)
{
    return parsed(icon).name;
}

QIcon applicationIcon()
{
    return QIcon(new ColorIconEngine); // the icon owns its engine
}

} // namespace ui
