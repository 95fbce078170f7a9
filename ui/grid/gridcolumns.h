// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result/chunk.h"
#include "core/result/typetraits.h"

#include <QString>

#include <vector>

namespace ui {

// What the header and the cells of a column show beyond its name and type; given by whoever knows
// the table.
struct ColumnFacts {
    enum class Sort : quint8 { None, Ascending, Descending };
    bool primaryKey = false;
    QString references = {}; // the table a foreign key points at; empty = none
    QString typeNote = {};   // behind the type: a time zone
    Sort sort = Sort::None;
    bool operator==(const ColumnFacts &) const = default;
};

// A column's width and place as they are remembered; named, because numbers change with the table.
struct ColumnState {
    QString name = {};
    int width = 0;
    bool hidden = false;
    bool operator==(const ColumnState &) const = default;
};

// The columns of a grid as they stand side by side. `column` is an index into the source's columns,
// `place` counts the shown ones from the leading edge. Widths are device-independent pixels. Pure.
class GridColumns
{
public:
    struct Item {
        core::Column column = {};
        ColumnFacts facts = {};
        core::TypeCategory category = core::TypeCategory::Other;
        QString typeText = {}; // second line of the header
        bool monospaced = false;
        bool hidden = false;
        bool widthChosen = false; // by a person: a sample does not change it any more
        int width = 0;
    };

    static constexpr int leastWidth = 40;
    // What fitting makes of a column at most; a person may make it wider.
    static constexpr int mostFitted = 640;
    // The same for the first widths, from a sample: long texts must not push the others out of
    // sight.
    [[nodiscard]] static constexpr int mostSampled(core::TypeCategory category)
    {
        return category == core::TypeCategory::Json ? 160 : 240;
    }

    void reset(const core::Columns &columns, int width);
    void setFacts(std::vector<ColumnFacts> facts);

    [[nodiscard]] int columnCount() const { return int(m_items.size()); }
    [[nodiscard]] int shownCount() const { return int(m_shown.size()); }
    [[nodiscard]] const Item &item(int column) const { return m_items[std::size_t(column)]; }
    [[nodiscard]] const Item &shown(int place) const { return item(columnAt(place)); }
    [[nodiscard]] int columnAt(int place) const { return m_shown[std::size_t(place)]; }
    // -1 if it is hidden.
    [[nodiscard]] int placeOf(int column) const;

    [[nodiscard]] int totalWidth() const { return m_ends.empty() ? 0 : m_ends.back(); }
    [[nodiscard]] int begin(int place) const
    {
        return place == 0 ? 0 : m_ends[std::size_t(place) - 1];
    }
    [[nodiscard]] int end(int place) const { return m_ends[std::size_t(place)]; }
    [[nodiscard]] int width(int place) const { return end(place) - begin(place); }
    // The place that holds x, or -1 beside all of them.
    [[nodiscard]] int placeAt(int x) const;
    // The place whose trailing border is within `reach` of x, or -1.
    [[nodiscard]] int borderAt(int x, int reach) const;

    void setWidth(int column, int width, bool chosen);
    void setHidden(int column, bool hidden);
    void move(int fromPlace, int toPlace);

    [[nodiscard]] std::vector<ColumnState> state() const;
    // Takes what it knows by name; new columns stand behind, missing ones are forgotten.
    void restore(const std::vector<ColumnState> &state);

private:
    void arrange();
    void describe(Item &item) const;
    std::vector<Item> m_items; // by column
    std::vector<int> m_order;  // all columns from the leading edge
    std::vector<int> m_shown;  // m_order without the hidden ones
    std::vector<int> m_ends;   // by place
};

} // namespace ui
