// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/routing.h"

#include <functional>

class QWidget;

namespace core {
class OpenDatabase;
}

namespace ui {

class Popover;

// Why this endpoint: what it is and why, what says that each address is pooled or direct and where
// it stands, and where every purpose goes. `direct` is called when a person agrees to the direct
// address that a pooled one suggests; it is offered only where the database has no direct endpoint.
[[nodiscard]] Popover *
makeEndpointPopover(QWidget *anchor, const core::OpenDatabase &database,
                    const std::function<void(const core::DerivedDirect &)> &direct);

} // namespace ui
