// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ddl/ddlfacts.h"

#include "core/catalog/factrows.h"

namespace core {

namespace {

constexpr quint32 classOfRelations = 1259;

DdlKey keyOf(const FactRows &row, int column)
{
    return ddlKey(row.number<quint32>(column), row.number<quint32>(column + 1));
}

/// "1259 16400 2606 16410"
std::vector<DdlKey> keysIn(QByteArrayView text)
{
    std::vector<DdlKey> keys;
    const char *at = text.begin();
    const auto next = [&](quint32 &value) {
        while (at != text.end() && *at == ' ')
            ++at;
        const auto [end, error] = std::from_chars(at, text.end(), value);
        at = end;
        return error == std::errc{};
    };
    quint32 catalog = 0;
    quint32 object = 0;
    while (next(catalog) && next(object))
        keys.push_back(ddlKey(catalog, object));
    return keys;
}

DdlObject objectOf(const FactRows &row)
{
    DdlObject object;
    object.key = keyOf(row, 0);
    object.rank = row.number<int>(2);
    object.name = row.text(3);
    object.target = row.text(4);
    object.owner = row.text(5);
    object.body = row.text(6);
    object.needs = keysIn(row.text(7));
    object.extra = row.text(8);
    return object;
}

class Reader
{
public:
    explicit Reader(DdlFacts &facts)
        : m_facts(facts)
    {
    }

    void read(const DdlAnswer &answer)
    {
        FactRows row(answer.chunks);
        while (row.next()) {
            switch (answer.shape) {
            case DdlShape::Objects:
                add(objectOf(row));
                break;
            case DdlShape::Tables:
                readTable(row);
                break;
            case DdlShape::TableColumns:
                readColumn(row);
                break;
            case DdlShape::Constraints:
                readConstraint(row);
                break;
            case DdlShape::Parts:
                readPart(row);
                break;
            case DdlShape::Comments:
                m_facts.notes.push_back({keyOf(row, 0), row.text(3), row.text(4), row.text(5)});
                break;
            case DdlShape::Privileges:
                m_facts.grants.push_back({keyOf(row, 0), row.text(3), row.flag(4)});
                break;
            case DdlShape::Dependencies:
                m_facts.dependencies.push_back({keyOf(row, 0), keyOf(row, 2), row.letter(4)});
                break;
            }
        }
    }

private:
    [[nodiscard]] DdlObject *found(DdlKey key)
    {
        const int at = m_facts.find(key);
        return at < 0 ? nullptr : &m_facts.objects[std::size_t(at)];
    }

    void add(DdlObject object)
    {
        const DdlKey key = object.key;
        if (m_facts.index.emplace(key, int(m_facts.objects.size())).second)
            m_facts.objects.push_back(std::move(object));
    }

    void readTable(const FactRows &row)
    {
        DdlObject object = objectOf(row);
        object.isTable = true;
        object.afterBrackets = row.text(9);
        object.afterStatement = row.text(10);
        object.ofType = row.flag(11);
        add(std::move(object));
    }

    void readColumn(const FactRows &row)
    {
        DdlObject *const table = found(ddlKey(classOfRelations, row.number<quint32>(0)));
        if (!table)
            return;
        table->columns.push_back({.name = row.text(1),
                                  .type = row.text(2),
                                  .generated = row.text(3),
                                  .defaultText = row.text(4),
                                  .notNull = row.text(7),
                                  .after = row.text(8),
                                  .defaultOid = row.number<quint32>(5),
                                  .inBrackets = row.flag(6),
                                  .hasDefault = !row.isNull(9) && row.text(9).isEmpty()});
    }

    void readConstraint(const FactRows &row)
    {
        DdlObject object = objectOf(row);
        DdlObject *const table = found(ddlKey(classOfRelations, row.number<quint32>(9)));
        if (table && !row.isNull(10)) {
            object.inlineWords = row.text(10);
            object.whole = table->key;
            table->checks.push_back({object.key, object.inlineWords});
        }
        add(std::move(object));
    }

    void readPart(const FactRows &row)
    {
        DdlObject object = objectOf(row);
        if (!object.needs.empty() && found(object.needs.front()))
            object.whole = object.needs.front();
        add(std::move(object));
    }

    DdlFacts &m_facts;
};

} // namespace

DdlFacts readDdlFacts(std::vector<DdlAnswer> answers, DdlKey one)
{
    DdlFacts facts;
    facts.answers = std::move(answers);
    facts.one = one;
    Reader reader(facts);
    for (const DdlAnswer &answer : facts.answers)
        reader.read(answer);
    return facts;
}

} // namespace core
