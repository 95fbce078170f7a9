// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLineEdit;

namespace ui {

class Button;
class ElidedLabel;
class GridView;
class HairLine;

// The line below a grid, 32 px: which row of how many (or what is selected), "Count exactly" while
// that is an estimate, the order, the time to the first rows, and the way to another row.
class GridFooter : public QWidget
{
    Q_OBJECT

public:
    // The grid is borrowed and must live as long.
    GridFooter(GridView &grid, QWidget *parent = nullptr);

    // "First rows in 21 ms".
    void setTiming(const QString &sentence);
    // "1 filter, sorted by invoices_pkey"; without it the source's own word on its order.
    void setOrder(const QString &sentence);
    // The link says that it is being counted, and is off.
    void setCounting(bool counting);
    // Opens the field for a row number or a share ("50 %").
    void openJump();
    // The row, counted from 0, that a person's words name among so many rows; -1 if they name none.
    [[nodiscard]] static qint64 rowNamed(const QString &words, qint64 rows);

signals:
    void countWanted();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void refresh();
    void attach();
    void closeJump();
    void jump();
    [[nodiscard]] QString positionText() const;
    [[nodiscard]] QString selectionText() const;

    GridView &m_grid;
    ElidedLabel *m_position;
    Button *m_count;
    HairLine *m_line;
    ElidedLabel *m_order;
    ElidedLabel *m_timing;
    Button *m_jump;
    QLineEdit *m_field;
    QString m_orderText;
    bool m_counting = false;
};

} // namespace ui
