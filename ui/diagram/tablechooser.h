// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/sheet.h"

#include <QSet>

#include <vector>

class QListView;
class QStandardItemModel;

namespace ui {

class SearchField;

// Asks which tables a drawing shows: a list to tick, with a filter.
class TableChooser : public Sheet
{
    Q_OBJECT

public:
    struct Choice {
        quint32 table = 0;
        QString name = {};
        int keys = 0; // foreign keys at it
        bool shown = false;
    };

    TableChooser(QWidget *anchor, const std::vector<Choice> &choices, const QString &why);

    [[nodiscard]] QSet<quint32> chosen() const;

private:
    void build();
    void filter(const QString &text);
    // Of those that the filter leaves.
    void tickAll(bool ticked);
    void showCount();

    QStandardItemModel *m_model;
    QListView *m_list;
    SearchField *m_filter;
    Button *m_show;
};

} // namespace ui
