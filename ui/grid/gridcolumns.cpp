// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid/gridcolumns.h"

#include <algorithm>
#include <numeric>

namespace ui {

using namespace Qt::StringLiterals;

void GridColumns::reset(const core::Columns &columns, int width)
{
    m_items.clear();
    m_items.reserve(columns.size());
    for (const core::Column &column : columns) {
        Item item;
        item.column = column;
        item.category = core::categoryOf(column.type);
        item.monospaced = core::isMonospaced(column.type);
        item.width = width;
        describe(item);
        m_items.push_back(std::move(item));
    }
    m_order.resize(columns.size());
    std::iota(m_order.begin(), m_order.end(), 0);
    arrange();
}

void GridColumns::describe(Item &item) const
{
    item.typeText = core::typeName(item.column);
    if (!item.facts.typeNote.isEmpty())
        item.typeText += u" · "_s + item.facts.typeNote;
    if (!item.facts.references.isEmpty())
        item.typeText += u" → "_s + item.facts.references;
}

void GridColumns::setFacts(std::vector<ColumnFacts> facts)
{
    facts.resize(m_items.size());
    for (std::size_t i = 0; i < facts.size(); ++i) {
        m_items[i].facts = std::move(facts[i]);
        describe(m_items[i]);
    }
}

void GridColumns::arrange()
{
    m_shown.clear();
    m_ends.clear();
    int end = 0;
    for (const int column : m_order) {
        const Item &it = item(column);
        if (it.hidden)
            continue;
        end += it.width;
        m_shown.push_back(column);
        m_ends.push_back(end);
    }
}

int GridColumns::placeOf(int column) const
{
    const auto found = std::ranges::find(m_shown, column);
    return found == m_shown.end() ? -1 : int(found - m_shown.begin());
}

int GridColumns::placeAt(int x) const
{
    if (x < 0)
        return -1;
    const auto found = std::ranges::upper_bound(m_ends, x);
    return found == m_ends.end() ? -1 : int(found - m_ends.begin());
}

int GridColumns::borderAt(int x, int reach) const
{
    const auto found = std::ranges::lower_bound(m_ends, x - reach);
    return found != m_ends.end() && *found <= x + reach ? int(found - m_ends.begin()) : -1;
}

void GridColumns::setWidth(int column, int width, bool chosen)
{
    Item &it = m_items[std::size_t(column)];
    it.width = std::max(width, leastWidth);
    it.widthChosen = it.widthChosen || chosen;
    arrange();
}

void GridColumns::setHidden(int column, bool hidden)
{
    m_items[std::size_t(column)].hidden = hidden;
    arrange();
}

void GridColumns::move(int fromPlace, int toPlace)
{
    if (fromPlace == toPlace)
        return;
    const auto from = std::ranges::find(m_order, columnAt(fromPlace));
    const auto to = std::ranges::find(m_order, columnAt(toPlace));
    if (from < to)
        std::rotate(from, from + 1, to + 1);
    else
        std::rotate(to, from, from + 1);
    arrange();
}

std::vector<ColumnState> GridColumns::state() const
{
    std::vector<ColumnState> state;
    state.reserve(m_order.size());
    for (const int column : m_order) {
        const Item &it = item(column);
        state.push_back({it.column.name, it.widthChosen ? it.width : 0, it.hidden});
    }
    return state;
}

void GridColumns::restore(const std::vector<ColumnState> &state)
{
    std::vector<int> order;
    order.reserve(m_order.size());
    for (const ColumnState &known : state) {
        const auto found = std::ranges::find_if(m_order, [&](int column) {
            return item(column).column.name == known.name && !std::ranges::contains(order, column);
        });
        if (found == m_order.end())
            continue;
        Item &it = m_items[std::size_t(*found)];
        it.hidden = known.hidden;
        if (known.width > 0) {
            it.width = std::max(known.width, leastWidth);
            it.widthChosen = true;
        }
        order.push_back(*found);
    }
    for (const int column : m_order) {
        if (!std::ranges::contains(order, column))
            order.push_back(column);
    }
    m_order = std::move(order);
    arrange();
}

} // namespace ui
