// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/doctor/finding.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QJsonArray fixesJson(const std::vector<Fix> &fixes)
{
    QJsonArray array;
    for (const Fix &fix : fixes) {
        QJsonObject one{{u"sentence"_s, fix.sentence}};
        if (!fix.before.isEmpty())
            one.insert(u"before"_s, fix.before);
        if (!fix.text.isEmpty())
            one.insert(u"text"_s, fix.text);
        array.append(one);
    }
    return array;
}

} // namespace

QString levelId(Finding::Level level)
{
    switch (level) {
    case Finding::Level::Ok:
        return u"ok"_s;
    case Finding::Level::Note:
        return u"note"_s;
    case Finding::Level::Warning:
        return u"warning"_s;
    case Finding::Level::Problem:
        break;
    }
    return u"problem"_s;
}

Finding findingOf(const QByteArray &id, const Failure &failure)
{
    Finding finding{.id = id, .level = Finding::Level::Problem};
    if (failure.database)
        finding.database = failure.database->name;
    if (const std::optional<Explanation> told = explain(failure)) {
        finding.sentence = told->title;
        finding.detail = told->why;
        finding.where = told->where;
        finding.fixes = told->fixes;
        finding.explanation = told->id;
    } else {
        finding.sentence = failure.error.message;
        finding.where = failure.error.place;
        if (!failure.error.advice.isEmpty())
            finding.fixes = {{.sentence = failure.error.advice}};
    }
    return finding;
}

QJsonObject findingJson(const Finding &finding)
{
    QJsonObject object{{u"id"_s, QString::fromLatin1(finding.id)},
                       {u"level"_s, levelId(finding.level)},
                       {u"sentence"_s, finding.sentence},
                       {u"fixes"_s, fixesJson(finding.fixes)}};
    const std::pair<QString, QString> more[] = {
        {u"database"_s, finding.database},
        {u"detail"_s, finding.detail},
        {u"where"_s, finding.where},
        {u"explanation"_s, QString::fromLatin1(finding.explanation)}};
    for (const auto &[key, value] : more) {
        if (!value.isEmpty())
            object.insert(key, value);
    }
    return object;
}

QJsonObject explanationJson(const Explanation &explanation)
{
    return {{u"id"_s, QString::fromLatin1(explanation.id)},
            {u"title"_s, explanation.title},
            {u"why"_s, explanation.why},
            {u"where"_s, explanation.where},
            {u"fixes"_s, fixesJson(explanation.fixes)}};
}

} // namespace core
