// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/passwordsheet.h"

#include "ui/common/button.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/note.h"

#include <QCheckBox>
#include <QCoreApplication>
#include <QFileInfo>
#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::PasswordSheet", text);
}

using Answer = std::function<void(const QString &answer, bool keep)>;

void describe(Sheet *sheet, const core::SecretWanted &wanted)
{
    switch (wanted.kind) {
    case core::SecretKind::Passphrase:
        sheet->setTitle(
            tr("Passphrase of the key “%1”?").arg(isolated(QFileInfo(wanted.name).fileName())));
        sheet->setSubtitle(tr("%1: %2.").arg(isolated(wanted.place), isolated(wanted.name)));
        return;
    case core::SecretKind::SshPassword:
        sheet->setTitle(tr("Password of %1 for ssh?").arg(isolated(wanted.name)));
        sheet->setSubtitle(isolated(wanted.place));
        return;
    case core::SecretKind::Code:
        sheet->setTitle(tr("ssh asks on its way to %1").arg(isolated(wanted.name)));
        sheet->setSubtitle(isolated(wanted.place));
        return;
    default:
        sheet->setTitle(tr("Password for “%1”?").arg(isolated(wanted.name)));
        sheet->setSubtitle(tr("User %1 at %2.").arg(isolated(wanted.user), isolated(wanted.place)));
    }
}

void addReason(Sheet *sheet, const core::SecretQuestion &question)
{
    using Reason = core::SecretQuestion::Reason;
    const bool passphrase = question.wanted.kind == core::SecretKind::Passphrase;
    if (question.reason == Reason::Refused) {
        sheet->content()->addWidget(new Note(Meaning::Warning,
                                             passphrase
                                                 ? tr("The last one does not fit this key.")
                                                 : tr("The server did not accept the last one."),
                                             {}, sheet));
    } else if (question.reason == Reason::NoKeychain) {
        sheet->content()->addWidget(
            new Note(Meaning::Info, tr("No keychain answers on this desktop."),
                     passphrase ? tr("The passphrase is held in memory until Sluice ends.")
                                : tr("The password is held in memory until Sluice ends."),
                     sheet));
    }
}

QString fieldName(core::SecretKind kind)
{
    if (kind == core::SecretKind::Passphrase)
        return tr("Passphrase");
    return kind == core::SecretKind::Code ? tr("Answer") : tr("Password");
}

// ssh's own sentences, as plain text whatever they hold.
void addWords(Sheet *sheet, const QString &words)
{
    QStringList lines;
    for (const QString &line : words.split(u'\n'))
        lines << isolated(line);
    auto *label = new TextLabel(lines.join(u'\n'), TextRole::Body, Ink::Text, sheet);
    label->setObjectName(u"passwordSheet.words"_s);
    label->makeParagraph();
    sheet->content()->addWidget(label);
}

Sheet *makeSecretSheet(QWidget *anchor, const core::SecretQuestion &question, const Answer &answer)
{
    const core::SecretWanted &wanted = question.wanted;
    auto *sheet = new Sheet(anchor, Sheet::Width::Small);
    sheet->setIconName(u"key-primary"_s);
    describe(sheet, wanted);
    addReason(sheet, question);
    if (wanted.kind == core::SecretKind::Code)
        addWords(sheet, wanted.words);
    auto *password = new QLineEdit(sheet);
    password->setObjectName(u"passwordSheet.password"_s);
    password->setAccessibleName(fieldName(wanted.kind));
    if (wanted.kind == core::SecretKind::Code)
        password->setAccessibleDescription(wanted.words);
    password->setEchoMode(QLineEdit::Password);
    sheet->content()->addWidget(password);
    const bool canKeep =
        wanted.inKeychain && question.reason != core::SecretQuestion::Reason::NoKeychain;
    auto *keep = new QCheckBox(tr("Keep it in the system keychain"), sheet);
    keep->setObjectName(u"passwordSheet.keep"_s);
    // Of a saved connection a person has said so before.
    keep->setChecked(canKeep && wanted.kind == core::SecretKind::Password);
    keep->setVisible(canKeep);
    sheet->content()->addWidget(keep);
    Button *go = sheet->addPrimary(tr("Connect"));
    go->setObjectName(u"passwordSheet.connect"_s);
    QObject::connect(password, &QLineEdit::returnPressed, go, &QAbstractButton::click);
    QObject::connect(sheet, &Sheet::accepted, sheet,
                     [password, keep, answer] { answer(password->text(), keep->isChecked()); });
    sheet->setFirstFocus(password);
    return sheet;
}

