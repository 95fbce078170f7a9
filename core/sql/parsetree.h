// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace core {

/// PostgreSQL 17's raw parse tree of a text, as libpg_query tells it in JSON: every node is an
/// object with one member that is named after the C struct (nodes/parsenodes.h), whose members are
/// the struct's fields; what is zero or null is left out, and so are all places (`location`). Held
/// flat, in the order of the text, so that walking needs no recursion.
class ParseTree
{
public:
    enum class Kind : quint8 { Object, Array, String, Number, True, False, Null };

    /// A node, or nothing: every question to nothing is answered with nothing, so that paths can be
    /// written straight.
    class Node
    {
    public:
        [[nodiscard]] bool exists() const { return m_index >= 0; }
        [[nodiscard]] Kind kind() const;
        /// The member's name if the parent is an object.
        [[nodiscard]] QByteArrayView key() const;
        [[nodiscard]] Node member(QByteArrayView key) const;
        [[nodiscard]] std::vector<Node> children() const;
        /// Of a struct node ({"SelectStmt":{…}}): its only member.
        [[nodiscard]] Node content() const;
        /// A string's value, decoded; of {"String":{"sval":…}} too. Empty for everything else.
        [[nodiscard]] QByteArray text() const;
        [[nodiscard]] bool isTrue() const { return exists() && kind() == Kind::True; }
        /// Calls with this node and with each below it, in the order of the text.
        template<class Visitor> void visit(Visitor visitor) const
        {
            if (!exists())
                return;
            const qsizetype end = m_tree->m_entries[std::size_t(m_index)].next;
            for (qsizetype at = m_index; at < end; ++at)
                visitor(Node(m_tree, at));
        }

    private:
        friend class ParseTree;
        Node(const ParseTree *tree, qsizetype index)
            : m_tree(tree)
            , m_index(index)
        {
        }
        const ParseTree *m_tree;
        qsizetype m_index;
    };

    /// See classify() for threads, limits and cost. Errors (kind Server): sql.syntax with the
    /// position in characters; sql.tooDeep; kind Usage: sql.tooLong, sql.nul; kind Local:
    /// sql.noThread.
    [[nodiscard]] static Result<ParseTree> parse(QByteArrayView sql);

    /// One per statement: its struct node.
    [[nodiscard]] std::vector<Node> statements() const;

private:
    struct Entry {
        Kind kind = Kind::Null;
        quint32 key = 0;
        quint32 keyLength = 0;
        quint32 text = 0;
        quint32 length = 0;
        qsizetype next = 0; ///< first entry behind this one and all below it
    };
    friend class ParseTreeReader;
    [[nodiscard]] QByteArrayView slice(quint32 from, quint32 length) const
    {
        return QByteArrayView(m_json).sliced(from, length);
    }
    QByteArray m_json;
    std::vector<Entry> m_entries;
};

} // namespace core
