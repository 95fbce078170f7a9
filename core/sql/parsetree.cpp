// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/parsetree.h"

#include "core/sql/classify.h"
#include "core/sql/parserthread.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::ParseTree", text);
}

std::unexpected<Error> refusal(const RawParse &raw)
{
    if (!raw.started) {
        return failure(ErrorKind::Local, "sql.noThread"_ba,
                       tr("The SQL parser could not be started."), {},
                       tr("Memory may be short: close other programs and try again."));
    }
    // Bison's own words for a stack of more than YYMAXDEPTH.
    const bool deep = raw.error.startsWith("memory exhausted");
    auto error = deep ? failure(ErrorKind::Server, "sql.tooDeep"_ba,
                                tr("The statement is nested too deeply to be understood."))
                      : failure(ErrorKind::Server, "sql.syntax"_ba, QString::fromUtf8(raw.error));
    error.error().position = raw.position;
    return error;
}

int hexValue(char digit)
{
    return digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}

/// JSON string body → bytes. libpg_query escapes only quotes, backslashes and control characters.
QByteArray decoded(QByteArrayView body)
{
    QByteArray text;
    text.reserve(body.size());
    for (qsizetype at = 0; at < body.size(); ++at) {
        if (body[at] != '\\' || at + 1 >= body.size()) {
            text.append(body[at]);
            continue;
        }
        static constexpr QByteArrayView letters = "bfnrt";
        static constexpr QByteArrayView meanings = "\b\f\n\r\t";
        const char escape = body[++at];
        if (const qsizetype found = letters.indexOf(escape); found >= 0) {
            text.append(meanings[found]);
        } else if (escape == 'u' && at + 4 < body.size()) {
            text.append(char(hexValue(body[at + 3]) * 16 + hexValue(body[at + 4])));
            at += 4;
        } else {
            text.append(escape);
        }
    }
    return text;
}

} // namespace

/// Reads libpg_query's JSON, which is well-formed, into entries; iterative, because the tree may be
/// 500,000 levels deep.
class ParseTreeReader
{
public:
    explicit ParseTreeReader(ParseTree &tree)
        : m_tree(tree)
        , m_json(tree.m_json)
    {
    }

    void read()
    {
        while (m_at < m_json.size())
            step();
    }

private:
    using Kind = ParseTree::Kind;

    void step()
    {
        switch (m_json[m_at]) {
        case '{':
            open(Kind::Object);
            break;
        case '[':
            open(Kind::Array);
            break;
        case '}':
        case ']':
            m_tree.m_entries[std::size_t(m_open.back())].next = qsizetype(m_tree.m_entries.size());
            m_open.pop_back();
            ++m_at;
            break;
        case '"':
            string();
            break;
        case ',':
        case ':':
        case ' ':
            ++m_at;
            break;
        default:
            word();
        }
    }

    void open(Kind kind)
    {
        m_open.push_back(qsizetype(m_tree.m_entries.size()));
        add(kind, 0, 0);
        ++m_at;
    }

    void string()
    {
        const qsizetype begin = m_at + 1;
        qsizetype end = begin;
        while (m_json[end] != '"')
            end += m_json[end] == '\\' ? 2 : 1;
        m_at = end + 1;
        if (m_at < m_json.size() && m_json[m_at] == ':') {
            m_key = begin;
            m_keyLength = end - begin;
        } else {
            add(Kind::String, begin, end - begin);
        }
    }

    void word()
    {
        const qsizetype begin = m_at;
        while (m_at < m_json.size() && !QByteArrayView(",}] ").contains(m_json[m_at]))
            ++m_at;
        const char first = m_json[begin];
        const Kind kind = first == 't'   ? Kind::True
                          : first == 'f' ? Kind::False
                          : first == 'n' ? Kind::Null
                                         : Kind::Number;
        add(kind, begin, m_at - begin);
    }

    void add(Kind kind, qsizetype begin, qsizetype length)
    {
        const qsizetype next = qsizetype(m_tree.m_entries.size()) + 1;
        const bool isPlace =
            kind == Kind::Number && m_json.sliced(m_key, m_keyLength) == "location";
        if (!isPlace) {
            m_tree.m_entries.push_back({kind, quint32(m_key), quint32(m_keyLength), quint32(begin),
                                        quint32(length), next});
        }
        m_key = 0;
        m_keyLength = 0;
    }

    ParseTree &m_tree;
    QByteArrayView m_json;
    std::vector<qsizetype> m_open;
    qsizetype m_at = 0;
    qsizetype m_key = 0;
    qsizetype m_keyLength = 0;
};

Result<ParseTree> ParseTree::parse(QByteArrayView sql)
{
    if (sql.size() > largestParsedText) {
        return failure(ErrorKind::Usage, "sql.tooLong"_ba,
                       tr("The statement is too long to be understood before it runs."));
    }
    if (const qsizetype nul = sql.indexOf('\0'); nul >= 0) {
        auto error = failure(ErrorKind::Usage, "sql.nul"_ba, tr("The text holds a NUL byte."), {},
                             tr("PostgreSQL accepts none; remove it."));
        error.error().position = int(QString::fromUtf8(sql.first(nul)).toUcs4().size()) + 1;
        return error;
    }
    RawParse raw = parseOnParserThread(sql.toByteArray());
    if (!raw.started || !raw.error.isEmpty())
        return refusal(raw);
    ParseTree tree;
    tree.m_json = std::move(raw.tree);
    ParseTreeReader(tree).read();
    return tree;
}

std::vector<ParseTree::Node> ParseTree::statements() const
{
    std::vector<Node> found;
    for (const Node &raw : Node(this, m_entries.empty() ? -1 : 0).member("stmts").children())
        found.push_back(raw.member("stmt").content());
    return found;
}

ParseTree::Kind ParseTree::Node::kind() const
{
    return exists() ? m_tree->m_entries[std::size_t(m_index)].kind : Kind::Null;
}

QByteArrayView ParseTree::Node::key() const
{
    if (!exists())
        return {};
    const Entry &entry = m_tree->m_entries[std::size_t(m_index)];
    return m_tree->slice(entry.key, entry.keyLength);
}

std::vector<ParseTree::Node> ParseTree::Node::children() const
{
    std::vector<Node> found;
    if (!exists())
        return found;
    const qsizetype end = m_tree->m_entries[std::size_t(m_index)].next;
    for (qsizetype at = m_index + 1; at < end; at = m_tree->m_entries[std::size_t(at)].next)
        found.push_back(Node(m_tree, at));
    return found;
}

ParseTree::Node ParseTree::Node::member(QByteArrayView key) const
{
    if (kind() != Kind::Object || !exists())
        return {m_tree, -1};
    const qsizetype end = m_tree->m_entries[std::size_t(m_index)].next;
    for (qsizetype at = m_index + 1; at < end; at = m_tree->m_entries[std::size_t(at)].next) {
        if (const Node node(m_tree, at); node.key() == key)
            return node;
    }
    return {m_tree, -1};
}

ParseTree::Node ParseTree::Node::content() const
{
    if (kind() != Kind::Object || !exists())
        return {m_tree, -1};
    const bool empty = m_tree->m_entries[std::size_t(m_index)].next == m_index + 1;
    return {m_tree, empty ? -1 : m_index + 1};
}

QByteArray ParseTree::Node::text() const
{
    if (kind() == Kind::Object)
        return member("String").member("sval").text();
    if (kind() != Kind::String)
        return {};
    const Entry &entry = m_tree->m_entries[std::size_t(m_index)];
    return decoded(m_tree->slice(entry.text, entry.length));
}

} // namespace core
