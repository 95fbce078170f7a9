// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/poolerfindings.h"
#include "ui/common/theme.h"

#include <QString>

#include <map>
#include <optional>
#include <vector>

namespace ui {

// A state beside a group's name: symbol and word.
struct OverviewChip {
    Meaning meaning = Meaning::Neutral;
    QString iconName;
    QString word;
    bool operator==(const OverviewChip &) const = default;
};

// One address that was found and what becomes of it. Everything but `password` and `secret` is
// without passwords.
struct OverviewRow {
    QString iconName;
    Meaning meaning = Meaning::Neutral; // of the symbol
    QString name;                       // of the variable, or what the row is ("local twin")
    QString address;                    // user:••••@host:port/database
    QString password;                   // as it is, to be shown; empty = none
    QString secret;                     // the whole address; empty = it holds no password
    QString place;                      // ".env.local:3"
    QString file;                       // relative to the folder; empty = no file
    int line = 0;
    QString action;                           // what Sluice does with it
    Meaning actionMeaning = Meaning::Neutral; // of that sentence
    QString more;                             // further sentences, for the tooltip
    bool struck = false;                      // not the one that counts
    std::optional<core::EndpointRole> role;   // of the endpoint that it is
    bool operator==(const OverviewRow &) const = default;
};

// The rows of one database, or of what is none.
struct OverviewGroup {
    QString iconName;
    Meaning meaning = Meaning::Neutral;
    QString name;
    QString database; // of the project; empty = not a database
    QString words;    // in Text 2 beside the name
    std::vector<OverviewChip> chips;
    std::vector<OverviewRow> rows;
    bool operator==(const OverviewGroup &) const = default;
};

// A parameter of an address that does not reach the server as it stands.
struct OverviewParameter {
    QString iconName;
    Meaning meaning = Meaning::Neutral;
    QString name;
    QString place; // of its address
    QString file;
    int line = 0;
    QString reason;
    bool operator==(const OverviewParameter &) const = default;
};

struct Overview {
    std::vector<OverviewGroup> groups;
    std::vector<OverviewParameter> parameters;
    int addresses = 0; // in the files and in the environment
    int files = 0;     // that they stand in
    bool operator==(const Overview &) const = default;
};

// What is known of the endpoints of databases, by their names.
using PoolersOfDatabases = std::map<QString, core::PoolerFindings>;

// Every address of the folder with what is done with it, by database (LOOK "Project overview").
// Pure.
[[nodiscard]] Overview overviewOf(const core::DatabaseSet &databases,
                                  const PoolersOfDatabases &poolers = {});

} // namespace ui
