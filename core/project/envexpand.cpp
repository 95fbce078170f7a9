// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/envfile.h"

#include <QHash>
#include <QRegularExpression>
#include <QSet>

#include <optional>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr int maxReplacements = 100;
constexpr qsizetype maxLength = 64 * 1024;

/// Replaces the first occurrence as JavaScript's String.replace does with a text pattern: `$$`,
/// `$&`, `` $` `` and `$'` in the replacement are special, which changes passwords that hold them.
QString replaceFirst(const QString &text, const QString &pattern, const QString &replacement)
{
    const qsizetype at = text.indexOf(pattern);
    if (at < 0)
        return text;
    QString inserted;
    for (qsizetype i = 0; i < replacement.size(); ++i) {
        const QChar next = i + 1 < replacement.size() ? replacement[i + 1] : QChar();
        if (replacement[i] != u'$'
            || (next != u'$' && next != u'&' && next != u'`' && next != u'\'')) {
            inserted += replacement[i];
            continue;
        }
        ++i;
        if (next == u'$')
            inserted += u'$';
        else if (next == u'&')
            inserted += pattern;
        else if (next == u'`')
            inserted += QStringView(text).first(at);
        else
            inserted += QStringView(text).sliced(at + pattern.size());
    }
    return text.first(at) + inserted + text.sliced(at + pattern.size());
}

QString withoutEscapes(QString value)
{
    return value.replace("\\$"_L1, "$"_L1);
}

/// The entries as a loader's map has them: each key once, at its first place, with its last value.
struct Scope {
    QHash<QString, QString> values = {};
    const EnvLookup &outer;

    [[nodiscard]] std::optional<QString> outside(const QString &name) const
    {
        return outer ? outer(name) : std::nullopt;
    }
};

/// One value being expanded; counts its steps so that cycles and growth end.
class Expander
{
public:
    explicit Expander(const Scope &scope)
        : m_scope(scope)
    {
    }

    /// nullopt where it did not settle.
    [[nodiscard]] std::optional<QString> expand(const QString &value, EnvExpansion expansion);

private:
    [[nodiscard]] bool mayGoOn(const QString &text)
    {
        return ++m_steps <= maxReplacements && text.size() <= maxLength;
    }
    [[nodiscard]] std::optional<QString> expand10(QString value);
    [[nodiscard]] std::optional<QString> expand12(QString value);
    [[nodiscard]] std::optional<QString> expandBraced(const QString &value);
    [[nodiscard]] QString replacement12(const QString &expression, const QSet<QString> &seen,
                                        QString &name) const;

    const Scope &m_scope;
    int m_steps = 0;
};

std::optional<QString> Expander::expand(const QString &value, EnvExpansion expansion)
{
    std::optional<QString> result = value;
    switch (expansion) {
    case EnvExpansion::None:
        break;
    case EnvExpansion::Braced:
        result = expandBraced(value);
        break;
    case EnvExpansion::Expand10:
        result = expand10(value).transform(withoutEscapes);
        break;
    case EnvExpansion::Expand12:
        result = expand12(value).transform(withoutEscapes);
        break;
    }
    return result && result->size() <= maxLength ? result : std::nullopt;
}

/// The last `$` without a backslash before it; -1 = none.
qsizetype lastPlainDollar(const QString &value)
{
    for (qsizetype i = value.size() - 1; i >= 0; --i) {
        if (value[i] == u'$' && (i == 0 || value[i - 1] != u'\\'))
            return i;
    }
    return -1;
}

std::optional<QString> Expander::expand10(QString value)
{
    static const QRegularExpression group(uR"(\A\$\{?([A-Za-z0-9_]+)(?::-([^}\\]*))?\}?)"_s);
    while (true) {
        const qsizetype at = lastPlainDollar(value);
        if (at < 0)
            return value;
        const QRegularExpressionMatch match = group.match(value.sliced(at));
        if (!match.hasMatch())
            return value;
        if (!mayGoOn(value))
            return std::nullopt;
        const QString name = match.captured(1);
        QString replacement = m_scope.outside(name).value_or(QString());
        if (replacement.isEmpty())
            replacement = match.captured(2);
        if (replacement.isEmpty())
            replacement = m_scope.values.value(name);
        value = replaceFirst(value, match.captured(0), replacement);
    }
}

