// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/settingtexts.h"

#include "core/project/settingtexts_p.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::SettingTexts", text);
}

} // namespace

std::unexpected<Error> settingsSyntax(int line, const QString &what)
{
    return failure(ErrorKind::Usage, "settings.syntax"_ba,
                   tr("Line %1 cannot be read: %2").arg(line).arg(what));
}

std::unexpected<Error> settingsTooMuch()
{
    return failure(ErrorKind::Usage, "settings.tooMuch"_ba,
                   tr("It holds more than %1 values, counting what its references repeat.")
                       .arg(maxSettingTexts));
}

const SettingText *findText(const SettingTexts &texts, const QStringList &path)
{
    const auto found = std::ranges::find(texts, path, &SettingText::path);
    return found == texts.end() ? nullptr : &*found;
}

QStringList keysBelow(const SettingTexts &texts, const QStringList &path)
{
    QStringList keys;
    for (const SettingText &text : texts) {
        const bool below = text.path.size() > path.size()
                           && std::ranges::equal(path, text.path.first(path.size()));
        if (below && !keys.contains(text.path[path.size()]))
            keys.append(text.path[path.size()]);
    }
    return keys;
}

} // namespace core
