// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagram/diagramlayout.h"

#include <QByteArray>

#include <functional>

namespace core {

/// Colours as SVG reads them ("#0B6B7F"), fonts by family. The default is the light look.
struct DiagramLook {
    QString canvas = QStringLiteral("#F8FAFA");
    QString card = QStringLiteral("#FFFFFF");
    QString header = QStringLiteral("#F3F5F5");
    QString edge = QStringLiteral("#BFC8CB");
    QString line = QStringLiteral("#5F6B71");
    QString text = QStringLiteral("#1B2326");
    QString text2 = QStringLiteral("#525E63");
    QString text3 = QStringLiteral("#5F6B71");
    QString accent = QStringLiteral("#0B6B7F");
    QString family = QStringLiteral("Inter, 'Noto Sans', sans-serif");
    double fontSize = 13; ///< px of names
};

/// A text as it fits the width, ended with "…" where it does not. Without one, by a guess of how
/// wide letters are.
using Elider = std::function<QString(const QString &text, double width, bool heading)>;

/// The drawing as an SVG file: texts are texts, whole in the card's and line's title. Names are
/// escaped; what has no place in XML or turns the direction of what follows is U+FFFD.
[[nodiscard]] QByteArray diagramSvg(const DiagramGraph &graph, const DiagramLayout &layout,
                                    const DiagramMetrics &metrics, const DiagramLook &look = {},
                                    const Elider &elide = {});

/// A name without control characters and such as turn the direction of what follows.
[[nodiscard]] QString shownName(const QString &name);

} // namespace core
