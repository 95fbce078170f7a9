// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

// Menus, tooltips, rare states, all symbols with their names.
QWidget *makePopupsSheet();
