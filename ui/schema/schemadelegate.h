// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "ui/common/treedelegate.h"

namespace core {
class RelationSizes;
}

namespace ui {

// Looks of the catalog's tree: which symbol each kind has; the model knows none.
class SchemaDelegate : public TreeDelegate
{
    Q_OBJECT

public:
    using TreeDelegate::TreeDelegate;

    void setCurrentRelation(core::Oid relation) { m_current = relation; }
    // Of tables, in place of how many rows they have about; null = not. What is drawn is asked for.
    void setSizes(core::RelationSizes *sizes) { m_sizes = sizes; }
    [[nodiscard]] bool showsSizes() const { return m_sizes; }
    // What stands at the end of a row.
    [[nodiscard]] QString fact(const QModelIndex &index) const { return describe(index).fact; }
    // The name while it is elided, and of a table what the row has no place for.
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

protected:
    [[nodiscard]] TreeRow describe(const QModelIndex &index) const override;

private:
    [[nodiscard]] QString sizeOf(core::Oid relation) const;

    core::RelationSizes *m_sizes = nullptr;
    core::Oid m_current = {};
};

} // namespace ui
