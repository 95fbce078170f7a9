// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/classify.h"

#include "core/sql/lexer.h"
#include "core/sql/parsetree.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace core {

namespace {

using Node = ParseTree::Node;

struct NamedKind {
    QByteArrayView node;
    StatementKind kind;
};

/// Structs of parsenodes.h whose kind is not Ddl. Those whose kind depends on their fields are
/// refined by kindOf().
constexpr auto namedKinds = std::to_array<NamedKind>({
    {"SelectStmt", StatementKind::Select},
    {"ExplainStmt", StatementKind::Explain},
    {"VariableShowStmt", StatementKind::Show},
    {"CopyStmt", StatementKind::CopyTo},
    {"InsertStmt", StatementKind::Dml},
    {"UpdateStmt", StatementKind::Dml},
    {"DeleteStmt", StatementKind::Dml},
    {"MergeStmt", StatementKind::Dml},
    {"TransactionStmt", StatementKind::TransactionControl},
    {"PrepareStmt", StatementKind::Prepare},
    {"ExecuteStmt", StatementKind::Execute},
    {"DeallocateStmt", StatementKind::Deallocate},
    {"ListenStmt", StatementKind::Listen},
    {"UnlistenStmt", StatementKind::Unlisten},
    {"NotifyStmt", StatementKind::Notify},
    {"LoadStmt", StatementKind::Load},
    {"DiscardStmt", StatementKind::Discard},
    {"VariableSetStmt", StatementKind::SetSession},
    {"ConstraintsSetStmt", StatementKind::SetLocal},
    {"DeclareCursorStmt", StatementKind::Cursor},
    {"FetchStmt", StatementKind::Cursor},
    {"ClosePortalStmt", StatementKind::Cursor},
    {"LockStmt", StatementKind::Lock},
    {"CallStmt", StatementKind::Call},
    {"DoStmt", StatementKind::Do},
    {"VacuumStmt", StatementKind::Maintenance},
    {"ClusterStmt", StatementKind::Maintenance},
    {"ReindexStmt", StatementKind::Maintenance},
    {"CheckPointStmt", StatementKind::Maintenance},
    {"RefreshMatViewStmt", StatementKind::Maintenance},
});

StatementKind kindOfSet(const Node &set)
{
    const QByteArray name = set.member("name").text();
    if (set.member("kind").text() == "VAR_SET_MULTI" && name.startsWith("TRANSACTION"))
        return StatementKind::TransactionControl;
    return set.member("is_local").isTrue() ? StatementKind::SetLocal : StatementKind::SetSession;
}

/// The kind of a statement's node; Ddl for every struct that is not named above.
StatementKind kindOf(const Node &statement)
{
    const auto *named = std::ranges::find(namedKinds, statement.key(), &NamedKind::node);
    if (named == namedKinds.end())
        return StatementKind::Ddl;
    switch (named->kind) {
    case StatementKind::Select:
        return statement.member("valuesLists").exists() ? StatementKind::Values : named->kind;
    case StatementKind::CopyTo:
        return statement.member("is_from").isTrue() ? StatementKind::CopyFrom : named->kind;
    case StatementKind::SetSession:
        return statement.key() == "VariableSetStmt" ? kindOfSet(statement) : named->kind;
    default:
        return named->kind;
    }
}

bool holdsKey(const Node &statement, std::initializer_list<QByteArrayView> keys)
{
    bool holds = false;
    statement.visit([&](const Node &inside) {
        holds = holds || std::ranges::find(keys, inside.key()) != keys.end();
    });
    return holds;
}

bool queryIsReadOnly(const Node &select)
{
    return !holdsKey(select, {"intoClause", "lockingClause", "InsertStmt", "UpdateStmt",
                              "DeleteStmt", "MergeStmt"});
}

/// EXPLAIN's ANALYZE, as defGetBoolean reads its argument.
bool explainRuns(const Node &explain)
{
    for (const Node &option : explain.member("options").children()) {
        const Node element = option.member("DefElem");
        if (element.member("defname").text() != "analyze")
            continue;
        const Node argument = element.member("arg");
        const QByteArray word = argument.text().toLower();
        const bool zero = argument.member("Integer").exists()
                          && !argument.member("Integer").member("ival").exists();
        const bool no = argument.member("Boolean").exists()
                        && !argument.member("Boolean").member("boolval").isTrue();
        return word != "false" && word != "off" && !zero && !no;
    }
    return false;
}

bool isReadOnly(const Node &statement)
{
    switch (kindOf(statement)) {
    case StatementKind::Select:
    case StatementKind::Values:
        return queryIsReadOnly(statement);
    case StatementKind::Show:
        return true;
    case StatementKind::Explain:
        return !explainRuns(statement) || isReadOnly(statement.member("query").content());
    case StatementKind::CopyTo: {
        const Node query = statement.member("query").content();
        return !statement.member("filename").exists() && !statement.member("is_program").exists()
               && (!query.exists() || isReadOnly(query));
    }
    default:
        return false;
    }
}

bool givesRows(const Node &statement)
{
    switch (kindOf(statement)) {
    case StatementKind::Select:
        return !statement.member("intoClause").exists();
    case StatementKind::Values:
    case StatementKind::Show:
    case StatementKind::Explain:
    case StatementKind::Execute:
    case StatementKind::Call:
        return true;
    case StatementKind::Dml:
        return statement.member("returningList").exists();
    case StatementKind::Cursor:
        return statement.key() == "FetchStmt" && !statement.member("ismove").isTrue();
    default:
        return false;
    }
}

void addOnce(QByteArrayList &names, const QByteArray &name)
{
    if (!names.contains(name))
        names.append(name);
}

void addOnce(std::vector<StatementKind> &kinds, StatementKind kind)
{
    if (std::ranges::find(kinds, kind) == kinds.end())
        kinds.push_back(kind);
}

bool isConstantTrue(const Node &argument)
{
    return argument.member("A_Const").member("boolval").member("boolval").isTrue();
}

void addFunctions(const Node &statement, Classification &found)
{
    const auto add = [&](const Node &call) {
        QByteArrayList parts;
        for (const Node &part : call.member("funcname").children())
            parts.append(part.text());
        addOnce(found.functions, parts.join('.'));
        const std::vector<Node> arguments = call.member("args").children();
        if (!parts.isEmpty() && parts.last() == "set_config")
            found.setsSession |= arguments.size() != 3 || !isConstantTrue(arguments[2]);
    };
    statement.visit([&](const Node &inside) {
        if (inside.key() == "FuncCall" || inside.key() == "funccall") // the latter is CALL's own
            add(inside);
    });
}

/// Statements inside a statement. In DDL only EXECUTE (CREATE TABLE … AS EXECUTE) runs now; the
/// rest is stored.
void addInner(const Node &statement, Classification &found)
{
    const bool isDdl = kindOf(statement) == StatementKind::Ddl;
    for (const Node &child : statement.children()) {
        child.visit([&](const Node &inside) {
            // A struct's name, not a field's (insertStmt.selectStmt).
            if (!inside.key().endsWith("Stmt") || inside.key().front() > 'Z')
                return;
            const StatementKind kind = kindOf(inside);
            if (!isDdl || kind == StatementKind::Execute)
                addOnce(found.inner, kind);
        });
    }
}

/// A DO block's body is a string to the grammar. Its words, in strings of its own too (EXECUTE
/// '…'), say what it may call and which statements it may hold; more than it really does at times,
/// never less where they are written out.
void addBody(const Node &block, Classification &found)
{
    static constexpr auto lasting = std::to_array<std::pair<QByteArrayView, StatementKind>>({
        {"prepare", StatementKind::Prepare},
        {"deallocate", StatementKind::Deallocate},
        {"load", StatementKind::Load},
        {"discard", StatementKind::Discard},
        {"listen", StatementKind::Listen},
    });
    for (const Node &option : block.member("args").children()) {
        QByteArray body = option.member("DefElem").member("arg").text().toLower();
        body.replace('\'', ' ').replace('"', ' ').replace('$', ' ');
        SqlLexer lexer(body);
        SqlToken word;
        for (SqlToken token = lexer.next(); token.kind != SqlToken::Kind::End;
             token = lexer.next()) {
            if (token.kind == SqlToken::Kind::Open && word.kind == SqlToken::Kind::Word)
                addOnce(found.functions, lexer.textOf(word).toByteArray());
            word = token;
            const auto *keyword = std::ranges::find(
                lasting, lexer.textOf(token), &std::pair<QByteArrayView, StatementKind>::first);
            if (keyword != lasting.end())
                addOnce(found.inner, keyword->second);
        }
    }
}

} // namespace

