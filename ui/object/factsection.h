// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/object/factmodel.h"

#include <QWidget>

#include <functional>

namespace ui {

class Button;
class FactView;
class SearchField;
class TextLabel;

// A part of a page: heading, count, a list of facts in a card, or a sentence in its place. A long
// list is folded.
class FactSection : public QWidget
{
    Q_OBJECT

public:
    // Object names are made of `name`: "object.columns", "object.columns.filter". An empty title
    // leaves the heading out.
    FactSection(const QString &name, const QString &title, std::vector<FactColumn> columns,
                QWidget *parent);

    // A field that filters the rows.
    void addFilter(const QString &placeholder);
    // More rows than `most` are folded to `shown`; the words count them ("6 more columns").
    void setFold(int most, int shown, std::function<QString(int)> words);
    void setRows(std::vector<FactRow> rows, const QString &count);
    // In place of the list: there is nothing, or no permission.
    void setWords(const QString &words);
    [[nodiscard]] FactView &view() const { return *m_view; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showFold();

    QString m_name;
    TextLabel *m_heading;
    TextLabel *m_count;
    SearchField *m_filter = nullptr;
    QLayout *m_head;
    TextLabel *m_words;
    QWidget *m_card;
    FactView *m_view;
    QWidget *m_foot;
    TextLabel *m_more;
    Button *m_all;
    std::function<QString(int)> m_moreWords;
    int m_most = 0;
    int m_shown = 0;
    bool m_unfolded = false;
};

} // namespace ui
