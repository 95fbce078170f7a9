// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/doctor/foldercheck.h"

#include "core/connect/envjson.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace core {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(core::FolderCheck)
};

using Level = Finding::Level;

Level levelOf(ProjectWarning::Kind kind)
{
    switch (kind) {
    case ProjectWarning::Kind::BrowserLeak:
        return Level::Problem;
    case ProjectWarning::Kind::LoadersDisagree:
        return Level::Note;
    default:
        return Level::Warning;
    }
}

Finding ofWarning(const ProjectWarning &warning)
{
    Finding finding{.id = "folder." + warningId(warning.kind).toLatin1(),
                    .level = levelOf(warning.kind),
                    .sentence = warning.text};
    QStringList places;
    for (const SourceLocation &place : warning.places)
        places << place.text();
    finding.where = places.join(", "_L1);
    if (!warning.advice.isEmpty())
        finding.fixes = {{.sentence = warning.advice}};
    return finding;
}

void checkHosts(const Database &database, std::vector<Finding> &findings)
{
    for (const Endpoint *endpoint : database.endpoints()) {
        if (!endpoint->isUnreachable())
            continue;
        findings.push_back(
            {.id = "folder.onlyInside"_ba,
             .level = Level::Note,
             .database = database.name,
             .sentence = Text::tr("“%1” exists only inside of %2, not on this machine.")
                             .arg(endpoint->info.host(), endpoint->elsewhere->where),
             .where = endpoint->source.text()});
    }
}

} // namespace

std::vector<Finding> checkFolder(const Project &project, const DatabaseSet &set)
{
    std::vector<Finding> findings;
    for (const UrlValue &broken : set.broken) {
        Failure failure;
        failure.error = *broken.error;
        Finding finding = findingOf("folder.brokenUrl"_ba, failure);
        finding.where = broken.source.key.isEmpty()
                            ? broken.source.text()
                            : u"%1 (%2)"_s.arg(broken.source.text(), broken.source.key);
        findings.push_back(finding);
    }
    for (const ProjectWarning &warning : set.warnings)
        findings.push_back(ofWarning(warning));
    for (const Database &database : set.databases)
        checkHosts(database, findings);
    if (set.databases.empty()) {
        findings.push_back({.id = "folder.noDatabase"_ba,
                            .level = Level::Problem,
                            .sentence = Text::tr("The folder names no database."),
                            .detail = project.searchedText(),
                            .fixes = {{.sentence = Text::tr("Make one of your own for it."),
                                       .text = u"sluicectl local create"_s,
                                       .action = "project.createLocal"_ba}}});
    }
    if (findings.empty()) {
        findings.push_back({.id = "folder.read"_ba,
                            .level = Level::Ok,
                            .sentence = Text::tr("%n addresses of databases were read.", nullptr,
                                                 int(project.values.size()))});
    }
    return findings;
}

} // namespace core
