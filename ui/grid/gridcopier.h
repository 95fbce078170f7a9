// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result/rowsource.h"
#include "ui/grid/gridview.h"

#include <QString>
#include <QTimer>

#include <vector>

namespace ui {

// Makes the text of a range of cells for the clipboard, exactly as the server sent the values. Rows
// that are not here are asked for, window by window; the event loop runs in between. Delete it to
// stop. One use.
class GridCopier : public QObject
{
    Q_OBJECT

public:
    // More than this is a matter for export.
    static constexpr qsizetype mostBytes = qsizetype(64) * 1024 * 1024;

    GridCopier(core::RowSource &source, std::vector<int> columns, core::RowRange rows,
               GridView::CopyFormat format);
    // finished() comes at once if everything is here and it is little.
    void start();

signals:
    // A null text means that nothing can be copied; the sentence says why.
    void finished(const QString &text, const QString &sentence);

private:
    void resume();
    [[nodiscard]] bool appendRow(qint64 row);
    void appendNames();
    void appendValue(QByteArrayView bytes);
    void succeed();
    void fail(const QString &reason);

    core::RowSource &m_source;
    const std::vector<int> m_columns;
    const core::RowRange m_rows;
    const GridView::CopyFormat m_format;
    QByteArray m_text;
    QTimer m_next;
    qint64 m_row;
    qint64 m_copied = 0;
    qint64 m_cut = 0;
    bool m_single;
    bool m_done = false;
};

} // namespace ui