QString Expander::replacement12(const QString &expression, const QSet<QString> &seen,
                                QString &name) const
{
    static const QRegularExpression operators(u":\\+|\\+|:-|-"_s);
    const QRegularExpressionMatch match = operators.match(expression);
    name = match.hasMatch() ? expression.first(match.capturedStart()) : expression;
    const QString rest = match.hasMatch() ? expression.sliced(match.capturedEnd()) : QString();
    const std::optional<QString> outside = m_scope.outside(name);
    const QString value = outside ? *outside : m_scope.values.value(name);
    if (match.hasMatch() && match.captured().endsWith(u'+'))
        return value.isEmpty() ? QString() : rest;
    return value.isEmpty() || seen.contains(value) ? rest : value;
}

std::optional<QString> Expander::expand12(QString value)
{
    static const QRegularExpression reference(
        uR"((?<!\\)\$\{([^{}]+)\}|(?<!\\)\$([A-Za-z_][A-Za-z0-9_]*))"_s);
    QSet<QString> seen;
    while (true) {
        const QRegularExpressionMatch match = reference.match(value);
        if (!match.hasMatch())
            return value;
        if (!mayGoOn(value))
            return std::nullopt;
        seen.insert(value);
        const QString expression =
            match.captured(1).isEmpty() ? match.captured(2) : match.captured(1);
        QString name;
        value = replaceFirst(value, match.captured(0), replacement12(expression, seen, name));
        if (const auto running = m_scope.values.constFind(name);
            running != m_scope.values.constEnd() && *running == value)
            return value;
    }
}

std::optional<QString> Expander::expandBraced(const QString &value)
{
    static const QRegularExpression reference(uR"((.?)\$\{([A-Za-z0-9_]*)\})"_s);
    QString result = value;
    QRegularExpressionMatchIterator it = reference.globalMatch(value);
    while (it.hasNext()) {
        if (!mayGoOn(result))
            return std::nullopt;
        const QRegularExpressionMatch match = it.next();
        const QString prefix = match.captured(1);
        if (prefix == u'\\') {
            result = replaceFirst(result, match.captured(0), match.captured(0).sliced(1));
            continue;
        }
        const QString name = match.captured(2);
        const QString raw = m_scope.outside(name).value_or(m_scope.values.value(name));
        const std::optional<QString> inner = expandBraced(raw);
        if (!inner)
            return std::nullopt;
        result = replaceFirst(result, match.captured(0).sliced(prefix.size()), *inner);
    }
    return result;
}

} // namespace

std::vector<int> expandEnv(std::vector<EnvEntry> &entries, EnvExpansion expansion,
                           const EnvLookup &outer)
{
    std::vector<int> unsettled;
    if (expansion == EnvExpansion::None)
        return unsettled;
    QStringList order;
    QHash<QString, QString> raw;
    for (const EnvEntry &entry : entries) {
        if (!raw.contains(entry.key))
            order.append(entry.key);
        raw.insert(entry.key, entry.value);
    }
    // dotenv-expand 12 knows only what stands before; the others know the whole file, unexpanded
    // where it comes later.
    Scope scope{.values = expansion == EnvExpansion::Expand12 ? QHash<QString, QString>() : raw,
                .outer = outer};
    QSet<QString> cyclic;
    for (const QString &key : order) {
        const std::optional<QString> value = Expander(scope).expand(raw.value(key), expansion);
        if (!value)
            cyclic.insert(key);
        scope.values.insert(key, value.value_or(raw.value(key)));
    }
    QSet<QString> written;
    for (qsizetype i = qsizetype(entries.size()) - 1; i >= 0; --i) {
        EnvEntry &entry = entries[size_t(i)];
        if (!written.contains(entry.key)) {
            written.insert(entry.key);
            if (cyclic.contains(entry.key))
                unsettled.insert(unsettled.begin(), int(i));
            entry.value = scope.values.value(entry.key);
        } else {
            // A duplicate that lost is only shown; its references mean what they mean in the whole
            // file.
            entry.value = Expander(scope).expand(entry.value, expansion).value_or(entry.value);
        }
    }
    return unsettled;
}

} // namespace core
