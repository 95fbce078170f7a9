// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "ui/common/treedelegate.h"

namespace ui {

// Looks of the catalog's tree: which symbol each kind has; the model knows none.
class SchemaDelegate : public TreeDelegate
{
    Q_OBJECT

public:
    using TreeDelegate::TreeDelegate;

    void setCurrentRelation(core::Oid relation) { m_current = relation; }

protected:
    [[nodiscard]] TreeRow describe(const QModelIndex &index) const override;

private:
    core::Oid m_current = {};
};

} // namespace ui
