// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/jsonstore.h"

#include <QHash>
#include <QPointF>
#include <QStringList>

#include <optional>

namespace core {

/// How a person left the drawing of one schema.
struct DiagramPlaces {
    QHash<QString, QPointF> cards = {};    ///< those that were moved, by qualified name
    std::optional<QStringList> shown = {}; ///< tables that were chosen; none = all
    bool operator==(const DiagramPlaces &) const = default;
};

/// Keeps that for each project, beside the folder and never in it. Blocks on the file: for a
/// worker. Errors: those of JsonStore. What does not read as a place is left out.
class DiagramStore
{
public:
    /// $XDG_STATE_HOME/sluice/diagrams, a file a project folder.
    explicit DiagramStore(const QString &folder);

    [[nodiscard]] Result<DiagramPlaces> read(const QString &database, const QString &schema) const;
    [[nodiscard]] Result<> write(const QString &database, const QString &schema,
                                 const DiagramPlaces &places) const;

private:
    JsonStore m_store;
};

} // namespace core
