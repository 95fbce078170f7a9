// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/poolsettings.h"

#include "core/base/boundedfile.h"
#include "core/project/settingtexts.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr qint64 largestFile = qint64(1024) * 1024;
constexpr auto fileName = "sluice.toml"_L1;

Result<std::optional<int>> numberIn(const SettingTexts &texts, const QString &key)
{
    const SettingText *found = findText(texts, {u"pool"_s, key});
    if (!found)
        return std::nullopt;
    bool isNumber = false;
    const int number = found->text.toInt(&isNumber);
    if (isNumber && number >= 0)
        return number;
    return failure(
        ErrorKind::Usage, "settings.number"_ba,
        QCoreApplication::translate("core::PoolSettings", "“%1” takes a number from 0 on.")
            .arg(found->name()),
        u"%1:%2"_s.arg(fileName).arg(found->line));
}

} // namespace

Result<PoolSettings> readPoolSettings(const QString &folder)
{
    const Result<QByteArray> bytes = readBoundedFile(folder + u'/' + fileName, largestFile);
    if (!bytes) {
        if (bytes.error().id == "file.missing")
            return PoolSettings{};
        return std::unexpected(bytes.error());
    }
    const Result<SettingTexts> texts = readTomlTexts(QString::fromUtf8(*bytes));
    if (!texts)
        return std::unexpected(texts.error());
    PoolSettings settings;
    const std::pair<QString, std::optional<int> *> keys[] = {
        {u"size"_s, &settings.size},
        {u"processes"_s, &settings.processes},
        {u"extras"_s, &settings.extras},
        {u"plan_limit"_s, &settings.planLimit},
        {u"pooler_size"_s, &settings.poolerSize},
    };
    for (const auto &[key, number] : keys) {
        const Result<std::optional<int>> read = numberIn(*texts, key);
        if (!read)
            return std::unexpected(read.error());
        *number = *read;
    }
    return settings;
}

} // namespace core
