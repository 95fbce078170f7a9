// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/loader.h"
#include "core/session/sessionthread.h"
#include "tests/bench/common/clock.h"
#include "tests/bench/common/statistics.h"
#include "tests/support/faultproxy.h"

#include <QJsonObject>
#include <QObject>

#include <functional>
#include <memory>

namespace bench {

/// One run of bench_catalog, step after step from the event loop.
class CatalogMeasuring : public QObject
{
    Q_OBJECT

public:
    CatalogMeasuring(core::SessionConfig config, int rounds);
    ~CatalogMeasuring() override;

    void start();
    /// After done(): "names", "whole", "check", "detail", "search", "filter", "layout", "diff" with
    /// a sample a round or more, "bytes" and "relations" of the catalog, and over the long line
    /// "far", "farNames", "trips", "namesTrips" and "detailTrips".
    [[nodiscard]] QJsonObject result() const;

signals:
    void done();
    void failed(const core::Error &error);

private:
    [[nodiscard]] double sinceStart() const { return milliseconds(nanoseconds() - m_start); }
    void begin() { m_start = nanoseconds(); }
    void next();
    void load();
    void loaded(const core::CatalogPtr &catalog);
    void check();
    void detail();
    void measureInMemory();
    void goFar();
    void loadFar();
    void detailFar();
    [[nodiscard]] core::ObjectId someTable() const;

    core::SessionConfig m_config;
    std::unique_ptr<core::SessionThread> m_session; ///< a new one each round, as after connecting
    std::unique_ptr<core::CatalogLoader> m_loader;
    std::unique_ptr<test::FaultProxy> m_proxy;
    std::unique_ptr<core::SessionThread> m_farSession;
    std::unique_ptr<core::CatalogLoader> m_farLoader;
    core::CatalogPtr m_catalog;
    core::CatalogPtr m_before;
    Samples m_names, m_whole, m_check, m_detail, m_search, m_filter, m_layout, m_diff;
    QJsonObject m_far;
    qint64 m_start = 0;
    int m_left;
};

} // namespace bench
