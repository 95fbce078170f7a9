// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/addressedit.h"

#include "core/base/boundedfile.h"
#include "core/project/envfile.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr QByteArrayView byteOrderMark = "\xEF\xBB\xBF";

QString tr(const char *text)
{
    return QCoreApplication::translate("core::AddressEdit", text);
}

std::unexpected<Error> notPlain(const AddressParameter &wanted)
{
    return failure(ErrorKind::Usage, "env.notPlain"_ba,
                   tr("The address does not stand there as one URL, so it is not changed for you."),
                   wanted.source.text(),
                   tr("Add %1=%2 to it by hand.").arg(wanted.key, wanted.value));
}

bool isOf(const EnvEntry &entry, const SourceLocation &source)
{
    return entry.line == source.line && entry.key == source.key;
}

/// The URL with the parameter in its query, in place of an earlier value of it. nullopt where a
/// reference stands in the query or at its end, which nobody can tell the end of.
std::optional<QString> withParameter(const QString &url, const AddressParameter &wanted)
{
    const qsizetype scheme = url.indexOf("://"_L1);
    const qsizetype path = url.lastIndexOf(u'/');
    if (scheme < 0 || url.indexOf(u'$', path) >= 0 || url.contains(u'#'))
        return {};
    const QString parameter = wanted.key + u'=' + wanted.value;
    const qsizetype mark = url.indexOf(u'?', scheme);
    if (mark < 0)
        return url + u'?' + parameter;
    QStringList parts = url.sliced(mark + 1).split(u'&', Qt::SkipEmptyParts);
    const auto old = std::ranges::find_if(
        parts, [&](const QString &part) { return part.section(u'=', 0, 0) == wanted.key; });
    if (old == parts.end())
        parts << parameter;
    else
        *old = parameter;
    return url.first(mark + 1) + parts.join(u'&');
}

/// One grammar reads both texts alike but for the one value.
bool changesOnlyThat(EnvGrammar grammar, const QString &before, const QString &after,
                     const AddressParameter &wanted)
{
    std::vector<EnvEntry> expected = parseEnv(before, grammar);
    for (EnvEntry &entry : expected) {
        if (!isOf(entry, wanted.source))
            continue;
        const std::optional<QString> url = withParameter(entry.value, wanted);
        if (!url)
            return false;
        entry.value = *url;
    }
    return parseEnv(after, grammar) == expected;
}

/// Where the value stands as a whole in the line that sets it; negative = nowhere.
qsizetype placeOf(const QString &text, const EnvEntry &entry)
{
    qsizetype start = 0;
    for (int line = 1; line < entry.line && start >= 0; ++line)
        start = text.indexOf(u'\n', start) + 1;
    const qsizetype equals = text.indexOf(u'=', start);
    const qsizetype at = equals < 0 ? -1 : text.indexOf(entry.value, equals);
    const qsizetype end = text.indexOf(u'\n', start);
    return at >= 0 && (end < 0 || at < end) ? at : -1;
}

} // namespace

bool isEnvLine(const SourceLocation &source)
{
    return source.line > 0 && !source.key.isEmpty()
           && source.file.section(u'/', -1).startsWith(".env"_L1);
}

Result<EnvFileEdit> planAddressParameter(const QString &folder, const AddressParameter &wanted)
{
    EnvFileEdit edit{.file = folder + u'/' + wanted.source.file};
    const Result<QByteArray> bytes = readFileBeneath(folder, wanted.source.file, largestEnvFile);
    if (!bytes)
        return std::unexpected(bytes.error());
    const Result<QString> text = decodeEnvText(*bytes);
    if (!text)
        return std::unexpected(text.error());
    const std::vector<EnvEntry> entries = parseEnv(*text, EnvGrammar::Dotenv);
    const auto entry = std::ranges::find_if(
        entries, [&](const EnvEntry &one) { return isOf(one, wanted.source); });
    if (entry == entries.end()) {
        return failure(ErrorKind::Local, "env.changed"_ba,
                       tr("The line does not set %1 any more.").arg(wanted.source.key),
                       wanted.source.text(), tr("Nothing was written. Check again."));
    }
    const std::optional<QString> url = withParameter(entry->value, wanted);
    const qsizetype at = placeOf(*text, *entry);
    if (!url || at < 0)
        return notPlain(wanted);
    QString after = *text;
    after.replace(at, entry->value.size(), *url);
    for (const EnvGrammar grammar : {EnvGrammar::Dotenv, EnvGrammar::NodeParse}) {
        if (!changesOnlyThat(grammar, *text, after, wanted))
            return notPlain(wanted);
    }
    edit.changes = {{wanted.source.key, wanted.source.line}};
    edit.before = *bytes;
    edit.after = (bytes->startsWith(byteOrderMark) ? byteOrderMark.toByteArray() : QByteArray())
                 + after.toUtf8();
    return edit;
}

} // namespace core
