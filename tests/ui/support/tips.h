// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QModelIndex>
#include <QPoint>
#include <QString>

class QAbstractItemView;
class QWidget;

namespace test {

/// What the tooltip shows when the mouse rests at `at` of the widget; empty for none.
[[nodiscard]] QString tipAt(QWidget *widget, const QPoint &at);
/// The same over the middle of an item, which must be in sight.
[[nodiscard]] QString tipOf(QAbstractItemView *view, const QModelIndex &index);

} // namespace test
