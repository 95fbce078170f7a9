// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/trust.h"

#include "core/base/jsonstore.h"
#include "core/base/paths.h"
#include "core/pq/keyword.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr int schema = 1;
constexpr auto foldersKey = "folders"_L1;

/// What was agreed to for one folder: each target under the variable that named it then.
struct Grant {
    uint owner = 0;
    std::vector<std::pair<QString, TrustTarget>> targets = {};

    [[nodiscard]] bool holds(const TrustTarget &target) const
    {
        return std::ranges::contains(targets, target, &std::pair<QString, TrustTarget>::second);
    }
};

QJsonObject targetJson(const QString &key, const TrustTarget &target)
{
    return {{u"key"_s, key},
            {u"host"_s, target.host},
            {u"port"_s, target.port},
            {u"user"_s, target.user},
            {u"sslmode"_s, target.sslmode}};
}

std::optional<Grant> grantOf(const QJsonObject &store, const QString &folder)
{
    const QJsonValue value = store[foldersKey].toObject()[folder];
    if (!value.isObject())
        return std::nullopt;
    Grant grant;
    grant.owner = uint(value["owner"_L1].toInteger());
    const QJsonArray targets = value["targets"_L1].toArray();
    for (const QJsonValue &entry : targets) {
        const TrustTarget target{.host = entry["host"_L1].toString(),
                                 .port = quint16(entry["port"_L1].toInt()),
                                 .user = entry["user"_L1].toString(),
                                 .sslmode = entry["sslmode"_L1].toString()};
        grant.targets.emplace_back(entry["key"_L1].toString(), target);
    }
    return grant;
}

/// Every address that may be connected to, wherever it comes from.
std::vector<UrlValue> addressesOf(const Project &project)
{
    std::vector<UrlValue> values = project.values;
    values.insert(values.end(), project.confirmed.begin(), project.confirmed.end());
    return values;
}

std::vector<TrustTarget> targetsOf(const Project &project)
{
    std::vector<TrustTarget> targets;
    for (const UrlValue &value : addressesOf(project)) {
        if (value.info)
            targets.push_back(TrustTarget::of(*value.info));
    }
    std::ranges::sort(targets);
    const auto doubled = std::ranges::unique(targets);
    targets.erase(doubled.begin(), doubled.end());
    return targets;
}

/// A damaged store asks again rather than stands in the way; what was in it is kept beside it.
Result<> withStore(const JsonStore &store, const std::function<Result<>()> &work)
{
    Result<> done = work();
    if (done || done.error().id != "store.broken")
        return done;
    if (const Result<QString> aside = store.moveAside(); !aside)
        return std::unexpected(aside.error());
    return work();
}

TrustQuestion factsOf(const Project &project)
{
    TrustQuestion question;
    question.folder = project.folder;
    question.owner = QFileInfo(project.folder).owner();
    if (question.owner.isEmpty())
        question.owner = QString::number(project.ownerId);
    question.ownedByOther = project.ownedByOther;
    for (const UrlValue &value : addressesOf(project)) {
        if (value.info)
            question.targets.push_back(
                {.target = TrustTarget::of(*value.info), .source = value.source});
    }
    return question;
}

/// Compares with what was agreed to.
void compare(TrustQuestion &question, const Grant &grant)
{
    question.state = TrustQuestion::State::Trusted;
    for (TrustQuestion::Target &target : question.targets) {
        target.isNew = !grant.holds(target.target);
        if (!target.isNew)
            continue;
        question.state = TrustQuestion::State::Changed;
        const auto before = std::ranges::find(grant.targets, target.source.key,
                                              &std::pair<QString, TrustTarget>::first);
        if (before != grant.targets.end())
            question.changes.push_back(
                {.source = target.source, .before = before->second, .now = target.target});
    }
}

} // namespace

TrustTarget TrustTarget::of(const ConnInfo &info)
{
    return {.host = info.host().toLower(),
            .port = info.port(),
            .user = info.user(),
            .sslmode = QString::fromUtf8(keyword(info.keywords, "sslmode"_ba))};
}

QString TrustTarget::text() const
{
    const QString place = host.contains(u':') ? u'[' + host + u']' : host;
    QString text = user.isEmpty() ? place : user + u'@' + place;
    text += u':' + QString::number(port);
    return sslmode.isEmpty() ? text : text + " (sslmode "_L1 + sslmode + u')';
}

TrustToken::TrustToken(QString folder, std::vector<TrustTarget> targets)
    : m_folder(std::move(folder))
    , m_targets(std::move(targets))
{
}

bool TrustToken::covers(const ConnInfo &info) const
{
    return std::ranges::contains(m_targets, TrustTarget::of(info));
}

TrustStore::TrustStore(QString file)
    : m_file(file.isEmpty() ? dataDirectory() + "/trust.json"_L1 : std::move(file))
{
}

Result<TrustQuestion> TrustStore::question(const Project &project) const
{
    const JsonStore store(m_file, schema);
    QJsonObject content;
    const Result<> done = withStore(store, [&store, &content]() -> Result<> {
        return store.read().transform([&content](const QJsonObject &object) { content = object; });
    });
    if (!done)
        return std::unexpected(done.error());
    TrustQuestion question = factsOf(project);
    const std::optional<Grant> grant = grantOf(content, project.folder);
    // A folder that changed hands is another folder, whatever its path.
    if (!grant || grant->owner != project.ownerId)
        return question;
    compare(question, *grant);
    if (question.state == TrustQuestion::State::Trusted)
        question.token = TrustToken(project.folder, targetsOf(project));
    return question;
}

Result<TrustToken> TrustStore::grant(const Project &project) const
{
    QJsonArray targets;
    for (const UrlValue &value : addressesOf(project)) {
        if (value.info)
            targets.append(targetJson(value.source.key, TrustTarget::of(*value.info)));
    }
    const QJsonObject entry{{u"owner"_s, qint64(project.ownerId)},
                            {u"granted"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODate)},
                            {u"targets"_s, targets}};
    const JsonStore store(m_file, schema);
    const Result<> done = withStore(store, [&] {
        return store.update([&](QJsonObject &object) -> Result<> {
            QJsonObject folders = object[foldersKey].toObject();
            folders.insert(project.folder, entry);
            object.insert(foldersKey, folders);
            return {};
        });
    });
    if (!done)
        return std::unexpected(done.error());
    return TrustToken(project.folder, targetsOf(project));
}

Result<bool> TrustStore::revoke(const QString &folder) const
{
    const QString canonical = QFileInfo(folder).canonicalFilePath();
    const QString key =
        canonical.isEmpty() ? QDir::cleanPath(QDir(folder).absolutePath()) : canonical;
    bool was = false;
    const JsonStore store(m_file, schema);
    const Result<> done = withStore(store, [&] {
        return store.update([&](QJsonObject &object) -> Result<> {
            QJsonObject folders = object[foldersKey].toObject();
            was = folders.contains(key);
            folders.remove(key);
            if (was)
                object.insert(foldersKey, folders);
            return {};
        });
    });
    if (!done)
        return std::unexpected(done.error());
    return was;
}

} // namespace core
