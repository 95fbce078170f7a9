// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

// The parts as a window has them: docks with trees, tabs, view bar, split, scroll bars. With
// `asking`, a production sheet stands over it.
QWidget *makeWindowSheet(bool asking);
