// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/passwordsheet.h"

#include "ui/common/button.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/note.h"

#include <QCheckBox>
#include <QCoreApplication>
#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::PasswordSheet", text);
}

} // namespace

Sheet *makePasswordSheet(QWidget *anchor, const core::SecretQuestion &question,
                         const std::function<void(const QString &password, bool keep)> &answer)
{
    using Reason = core::SecretQuestion::Reason;
    const core::SecretWanted &wanted = question.wanted;
    auto *sheet = new Sheet(anchor, Sheet::Width::Small);
    sheet->setObjectName(u"passwordSheet"_s);
    sheet->setIconName(u"key-primary"_s);
    sheet->setTitle(tr("Password for “%1”?").arg(isolated(wanted.name)));
    sheet->setSubtitle(tr("User %1 at %2.").arg(isolated(wanted.user), isolated(wanted.place)));
    if (question.reason == Reason::Refused) {
        sheet->content()->addWidget(
            new Note(Meaning::Warning, tr("The server did not accept the last one."), {}, sheet));
    } else if (question.reason == Reason::NoKeychain) {
        sheet->content()->addWidget(
            new Note(Meaning::Info, tr("No keychain answers on this desktop."),
                     tr("The password is held in memory until Sluice ends."), sheet));
    }
    auto *password = new QLineEdit(sheet);
    password->setObjectName(u"passwordSheet.password"_s);
    password->setAccessibleName(tr("Password"));
    password->setEchoMode(QLineEdit::Password);
    sheet->content()->addWidget(password);
    auto *keep = new QCheckBox(tr("Keep it in the system keychain"), sheet);
    keep->setObjectName(u"passwordSheet.keep"_s);
    keep->setChecked(wanted.inKeychain && question.reason != Reason::NoKeychain);
    keep->setVisible(wanted.inKeychain && question.reason != Reason::NoKeychain);
    sheet->content()->addWidget(keep);
    sheet->cancelButton()->setObjectName(u"passwordSheet.cancel"_s);
    Button *go = sheet->addPrimary(tr("Connect"));
    go->setObjectName(u"passwordSheet.connect"_s);
    QObject::connect(password, &QLineEdit::returnPressed, go, &QAbstractButton::click);
    QObject::connect(sheet, &Sheet::accepted, sheet,
                     [password, keep, answer] { answer(password->text(), keep->isChecked()); });
    sheet->setFirstFocus(password);
    return sheet;
}

} // namespace ui
