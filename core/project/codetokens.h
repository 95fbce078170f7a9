// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <span>
#include <vector>

namespace core {

/// A piece of a configuration file that is code (TypeScript, JavaScript, Prisma's schema): enough
/// of lexing that comments and texts are never mistaken for something else. Never executed.
struct CodeToken {
    enum class Kind : quint8 { Word, Text, Template, Mark };
    Kind kind = Kind::Mark;
    QString text = {}; ///< of a Text without its quotes and escapes; of a Template as it stands
    int line = 0;      ///< 1-based
    bool operator==(const CodeToken &) const = default;

    [[nodiscard]] bool isMark(QChar mark) const { return kind == Kind::Mark && text == mark; }
    [[nodiscard]] bool isWord(QLatin1StringView word) const
    {
        return kind == Kind::Word && text == word;
    }
};
using CodeTokens = std::span<const CodeToken>;

/// At most 200,000 pieces; the rest is passed over. Linear.
[[nodiscard]] std::vector<CodeToken> codeTokens(const QString &text);

/// What an expression comes to, as far as that can be read: texts and variables of the environment,
/// one after the other. Empty = it cannot be read.
struct CodeValue {
    struct Part {
        bool isVariable = false;
        QString text = {};
        bool isField = false;   ///< a variable in a URL made of parts: its value is to be encoded
        QString otherwise = {}; ///< what stands where the variable is unset (`?? "…"`)
        bool operator==(const Part &) const = default;
    };
    std::vector<Part> parts = {};
    int line = 0;
    bool operator==(const CodeValue &) const = default;

    [[nodiscard]] bool isKnown() const { return !parts.empty(); }
    /// The one variable that it is; empty = something else.
    [[nodiscard]] QString variable() const
    {
        return parts.size() == 1 && parts.front().isVariable ? parts.front().text : QString();
    }
};

/// A text that is no code.
[[nodiscard]] CodeValue literal(const QString &text);
/// A variable's name.
[[nodiscard]] CodeValue variable(const QString &name);

/// One property of an object: `name: value`. `value` runs to its comma.
struct CodeProperty {
    QString name = {};
    int line = 0;
    CodeTokens value = {};
};

/// Where the bracket that opens at `tokens[open]` closes, or the end.
[[nodiscard]] size_t closingOf(CodeTokens tokens, size_t open);
/// The properties of the object that begins at `tokens[open]`, which is its `{`.
[[nodiscard]] std::vector<CodeProperty> propertiesAt(CodeTokens tokens, size_t open);
/// The first object that stands as `name: {` or `name = {` or `name {`; nullopt = none.
[[nodiscard]] std::optional<std::vector<CodeProperty>> findObject(CodeTokens tokens,
                                                                  QLatin1StringView name);
/// The first property of that name anywhere (`name: value`); nullopt = none.
[[nodiscard]] std::optional<CodeProperty> findProperty(CodeTokens tokens, QLatin1StringView name);

/// Reads a text, a template, `process.env.X`, `process.env["X"]`, `import.meta.env.X`, `env.X`,
/// `env("X")` and calls like it, with `!`, `as string`, `?? "…"` and `|| "…"` behind; a name of a
/// constant of `all` is looked up once.
[[nodiscard]] CodeValue readCodeValue(CodeTokens value, CodeTokens all);

} // namespace core
