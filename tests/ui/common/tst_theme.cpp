// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/style.h"
#include "ui/common/theme.h"
#include "ui/common/themecontroller.h"

#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QStyleFactory>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::ColorScheme;
using ui::Theme;
using ui::Tone;

namespace {

struct Pair {
    QString what;
    QColor ink;
    QColor ground;
};

QList<QPair<QString, Tone>> tones(const Theme &t)
{
    return {{u"info"_s, t.info},
            {u"ok"_s, t.ok},
            {u"warning"_s, t.warning},
            {u"danger"_s, t.danger},
            {u"production"_s, t.production},
            {u"readOnly"_s, t.readOnly}};
}

// What is written on what, everywhere in the window.
QList<Pair> textPairs(const Theme &t)
{
    QList<Pair> pairs;
    const QList<QPair<QString, QColor>> surfaces{{u"window"_s, t.window},
                                                 {u"base"_s, t.base},
                                                 {u"alternate"_s, t.alternate},
                                                 {u"raised"_s, t.raised}};
    for (const auto &[name, ground] : surfaces) {
        pairs << Pair{u"text on "_s + name, t.text, ground}
              << Pair{u"text2 on "_s + name, t.text2, ground}
              << Pair{u"text3 on "_s + name, t.text3, ground}
              << Pair{u"accent on "_s + name, t.accent, ground};
        for (const auto &[meaning, tone] : tones(t))
            pairs << Pair{meaning + u" on "_s + name, tone.ink, ground};
    }
    const QList<QPair<QString, QColor>> tints{{u"hover"_s, t.hover},
                                              {u"inactive selection"_s, t.inactiveSelection},
                                              {u"current row"_s, t.currentRow}};
    for (const auto &[name, ground] : tints) {
        pairs << Pair{u"text on "_s + name, t.text, ground}
              << Pair{u"text2 on "_s + name, t.text2, ground};
        for (const auto &[meaning, tone] : tones(t))
            pairs << Pair{meaning + u" on "_s + name, tone.ink, ground};
    }
    for (const auto &[name, tone] : tones(t)) {
        pairs << Pair{name + u" on its tint"_s, tone.ink, tone.tint}
              << Pair{u"text on tint of "_s + name, t.text, tone.tint}
              << Pair{u"text2 on tint of "_s + name, t.text2, tone.tint}
              << Pair{u"link on tint of "_s + name, t.accent, tone.tint};
    }
    pairs << Pair{u"text on control"_s, t.text, t.control}
          << Pair{u"text2 on control"_s, t.text2, t.control}
          << Pair{u"null on base"_s, t.null, t.base}
          << Pair{u"null on alternate"_s, t.null, t.alternate}
          << Pair{u"on accent"_s, t.onAccent, t.accent}
          << Pair{u"on selection"_s, t.onSelection, t.selection}
          << Pair{u"on danger"_s, t.onDanger, t.danger.ink} << Pair{u"on band"_s, t.onBand, t.band}
          << Pair{u"on hatch"_s, t.onBand, t.bandHatch}
          << Pair{u"on production button"_s, t.onBand, t.productionButton};
    for (const QColor &ground : {t.base, t.alternate}) {
        pairs << Pair{u"keyword"_s, t.syntax.keyword, ground}
              << Pair{u"string"_s, t.syntax.string, ground}
              << Pair{u"number"_s, t.syntax.number, ground}
              << Pair{u"function"_s, t.syntax.function, ground}
              << Pair{u"comment"_s, t.syntax.comment, ground}
              << Pair{u"name"_s, t.syntax.name, ground};
    }
    return pairs;
}

QList<Pair> edgePairs(const Theme &t)
{
    QList<Pair> pairs;
    for (const QColor &ground : {t.window, t.base})
        pairs << Pair{u"field edge"_s, t.fieldEdge, ground}
              << Pair{u"focus ring"_s, t.accent, ground};
    for (const auto &[name, tone] : tones(t))
        pairs << Pair{u"marker of "_s + name, tone.ink, tone.tint};
    pairs << Pair{u"switch on"_s, t.warning.ink, t.window};
    return pairs;
}

QString report(const QList<Pair> &pairs, double least)
{
    QStringList bad;
    for (const Pair &pair : pairs) {
        const double ratio = ui::contrastRatio(pair.ink, pair.ground);
        if (ratio < least)
            bad << u"%1: %2 on %3 is %4"_s.arg(pair.what, pair.ink.name(), pair.ground.name())
                       .arg(ratio, 0, 'f', 2);
    }
    return bad.join(u'\n');
}

QPalette made(QRgb window, QRgb base, QRgb text, QRgb highlight, QRgb accent)
{
    QPalette palette;
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::Base, base);
    for (auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        palette.setColor(role, text);
    palette.setColor(QPalette::Highlight, highlight);
    palette.setColor(QPalette::HighlightedText, text);
    palette.setColor(QPalette::Accent, accent);
    return palette;
}

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private slots:
    void standardPairs_data();
    void standardPairs();
    void standardPaletteRoundTrip_data() { standardPairs_data(); }
    void standardPaletteRoundTrip();
    void platformPairs_data();
    void platformPairs();
    void platformSurfacesAreKept();
    void highContrastIsRecognised();
    void contrastOfKnownColors();
    void movesInkOnlyAsFarAsNeeded();
    void themeOfWidgetIsCached();
    void controllerFollowsChoice();
    void paletteChangesReachWidgetsOnce();
};

