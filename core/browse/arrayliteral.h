// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <vector>

namespace core {

/// The elements of a one-dimensional array as the server writes it (`{a,"b c",NULL}`, delimiter
/// comma). None for text that is no such array. A NULL element is left out.
[[nodiscard]] std::optional<std::vector<QByteArray>> readArray(QByteArrayView text);
/// The same the other way; every element in quotes.
[[nodiscard]] QByteArray writeArray(const std::vector<QByteArray> &elements);

} // namespace core
