// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/affected.h"

#include "core/pq/quoting.h"
#include "core/sql/lexer.h"
#include "core/sql/parsetree.h"

#include <algorithm>

namespace core {

namespace {

using Node = ParseTree::Node;
using Verb = Affected::Verb;

/// A name of the tree as SQL; empty where it cannot be written.
QByteArray quoted(const QByteArray &name)
{
    return quotedIdentifier(QByteArrayView(name)).value_or(QByteArray());
}

QByteArray quotedPath(const QByteArrayList &names)
{
    QByteArrayList parts;
    for (const QByteArray &name : names)
        parts << quoted(name);
    return parts.join('.');
}

QByteArrayList nameOf(const Node &rangeVar)
{
    QByteArrayList names;
    for (const char *member : {"catalogname", "schemaname", "relname"}) {
        if (const QByteArray part = rangeVar.member(member).text(); !part.isEmpty())
            names << part;
    }
    return names;
}

QByteArray relationText(const Node &rangeVar)
{
    const QByteArray path = quotedPath(nameOf(rangeVar));
    return rangeVar.member("inh").isTrue() ? path : "ONLY " + path;
}

/// `SELECT (SELECT count(*) FROM a) + (SELECT count(*) FROM b)`.
QByteArray countOf(const QByteArrayList &relations)
{
    QByteArrayList parts;
    for (const QByteArray &relation : relations)
        parts << "(SELECT pg_catalog.count(*) FROM " + relation + ')';
    return relations.isEmpty() ? QByteArray() : "SELECT " + parts.join(" + ");
}

/// The clauses of an UPDATE or DELETE in its text. The tree has no places, so the words outside of
/// all parentheses are looked at; what the tree says of the clauses has to agree.
struct Clauses {
    QByteArrayView with;
    QByteArrayView target;
    QByteArrayView set;
    QByteArrayView from;
    QByteArrayView where;
};

struct OuterWord {
    QByteArrayView text;
    qsizetype begin;
    qsizetype end;
};

std::vector<OuterWord> outerWords(QByteArrayView text)
{
    std::vector<OuterWord> words;
    SqlLexer lexer(text);
    int depth = 0;
    for (SqlToken token = lexer.next(); token.kind != SqlToken::Kind::End; token = lexer.next()) {
        if (token.kind == SqlToken::Kind::Open)
            ++depth;
        else if (token.kind == SqlToken::Kind::Close)
            --depth;
        else if (token.kind == SqlToken::Kind::Word && depth == 0)
            words.push_back({lexer.textOf(token), token.begin, token.end});
    }
    return words;
}

/// `isUpdate`: UPDATE target SET … [FROM …] [WHERE …]; else DELETE FROM target [USING …] [WHERE …].
std::optional<Clauses> clausesOf(QByteArrayView text, bool isUpdate)
{
    const std::vector<OuterWord> words = outerWords(text);
    const auto find = [&words](QByteArrayView word, std::size_t from) {
        std::size_t at = from;
        for (; at < words.size() && !isWord(words[at].text, word); ++at) {
        }
        return at;
    };
    const std::size_t verb = find(isUpdate ? "update" : "delete", 0);
    const std::size_t opens = isUpdate ? verb : find("from", verb);
    if (opens >= words.size())
        return std::nullopt;
    const std::size_t set = isUpdate ? find("set", opens + 1) : opens;
    if (set >= words.size())
        return std::nullopt;
    // IS DISTINCT FROM is no clause.
    std::size_t from = find(isUpdate ? "from" : "using", set + 1);
    while (isUpdate && from < words.size() && isWord(words[from - 1].text, "distinct"))
        from = find("from", from + 1);
    const std::size_t where = find("where", set + 1);
    const std::size_t returning = find("returning", set + 1);
    if (where < from)
        from = words.size();
    const qsizetype end = returning < words.size() ? words[returning].begin : text.size();
    const qsizetype whereAt = where < words.size() ? words[where].begin : end;
    const qsizetype fromAt = from < words.size() ? words[from].begin : whereAt;
    Clauses clauses;
    clauses.with = text.first(words[verb].begin).trimmed();
    clauses.where = text.sliced(whereAt, end - whereAt).trimmed();
    if (from < words.size())
        clauses.from = text.sliced(words[from].end, whereAt - words[from].end).trimmed();
    const qsizetype targetEnd = isUpdate ? words[set].begin : fromAt;
    clauses.target = text.sliced(words[opens].end, targetEnd - words[opens].end).trimmed();
    if (isUpdate)
        clauses.set = text.sliced(words[set].end, fromAt - words[set].end).trimmed();
    return clauses;
}

/// The parts of a list between its outer commas.
std::vector<QByteArrayView> listParts(QByteArrayView list)
{
    std::vector<QByteArrayView> parts;
    SqlLexer lexer(list);
    int depth = 0;
    qsizetype begin = 0;
    for (SqlToken token = lexer.next(); token.kind != SqlToken::Kind::End; token = lexer.next()) {
        const QByteArrayView text = lexer.textOf(token);
        if (token.kind == SqlToken::Kind::Open || text == "[")
            ++depth;
        else if (token.kind == SqlToken::Kind::Close || text == "]")
            --depth;
        else if (text == "," && depth == 0) {
            parts.push_back(list.sliced(begin, token.begin - begin).trimmed());
            begin = token.end;
        }
    }
    parts.push_back(list.sliced(begin).trimmed());
    return parts;
}

/// Nothing where a part is no plain `column = expression`.
std::vector<Assignment> assignmentsOf(QByteArrayView set)
{
    std::vector<Assignment> assignments;
    for (const QByteArrayView part : listParts(set)) {
        SqlLexer lexer(part);
        const SqlToken column = lexer.next();
        const SqlToken equals = lexer.next();
        const bool plain =
            (column.kind == SqlToken::Kind::Word || column.kind == SqlToken::Kind::Identifier)
            && lexer.textOf(equals) == "=";
        const QByteArrayView expression =
            plain ? part.sliced(equals.end).trimmed() : QByteArrayView();
        if (!plain || expression.isEmpty() || isWord(expression, "default"))
            return {};
        assignments.push_back({lexer.textOf(column).toByteArray(), expression.toByteArray()});
    }
    return assignments;
}

/// How the target's rows are named in a SELECT of several relations.
QByteArray rowName(const Node &relation)
{
    const QByteArray alias = relation.member("alias").member("aliasname").text();
    return alias.isEmpty() ? quotedPath(nameOf(relation)) : quoted(alias);
}

bool writesInside(const Node &with)
{
    bool writes = false;
    with.visit([&writes](const Node &inside) {
        writes = writes || inside.key() == "InsertStmt" || inside.key() == "UpdateStmt"
                 || inside.key() == "DeleteStmt" || inside.key() == "MergeStmt";
    });
    return writes;
}

bool isOfCursor(const Node &statement)
{
    return statement.member("whereClause").member("CurrentOfExpr").exists();
}

void readRows(Affected &affected, const Node &statement, QByteArrayView text, bool isUpdate)
{
    const std::optional<Clauses> clauses = clausesOf(text, isUpdate);
    const Node joined = statement.member(isUpdate ? "fromClause" : "usingClause");
    const bool agrees = clauses
                        && clauses->where.isEmpty() != statement.member("whereClause").exists()
                        && clauses->from.isEmpty() != joined.exists();
    if (!agrees || isOfCursor(statement) || writesInside(statement.member("withClause")))
        return;
    affected.withClause = clauses->with.toByteArray();
    const QByteArray target = clauses->target.toByteArray();
    const QByteArray where = clauses->where.toByteArray();
    const QByteArray before =
        affected.withClause.isEmpty() ? QByteArray() : affected.withClause + '\n';
    if (!joined.exists()) {
        affected.rowsFrom = "FROM " + target + '\n' + where;
        affected.countSql = before + "SELECT pg_catalog.count(*) " + affected.rowsFrom;
        if (isUpdate)
            affected.assignments = assignmentsOf(clauses->set);
        return;
    }
    // A row that several others match is changed once.
    const QByteArray name = rowName(statement.member("relation"));
    affected.countSql = before + "SELECT pg_catalog.count(*) FROM (SELECT DISTINCT " + name
                        + ".tableoid, " + name + ".ctid FROM " + target + ", "
                        + clauses->from.toByteArray() + '\n' + where + "\n) AS changed";
}

Affected affectedByDml(const Node &statement, QByteArrayView text, bool isTop)
{
    const bool isUpdate = statement.key() == "UpdateStmt";
    Affected affected;
    affected.verb = isUpdate ? Verb::Update : Verb::Delete;
    affected.everyRow = !statement.member("whereClause").exists();
    affected.targets = {nameOf(statement.member("relation")).join('.')};
    affected.relations = {quotedPath(nameOf(statement.member("relation")))};
    if (isTop)
        readRows(affected, statement, text, isUpdate);
    return affected;
}

Affected affectedByTruncate(const Node &statement)
{
    Affected affected;
    affected.verb = Verb::Truncate;
    affected.everyRow = true;
    affected.cascade = statement.member("behavior").text() == "DROP_CASCADE";
    QByteArrayList counted;
    for (const Node &relation : statement.member("relations").children()) {
        affected.targets << nameOf(relation.content()).join('.');
        affected.relations << quotedPath(nameOf(relation.content()));
        counted << relationText(relation.content());
    }
    affected.countSql = countOf(counted);
    return affected;
}

QByteArrayList pathOf(const Node &object)
{
    QByteArrayList path;
    const Node list = object.member("List").member("items");
    if (!list.exists())
        return {object.text()};
    for (const Node &part : list.children())
        path << part.text();
    return path;
}

QByteArray countInSchemas(const QByteArrayList &schemas)
{
    QByteArrayList names;
    for (const QByteArray &schema : schemas)
        names << quotedLiteral(QByteArrayView(schema)).value_or("''");
    return "SELECT pg_catalog.count(*) FROM pg_catalog.pg_class AS c"
           " JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace"
           " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname IN ("
           + names.join(", ") + ')';
}

std::optional<Affected> affectedByDrop(const Node &statement)
{
    const QByteArray type = statement.member("removeType").text();
    const bool ofTables = type == "OBJECT_TABLE" || type == "OBJECT_MATVIEW";
    if (!ofTables && type != "OBJECT_SCHEMA")
        return std::nullopt;
    Affected affected;
    affected.verb = ofTables ? Verb::DropTable : Verb::DropSchema;
    affected.everyRow = true;
    affected.cascade = statement.member("behavior").text() == "DROP_CASCADE";
    for (const Node &object : statement.member("objects").children()) {
        const QByteArrayList path = pathOf(object);
        affected.targets << path.join('.');
        if (ofTables)
            affected.relations << quotedPath(path);
    }
    affected.countSql = ofTables ? countOf(affected.relations) : countInSchemas(affected.targets);
    return affected;
}

std::optional<Affected> affectedByNode(const Node &statement, QByteArrayView text)
{
    const QByteArrayView key = statement.key();
    if (key == "UpdateStmt" || key == "DeleteStmt")
        return affectedByDml(statement, text, true);
    if (key == "TruncateStmt")
        return affectedByTruncate(statement);
    if (key == "DropStmt")
        return affectedByDrop(statement);
    return std::nullopt;
}

} // namespace

std::optional<Affected> affectedBy(QByteArrayView statement)
{
    const Result<ParseTree> tree = ParseTree::parse(statement);
    if (!tree || tree->statements().size() != 1)
        return std::nullopt;
    const Node top = tree->statements().front();
    std::optional<Affected> found = affectedByNode(top, statement);
    // What a CREATE FUNCTION or a CREATE RULE stores does not run now.
    if (found
        || (top.key() != "SelectStmt" && top.key() != "ExplainStmt" && top.key() != "InsertStmt"))
        return found;
    top.visit([&](const Node &inside) {
        if (!found && (inside.key() == "UpdateStmt" || inside.key() == "DeleteStmt"))
            found = affectedByDml(inside, statement, false);
    });
    return found;
}

} // namespace core
