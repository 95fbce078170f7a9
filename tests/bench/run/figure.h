// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include <span>
#include <vector>

namespace bench {

/// One of the numbers that Sluice is held to: what it means and what it should be.
struct FigureKind {
    enum class Bound : quint8 {
        None, ///< printed for comparison
        AtMost,
        Below,
    };
    const char *name; ///< "group.figure"
    const char *unit;
    int decimals;
    Bound bound;
    double limit;
    const char *meaning;

    [[nodiscard]] QString group() const;
};

/// All of them, by group, in the order of the table.
[[nodiscard]] std::span<const FigureKind> figureKinds();

/// A number that was measured. `details` holds the samples and what else explains it.
struct Figure {
    const FigureKind *kind = nullptr;
    double value = 0;
    QJsonObject details = {};

    /// Of a name in figureKinds(); another one ends the program.
    Figure(const char *name, double value, QJsonObject details = {});
    [[nodiscard]] bool isMet() const;
};
using Figures = std::vector<Figure>;

} // namespace bench
