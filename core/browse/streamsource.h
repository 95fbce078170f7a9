// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/browse/basesource.h"
#include "core/result/storedsource.h"

namespace core {

/// A TableSource over what has neither key nor ctid to read by (views, foreign tables, tables of
/// which only some columns may be read): one statement, read from its beginning into a store, up to
/// a number of rows. Cells are whole.
class StreamSource : public BaseSource
{
    Q_OBJECT

public:
    StreamSource(SessionThread &session, TableShape shape, const TableOptions &options);
    ~StreamSource() override;

    [[nodiscard]] Strategy strategy() const override { return Strategy::Streamed; }
    [[nodiscard]] bool isCapped() const override { return m_capped; }
    [[nodiscard]] RowCount rowCount() const override;
    void want(RowRange visible) override;
    [[nodiscard]] Cell cell(qint64 row, int column) const override;
    [[nodiscard]] QString orderText() const override;
    void cancel() override;
    [[nodiscard]] QFuture<Result<std::optional<QByteArray>>> wholeValue(qint64 row, int column,
                                                                        qint64 largest) override;

protected:
    void advance() override;
    void restart(bool changed) override;
    void takeCount(qint64 rows) override;
    void rest() override { m_started = true; }

private:
    void begin();
    void ended(const Result<Summary> &outcome);

    std::unique_ptr<StoredSource> m_rows;
    std::unique_ptr<Request> m_request;
    RowRange m_visible;
    std::optional<qint64> m_counted;
    bool m_started = false;
    bool m_capped = false;
};

} // namespace core
