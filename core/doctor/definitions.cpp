// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/doctor/definitions.h"

#include "core/base/boundedfile.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr qsizetype mostFiles = 500;
constexpr std::size_t mostPlaces = 5;
constexpr qint64 largestFile = qint64(1024) * 1024;

} // namespace

std::vector<SourceLocation> findDefinitions(const QString &folder, const QStringList &sqlFiles,
                                            const QString &name)
{
    std::vector<SourceLocation> found;
    const QString last = name.section(u'.', -1);
    if (last.isEmpty())
        return found;
    const QRegularExpression makes(
        uR"(\b(?:create\s+(?:or\s+replace\s+)?(?:unlogged\s+|materialized\s+|foreign\s+)?(?:table|view)\s+(?:if\s+not\s+exists\s+)?|add\s+column\s+(?:if\s+not\s+exists\s+)?)(?:"?\w+"?\s*\.\s*)?"?%1"?(?![\w"]))"_s
            .arg(QRegularExpression::escape(last)),
        QRegularExpression::CaseInsensitiveOption);
    for (const QString &file : sqlFiles.first(std::min(sqlFiles.size(), mostFiles))) {
        const auto content = readFileBeneath(folder, file, largestFile);
        if (!content)
            continue;
        const QString text = QString::fromUtf8(*content);
        const QRegularExpressionMatch match = makes.match(text);
        if (!match.hasMatch())
            continue;
        const qsizetype line = QStringView(text).first(match.capturedStart()).count(u'\n') + 1;
        found.push_back({.file = file, .line = int(line)});
        if (found.size() == mostPlaces)
            break;
    }
    return found;
}

} // namespace core
