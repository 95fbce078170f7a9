// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result/cellmatcher.h"
#include "ui/common/findstrip.h"

#include <QTimer>

namespace ui {

class Button;
class ElidedLabel;
class GridFinder;
class GridView;
class SearchField;

// Finds a text in the rows of a grid, under its view bar: field, "3 of 4", case, word, expression,
// and what was looked at. Marks the hits in the grid. Hidden until open(); Esc closes it and gives
// the focus back to the grid.
class FindBar : public FindStrip
{
    Q_OBJECT

public:
    // The grid is borrowed and must live as long.
    FindBar(GridView &grid, QWidget *parent = nullptr);
    ~FindBar() override;

    // Shows it and takes the focus; the text of before is selected.
    void open();
    void close();
    // Without a text they open the bar.
    void findNext() { step(true); }
    void findPrevious() { step(false); }
    void next(bool backwards) override { step(!backwards); }
    [[nodiscard]] const GridFinder &finder() const { return *m_finder; }
    [[nodiscard]] core::FindOptions options() const;

protected:
    void leave() override { close(); }
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    [[nodiscard]] Button *toggle(const QString &iconName, const QString &name,
                                 const QString &objectName);
    void search();
    void step(bool forward);
    void goTo(core::CellHit hit);
    [[nodiscard]] core::CellHit place() const;
    void showFound();
    [[nodiscard]] QString countText() const;
    [[nodiscard]] QString scopeText() const;

    GridView &m_grid;
    GridFinder *m_finder;
    SearchField *m_field;
    ElidedLabel *m_count;
    ElidedLabel *m_scope;
    Button *m_case = nullptr;
    Button *m_word = nullptr;
    Button *m_expression = nullptr;
    QTimer m_typed; // a search begins when the typing rests
    bool m_stepWhenFound = false;
};

} // namespace ui