void TestTheme::standardPairs_data()
{
    QTest::addColumn<int>("scheme");
    QTest::newRow("light") << int(ColorScheme::Light);
    QTest::newRow("dark") << int(ColorScheme::Dark);
    QTest::newRow("high contrast light") << int(ColorScheme::HighContrastLight);
    QTest::newRow("high contrast dark") << int(ColorScheme::HighContrastDark);
}

void TestTheme::standardPairs()
{
    QFETCH(int, scheme);
    const Theme t = Theme::standard(ColorScheme(scheme));
    const bool strong = t.isHighContrast();
    const QString text = report(textPairs(t), strong ? 7.0 : 4.5);
    QVERIFY2(text.isEmpty(), qPrintable(text));
    const QString edges = report(edgePairs(t), strong ? 4.5 : 3.0);
    QVERIFY2(edges.isEmpty(), qPrintable(edges));
    if (strong)
        QVERIFY(ui::contrastRatio(t.gridline, t.base) >= 4.5);
}

void TestTheme::standardPaletteRoundTrip()
{
    QFETCH(int, scheme);
    const Theme t = Theme::standard(ColorScheme(scheme));
    QVERIFY(Theme::forPalette(Theme::standardPalette(ColorScheme(scheme))) == t);
}

void TestTheme::platformPairs_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::newRow("grey, weak text") << made(0xEFEFEF, 0xFFFFFF, 0x707070, 0x308CC6, 0x308CC6);
    QTest::newRow("Breeze") << made(0xEFF0F1, 0xFFFFFF, 0x232629, 0x3DAEE9, 0x3DAEE9);
    QTest::newRow("Breeze dark") << made(0x202326, 0x141618, 0xFCFCFC, 0x3DAEE9, 0x3DAEE9);
    QTest::newRow("solarized") << made(0xEEE8D5, 0xFDF6E3, 0x657B83, 0xB58900, 0xB58900);
    QTest::newRow("solarized dark") << made(0x073642, 0x002B36, 0x839496, 0x268BD2, 0x268BD2);
    QTest::newRow("yellow accent") << made(0xFAFAFA, 0xFFFFFF, 0x202020, 0xFFE000, 0xFFE000);
    QTest::newRow("black on white") << made(0xFFFFFF, 0xFFFFFF, 0x000000, 0x000080, 0x000080);
    QTest::newRow("white on black") << made(0x000000, 0x000000, 0xFFFFFF, 0xFFFF00, 0x00FFFF);
}

void TestTheme::platformPairs()
{
    QFETCH(QPalette, palette);
    const Theme t = Theme::forPalette(palette);
    const QString text = report(textPairs(t), 4.5);
    QVERIFY2(text.isEmpty(), qPrintable(text));
    const QString edges = report(edgePairs(t), 3.0);
    QVERIFY2(edges.isEmpty(), qPrintable(edges));
    QVERIFY(Theme::forPalette(t.toPalette()) == t);
}

