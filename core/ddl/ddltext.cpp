// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ddl/ddltext.h"

#include "core/ddl/ddlplan.h"

#include <QCoreApplication>
#include <QUtf8StringView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr int rankOfSchemas = 10;
constexpr int rankOfViews = 125;

bool isType(DdlKey key)
{
    constexpr quint32 classOfTypes = 1247;
    return ddlCatalog(key) == classOfTypes;
}

// What the text means must not hang on the settings of who loads it.
constexpr auto head = "SET client_encoding = 'UTF8';\n"
                      "SET standard_conforming_strings = on;\n"
                      "SET check_function_bodies = false;\n"
                      "SET xmloption = content;\n"
                      "SET client_min_messages = warning;\n"
                      "SET row_security = off;\n"
                      "SELECT pg_catalog.set_config('search_path', '', false);\n";

class Writer
{
public:
    Writer(const DdlFacts &facts, const DdlOptions &options)
        : m_facts(facts)
        , m_options(options)
        , m_plan(facts)
    {
        if (options.comments)
            learnNotes();
    }

    [[nodiscard]] QByteArray take()
    {
        if (m_facts.one == 0)
            m_text = head;
        for (const DdlItem &item : m_plan.items()) {
            const qsizetype before = m_text.size();
            if (before > 0)
                m_text += '\n';
            const qsizetype begin = m_text.size();
            write(item);
            if (m_text.size() == begin)
                m_text.truncate(before);
        }
        if (m_options.privileges)
            writeGrants();
        return std::move(m_text);
    }

private:
    void learnNotes()
    {
        for (const DdlNote &note : m_facts.notes) {
            int object = m_facts.find(note.key);
            // A composite type and its relation, which has the columns, are one.
            if (object < 0 && m_facts.one != 0 && (!note.target.isEmpty() || isType(note.key)))
                object = m_facts.find(m_facts.one);
            else if (object < 0 && !note.target.isEmpty())
                object = typeOf(note.key);
            if (object >= 0)
                m_notes[object].push_back(&note);
        }
    }

    /// Only types: what is said of members of an extension is the extension's.
    [[nodiscard]] int typeOf(DdlKey relation) const
    {
        const int object = m_plan.ownerOf(relation);
        return object >= 0 && isType(m_facts.objects[std::size_t(object)].key) ? object : -1;
    }

    void line(QByteArrayView text)
    {
        if (!text.isEmpty())
            m_text.append(text).append('\n');
    }

    void write(const DdlItem &item)
    {
        const DdlObject &object = m_facts.objects[std::size_t(item.object)];
        switch (item.role) {
        case DdlItem::Role::Shell:
            m_text += "CREATE " + object.target.toByteArray() + ";\n";
            return;
        case DdlItem::Role::StandIn:
            line(object.extra);
            return;
        case DdlItem::Role::Default:
            writeDefault(object, object.columns[std::size_t(item.column)]);
            return;
        case DdlItem::Role::Whole:
            break;
        }
        const qsizetype begin = m_text.size();
        writeBody(object, m_plan.isSplit(item.object));
        const bool written = m_text.size() > begin || object.rank == rankOfSchemas;
        if (m_options.ownership && written && !object.owner.isEmpty())
            m_text += "ALTER " + object.target.toByteArray() + " OWNER TO "
                      + object.owner.toByteArray() + ";\n";
        writeNotes(item.object, object);
    }

    void writeBody(const DdlObject &object, bool split)
    {
        if (object.isTable)
            return writeTable(object, split);
        if (object.rank == rankOfViews) {
            m_text += split ? "CREATE OR REPLACE " : "CREATE ";
            line(object.body);
            for (const DdlColumn &column : object.columns) {
                if (column.hasDefault)
                    writeDefault(object, column);
                writeAfter(column.after);
            }
            return;
        }
        if (object.whole != 0 && isInline(object))
            return;
        line(object.body);
    }

    [[nodiscard]] bool isInline(const DdlObject &part) const
    {
        const int whole = m_facts.find(part.whole);
        return whole >= 0 && !m_plan.isSplit(whole);
    }

