// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/redact.h"

#include <QMutex>
#include <QMutexLocker>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr qsizetype shortestSecret = 4;

struct KnownSecrets {
    QMutex mutex;
    std::vector<QString> texts;
};

KnownSecrets &knownSecrets()
{
    static KnownSecrets secrets;
    return secrets;
}

struct Pattern {
    QRegularExpression expression;
    QString replacement;
};

// Possessive or bounded quantifiers, and no pattern may begin anywhere within a long word: each
// must cost one pass, or PCRE gives up at its limit and leaves the secret where it is.
const std::vector<Pattern> &patterns()
{
    constexpr auto options =
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption;
    static const QString keyword = uR"(\b(PASSWORD\s*+|IDENTIFIED\s++BY\s*+))"_s;
    // A constant inside of another one has its marks doubled, and doubled again.
    static const QString nested = uR"((?<nest>'{2,})(?=[^'\s,;)]).*?(?:\k<nest>|\z))"_s;
    // One SQL string constant, ended or cut off.
    static const QString constant =
        uR"((?:E'(?:[^'\\]|\\.|'')*+'?|(?:U&)?'(?!'[^'\s,;)])(?:[^']|'')*+'?)"
        uR"(|\$(?<tag>[A-Z_0-9]*+)\$.*?(?:\$\k<tag>\$|\z)))"_s;
    static const std::vector<Pattern> all = {
        // To the last @ of the word: a password may hold an unescaped one.
        {QRegularExpression(
             uR"(((?<![a-z0-9+.\-])[a-z][a-z0-9+.\-]*+://[^\s:/@?#]{0,300}+:)\S{0,2000}@)"_s,
             options),
         u"\\1"_s + mask + u'@'},
        {QRegularExpression(keyword + nested, options), u"\\1\\2"_s + mask + u"\\2"_s},
        {QRegularExpression(keyword + constant, options), u"\\1'"_s + mask + u'\''},
        {QRegularExpression(
             uR"(((?:passw(?:or)?d|pwd|passphrase|secret|token|api_?key)["']?\s*+[=:]\s*+))"
             uR"((?:'(?:[^'\\]|\\.)*+'?|"(?:[^"\\]|\\.)*+"?|[^\s&;,'"]++))"_s,
             options),
         u"\\1"_s + mask},
        {QRegularExpression(uR"(SCRAM-SHA-256\$[^\s'"]++)"_s, options), u"SCRAM-SHA-256$"_s + mask},
        {QRegularExpression(uR"(\bmd5[0-9a-f]{32}\b)"_s, options), u"md5"_s + mask},
    };
    return all;
}

} // namespace

QString redacted(const QString &text)
{
    QString clean = text;
    for (const Pattern &pattern : patterns())
        clean.replace(pattern.expression, pattern.replacement);
    return clean;
}

QString redactedForLog(const QString &text)
{
    QString clean = text;
    {
        KnownSecrets &known = knownSecrets();
        const QMutexLocker locker(&known.mutex);
        for (const QString &secret : known.texts)
            clean.replace(secret, mask);
    }
    return redacted(clean);
}

void rememberSecret(const QString &secret)
{
    if (secret.size() < shortestSecret)
        return;
    KnownSecrets &known = knownSecrets();
    const QMutexLocker locker(&known.mutex);
    for (const QString &form : {secret, QString::fromLatin1(QUrl::toPercentEncoding(secret))}) {
        if (std::ranges::find(known.texts, form) != known.texts.end())
            continue;
        // Longest first, so that a secret that holds another is masked whole.
        const auto place = std::ranges::find_if(
            known.texts, [&form](const QString &other) { return other.size() < form.size(); });
        known.texts.insert(place, form);
    }
}

} // namespace core
