// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/routing.h"

#include <functional>

class QWidget;

namespace core {
class OpenDatabase;
}

namespace ui {

class PoolerSearch;
class Popover;

// Why this endpoint: what it is and why, what says that each address is pooled or direct and where
// it stands, which pooler answers there and a button that finds it out, and where every purpose
// goes. It follows what becomes known while it is open. `direct` is called when a person agrees to
// the direct address that a pooled one suggests; it is offered only where the database has no
// direct endpoint. All are borrowed; it closes when the database ends.
[[nodiscard]] Popover *
makeEndpointPopover(QWidget *anchor, core::OpenDatabase &database, PoolerSearch &search,
                    const std::function<void(const core::DerivedDirect &)> &direct);

} // namespace ui