// Enter on the first focus is the harmless choice.
Sheet *makeHostKeySheet(QWidget *anchor, const core::SecretWanted &wanted, const Answer &answer)
{
    auto *sheet = new Sheet(anchor, Sheet::Width::Small);
    sheet->setIconName(u"unknown"_s);
    sheet->setTitle(tr("Is that the right machine: %1?").arg(isolated(wanted.name)));
    sheet->setSubtitle(tr("ssh has not seen its key before. Compare the fingerprint with the one "
                          "that its operator names. %1.")
                           .arg(isolated(wanted.place)));
    if (!wanted.fingerprint.isEmpty()) {
        auto *fingerprint = new TextLabel(wanted.fingerprint, TextRole::Mono, Ink::Text, sheet);
        fingerprint->setObjectName(u"passwordSheet.fingerprint"_s);
        fingerprint->setAccessibleName(tr("Fingerprint: %1").arg(wanted.fingerprint));
        fingerprint->makeParagraph();
        sheet->content()->addWidget(fingerprint);
    }
    addWords(sheet, wanted.words);
    Button *go = sheet->addPrimary(tr("Connect and remember the key"));
    go->setObjectName(u"passwordSheet.connect"_s);
    QObject::connect(sheet, &Sheet::accepted, sheet, [answer] { answer(u"yes"_s, false); });
    return sheet;
}

Sheet *makePermissionSheet(QWidget *anchor, const core::SecretWanted &wanted, const Answer &answer)
{
    auto *sheet = new Sheet(anchor, Sheet::Width::Small);
    sheet->setIconName(u"key-primary"_s);
    sheet->setTitle(tr("ssh asks on its way to %1").arg(isolated(wanted.name)));
    sheet->setSubtitle(isolated(wanted.place));
    addWords(sheet, wanted.words);
    Button *go = sheet->addPrimary(tr("Allow"));
    go->setObjectName(u"passwordSheet.allow"_s);
    sheet->cancelButton()->setText(tr("Do not allow"));
    QObject::connect(sheet, &Sheet::accepted, sheet, [answer] { answer(u"yes"_s, false); });
    return sheet;
}

// "Confirm user presence for key …": a touch of the security key takes it away.
Sheet *makeNoticeSheet(QWidget *anchor, const core::SecretWanted &wanted)
{
    auto *sheet = new Sheet(anchor, Sheet::Width::Small);
    sheet->setIconName(u"key-primary"_s);
    sheet->setTitle(tr("ssh waits for you"));
    sheet->setSubtitle(isolated(wanted.place));
    addWords(sheet, wanted.words);
    return sheet;
}

Sheet *makeSheet(QWidget *anchor, const core::SecretQuestion &question, const Answer &answer)
{
    switch (question.wanted.kind) {
    case core::SecretKind::HostKey:
        return makeHostKeySheet(anchor, question.wanted, answer);
    case core::SecretKind::Permission:
        return makePermissionSheet(anchor, question.wanted, answer);
    case core::SecretKind::Notice:
        return makeNoticeSheet(anchor, question.wanted);
    default:
        return makeSecretSheet(anchor, question, answer);
    }
}

} // namespace

Sheet *makePasswordSheet(QWidget *anchor, const core::SecretQuestion &question,
                         const std::function<void(const QString &answer, bool keep)> &answer)
{
    Sheet *sheet = makeSheet(anchor, question, answer);
    sheet->setObjectName(u"passwordSheet"_s);
    sheet->cancelButton()->setObjectName(u"passwordSheet.cancel"_s);
    return sheet;
}

} // namespace ui
