// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/catalog.h"

#include <QFrame>
#include <QPointer>

#include <functional>
#include <vector>

class QListView;

namespace ui {

class PaletteModel;
class SearchField;

// One entry of the palette.
struct PaletteEntry {
    enum class Kind : quint8 { Command, Pinned, Recent, Object, File };
    Kind kind = Kind::Command;
    QString iconName;
    QString text;
    QString fact;      // behind the text in Text 2
    QString shortcut;  // at the end
    QString reason;    // why it cannot be chosen now; empty = it can
    QList<int> marked; // letters of `text` that the pattern met
    std::function<void()> choose;
};

// Asked for entries as the user types; best first within a kind.
using PaletteSearch = std::function<std::vector<PaletteEntry>(const QString &pattern)>;

// The field in the middle of the window that finds commands, tables, other objects and files. Child
// of the window, over everything; closes by Esc, by choosing, and when the focus leaves it; gives
// the focus back.
// "> " asks for commands alone.
class CommandPalette : public QFrame
{
    Q_OBJECT

public:
    CommandPalette(QWidget *window, PaletteSearch search);

    void open(const QString &text = {});

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refill();
    void choose(const QModelIndex &index);
    void leave();
    void move(int by);
    void place();

    PaletteSearch m_search;
    SearchField *m_field;
    QListView *m_list;
    PaletteModel *m_model;
    QPointer<QWidget> m_before;
};

} // namespace ui
