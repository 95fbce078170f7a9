// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/icons.h"
#include "ui/common/themecontroller.h"

#include <QApplication>
#include <QDirIterator>
#include <QFile>
#include <QImage>
#include <QPainter>
#include <QRegularExpression>
#include <QSet>
#include <QStyle>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

// The names of LOOK 12, those still to be drawn included.
const QStringList lookNames =
    u"database schema table table-partitioned view view-materialized columns key-primary "
    u"key-foreign reference index sequence function type array trigger role superuser read-only "
    u"writing production direct pooled remote tunnel container asleep running starting not-reached "
    u"ok info warning error pending edited never unknown disconnected live project folder file sql "
    u"terminal migration seed difference snapshot relations plan activity jobs image settings "
    u"shortcuts language appearance search filter sort refresh export import run stop pause copy "
    u"add remove delete undo swap rotate reveal conceal pin match-case match-word match-regex menu "
    u"more close check equal chevron-down chevron-right chevron-left chevron-up ascending "
    u"descending dock-left dock-bottom dock-right extension policy domain constraint publication "
    u"foreign-server rehearse rename zoom-in zoom-out fit"_s.split(u' ');

QByteArray svgOf(const QString &name)
{
    QFile file(u":/icons/sluice-%1.svg"_s.arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QImage pictureOf(const QString &name, int size = 32,
                 Qt::LayoutDirection direction = Qt::LeftToRight)
{
    return ui::iconPixmap(name, size, 1.0, Qt::black, direction).toImage();
}

int inkedPixels(const QImage &image)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y).alpha() > 32 ? 1 : 0;
    }
    return count;
}

} // namespace

class TestIcons : public QObject
{
    Q_OBJECT

private slots:
    void everyNameOfTheLookExists();
    void everyNameUsedInTheSourcesExists();
    void noTwoAreAlike();
    void filesHoldOneColorOnTheGrid_data();
    void filesHoldOneColorOnTheGrid();
    void takesTheColor();
    void mirrorsWhatPoints();
    void isSharpAtEveryRatio_data();
    void isSharpAtEveryRatio();
    void iconFollowsThePalette();
    void unknownNameIsNull();
    void knowsItsName();
    void docksNeedNoThemeOfTheDesktop();
    void applicationIconIsDrawn();
};

void TestIcons::everyNameOfTheLookExists()
{
    QStringList missing;
    for (const QString &name : lookNames) {
        if (!ui::hasIcon(name))
            missing << name;
    }
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u' ')));
    QStringList sorted = lookNames;
    sorted.sort();
    QCOMPARE(ui::iconNames(), sorted);
}

void TestIcons::everyNameUsedInTheSourcesExists()
{
    const QRegularExpression use(
        uR"re((?:\bicon|paintIcon|iconPixmap|iconOnly|setIconName|addIconButton)\([^"();]*u"([^"]+)"_s)re"_s);
    QStringList missing;
    int uses = 0;
    for (const QString &folder : {u"ui"_s, u"app"_s}) {
        QDirIterator files(QStringLiteral(SLUICE_SOURCE_DIR "/") + folder, {u"*.cpp"_s, u"*.h"_s},
                           QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            auto found = use.globalMatch(QString::fromUtf8(file.readAll()));
            while (found.hasNext()) {
                const QString name = found.next().captured(1);
                ++uses;
                if (!ui::hasIcon(name))
                    missing << file.fileName() + u": "_s + name;
            }
        }
    }
    QVERIFY(uses > 20);
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
}

void TestIcons::noTwoAreAlike()
{
    QHash<QByteArray, QString> files;
    QHash<QByteArray, QString> pictures;
    for (const QString &name : ui::iconNames()) {
        const QByteArray svg = svgOf(name);
        QVERIFY2(!files.contains(svg), qPrintable(name + u" = "_s + files.value(svg)));
        files.insert(svg, name);
        const QImage image = pictureOf(name);
        const QByteArray pixels(reinterpret_cast<const char *>(image.constBits()),
                                image.sizeInBytes());
        QVERIFY2(!pictures.contains(pixels), qPrintable(name + u" = "_s + pictures.value(pixels)));
        pictures.insert(pixels, name);
        QVERIFY2(inkedPixels(image) > 10, qPrintable(name));
    }
}

void TestIcons::filesHoldOneColorOnTheGrid_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : ui::iconNames())
        QTest::newRow(qPrintable(name)) << name;
}

void TestIcons::filesHoldOneColorOnTheGrid()
{
    QFETCH(QString, name);
    const QByteArray svg = svgOf(name);
    QVERIFY(svg.contains("viewBox=\"0 0 16 16\""));
    QVERIFY(svg.contains("stroke-width=\"1.2\""));
    QVERIFY(svg.contains("currentColor"));
    QVERIFY(!svg.contains('#') && !svg.contains("rgb(") && !svg.contains("style="));
}

