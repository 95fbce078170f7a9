// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/envcommand.h"

#include "core/connect/envjson.h"
#include "core/connect/production.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

QString endpointText(const core::Endpoint &endpoint, bool reveal)
{
    QString text = u"  %1  %2  %3 (%4)\n"_s.arg(core::roleId(endpoint.role).leftJustified(6),
                                                endpoint.info.url(reveal), endpoint.source.text(),
                                                endpoint.source.key);
    text += u"          "_s + endpoint.reason + u'\n';
    for (const core::ConnChange &change : endpoint.info.changes)
        text += u"          %1: %2\n"_s.arg(QString::fromUtf8(change.key), change.reason);
    for (const core::OtherReading &other : endpoint.otherReadings)
        text += u"          %1: %2\n"_s.arg(other.reader, other.difference);
    return text;
}

QString databaseText(const core::Database &database, bool reveal)
{
    const core::ExposureFinding finding = core::exposureOf(database);
    QString text = database.name;
    if (finding.exposure != core::Exposure::Local)
        text += u"  "_s + core::exposureId(finding.exposure) + u": "_s + finding.reason;
    text += u'\n';
    for (const auto &endpoint : {database.pooled, database.direct}) {
        if (endpoint)
            text += endpointText(*endpoint, reveal);
    }
    return text;
}

} // namespace

void EnvCommand::run()
{
    const bool reveal = arguments().has(u"reveal"_s);
    if (wantsJson()) {
        printJson(core::envJson(project(), databases(), reveal));
        return done();
    }
    QString text;
    for (const core::Database &database : databases().databases)
        text += databaseText(database, reveal);
    for (const core::UrlValue &broken : databases().broken)
        text += tr("%1 (%2) cannot be read: %3")
                    .arg(broken.source.text(), broken.source.key, broken.error->text())
                + u'\n';
    if (databases().databases.empty())
        text += project().searchedText() + u'\n';
    if (!databases().ignored.empty())
        text += u'\n' + tr("Not used:") + u'\n';
    for (const core::IgnoredValue &ignored : databases().ignored)
        text += u"  %1 (%2)  %3\n"_s.arg(ignored.value.source.text(), ignored.value.source.key,
                                         ignored.explanation);
    for (const core::ProjectWarning &warning : databases().warnings)
        text += u'\n' + tr("Warning: %1").arg(warning.text) + u' ' + warning.advice + u'\n';
    print(text);
    done();
}

void TrustCommand::revoke()
{
    const auto revoked = core::TrustStore().revoke(project().folder);
    if (!revoked)
        return fail(revoked.error());
    if (wantsJson())
        printJson({{u"folder"_s, project().folder}, {u"trusted"_s, false}});
    else
        print(*revoked ? tr("%1 is not trusted any more.").arg(project().folder) + u'\n'
                       : tr("%1 was not trusted.").arg(project().folder) + u'\n');
    done();
}

void TrustCommand::run()
{
    if (arguments().has(u"revoke"_s))
        return revoke();
    const core::TrustStore store;
    const auto question = store.question(project());
    if (!question)
        return fail(question.error());
    QJsonArray targets;
    QString text = tr("Folder %1, owned by %2").arg(question->folder, question->owner) + u'\n';
    if (question->ownedByOther)
        text += tr("Warning: the folder belongs to another user.") + u'\n';
    for (const core::TrustQuestion::Change &change : question->changes)
        text += tr("%1 (%2) changed: %3 → %4")
                    .arg(change.source.text(), change.source.key, change.before.text(),
                         change.now.text())
                + u'\n';
    for (const core::TrustQuestion::Target &target : question->targets) {
        text +=
            u"  %1  %2 (%3)\n"_s.arg(target.target.text(), target.source.text(), target.source.key);
        targets.append(QJsonObject{{u"host"_s, target.target.host},
                                   {u"port"_s, target.target.port},
                                   {u"user"_s, target.target.user},
                                   {u"file"_s, target.source.file},
                                   {u"line"_s, target.source.line},
                                   {u"key"_s, target.source.key}});
    }
    if (question->targets.empty())
        text += tr("It names no database address yet.") + u'\n';
    const auto granted = store.grant(project());
    if (!granted)
        return fail(granted.error());
    if (wantsJson())
        printJson({{u"folder"_s, question->folder}, {u"trusted"_s, true}, {u"targets"_s, targets}});
    else
        print(text + tr("Trusted. If a host, port, user or TLS mode changes, Sluice asks again.")
              + u'\n');
    done();
}

} // namespace cli
