// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

// Colours, type, chips, buttons, fields, notes and state pages, each in all its states.
QWidget *makePartsSheet();
