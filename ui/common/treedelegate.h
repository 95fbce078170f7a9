// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QStyledItemDelegate>

class QTreeView;

namespace ui {

// What a row of a dock's tree shows.
struct TreeRow {
    QString iconName; // of the bundled set
    QString name;     // elided in the middle
    QString fact;     // caption at the end of the row: "≈ 48.2 M", "2 pending"
    Meaning iconMeaning = Meaning::Neutral; // colours the symbol (production)
    Meaning factMeaning = Meaning::Neutral; // colours the fact (problems)
    bool current = false; // the object shown in the current tab: marker, accent symbol
    bool dimmed = false;  // not there, not reachable
    bool heading = false; // a group without symbol
};

// Rows of 26 px: symbol, name, fact at the end. Models keep no looks: a subclass says in describe()
// what a row of its model shows. The default reads DisplayRole and the roles below.
class TreeDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    // QString, QString, bool, int(Meaning), int(Meaning), bool.
    enum Role : int {
        IconNameRole = Qt::UserRole + 1000,
        FactRole,
        CurrentRole,
        IconMeaningRole,
        FactMeaningRole,
        DimmedRole
    };

    explicit TreeDelegate(QObject *parent = nullptr);

    // Sets up a tree as docks show it: no frame, no header, uniform rows, Window as its ground,
    // indentation 16, middle elision, a delegate of this class.
    static void dress(QTreeView *tree);
    // How a row's room is shared: a fact that keeps its place (a number, a problem) stays whole
    // beside a name that is elided; another gives way to the name, and goes where nothing sensible
    // is left of it.
    [[nodiscard]] static int roomForFact(int room, int name, int fact, bool keeps);
    // The tree behind the space that a dock leaves before its rows; name the tree first.
    [[nodiscard]] static QWidget *placed(QTreeView *tree);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;
    // The whole name as plain text while it is elided.
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

protected:
    [[nodiscard]] virtual TreeRow describe(const QModelIndex &index) const;
};

} // namespace ui
