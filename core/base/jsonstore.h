// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QJsonObject>
#include <QString>

#include <functional>

namespace core {

/// One small JSON file that the window and sluicectl share: an object with its "schema" number,
/// replaced whole (AtomicFile) under a lock (`<file>.lock`). Reading needs no lock. Owner-only. Any
/// thread. Errors: store.broken (no JSON object: nothing is overwritten until moveAside()),
/// store.newer (a newer Sluice wrote it: refused rather than damaged), and those of files.
class JsonStore
{
public:
    JsonStore(QString file, int schema);

    /// Empty where there is no file yet. An older schema is handed out as it is: look at "schema".
    [[nodiscard]] Result<QJsonObject> read() const;
    /// Reads, lets `change` change it, and writes; nothing is written if `change` fails or changes
    /// nothing. "schema" is set by us. Waits for another program's update.
    [[nodiscard]] Result<> update(const std::function<Result<>(QJsonObject &)> &change) const;
    /// Where a damaged file must not stand in the way: it is moved aside, and a new one written.
    [[nodiscard]] Result<>
    updateOrReplace(const std::function<Result<>(QJsonObject &)> &change) const;
    /// Renames a broken file to `<file>.broken` (the one before is replaced) and tells that name.
    [[nodiscard]] Result<QString> moveAside() const;

    [[nodiscard]] const QString &file() const { return m_file; }

private:
    QString m_file;
    int m_schema;
};

} // namespace core