void TestTheme::platformSurfacesAreKept()
{
    const Theme t = Theme::forPalette(made(0xEFF0F1, 0xFCFCFC, 0x232629, 0x93CEE9, 0x1D6FA5));
    QCOMPARE(t.window, QColor(0xEFF0F1));
    QCOMPARE(t.base, QColor(0xFCFCFC));
    QCOMPARE(t.text, QColor(0x232629));
    QCOMPARE(t.selection, QColor(0x93CEE9));
    QVERIFY(!t.isDark());
}

void TestTheme::highContrastIsRecognised()
{
    const Theme t = Theme::forPalette(made(0xFFFFFF, 0xFFFFFF, 0x000000, 0x000080, 0x000080));
    QVERIFY(t.isHighContrast());
    QCOMPARE(t.line, QColor(Qt::black));
    QCOMPARE(t.warning.tint, t.base);
}

void TestTheme::contrastOfKnownColors()
{
    QCOMPARE(qRound(ui::contrastRatio(Qt::black, Qt::white) * 100), 2100);
    QCOMPARE(qRound(ui::contrastRatio(Qt::white, Qt::white) * 100), 100);
    // A pair of the WCAG understanding document: #767676 is the lightest grey that passes on white.
    QVERIFY(ui::contrastRatio(QColor(0x767676), Qt::white) >= 4.5);
    QVERIFY(ui::contrastRatio(QColor(0x777777), Qt::white) < 4.5);
}

void TestTheme::movesInkOnlyAsFarAsNeeded()
{
    const QColor enough(0x0B6B7F);
    QCOMPARE(ui::withContrast(enough, {Qt::white}, 4.5), enough);
    const QColor moved = ui::withContrast(QColor(0x55B7CB), {Qt::white}, 4.5);
    QVERIFY(ui::contrastRatio(moved, Qt::white) >= 4.5);
    QVERIFY(ui::contrastRatio(moved, Qt::white) < 5.0);
    QVERIFY(qAbs(moved.hue() - QColor(0x55B7CB).hue()) <= 3);
    QCOMPARE(ui::withContrast(QColor(0x808080), {Qt::white}, 21.0), QColor(Qt::black));
}

void TestTheme::themeOfWidgetIsCached()
{
    QWidget a;
    QWidget b;
    QCOMPARE(&ui::theme(&a), &ui::theme(&b));
    a.setPalette(Theme::standardPalette(ColorScheme::Dark));
    QVERIFY(ui::theme(&a).isDark());
    QVERIFY(!ui::theme(&b).isDark());
}

void TestTheme::controllerFollowsChoice()
{
    using Choice = ui::ThemeController::Choice;
    ui::ThemeController controller(*qApp);
    // The offscreen platform has no palette of its own.
    QVERIFY(!controller.hasPlatformPalette());
    QVERIFY(controller.current() == Theme::standard(ColorScheme::Light));
    QVERIFY(qobject_cast<ui::Style *>(QApplication::style()));
    QSignalSpy changes(&controller, &ui::ThemeController::themeChanged);
    QTRY_COMPARE(changes.count(), 1); // its own first palette
    controller.setChoice(Choice::Dark);
    QTRY_COMPARE(changes.count(), 2);
    QVERIFY(ui::theme().isDark());
    QCOMPARE(QApplication::palette().color(QPalette::Window),
             Theme::standard(ColorScheme::Dark).window);
    controller.setChoice(Choice::HighContrast);
    QVERIFY(ui::theme().isHighContrast());
    QVERIFY(!ui::theme().isDark());
    QTRY_COMPARE(changes.count(), 3);
    controller.setChoice(Choice::System);
    QTRY_COMPARE(changes.count(), 4);
    QVERIFY(controller.current() == Theme::standard(ColorScheme::Light));
    controller.setChoice(Choice::System);
    QVERIFY(!changes.wait(50));
}

void TestTheme::paletteChangesReachWidgetsOnce()
{
    ui::ThemeController controller(*qApp);
    QLabel label;
    label.ensurePolished();
    QSignalSpy changes(&controller, &ui::ThemeController::themeChanged);
    QTRY_COMPARE(changes.count(), 1);
    changes.clear();
    controller.setChoice(ui::ThemeController::Choice::Dark);
    QTRY_COMPARE(changes.count(), 1);
    QCOMPARE(label.palette().color(QPalette::Window), controller.current().window);
    // Taking the palette off to look at the platform's must not come back as a change for ever.
    QVERIFY(!changes.wait(100));
    QCOMPARE(changes.count(), 1);
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
