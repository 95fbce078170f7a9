// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/diagram/printing.h"

#include "core/base/worker.h"

#include <QCoreApplication>
#include <QPageLayout>
#include <QPainter>
#include <QPointer>
#include <QPrintDialog>
#include <QPrinter>
#include <QPrinterInfo>

#include <memory>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ui::Printing)
};

core::Error noPrinter()
{
    return {.kind = core::ErrorKind::Local,
            .id = "print.noPrinter"_ba,
            .message = Text::tr("There is no printer."),
            .advice = Text::tr("Add one in the settings of the system, or export the drawing as "
                               "PDF.")};
}

bool print(QPrinter &printer, const PrintJob &job)
{
    QPainter painter;
    if (!painter.begin(&printer))
        return false;
    job.paint(&painter, printer.pageRect(QPrinter::DevicePixel).size());
    return painter.end() && printer.printerState() != QPrinter::Error;
}

void ask(QWidget *parent, const PrintJob &job)
{
    auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
    printer->setResolution(72); // of coordinates: what is printed are lines and letters
    printer->setDocName(job.title);
    printer->setCreator(u"Sluice"_s);
    printer->setPageOrientation(job.wide ? QPageLayout::Landscape : QPageLayout::Portrait);
    auto *dialog = new QPrintDialog(printer.get(), parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(u"printDialog"_s);
    QObject::connect(dialog, qOverload<QPrinter *>(&QPrintDialog::accepted), parent,
                     [printer, job] { job.ended(print(*printer, job)); });
    dialog->open();
}

} // namespace

QFuture<core::Result<>> printPage(QWidget *parent, const PrintJob &job)
{
    // A server of printers that does not answer takes its time.
    return core::runOnWorker([] { return QPrinterInfo::availablePrinterNames(); })
        .then(qApp,
              [parent = QPointer(parent), job](const QStringList &printers) -> core::Result<> {
                  if (printers.isEmpty())
                      return std::unexpected(noPrinter());
                  if (parent)
                      ask(parent, job);
                  return {};
              });
}

} // namespace ui
