// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagram/diagramgraph.h"

#include <QTreeView>

class QStandardItemModel;

namespace ui {

// The drawing in words, for keyboard and screen reader: each table of it, and below it what it
// references and what references it, also outside of the drawing. Everything can be copied.
class RelationsList : public QTreeView
{
    Q_OBJECT

public:
    explicit RelationsList(QWidget *parent = nullptr);

    // What was open and chosen stays so where it is still there.
    void setRelations(const core::Catalog &catalog, const core::DiagramGraph &graph);
    // Oid{} = none.
    [[nodiscard]] core::Oid currentTable() const;
    void setCurrentTable(core::Oid table);

    // The chosen rows as text, a line each; all of a table's where it is folded.
    [[nodiscard]] QString selectedText() const;

signals:
    void currentTableChanged(core::Oid table);
    // Enter or a double click on a table; on a relation: its other table.
    void rowsWanted(core::Oid table);
    void menuWanted(core::Oid table, const QPoint &globalPosition);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    [[nodiscard]] QModelIndex indexOf(core::Oid table) const;

    QStandardItemModel *m_model;
    bool m_filling = false;
};

} // namespace ui
