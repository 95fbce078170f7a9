// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/browse/tablesource.h"
#include "tests/bench/common/statistics.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QObject>

#include <array>
#include <memory>

namespace bench {

/// Times windows of one table: from asking its TableSource for a screen of rows far from all others
/// to their being there. Positions lie around 0 %, 50 % and 99 %, each used once and far enough
/// from the others that no earlier read has brought its rows. At last the OFFSET query for the
/// middle.
class WindowTimer : public QObject
{
    Q_OBJECT

public:
    /// Of a catalog with details; the session must outlive this object.
    WindowTimer(core::SessionThread &session, const core::CatalogPtr &catalog, core::Oid relation,
                QByteArray offsetSql, int positions);

    /// Reads the first rows and makes one jump that is not counted; ready() follows.
    void start();
    /// The next window: a place each in turn; measured() follows. No more when isDone().
    void measureNext();
    [[nodiscard]] bool isDone() const { return m_next >= 3 * m_positions; }
    /// The query whose OFFSET leads to the middle; measured() follows.
    void measureOffset();

    /// `{"first":[ms…],"middle":[…],"last":[…],"offset":ms}`
    [[nodiscard]] QJsonObject result() const;

signals:
    void ready();
    void measured();
    void failed(const core::Error &error);

private:
    void ask(qint64 row);
    void look();
    void rest(int questions);
    void goOn();
    [[nodiscard]] qint64 position(int place, int number) const;

    core::SessionThread &m_session;
    std::unique_ptr<core::TableSource> m_source;
    QByteArray m_offsetSql; ///< ends in OFFSET
    std::array<Samples, 3> m_samples;
    double m_offset = 0;
    core::RowRange m_wanted;
    QElapsedTimer m_clock;
    int m_positions;
    int m_next = -2; ///< first rows, a jump, then what counts
    bool m_waiting = false;
};

} // namespace bench
