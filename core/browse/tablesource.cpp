// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/browse/tablesource.h"

#include "core/browse/streamsource.h"
#include "core/browse/tableshape.h"
#include "core/browse/windowsource.h"

using namespace Qt::StringLiterals;

namespace core {

namespace {

/// Stands for a relation that cannot be read; says why as soon as rows are wanted.
class ClosedSource : public TableSource
{
public:
    ClosedSource(Oid relation, Error reason)
        : m_relation(relation)
        , m_reason(std::move(reason))
    {
    }

    [[nodiscard]] Oid relation() const override { return m_relation; }
    [[nodiscard]] Strategy strategy() const override { return Strategy::Streamed; }
    [[nodiscard]] QStringList unreadableColumns() const override { return {}; }
    [[nodiscard]] const Columns &columns() const override { return m_columns; }
    [[nodiscard]] RowCount rowCount() const override { return {0, RowCount::Kind::Growing}; }
    [[nodiscard]] Cell cell(qint64, int) const override { return {}; }
    [[nodiscard]] bool isCounting() const override { return false; }
    void cancelCount() override {}

    void want(RowRange) override
    {
        if (!std::exchange(m_said, true))
            say([this] { emit failed(m_reason); });
    }
    void refresh() override
    {
        say([this] { emit failed(m_reason); });
    }
    void countExactly(SessionThread *) override
    {
        say([this] { emit countFinished(std::unexpected(m_reason)); });
    }
    [[nodiscard]] QFuture<Result<std::optional<QByteArray>>> wholeValue(qint64, int,
                                                                        qint64) override
    {
        using Value = Result<std::optional<QByteArray>>;
        return QtFuture::makeReadyValueFuture<Value>(std::unexpected(m_reason));
    }

private:
    template<class Saying> void say(Saying saying)
    {
        QMetaObject::invokeMethod(this, saying, Qt::QueuedConnection);
    }

    Oid m_relation;
    Error m_reason;
    Columns m_columns;
    bool m_said = false;
};

} // namespace

std::unique_ptr<TableSource> openTable(SessionThread &session, CatalogPtr catalog, Oid relation,
                                       TableOptions options)
{
    Result<TableShape> shape = tableShape(*catalog, relation);
    if (!shape)
        return std::make_unique<ClosedSource>(relation, std::move(shape).error());
    auto plan = WindowPlan::make(*shape, options.descending, false);
    if (!plan)
        return std::make_unique<StreamSource>(session, *std::move(shape), options);
    return std::make_unique<WindowSource>(session, *std::move(shape), std::move(plan), options);
}

} // namespace core
