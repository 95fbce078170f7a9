// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/gitignore.h"

#include "core/base/boundedfile.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr int maxParents = 64;

/// One [set] of a glob; `at` stands behind the bracket and is left behind the closing one. nullopt
/// = no closing one.
std::optional<bool> matchesSet(QStringView pattern, qsizetype &at, QChar c)
{
    const bool negated = at < pattern.size() && (pattern[at] == u'!' || pattern[at] == u'^');
    qsizetype i = at + (negated ? 1 : 0);
    bool found = false;
    bool first = true;
    for (; i < pattern.size() && (first || pattern[i] != u']'); first = false) {
        if (pattern[i] == u'\\' && i + 1 < pattern.size())
            ++i;
        const QChar from = pattern[i++];
        QChar to = from;
        if (i + 1 < pattern.size() && pattern[i] == u'-' && pattern[i + 1] != u']') {
            to = pattern[i + 1];
            i += 2;
        }
        found = found || (c >= from && c <= to);
    }
    if (i >= pattern.size())
        return std::nullopt;
    at = i + 1;
    return found != negated;
}

/// Whether one element of a pattern at `p` takes the character; moves `p` behind it.
bool takes(QStringView pattern, qsizetype &p, QChar c)
{
    if (pattern[p] == u'?') {
        ++p;
        return true;
    }
    if (pattern[p] == u'[') {
        qsizetype behind = p + 1;
        const std::optional<bool> in = matchesSet(pattern, behind, c);
        if (in) {
            p = behind;
            return *in;
        }
    }
    if (pattern[p] == u'\\' && p + 1 < pattern.size())
        ++p;
    return pattern[p++] == c;
}

/// Parts of a pattern against parts of a path; only "**" makes it try twice.
bool matchesParts(const QStringList &pattern, qsizetype p, const QStringList &path, qsizetype i)
{
    for (; p < pattern.size(); ++p, ++i) {
        if (pattern[p] == "**"_L1) {
            // At the end it stands for everything inside, not for the folder itself.
            if (p + 1 == pattern.size())
                return i < path.size();
            for (qsizetype next = i; next < path.size(); ++next) {
                if (matchesParts(pattern, p + 1, path, next))
                    return true;
            }
            return false;
        }
        if (i >= path.size() || !matchesGlob(pattern[p], path[i]))
            return false;
    }
    return i == path.size();
}

IgnorePatterns readPatterns(const QString &file)
{
    const Result<QByteArray> text = readBoundedFile(file, largestEnvFile);
    return text ? IgnorePatterns(*text) : IgnorePatterns();
}

} // namespace

QString topOfRepository(const QString &folder)
{
    QDir dir(folder);
    for (int i = 0; i < maxParents; ++i) {
        if (QFileInfo::exists(dir.filePath(u".git"_s)))
            return dir.absolutePath();
        if (!dir.cdUp())
            break;
    }
    return {};
}

bool matchesGlob(QStringView pattern, QStringView name)
{
    qsizetype p = 0;
    qsizetype n = 0;
    qsizetype starAt = -1;
    qsizetype starName = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == u'*') {
            starAt = p++;
            starName = n;
            continue;
        }
        qsizetype next = p;
        if (p < pattern.size() && takes(pattern, next, name[n])) {
            p = next;
            ++n;
            continue;
        }
        // Only the last star needs another try: whatever an earlier one took, this one can take
        // too.
        if (starAt < 0)
            return false;
        p = starAt + 1;
        n = ++starName;
    }
    while (p < pattern.size() && pattern[p] == u'*')
        ++p;
    return p == pattern.size();
}

IgnorePatterns::IgnorePatterns(const QByteArray &text)
{
    for (QByteArray line : text.split('\n')) {
        if (line.endsWith('\r'))
            line.chop(1);
        while (line.endsWith(' ') && !line.endsWith("\\ "))
            line.chop(1);
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        Pattern pattern;
        pattern.wanted = line.startsWith('!');
        QString glob = QString::fromUtf8(pattern.wanted ? line.sliced(1) : line);
        pattern.foldersOnly = glob.endsWith(u'/');
        if (pattern.foldersOnly)
            glob.chop(1);
        pattern.anchored = glob.contains(u'/');
        if (glob.startsWith(u'/'))
            glob = glob.sliced(1);
        pattern.parts = glob.split(u'/');
        if (!glob.isEmpty() && pattern.parts.count("**"_L1) <= 4)
            m_patterns.push_back(std::move(pattern));
    }
}

std::optional<bool> IgnorePatterns::verdict(const QString &path, bool isFolder) const
{
    const QStringList parts = path.split(u'/');
    for (auto it = m_patterns.rbegin(); it != m_patterns.rend(); ++it) {
        if (it->foldersOnly && !isFolder)
            continue;
        const bool matches = it->anchored ? matchesParts(it->parts, 0, parts, 0)
                                          : matchesGlob(it->parts.constFirst(), parts.constLast());
        if (matches)
            return !it->wanted;
    }
    return std::nullopt;
}

std::optional<GitIgnore> GitIgnore::ofFolder(const QString &folder)
{
    const QString top = topOfRepository(folder);
    if (top.isEmpty())
        return std::nullopt;
    GitIgnore result;
    result.m_prefix = QDir(top).relativeFilePath(folder);
    if (result.m_prefix == "."_L1)
        result.m_prefix.clear();
    const QString config = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    result.m_levels.push_back({{}, readPatterns(config + "/git/ignore"_L1)});
    result.m_levels.push_back({{}, readPatterns(top + "/.git/info/exclude"_L1)});
    result.m_levels.push_back({{}, readPatterns(top + "/.gitignore"_L1)});
    QString inside;
    for (const QString &part : result.m_prefix.split(u'/', Qt::SkipEmptyParts)) {
        inside += inside.isEmpty() ? part : u'/' + part;
        result.m_levels.push_back({inside, readPatterns(top + u'/' + inside + "/.gitignore"_L1)});
    }
    return result;
}

bool GitIgnore::excluded(const QString &pathFromTop, bool isFolder) const
{
    for (auto it = m_levels.rbegin(); it != m_levels.rend(); ++it) {
        if (!it->folder.isEmpty() && !pathFromTop.startsWith(it->folder + u'/'))
            continue;
        const QString below =
            it->folder.isEmpty() ? pathFromTop : pathFromTop.sliced(it->folder.size() + 1);
        if (const std::optional<bool> ignored = it->patterns.verdict(below, isFolder))
            return *ignored;
    }
    return false;
}

bool GitIgnore::ignores(const QString &path) const
{
    const QString full = m_prefix.isEmpty() ? path : m_prefix + u'/' + path;
    // What lies in an ignored folder cannot be wanted back (gitignore(5)).
    for (qsizetype slash = full.indexOf(u'/'); slash >= 0; slash = full.indexOf(u'/', slash + 1)) {
        if (excluded(full.first(slash), true))
            return true;
    }
    return excluded(full, false);
}

} // namespace core
