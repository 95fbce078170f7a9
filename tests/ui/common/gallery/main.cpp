// SPDX-License-Identifier: GPL-3.0-or-later
// Shows the parts of ui/common, or saves pictures of them to hold beside the look:
//   ui_gallery [--scheme light|dark|contrast] [--rtl] [--points N] [--save FOLDER]
// The ratio of the pictures is that of QT_SCALE_FACTOR.
#include "partssheet.h"
#include "popupssheet.h"
#include "windowsheet.h"

#include "ui/common/themecontroller.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QPixmap>
#include <QTextStream>
#include <QTimer>
#include <QWidget>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

ui::ThemeController::Choice choiceOf(const QString &scheme)
{
    if (scheme == "dark"_L1)
        return ui::ThemeController::Choice::Dark;
    if (scheme == "contrast"_L1)
        return ui::ThemeController::Choice::HighContrast;
    return ui::ThemeController::Choice::Light;
}

// One after the other, so that each is the active window and shows its focus.
class Photographer : public QObject
{
public:
    Photographer(std::vector<QWidget *> sheets, const QString &folder, const QString &suffix)
        : m_sheets(std::move(sheets))
        , m_folder(folder)
        , m_suffix(suffix)
    {
    }

    void next()
    {
        if (m_next == m_sheets.size())
            return QApplication::exit(0);
        QWidget *sheet = m_sheets[m_next++];
        sheet->show();
        sheet->activateWindow();
        QTimer::singleShot(300, this, [this, sheet] { save(sheet); });
    }

private:
    void save(QWidget *sheet)
    {
        const QString path =
            QDir(m_folder).filePath(sheet->objectName() + u'-' + m_suffix + ".png"_L1);
        if (!sheet->grab().save(path))
            return QApplication::exit(1);
        QTextStream(stdout) << path << Qt::endl;
        sheet->hide();
        next();
    }

    std::vector<QWidget *> m_sheets;
    QString m_folder;
    QString m_suffix;
    size_t m_next = 0;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOption({u"scheme"_s, u"light, dark or contrast"_s, u"scheme"_s, u"light"_s});
    parser.addOption({u"points"_s, u"font size"_s, u"points"_s, u"0"_s});
    parser.addOption({u"save"_s, u"save pictures into a folder"_s, u"folder"_s});
    parser.addOption({u"rtl"_s, u"right to left"_s});
    parser.addHelpOption();
    parser.process(application);
    if (parser.isSet(u"rtl"_s))
        QApplication::setLayoutDirection(Qt::RightToLeft);
    ui::ThemeController controller(application, choiceOf(parser.value(u"scheme"_s)));
    controller.setFontPointSize(parser.value(u"points"_s).toDouble());
    controller.setReducedMotion(parser.isSet(u"save"_s));

    std::vector<std::unique_ptr<QWidget>> sheets;
    sheets.emplace_back(makePartsSheet());
    sheets.emplace_back(makePopupsSheet());
    sheets.emplace_back(makeWindowSheet(false));
    sheets.emplace_back(makeWindowSheet(true));
    std::vector<QWidget *> shown;
    for (const auto &sheet : sheets)
        shown.push_back(sheet.get());
    if (!parser.isSet(u"save"_s)) {
        for (QWidget *sheet : shown)
            sheet->show();
        return QApplication::exec();
    }
    Photographer photographer(shown, parser.value(u"save"_s), parser.value(u"scheme"_s));
    photographer.next();
    return QApplication::exec();
}
