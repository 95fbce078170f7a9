// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/catalog.h"
#include "core/catalog/describe.h"
#include "core/result/chunk.h"
#include "ui/common/fonts.h"

#include <QWidget>

class QGridLayout;
class QScrollArea;

namespace ui {

class TextLabel;

// What is known of one column: nullable, default, keys, indexes, references both ways, comment; as
// label and value. Definitions come later, with setDetail(). GUI thread.
class ColumnPage : public QWidget
{
    Q_OBJECT

public:
    explicit ColumnPage(QWidget *parent = nullptr);

    // `catalog` null: nothing is known of the database.
    void setColumn(const core::Column &column, const core::CatalogPtr &catalog);
    // Of the column's table; of another one it is ignored.
    void setDetail(const core::RelationDetail &detail);
    // The facts alone below a cell's value, or all of the page with the column's name and table.
    void setWhole(bool whole);
    // Of its contents, for who gives it no more room than it needs.
    [[nodiscard]] int contentHeight() const;
    // "Nullable: No", one a fact, as a person reads them.
    [[nodiscard]] QStringList facts() const { return m_facts; }

signals:
    void relationWanted(core::Oid relation);

private:
    struct Known; // the column in its catalog

    void fill();
    void fillRows();
    void addTable(const Known &known);
    void addKeys(const Known &known);
    void addIndexes(const Known &known);
    void addReferences(const Known &known);
    void add(const QString &label, const QString &value, TextRole role = TextRole::Body);
    void addLink(const QString &label, const QString &icon, const QString &name,
                 const QString &caption, core::Oid relation);
    [[nodiscard]] QString defaultOf(const Known &known) const;

    core::Column m_column;
    core::CatalogPtr m_catalog;
    core::RelationDetail m_detail;
    QStringList m_facts;
    QScrollArea *m_scroll;
    QWidget *m_body;
    TextLabel *m_heading;
    QGridLayout *m_grid;
    QWidget *m_rows = nullptr; // made anew for each column
    int m_line = 0;
    bool m_whole = false;
};

} // namespace ui