QByteArrayView sessionCommand(StatementKind kind)
{
    switch (kind) {
    case StatementKind::Prepare:
        return "PREPARE";
    case StatementKind::Execute:
        return "EXECUTE";
    case StatementKind::Deallocate:
        return "DEALLOCATE";
    case StatementKind::Listen:
        return "LISTEN";
    case StatementKind::Unlisten:
        return "UNLISTEN";
    case StatementKind::Load:
        return "LOAD";
    case StatementKind::Discard:
        return "DISCARD";
    default:
        return {};
    }
}

Classification classify(QByteArrayView sql)
{
    Classification found;
    const Result<ParseTree> tree = ParseTree::parse(sql);
    if (!tree) {
        found.error = tree.error();
        return found;
    }
    const std::vector<Node> statements = tree->statements();
    found.statements = int(statements.size());
    found.kind = statements.empty()      ? StatementKind::Empty
                 : statements.size() > 1 ? StatementKind::Several
                                         : kindOf(statements.front());
    found.readOnly = std::ranges::all_of(statements, isReadOnly);
    found.returnsRows = std::ranges::any_of(statements, givesRows);
    for (const Node &statement : statements) {
        addFunctions(statement, found);
        if (statements.size() > 1)
            addOnce(found.inner, kindOf(statement));
        addInner(statement, found);
        if (kindOf(statement) == StatementKind::Do)
            addBody(statement, found);
    }
    return found;
}

} // namespace core
