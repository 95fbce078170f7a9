// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/codetokens.h"
#include "core/project/settingtexts_p.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::JsonTexts", text);
}

/// JSON with comments, by the lexer of code; comments and commas too many do no harm.
class JsonReader
{
public:
    explicit JsonReader(CodeTokens tokens)
        : m_tokens(tokens)
    {
    }
    Result<SettingTexts> read();

private:
    [[nodiscard]] bool atEnd() const { return m_at >= m_tokens.size(); }
    [[nodiscard]] bool mark(QChar c) const { return !atEnd() && m_tokens[m_at].isMark(c); }
    [[nodiscard]] int line() const
    {
        return m_tokens.empty() ? 1 : m_tokens[qMin(m_at, m_tokens.size() - 1)].line;
    }
    /// False where the text is not JSON.
    bool readValue();
    bool readObject();
    bool readArray();
    bool readScalar();
    /// The value under a key or a number, and the comma behind it.
    bool readMember(const QString &name);

    CodeTokens m_tokens;
    size_t m_at = 0;
    QStringList m_path;
    SettingTexts m_texts;
};

bool JsonReader::readMember(const QString &name)
{
    m_path.append(name);
    if (!readValue())
        return false;
    m_path.removeLast();
    if (mark(u','))
        ++m_at;
    return true;
}

bool JsonReader::readObject()
{
    for (++m_at; !mark(u'}');) {
        if (atEnd() || m_tokens[m_at].kind != CodeToken::Kind::Text)
            return false;
        const QString &name = m_tokens[m_at++].text;
        if (!mark(u':'))
            return false;
        ++m_at;
        if (!readMember(name))
            return false;
    }
    ++m_at;
    return true;
}

bool JsonReader::readArray()
{
    int number = 0;
    for (++m_at; !mark(u']');) {
        if (atEnd() || !readMember(QString::number(number++)))
            return false;
    }
    ++m_at;
    return true;
}

bool JsonReader::readScalar()
{
    if (atEnd() || m_tokens[m_at].kind == CodeToken::Kind::Template)
        return false;
    if (m_tokens[m_at].kind == CodeToken::Kind::Text) {
        m_texts.push_back({m_path, m_tokens[m_at].text, m_tokens[m_at].line});
        ++m_at;
        return true;
    }
    // A number in pieces, or a word.
    QString text;
    const int begin = line();
    while (!atEnd() && !mark(u',') && !mark(u'}') && !mark(u']')
           && m_tokens[m_at].kind != CodeToken::Kind::Text)
        text += m_tokens[m_at++].text;
    if (text.isEmpty())
        return false;
    m_texts.push_back({m_path, text, begin});
    return true;
}

bool JsonReader::readValue()
{
    if (m_path.size() > maxSettingDepth || m_texts.size() > maxSettingTexts)
        return false;
    if (mark(u'{'))
        return readObject();
    return mark(u'[') ? readArray() : readScalar();
}

Result<SettingTexts> JsonReader::read()
{
    if (!m_tokens.empty() && !readValue()) {
        if (m_texts.size() > maxSettingTexts)
            return settingsTooMuch();
        return settingsSyntax(line(), tr("it is no JSON."));
    }
    return std::move(m_texts);
}

} // namespace

Result<SettingTexts> readJsonTexts(const QString &text)
{
    const std::vector<CodeToken> tokens = codeTokens(text);
    return JsonReader(tokens).read();
}

} // namespace core
