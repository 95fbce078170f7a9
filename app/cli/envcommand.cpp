// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/envcommand.h"

#include "core/connect/addresstable.h"
#include "core/connect/databasemarks.h"
#include "core/connect/envjson.h"
#include "core/connect/production.h"
#include "core/connect/routing.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

QString sourceText(const core::SourceLocation &source)
{
    return u"%1 (%2)"_s.arg(source.text(), source.key);
}

/// One word that tells a row's kind at a glance; what is used stands out by it.
QString kindWord(core::AddressRow::Kind kind)
{
    using Kind = core::AddressRow::Kind;
    switch (kind) {
    case Kind::Pooled:
        return u"pooled"_s;
    case Kind::Direct:
        return u"direct"_s;
    case Kind::Elsewhere:
        return u"inside"_s;
    case Kind::Twin:
        return u"twin"_s;
    case Kind::Fallback:
        return u"unset"_s;
    case Kind::Leak:
        return u"leak"_s;
    case Kind::Broken:
        return u"broken"_s;
    case Kind::Loser:
    case Kind::NotUsed:
    case Kind::Shadow:
        break;
    }
    return u"-"_s;
}

QString rowText(const core::AddressRow &row, bool reveal)
{
    const QString indent = u"          "_s;
    QString text = u"  %1  "_s.arg(kindWord(row.kind).leftJustified(6));
    if (const QString address = row.address(reveal); !address.isEmpty())
        text += address + u"  "_s;
    text += sourceText(row.source) + u'\n' + indent + row.action + u'\n';
    for (const core::SourceLocation &place : row.namedBy)
        text += indent + EnvCommand::tr("named by %1").arg(sourceText(place)) + u'\n';
    return text;
}

/// What was left out of the addresses, and what other loaders make of them.
QString notesText(const core::DatabaseSet &set, bool reveal)
{
    QString text;
    for (const core::AddressChangeNote &note : core::changeNotes(set))
        text += u"  %1  %2: %3\n"_s.arg(sourceText(note.source), note.text, note.what);
    for (const core::Database &database : set.databases) {
        for (const auto &endpoint : {database.pooled, database.direct}) {
            if (!endpoint)
                continue;
            for (const core::OtherReading &other : endpoint->otherReadings) {
                text += u"  %1  %2"_s.arg(sourceText(endpoint->source), other.difference);
                text += other.info && reveal ? u' ' + other.info->url(true) + u'\n' : u"\n"_s;
            }
        }
    }
    return text.isEmpty()
               ? text
               : u'\n' + EnvCommand::tr("Left out, translated or read differently:") + u'\n' + text;
}

/// Where each kind of work goes, and why.
QString routesText(const core::Database &database, const QString &trustCommand)
{
    QString text;
    const std::vector<core::RouteLine> lines = core::routeLines(database);
    for (const core::RouteLine &line : lines) {
        QStringList names;
        for (const core::Purpose purpose : line.purposes)
            names.append(core::purposeName(purpose));
        const QString what = lines.size() == 1 ? EnvCommand::tr("everything") : names.join(u", "_s);
        text += line.route
                    ? u"  → %1: %2, %3\n"_s.arg(what,
                                                core::roleName(line.route->endpoint.role).toLower(),
                                                line.route->reason)
                    : u"  → %1: %2 %3\n"_s.arg(what, line.error->place, line.error->advice);
    }
    if (!database.direct && database.pooled && core::derivedDirect(database.pooled->info))
        text += u"    "_s
                + EnvCommand::tr("Right? Then confirm it: %1")
                      .arg(trustCommand + u" --derived-direct"_s)
                + u'\n';
    return text;
}

QString groupText(const core::AddressGroup &group, const core::DatabaseSet &set,
                  const QString &trustCommand, bool reveal)
{
    const auto database = std::ranges::find(set.databases, group.database, &core::Database::name);
    QString text;
    if (database == set.databases.end()) {
        text = EnvCommand::tr("Not databases, or not used:") + u'\n';
    } else {
        text = group.database + u"  "_s + group.summary;
        const core::ExposureFinding finding = core::exposureOf(*database);
        if (finding.exposure != core::Exposure::Local)
            text += u"  "_s + core::exposureId(finding.exposure) + u": "_s + finding.reason;
        text += u'\n';
    }
    for (const core::AddressRow &row : group.rows)
        text += rowText(row, reveal);
    if (database != set.databases.end())
        text += routesText(*database, trustCommand);
    return text;
}

