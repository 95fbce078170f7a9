// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/catalog/objectdetail.h"

#include <QString>

namespace ui {

// "materialized view".
[[nodiscard]] QString kindWord(core::ObjectKind kind);
// "table, owner app_owner, 9.8 GB with indexes, ≈ 48.2 million rows".
[[nodiscard]] QString factOf(const core::ObjectDetail &object);
// Sentence, place and advice as a paragraph.
[[nodiscard]] QString errorWords(const core::Error &error);
[[nodiscard]] QString noPermission();

} // namespace ui
