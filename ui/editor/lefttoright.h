// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QsciScintillaBase;

namespace ui {

// Code reads from left to right in every language: call it before the editor is shown.
void keepLeftToRight(QsciScintillaBase *editor);

} // namespace ui
