// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"
#include "app/tour.h"
#include "core/base/process.h"
#include "core/base/translations.h"
#include "core/connect/sshask.h"
#include "ui/common/icons.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace {

app::Options readOptions(const QApplication &application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QCoreApplication::translate(
        "main", "The desktop PostgreSQL studio that opens a project folder."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(
        u"path"_s, QCoreApplication::translate("main", "A project folder, or an SQL file."),
        u"[path]"_s);
    const QCommandLineOption tour(
        u"tour"_s,
        QCoreApplication::translate("main",
                                    "Takes the guided tour and writes its pictures to DIR."),
        u"DIR"_s);
    parser.addOption(tour);
    parser.process(application);
    app::Options options;
    options.tour = parser.value(tour);
    for (const QString &path : parser.positionalArguments()) {
        // Relative to the folder that the caller stands in.
        const QFileInfo info(path);
        (info.isFile() ? options.file : options.folder) = info.absoluteFilePath();
    }
    return options;
}

} // namespace

int main(int argc, char *argv[])
{
    if (core::isSshAskCall())
        return core::answerSshAskCall(argc, argv);
    core::hardenProcess();
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"sluice"_s);
    core::installTranslations(application);
    QGuiApplication::setApplicationDisplayName(u"Sluice"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(SLUICE_VERSION));
    QGuiApplication::setDesktopFileName(u"io.github.sluice_studio.Sluice"_s);
    QGuiApplication::setWindowIcon(ui::applicationIcon());

    const app::Options options = readOptions(application);
    app::Application sluice(application, options);
    std::unique_ptr<app::Tour> tour;
    if (!options.tour.isEmpty()) {
        tour = std::make_unique<app::Tour>(sluice, options.folder, options.tour);
        QObject::connect(tour.get(), &app::Tour::finished, &application, &QCoreApplication::exit,
                         Qt::QueuedConnection);
        tour->start();
    }
    sluice.start();
    return QApplication::exec();
}