QString orderText(const core::Project &project)
{
    QStringList files;
    for (const core::FileSeen &file : project.files) {
        if (file.inOrder && !file.name.contains(u'/'))
            files.append(file.state == core::FileSeen::State::Absent
                             ? EnvCommand::tr("%1 (not there)").arg(file.name)
                             : file.name);
    }
    QString text =
        u'\n'
        + EnvCommand::tr("Order of files, first wins: %1. %2's order, because %3. "
                         "Mode: %4.")
              .arg(files.join(u" > "_s), project.loader.name, project.loader.evidence, project.mode)
        + u'\n';
    for (const core::ProjectPackage &package : project.packages)
        text += EnvCommand::tr("%1: %2's order, because %3.")
                    .arg(package.folder, package.loader.name, package.loader.evidence)
                + u'\n';
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
    for (const core::AddressGroup &group : core::addressTable(databases())) {
        if (!text.isEmpty())
            text += u'\n';
        text += groupText(group, databases(), trustCommand(), reveal);
    }
    if (databases().databases.empty())
        text += project().searchedText() + u'\n';
    text += notesText(databases(), reveal);
    text += orderText(project());
    for (const core::ProjectWarning &warning : databases().warnings)
        text +=
            u'\n' + (tr("Warning: %1").arg(warning.text) + u' ' + warning.advice).trimmed() + u'\n';
    print(text);
    done();
}

void MarkCommand::run()
{
    static const std::array marks = {
        std::pair("production"_L1, core::ExposureMark::Production),
        std::pair("not-production"_L1, core::ExposureMark::NotProduction),
        std::pair("none"_L1, core::ExposureMark::None),
    };
    const QString wanted = arguments().operands.first();
    const auto known =
        std::ranges::find_if(marks, [&](const auto &mark) { return mark.first == wanted; });
    if (known == marks.end()) {
        return fail(usageError(tr("A database is marked as production, not-production or none.")));
    }
    auto database =
        core::findDatabase(databases(), arguments().value(u"database"_s).value_or(QString()));
    if (!database)
        return fail(database.error());
    const auto marked = core::DatabaseMarks().markExposure(project(), *database, known->second);
    if (!marked)
        return fail(marked.error());
    database->mark = known->second;
    const core::ExposureFinding finding = core::exposureOf(*database);
    if (wantsJson())
        printJson({{u"database"_s, database->name},
                   {u"exposure"_s, core::exposureId(finding.exposure)},
                   {u"exposureReason"_s, finding.reason}});
    else
        print(database->name + u"  "_s + core::exposureId(finding.exposure) + u": "_s
              + finding.reason + u'\n');
    done();
}

void TrustCommand::revoke()
{
    const auto revoked = core::TrustStore().revoke(project().folder);
    if (!revoked)
        return fail(revoked.error());
    if (const auto forgotten = core::DatabaseMarks().forgetDirect(project()); !forgotten)
        return fail(forgotten.error());
    if (wantsJson())
        printJson({{u"folder"_s, project().folder}, {u"trusted"_s, false}});
    else
        print(*revoked ? tr("%1 is not trusted any more.").arg(project().folder) + u'\n'
                       : tr("%1 was not trusted.").arg(project().folder) + u'\n');
    done();
}

/// The folder with its suggested direct addresses: those of one database, or of each that has one.
core::Result<core::Project> TrustCommand::withDerived() const
{
    core::Project project = this->project();
    std::vector<core::Database> chosen = databases().databases;
    if (const auto name = arguments().value(u"database"_s)) {
        const auto database = core::findDatabase(databases(), *name);
        if (!database)
            return std::unexpected(database.error());
        chosen = {*database};
    } else {
        std::erase_if(chosen, [](const core::Database &database) {
            return database.direct || !core::derivedDirect(database.pooled->info);
        });
    }
    for (const core::Database &database : chosen) {
        if (const auto done = core::DatabaseMarks().confirmDirect(project, database); !done)
            return std::unexpected(done.error());
    }
    (void)core::markedDatabases(project);
    return project;
}

void TrustCommand::run()
{
    if (arguments().has(u"revoke"_s))
        return revoke();
    const auto project = arguments().has(u"derived-direct"_s)
                             ? withDerived()
                             : core::Result<core::Project>(this->project());
    if (!project)
        return fail(project.error());
    const core::TrustStore store;
    const auto question = store.question(*project);
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
    const auto granted = store.grant(*project);
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
