// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/unknowncommits.h"

#include "core/base/jsonstore.h"
#include "core/base/paths.h"
#include "core/base/redact.h"
#include "core/project/projectkey.h"

#include <QJsonArray>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr int schema = 1;
constexpr qsizetype mostKept = 100;
constexpr qsizetype longestWords = 300;

QJsonObject toJson(const UnknownCommit &commit)
{
    return {
        {u"id"_s, commit.id},         {u"database"_s, commit.database},
        {u"server"_s, commit.server}, {u"transaction"_s, QString::fromLatin1(commit.transactionId)},
        {u"words"_s, commit.words},   {u"time"_s, commit.time.toUTC().toString(Qt::ISODateWithMs)}};
}

UnknownCommit fromJson(const QJsonObject &object)
{
    return {.id = object["id"_L1].toString(),
            .database = object["database"_L1].toString(),
            .server = object["server"_L1].toString(),
            .transactionId = object["transaction"_L1].toString().toLatin1(),
            .words = object["words"_L1].toString(),
            .time = QDateTime::fromString(object["time"_L1].toString(), Qt::ISODateWithMs)};
}

/// Changes the list; a damaged file is moved aside, since a question must not be lost to it.
Result<> update(const QString &file, const QString &folder,
                const std::function<void(QJsonArray &)> &change)
{
    const JsonStore store(file, schema);
    const auto apply = [&](QJsonObject &object) -> Result<> {
        QJsonArray commits = object["commits"_L1].toArray();
        change(commits);
        object["folder"_L1] = folder;
        object["commits"_L1] = commits;
        return {};
    };
    return store.updateOrReplace(apply);
}

} // namespace

UnknownCommits::UnknownCommits(const QString &projectFolder, const QString &root)
    : m_folder(projectFolder)
    , m_file((root.isEmpty() ? stateDirectory() + "/unknown"_L1 : root) + u'/'
             + projectKey(projectFolder) + ".json"_L1)
{
}

Result<QList<UnknownCommit>> UnknownCommits::read() const
{
    const Result<QJsonObject> kept = JsonStore(m_file, schema).read();
    if (!kept)
        return std::unexpected(kept.error());
    QList<UnknownCommit> commits;
    if (!kept->isEmpty() && kept->value("folder"_L1).toString() != m_folder)
        return commits;
    const QJsonArray list = kept->value("commits"_L1).toArray();
    for (const QJsonValue &one : list)
        commits << fromJson(one.toObject());
    return commits;
}

Result<QString> UnknownCommits::add(const UnknownCommit &commit) const
{
    UnknownCommit kept = commit;
    kept.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    kept.words = redacted(commit.words).simplified().left(longestWords);
    const Result<> written = update(m_file, m_folder, [&kept](QJsonArray &commits) {
        commits.append(toJson(kept));
        while (commits.size() > mostKept)
            commits.removeFirst();
    });
    if (!written)
        return std::unexpected(written.error());
    return kept.id;
}

Result<> UnknownCommits::remove(const QString &id) const
{
    return update(m_file, m_folder, [&id](QJsonArray &commits) {
        for (qsizetype i = commits.size() - 1; i >= 0; --i) {
            if (commits[i].toObject()["id"_L1].toString() == id)
                commits.removeAt(i);
        }
    });
}

} // namespace core
