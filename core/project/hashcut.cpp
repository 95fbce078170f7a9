// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/source.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::HashCut", text);
}

/// The whole text behind the sign of assignment, where a # without a space before it cuts an
/// address before its @; empty = nothing is cut.
QString cutText(const EnvText &file, const SourceLocation &source)
{
    const QString line = file.text.section(u'\n', source.line - 1, source.line - 1);
    const qsizetype equals = line.indexOf(u'=');
    if (equals < 0)
        return {};
    const QString value = line.sliced(equals + 1).trimmed();
    const qsizetype hash = value.indexOf(u'#');
    const bool isQuoted =
        value.startsWith(u'"') || value.startsWith(u'\'') || value.startsWith(u'`');
    const bool cuts =
        hash > 0 && !value[hash - 1].isSpace() && !isQuoted && value.indexOf(u'@', hash) > 0;
    return cuts ? value : QString();
}

} // namespace

void addHashCuts(const std::vector<EnvText> &files, Findings &findings)
{
    for (UrlValue &value : findings.values) {
        const auto file = std::ranges::find(files, value.source.file, &EnvText::name);
        if (file == files.end())
            continue;
        const QString whole = cutText(*file, value.source);
        if (whole.isEmpty())
            continue;
        const Result<ConnInfo> meant = parseConnInfo(whole, ConnOrigin::File);
        if (meant || meant.error().id != "conninfo.unescaped")
            continue;
        findings.warnings.push_back(
            {.kind = ProjectWarning::Kind::CutAtHash,
             .text = tr("%1 in %2 ends at its “#”: every loader takes the rest for a comment.")
                         .arg(value.source.key, value.source.text()),
             .advice = meant.error().advice,
             .places = {value.source}});
        if (!value.info)
            value.error = meant.error();
    }
}

} // namespace core
