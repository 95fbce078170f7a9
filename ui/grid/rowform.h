// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result/rowsource.h"
#include "core/result/valuetext.h"
#include "ui/grid/gridcolumns.h"

#include <QAbstractListModel>
#include <QListView>
#include <QPointer>

#include <vector>

namespace ui {

// One field of a row, as the form shows it.
struct RowField {
    core::Column about = {};
    ColumnFacts facts = {};
    QString type = {};
    core::CellText text = {};
    core::TypeCategory category = core::TypeCategory::Other;
    bool monospaced = false;
};

// The fields of one row, a copy that stays when the row is scrolled away.
class RowFieldModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    // The same columns as before: only what the cells show is replaced, and a view keeps its place.
    void setFields(std::vector<RowField> fields);
    [[nodiscard]] const RowField &field(int row) const { return m_fields[std::size_t(row)]; }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    // The name; AccessibleTextRole: value, name, type.
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    std::vector<RowField> m_fields;
};

// A row as a form: name, type and value of each column, by the rules of the grid's cells. Rows of
// 30 px; where it is narrow two lines, the value below. A row that is not here yet fills itself
// when it arrives. GUI thread.
class RowForm : public QListView
{
    Q_OBJECT

public:
    explicit RowForm(QWidget *parent = nullptr);
    ~RowForm() override;

    // Null: no row. The source is borrowed. `facts` are those of the grid's header, may be empty.
    void setRow(core::RowSource *source, qint64 row, const std::vector<ColumnFacts> &facts);
    // Chosen by somebody else; does not say fieldChosen().
    void setCurrentField(int column);
    [[nodiscard]] int currentField() const { return currentIndex().row(); }
    // Too narrow for three columns.
    [[nodiscard]] bool isStacked() const;

signals:
    void fieldChosen(int column);
    // Enter or a double click on a foreign key.
    void referenceWanted(int column);
    void copyWanted();

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void take();
    void openReference(const QModelIndex &index);

    RowFieldModel *m_model;
    class RowFieldDelegate *m_delegate;
    QPointer<core::RowSource> m_source;
    std::vector<ColumnFacts> m_facts;
    qint64 m_row = 0;
    bool m_missing = false;
    bool m_quiet = false;
};

} // namespace ui