    void writeTable(const DdlObject &table, bool split)
    {
        m_text += table.body.toByteArray();
        const QByteArrayList inside = brackets(table, split);
        if (!inside.isEmpty())
            m_text += " (\n    " + inside.join(",\n    ") + "\n)";
        else if (!table.ofType)
            m_text += " ()";
        m_text += table.afterBrackets.toByteArray() + ";\n";
        for (const DdlColumn &column : table.columns) {
            if (column.hasDefault && !column.inBrackets && !split)
                writeDefault(table, column);
            writeAfter(column.after);
        }
        writeAfter(table.afterStatement);
    }

    [[nodiscard]] static QByteArrayList brackets(const DdlObject &table, bool split)
    {
        QByteArrayList lines;
        for (const DdlColumn &column : table.columns) {
            if (!column.inBrackets)
                continue;
            QByteArray more = column.generated.toByteArray();
            if (column.hasDefault && !split)
                more += " DEFAULT " + column.defaultText.toByteArray();
            more += column.notNull.toByteArray();
            if (!table.ofType)
                lines.append(column.name.toByteArray() + ' ' + column.type.toByteArray() + more);
            else if (!more.isEmpty())
                lines.append(column.name.toByteArray() + " WITH OPTIONS" + more);
        }
        if (split)
            return lines;
        QByteArrayList checks;
        for (const DdlCheck &check : table.checks)
            checks.append(check.words.toByteArray());
        std::ranges::sort(checks);
        return lines + checks;
    }

    void writeDefault(const DdlObject &object, const DdlColumn &column)
    {
        QByteArrayView name = object.target;
        for (const char *const kind : {"FOREIGN TABLE ", "TABLE ", "VIEW "}) {
            if (name.startsWith(kind))
                name = name.sliced(qsizetype(qstrlen(kind)));
        }
        m_text += object.isTable ? "ALTER TABLE ONLY " : "ALTER VIEW ";
        m_text += name.toByteArray() + " ALTER COLUMN " + column.name.toByteArray()
                  + " SET DEFAULT " + column.defaultText.toByteArray() + ";\n";
    }

    /// Statements with a line break before each.
    void writeAfter(QByteArrayView statements)
    {
        if (!statements.isEmpty())
            line(statements.sliced(1));
    }

    void writeNotes(int at, const DdlObject &object)
    {
        const auto found = m_notes.find(at);
        if (found == m_notes.end())
            return;
        for (const DdlNote *const note : found->second) {
            const QByteArrayView target = note->target.isEmpty() ? object.target : note->target;
            if (!target.isEmpty())
                m_text += note->verb.toByteArray() + ' ' + target.toByteArray() + ' '
                          + note->words.toByteArray() + ";\n";
        }
    }

    void writeGrants()
    {
        for (const DdlGrant &grant : m_facts.grants) {
            const bool ours =
                m_facts.find(grant.key) >= 0 || (m_facts.one != 0 && isType(grant.key));
            if (!ours && (m_facts.one != 0 || !grant.foreign))
                continue;
            if (!m_text.isEmpty())
                m_text += '\n';
            line(grant.words);
        }
    }

    const DdlFacts &m_facts;
    const DdlOptions &m_options;
    DdlPlan m_plan;
    std::unordered_map<int, std::vector<const DdlNote *>> m_notes;
    QByteArray m_text;
};

struct Text {
    Q_DECLARE_TR_FUNCTIONS(core::Ddl)
};

} // namespace

Result<QString> ddlText(const DdlFacts &facts, const DdlOptions &options)
{
    if (facts.one != 0 && facts.find(facts.one) < 0) {
        return failure(ErrorKind::Server, "object.missing"_ba,
                       Text::tr("The object is not there any more."), {},
                       Text::tr("Read the catalog again."));
    }
    const QByteArray text = Writer(facts, options).take();
    if (!QUtf8StringView(text).isValidUtf8()) {
        return failure(ErrorKind::Server, "ddl.encoding"_ba,
                       Text::tr("The database holds names or texts that are no UTF-8, so its "
                                "definition cannot be shown exactly."),
                       {}, Text::tr("Use pg_dump, which copies the bytes."));
    }
    return QString::fromUtf8(text);
}

} // namespace core
