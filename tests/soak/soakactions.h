// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/catalog.h"
#include "core/connect/connectionset.h"
#include "core/connect/writeswitch.h"

#include <QTemporaryDir>

#include <map>
#include <memory>
#include <random>

namespace test {

/// What a person does in Sluice on a pooled endpoint, one thing after the other by chance. Each
/// action runs to its end before it returns.
class SoakActions
{
public:
    /// The statements that make what the actions work on, in an empty database.
    [[nodiscard]] static QByteArray schema();

    /// `url` is the pooler's; the folder, its trust and its writing switch are made here.
    SoakActions(const QString &url, quint32 seed);
    ~SoakActions();

    /// What was done, for the report: "browse big 4711". Every `hostileEvery`th is hostile.
    [[nodiscard]] QString act(int number, int hostileEvery);
    [[nodiscard]] int openSessions() const { return m_set->openSessions(); }
    /// Which kinds came, and what became of them: "query error 22012 × 3".
    [[nodiscard]] QString counts() const;

private:
    enum class Kind : quint8 {
        Browse,
        Catalog,
        Export,
        Query,
        Cancel,
        Write,
        Refusal,
        Rows,
        Close
    };

    [[nodiscard]] QString friendly();
    [[nodiscard]] QString hostile();
    [[nodiscard]] QString browse();
    [[nodiscard]] QString readSomeRows();
    [[nodiscard]] QString loadNames();
    [[nodiscard]] QString exportSomething();
    [[nodiscard]] QString query();
    [[nodiscard]] QString cancelled();
    [[nodiscard]] QString write();
    [[nodiscard]] QString send(core::RequestSpec spec, core::Purpose purpose, bool cancelAtStart);
    [[nodiscard]] core::Oid someTable();
    [[nodiscard]] int upTo(int highest);
    void note(const QString &what);

    QTemporaryDir m_folder;
    std::mt19937 m_random;
    core::WriteSwitch m_writing;
    std::unique_ptr<core::ConnectionSet> m_set;
    core::CatalogPtr m_catalog;
    std::map<QString, int> m_counts;
};

} // namespace test
