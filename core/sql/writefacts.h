// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QByteArrayView>
#include <QString>

#include <vector>

namespace core {

/// What a person should hear before a statement runs (DESIGN 5, "Guards by meaning").
struct Hazard {
    enum class Kind : quint8 {
        UpdatesAll, ///< UPDATE without WHERE
        DeletesAll, ///< DELETE without WHERE
        Drops,      ///< DROP of anything, ALTER TABLE … DROP COLUMN
        Truncates,
        DropsPublic, ///< DROP SCHEMA public CASCADE
        Locks,       ///< keeps others out of a table while it works
    };
    Kind kind = Kind::Drops;
    QString object = {};  ///< as the text names it; empty where it names none
    QString message = {}; ///< one sentence
    bool operator==(const Hazard &) const = default;

    /// Destroys what cannot be had back: asks for a yes. Locks are told, not asked.
    [[nodiscard]] bool asks() const { return kind != Kind::Locks; }
};

/// What the writing frames have to know of one statement, by PostgreSQL's own grammar. A text that
/// it does not accept tells nothing.
struct WriteFacts {
    bool refusesBlock = false; ///< the server runs it outside of a transaction block only
    bool keepsState = false;   ///< what it makes outlives its transaction in the session
    bool commits = false;      ///< COMMIT, END, PREPARE TRANSACTION
    bool onlyReads = false;    ///< reads and calls no function, which might do anything
    bool isDdl = false;
    /// INSERT, UPDATE, DELETE or MERGE: its command tag tells how many rows it changed.
    bool tellsChangedRows = false;
    QByteArray name = {}; ///< of what refuses or keeps: "VACUUM", "CREATE TABLE"; by its class
    QByteArrayList settings = {}; ///< names that SET, RESET and set_config() name
    std::vector<Hazard> hazards = {};
    bool operator==(const WriteFacts &) const = default;
};

/// For threads, limits and cost see classify().
[[nodiscard]] WriteFacts writeFacts(QByteArrayView sql);

} // namespace core
