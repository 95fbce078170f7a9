// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/project.h"

#include <optional>
#include <vector>

namespace core {

/// What trust is given for: a place to connect to. Passwords and database names do not count.
struct TrustTarget {
    QString host = {};
    quint16 port = 0;
    QString user = {};
    QString sslmode = {}; ///< as the address says; empty = not said
    auto operator<=>(const TrustTarget &) const = default;
    bool operator==(const TrustTarget &) const = default;

    [[nodiscard]] static TrustTarget of(const ConnInfo &info);
    /// "user@host:5432", with the sslmode where one is given.
    [[nodiscard]] QString text() const;
};

/// Proof that a person let this folder's addresses be used, or entered an address themself. Only
/// TrustStore and, for one connection each, SavedConnectionStore make one, and whatever connects
/// asks for it.
class TrustToken
{
public:
    /// Empty for a saved connection.
    [[nodiscard]] const QString &folder() const { return m_folder; }
    [[nodiscard]] bool covers(const ConnInfo &info) const;

private:
    friend class TrustStore;
    friend class SavedConnectionStore;
    TrustToken(QString folder, std::vector<TrustTarget> targets);
    QString m_folder;
    std::vector<TrustTarget> m_targets;
};

/// What a person is asked, or that nothing needs asking.
struct TrustQuestion {
    enum class State : quint8 { Trusted, Needed, Changed };
    struct Target {
        TrustTarget target = {};
        SourceLocation source = {};
        bool isNew = true; ///< not among those that were agreed to
    };
    /// An address under the same key as before with another target.
    struct Change {
        SourceLocation source = {};
        TrustTarget before = {};
        TrustTarget now = {};
    };
    State state = State::Needed;
    QString folder = {};
    QString owner = {}; ///< user name, or the number where it has none
    bool ownedByOther = false;
    std::vector<Target> targets = {};
    std::vector<Change> changes = {};     ///< only in Changed
    std::optional<TrustToken> token = {}; ///< only in Trusted
};

/// trust.json: which folders may be connected from. Stateless between calls, so any thread may use
/// one and all programs of a user share the file, under a lock that is held for the time of a read
/// or a write. Entries are keyed by the canonical path and its owner, so that another user's folder
/// under the same path asks again.
class TrustStore
{
public:
    /// `file` empty = $XDG_DATA_HOME/sluice/trust.json.
    explicit TrustStore(QString file = {});

    /// Errors of JsonStore only; a damaged file is moved aside and everything asks again.
    [[nodiscard]] Result<TrustQuestion> question(const Project &project) const;
    /// A person's consent to everything in question(project).
    [[nodiscard]] Result<TrustToken> grant(const Project &project) const;
    /// False where the folder was not trusted.
    [[nodiscard]] Result<bool> revoke(const QString &folder) const;

private:
    QString m_file;
};

} // namespace core
