// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/doctor/signalsheet.h"

#include "core/catalog/opendatabase.h"
#include "core/doctor/servertime.h"
#include "ui/common/button.h"
#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/sheet.h"
#include "ui/common/typedname.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFormLayout>
#include <QPlainTextEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::SignalSheet", text);
}

QString when(const QByteArray &epoch)
{
    const QDateTime time = core::serverTime(epoch);
    return time.isValid() ? formatWhen(time, QDateTime::currentDateTime())
                          : tr("not visible to this role");
}

void addFact(Sheet *sheet, QFormLayout *form, const QString &name, const QString &value)
{
    auto *words = new TextLabel(oneLine(value), TextRole::Body, Ink::Text, sheet);
    words->makeParagraph();
    form->addRow(new TextLabel(name, TextRole::Body, Ink::Text2, sheet), words);
}

void addTypedName(Sheet *sheet, const QString &name, Button *accept)
{
    auto *typed = new TypedName(name, u"signalSheet"_s, sheet);
    typed->setNext(accept);
    sheet->content()->addWidget(typed);
    accept->setEnabled(false);
    QObject::connect(typed, &TypedName::matchChanged, accept, &QWidget::setEnabled);
    sheet->setFirstFocus(typed);
}

} // namespace

Sheet *makeSignalSheet(QWidget *anchor, const core::OpenDatabase &database,
                       const core::Activity &activity, const core::ActivitySession &session,
                       core::SessionSignal kind)
{
    const bool cancel = kind == core::SessionSignal::Cancel;
    const QString pid = isolated(QString::number(session.pid));
    auto *sheet = new Sheet(anchor, Sheet::Width::Small);
    sheet->setObjectName(u"signalSheet"_s);
    sheet->setIconName(cancel ? u"stop"_s : u"disconnected"_s, Ink::Danger);
    sheet->setTitle(cancel ? tr("Cancel the statement of session %1?").arg(pid)
                           : tr("End session %1?").arg(pid));
    sheet->setSubtitle(core::consequence(activity, session, kind));
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(6);
    addFact(sheet, form, tr("Who"),
            session.application.isEmpty() ? session.user
                                          : tr("%1, %2").arg(session.user, session.application));
    addFact(sheet, form, tr("Connected"), when(session.backendStart));
    addFact(sheet, form, tr("Database"), session.database);
    sheet->content()->addLayout(form);
    auto *statement = new QPlainTextEdit(sheet);
    statement->setObjectName(u"signalSheet.statement"_s);
    statement->setAccessibleName(tr("Statement"));
    statement->setReadOnly(true);
    statement->setTabChangesFocus(true);
    statement->setFont(font(TextRole::Mono));
    statement->setPlainText(session.visible ? session.query : tr("not visible to this role"));
    statement->setFixedHeight(QFontMetrics(font(TextRole::Mono)).lineSpacing() * 5 + 16);
    sheet->content()->addWidget(statement);
    sheet->setFootText(tr("Nothing is sent if it does something else by then."));
    sheet->cancelButton()->setText(tr("Leave it"));
    const bool production = database.exposure().exposure == core::Exposure::Production;
    sheet->setProduction(production);
    Button *accept = sheet->addDanger(cancel ? tr("Cancel statement") : tr("End session"));
    accept->setObjectName(u"signalSheet.accept"_s);
    if (production)
        addTypedName(sheet, database.database().serverName(), accept);
    return sheet;
}

} // namespace ui
