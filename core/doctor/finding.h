// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/doctor/explanation.h"

#include <QJsonObject>

#include <vector>

namespace core {

/// What a check came to.
struct Finding {
    enum class Level : quint8 {
        Ok,
        Note,    ///< good to know
        Warning, ///< will hurt some day, or hurts already without stopping anything
        Problem, ///< something does not work
    };
    QByteArray id = {}; ///< stable: "connect.failed", "slots.holding"
    Level level = Level::Ok;
    QString database = {}; ///< of the project; empty = the folder
    QString sentence = {};
    QString detail = {}; ///< why it matters, or the numbers; may be empty
    QString where = {};
    std::vector<Fix> fixes = {};
    /// Of a failed connection, the explanation's id ("auth.password").
    QByteArray explanation = {};
    bool operator==(const Finding &) const = default;
};

/// "ok", "note", "warning", "problem"; stable, for --json.
[[nodiscard]] QString levelId(Finding::Level level);

/// An explained failure as a finding.
[[nodiscard]] Finding findingOf(const QByteArray &id, const Failure &failure);

/// {"id","level","database"?,"sentence","detail"?,"where"?,"explanation"?,"fixes":[{"sentence",
/// "before"?,"text"?}]}
[[nodiscard]] QJsonObject findingJson(const Finding &finding);
[[nodiscard]] QJsonObject explanationJson(const Explanation &explanation);

} // namespace core

Q_DECLARE_METATYPE(core::Finding)
