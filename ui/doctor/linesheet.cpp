// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/doctor/linesheet.h"

#include "ui/common/button.h"
#include "ui/common/format.h"
#include "ui/common/sheet.h"
#include "ui/doctor/codebox.h"

#include <QCoreApplication>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::LineSheet", text);
}

} // namespace

Sheet *makeLineSheet(QWidget *anchor, const core::Fix &fix)
{
    const core::SourceLocation &source = fix.change->source;
    auto *sheet = new Sheet(anchor, Sheet::Width::Small);
    sheet->setObjectName(u"lineSheet"_s);
    sheet->setIconName(u"edited"_s);
    sheet->setTitle(
        tr("Change line %1 of %2?").arg(QString::number(source.line), isolated(source.file)));
    sheet->setSubtitle(
        tr("Only the parameter is set; the rest of the line and of the file stays as "
           "it is. Passwords are not shown."));
    auto *code = new CodeBox(fix, sheet);
    code->setObjectName(u"lineSheet.code"_s);
    sheet->content()->addWidget(code);
    sheet->setFootText(tr("Programs that run already have read the old line."));
    sheet->addPrimary(tr("Change line"))->setObjectName(u"lineSheet.accept"_s);
    return sheet;
}

} // namespace ui