void TestIcons::takesTheColor()
{
    const QColor ink(0xB3301B);
    const QImage image = ui::iconPixmap(u"stop"_s, 32, 1.0, ink).toImage();
    QCOMPARE(image.pixelColor(16, 16), ink);
    const QImage other = ui::iconPixmap(u"stop"_s, 32, 1.0, Qt::white).toImage();
    QCOMPARE(other.pixelColor(16, 16), QColor(Qt::white));
}

void TestIcons::mirrorsWhatPoints()
{
    const QSet<QString> pointing{u"key-foreign"_s,  u"sql"_s,           u"terminal"_s,
                                 u"jobs"_s,         u"sort"_s,          u"undo"_s,
                                 u"chevron-left"_s, u"chevron-right"_s, u"dock-left"_s,
                                 u"dock-right"_s,   u"foreign-server"_s};
    for (const QString &name : ui::iconNames()) {
        const bool differs = pictureOf(name) != pictureOf(name, 32, Qt::RightToLeft);
        QVERIFY2(differs == pointing.contains(name), qPrintable(name));
        QCOMPARE(ui::isMirrored(name), pointing.contains(name));
    }
    QCOMPARE(pictureOf(u"sql"_s, 32, Qt::RightToLeft), pictureOf(u"sql"_s).mirrored(true, false));
}

void TestIcons::isSharpAtEveryRatio_data()
{
    QTest::addColumn<double>("ratio");
    for (const double ratio : {1.0, 1.25, 1.5, 1.75, 2.0})
        QTest::newRow(qPrintable(QString::number(ratio))) << ratio;
}

void TestIcons::isSharpAtEveryRatio()
{
    QFETCH(double, ratio);
    const QPixmap pixmap = ui::iconPixmap(u"table"_s, 16, ratio, Qt::black);
    QCOMPARE(pixmap.width(), qRound(16 * ratio));
    // Painted by paintIcon() it is the same picture, not a scaled one.
    QImage canvas(40, 40, QImage::Format_ARGB32_Premultiplied);
    canvas.setDevicePixelRatio(ratio);
    canvas.fill(Qt::transparent);
    QPainter painter(&canvas);
    ui::paintIcon(&painter, QRectF(0, 0, 16, 16), u"table"_s, Qt::black);
    painter.end();
    const QImage painted = canvas.copy(0, 0, pixmap.width(), pixmap.height());
    QCOMPARE(painted.convertToFormat(QImage::Format_ARGB32_Premultiplied),
             pixmap.toImage().convertToFormat(QImage::Format_ARGB32_Premultiplied));
}

void TestIcons::iconFollowsThePalette()
{
    using Choice = ui::ThemeController::Choice;
    ui::ThemeController controller(*qApp, Choice::Light);
    const QIcon icon = ui::icon(u"stop"_s);
    const QIcon danger = ui::icon(u"stop"_s, ui::Ink::Danger);
    const auto middle = [](const QIcon &from, QIcon::Mode mode) {
        return from.pixmap(QSize(16, 16), 1.0, mode).toImage().pixelColor(8, 8);
    };
    QCOMPARE(middle(icon, QIcon::Normal), controller.current().text2);
    QCOMPARE(middle(icon, QIcon::Disabled), controller.current().text3);
    QCOMPARE(middle(danger, QIcon::Normal), controller.current().danger.ink);
    controller.setChoice(Choice::Dark);
    QCOMPARE(middle(icon, QIcon::Normal), controller.current().text2);
    QCOMPARE(middle(danger, QIcon::Normal), controller.current().danger.ink);
    QCOMPARE(middle(danger, QIcon::Disabled), controller.current().text3);
}

void TestIcons::unknownNameIsNull()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"no symbol named"_s));
    QVERIFY(ui::icon(u"no-such-symbol"_s).isNull());
    QVERIFY(!ui::hasIcon(u"no-such-symbol"_s));
}

void TestIcons::knowsItsName()
{
    QCOMPARE(ui::iconName(ui::icon(u"table"_s)), u"table"_s);
    QCOMPARE(ui::iconName(ui::icon(u"table"_s, ui::Ink::Accent)), u"table"_s);
    QVERIFY(ui::iconName(ui::applicationIcon()).isEmpty());
}

void TestIcons::docksNeedNoThemeOfTheDesktop()
{
    const ui::ThemeController themes(*qApp, ui::ThemeController::Choice::Light);
    for (const auto which : {QStyle::SP_TitleBarNormalButton, QStyle::SP_TitleBarCloseButton})
        QVERIFY(!ui::iconName(QApplication::style()->standardIcon(which)).isEmpty());
}

void TestIcons::applicationIconIsDrawn()
{
    const QImage image = ui::applicationIcon().pixmap(QSize(44, 44), 1.0).toImage();
    QCOMPARE(image.size(), QSize(44, 44));
    QCOMPARE(image.pixelColor(22, 6), QColor(0x0B6B7F));   // the ground
    QCOMPARE(image.pixelColor(22, 15), QColor(Qt::white)); // the gate
    QCOMPARE(image.pixelColor(0, 0).alpha(), 0);           // round corners
}

QTEST_MAIN(TestIcons)
#include "tst_icons.moc"
