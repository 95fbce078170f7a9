// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagram/diagramplaces.h"

#include "core/base/paths.h"
#include "core/project/projectkey.h"

#include <QJsonArray>

#include <cmath>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr int schemaVersion = 1;
constexpr double furthest = 1e6; // a place beyond that is none

QString keyOf(const QString &database, const QString &schema)
{
    return database + u'\n' + schema;
}

} // namespace

DiagramStore::DiagramStore(const QString &folder)
    : m_store(u"%1/diagrams/%2.json"_s.arg(stateDirectory(), projectKey(folder)), schemaVersion)
{
}

Result<DiagramPlaces> DiagramStore::read(const QString &database, const QString &schema) const
{
    const Result<QJsonObject> all = m_store.read();
    if (!all)
        return std::unexpected(all.error());
    DiagramPlaces places;
    const QJsonObject own = all->value("drawings"_L1)[keyOf(database, schema)].toObject();
    const QJsonObject cards = own["cards"_L1].toObject();
    for (auto card = cards.begin(); card != cards.end(); ++card) {
        const QPointF place(card.value()[0].toDouble(NAN), card.value()[1].toDouble(NAN));
        if (std::abs(place.x()) < furthest && std::abs(place.y()) < furthest)
            places.cards.insert(card.key(), place);
    }
    if (own["shown"_L1].isArray()) {
        places.shown.emplace();
        for (const QJsonValue &name : own["shown"_L1].toArray())
            places.shown->append(name.toString());
    }
    return places;
}

Result<> DiagramStore::write(const QString &database, const QString &schema,
                             const DiagramPlaces &places) const
{
    return m_store.update([&](QJsonObject &all) -> Result<> {
        QJsonObject drawings = all["drawings"_L1].toObject();
        QJsonObject own;
        QJsonObject cards;
        for (const auto &[name, place] : places.cards.asKeyValueRange())
            cards.insert(name, QJsonArray{place.x(), place.y()});
        if (!cards.isEmpty())
            own.insert("cards"_L1, cards);
        if (places.shown)
            own.insert("shown"_L1, QJsonArray::fromStringList(*places.shown));
        if (own.isEmpty())
            drawings.remove(keyOf(database, schema));
        else
            drawings.insert(keyOf(database, schema), own);
        all.insert("drawings"_L1, drawings);
        return {};
    });
}

} // namespace core
