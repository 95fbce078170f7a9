// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagram/diagramtext.h"

#include <QCoreApplication>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::Diagram", text);
}

QString columnList(const QStringList &columns)
{
    return columns.size() == 1 ? columns.front() : u'(' + columns.join(u", "_s) + u')';
}

QJsonObject keyJson(const DiagramGraph &graph, const DiagramKey &key, const DiagramRoute &route)
{
    QJsonArray points;
    for (const QPointF &point : route.points)
        points.append(QJsonArray{point.x(), point.y()});
    return {{u"name"_s, key.fact.name},
            {u"from"_s, graph.tables[std::size_t(key.from)].qualifiedName},
            {u"to"_s, graph.tables[std::size_t(key.to)].qualifiedName},
            {u"fromColumns"_s, QJsonArray::fromStringList(key.fact.fromColumns)},
            {u"toColumns"_s, QJsonArray::fromStringList(key.fact.toColumns)},
            {u"unique"_s, key.fact.unique},
            {u"optional"_s, key.fact.optional},
            {u"validated"_s, key.fact.validated},
            {u"points"_s, points}};
}

} // namespace

QString referenceLine(const RelationFact &fact)
{
    return u"%1 → %2.%3, %4"_s.arg(columnList(fact.fromColumns), fact.toName,
                                   columnList(fact.toColumns), relationWords(fact));
}

QString referencedLine(const RelationFact &fact)
{
    return u"%1 ← %2.%3, %4"_s.arg(columnList(fact.toColumns), fact.fromName,
                                   columnList(fact.fromColumns), relationWords(fact));
}

QString diagramText(const Catalog &catalog, const DiagramGraph &graph)
{
    QString text;
    for (const DiagramTable &table : graph.tables) {
        const RelationInfo *relation = catalog.relation(table.relation);
        if (!relation)
            continue;
        text += table.qualifiedName + u'\n';
        const TableRelations relations = relationsOf(catalog, *relation);
        for (const RelationFact &fact : relations.references)
            text += u"  "_s + referenceLine(fact) + u'\n';
        for (const RelationFact &fact : relations.referencedBy)
            text += u"  "_s + referencedLine(fact) + u'\n';
        if (relations.references.empty() && relations.referencedBy.empty())
            text += u"  "_s + tr("no foreign keys") + u'\n';
    }
    return text;
}

QJsonObject diagramJson(const DiagramGraph &graph, const DiagramLayout &layout)
{
    QJsonArray tables;
    for (std::size_t i = 0; i < graph.tables.size(); ++i) {
        const DiagramTable &table = graph.tables[i];
        const QRectF &card = layout.cards[i];
        QJsonArray columns;
        for (const DiagramColumn &column : table.columns)
            columns.append(column.name);
        tables.append(QJsonObject{{u"name"_s, table.qualifiedName},
                                  {u"columns"_s, columns},
                                  {u"more"_s, table.more},
                                  {u"x"_s, card.x()},
                                  {u"y"_s, card.y()},
                                  {u"width"_s, card.width()},
                                  {u"height"_s, card.height()}});
    }
    QJsonArray keys;
    for (std::size_t i = 0; i < graph.keys.size(); ++i)
        keys.append(keyJson(graph, graph.keys[i], layout.routes[i]));
    return {{u"tables"_s, tables}, {u"keys"_s, keys}};
}

} // namespace core
