// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/browse/windowsource.h"

#include "core/session/sessionthread.h"

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace core {

namespace {

// A window is there in two milliseconds mostly; a cancel needs a connection of its own. So a stale
// read is given this long before it is cancelled.
constexpr auto patience = 50ms;
// Very wide tables have fewer rows in a window.
constexpr int mostCells = 30'000;
constexpr int fewestRows = 50;
constexpr qint64 mostBytes = qint64(2) * 1024 * 1024;
constexpr int stretchFactor = 8;
constexpr int mostStretch = 1 << 24;

int stepFor(const TableShape &shape, const TableOptions &options)
{
    const int columns = std::max(1, int(shape.columns.size()));
    return std::max(std::min(fewestRows, options.windowRows),
                    std::min(options.windowRows, mostCells / columns));
}

} // namespace

WindowSource::WindowSource(SessionThread &session, TableShape shape,
                           std::unique_ptr<WindowPlan> plan, const TableOptions &options)
    : BaseSource(session, std::move(shape), options)
    , m_plan(std::move(plan))
{
    resetMap();
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        if (m_pending && m_pending->stale)
            m_pending->read->cancel();
    });
}

WindowSource::~WindowSource() = default;

void WindowSource::resetMap()
{
    m_step = stepFor(shape(), options());
    m_map = std::make_unique<RowMap>(m_plan->keyColumns(), m_step);
}

TableSource::Strategy WindowSource::strategy() const
{
    return shape().key.empty() ? Strategy::Physical : Strategy::Key;
}

void WindowSource::want(RowRange visible)
{
    if (m_failedFor && *m_failedFor != visible)
        m_failedFor.reset();
    if (m_visible && visible.first != m_visible->first)
        m_direction = visible.first > m_visible->first ? 1 : -1;
    m_visible = visible;
    schedule();
}

Cell WindowSource::cell(qint64 row, int column) const
{
    const RowMap::Found found = m_map->find(row);
    if (!found.window)
        return {};
    Cell cell;
    cell.state = Cell::State::Present;
    cell.isNull = found.window->isNull(found.row, column);
    cell.bytes = found.window->cell(found.row, column);
    const int sizes = m_plan->list().sizesColumn();
    if (sizes >= 0 && !cell.isNull && !found.window->isNull(found.row, sizes))
        cell.fullSize = m_plan->list().fullSize(found.window->cell(found.row, sizes), column);
    return cell;
}

bool WindowSource::positionsAreEstimates() const
{
    return m_visible && m_map->find(m_visible->first).window && !m_map->isExact(m_visible->first);
}

void WindowSource::cancel()
{
    m_visible.reset();
    if (m_pending)
        m_pending->read->cancel();
}

void WindowSource::advance()
{
    announceColumns();
    if (m_pending) {
        reconsider();
        return;
    }
    if (!m_visible || m_failedFor)
        return;
    const std::optional<Fetch> fetch = m_map->next(*m_visible, m_direction);
    if (!fetch) {
        setBusy(false);
        return;
    }
    start(*fetch);
}

/// One request: facts that are missing, then the window if it can be asked for without knowing
/// them.
void WindowSource::start(const Fetch &wanted)
{
    Pending next;
    next.fetch = wanted;
    next.rows = m_step;
    RequestSpec spec;
    if (!m_factsKnown) {
        spec.statements = m_plan->facts();
        next.facts = spec.statements.size();
    }
    const bool jumps = next.fetch.kind == Fetch::Kind::At;
    if (m_anchor && m_visible && m_visible->first != m_anchorRow)
        m_anchor.reset();
    if (jumps && m_anchor) {
        next.edge = m_anchor;
        next.fetch.position = m_anchorRow;
    } else if (jumps && m_factsKnown) {
        std::ranges::move(m_plan->positionFacts(), std::back_inserter(spec.statements));
        next.positions = spec.statements.size();
        const double rows = double(std::max(qint64(1), m_map->count().rows));
        next.fraction = double(next.fetch.position) / rows;
    }
    if (next.fetch.kind == Fetch::Kind::After)
        next.edge = *m_map->endOf(next.fetch.segment);
    else if (next.fetch.kind == Fetch::Kind::Before)
        next.edge = *m_map->beginOf(next.fetch.segment);
    next.window = next.positions == 0 && (m_factsKnown || next.fetch.kind == Fetch::Kind::First);
    if (next.window) {
        spec.statements.push_back(m_plan->statement(
            next.fetch, next.fraction, next.edge ? &*next.edge : nullptr, next.rows, m_stretch));
    }
    m_plan->applySettings(spec);
    next.read = std::make_unique<TableRead>(session(), std::move(spec));
    connect(next.read.get(), &TableRead::finished, this, &WindowSource::readDone);
    m_pending = std::move(next);
    setBusy(!wanted.ahead);
}

/// A want() came while something was being read.
void WindowSource::reconsider()
{
    const bool wanted = isStillWanted();
    m_pending->stale = !wanted;
    if (wanted)
        m_patience.stop();
    else if (!m_patience.isActive())
        m_patience.start();
}

bool WindowSource::isStillWanted() const
{
    if (!m_pending->window)
        return true;
    if (!m_visible)
        return false;
    const std::optional<Fetch> next = m_map->next(*m_visible, m_direction);
    if (!next)
        return false;
    const Fetch &now = m_pending->fetch;
    if (next->kind == Fetch::Kind::At && now.kind == Fetch::Kind::At) {
        const RowRange coming{now.position, m_pending->rows};
        return coming.contains(m_visible->first) && coming.contains(m_visible->end() - 1);
    }
    return next->kind == now.kind && next->segment == now.segment;
}

void WindowSource::readDone(const Result<std::vector<Table>> &outcome)
{
    Pending done = std::move(*m_pending);
    m_pending.reset();
    m_patience.stop();
    // This runs inside one of its signals.
    done.read.release()->deleteLater();
    if (!outcome) {
        readFailed(done, outcome.error());
        return;
    }
    m_retried = false;
    take(done, *outcome);
}

void WindowSource::take(Pending &done, std::vector<Table> answers)
{
    const std::span<const Table> all(answers);
    if (done.facts > 0) {
        m_plan->readFacts(all.first(done.facts));
        m_factsKnown = true;
        apply(m_map->setEstimate(m_plan->estimatedRows()));
    }
    if (done.positions > 0)
        m_plan->readPositionFacts(all.subspan(done.facts, done.positions));
    if (done.window)
        takeWindow(done, std::move(answers.back()));
    if (!isReshaping())
        schedule();
}

void WindowSource::takeWindow(const Pending &done, Table answer)
{
    if (!matchesShape(answer.columns, m_plan->list().placeColumn())) {
        // Another table has taken the name. Said as the server would say it of a statement for the
        // old one.
        Error replaced{.kind = ErrorKind::Server,
                       .id = "relation.replaced"_ba,
                       .message =
                           tr("Another table has taken the name %1.").arg(shape().displayName())};
        replaced.server = ServerReport{.sqlState = "42P01"_ba};
        if (!reshapeAfter(replaced))
            readFailed(done, replaced);
        return;
    }
    confirmShape();
    WindowAnswer read = m_plan->read(done.fetch, done.fraction, done.edge ? &*done.edge : nullptr,
                                     done.rows, m_stretch, std::move(answer.chunks));
    const bool empty = read.window.rowCount() == 0;
    m_stretch = empty ? std::min(m_stretch * stretchFactor, mostStretch) : 1;
    m_anchor.reset();
    if (empty && read.last && done.fetch.kind == Fetch::Kind::At && !done.edge)
        foundNothing(done);
    if (!empty)
        adaptStep(read.window);
    if (m_map->count().kind == RowCount::Kind::Growing)
        apply(m_map->setEstimate(m_plan->estimatedRows()));
    switch (done.fetch.kind) {
    case Fetch::Kind::First:
        apply(m_map->placeFirst(std::move(read.window), read.last));
        break;
    case Fetch::Kind::Last:
        apply(m_map->placeLast(std::move(read.window), read.first));
        break;
    case Fetch::Kind::At:
        apply(m_map->placeAt(done.fetch.position, std::move(read.window), read.last));
        break;
    case Fetch::Kind::After:
        apply(m_map->append(done.fetch.segment, std::move(read.window), read.last));
        break;
    case Fetch::Kind::Before:
        apply(m_map->prepend(done.fetch.segment, std::move(read.window), read.first));
        break;
    }
    if (m_visible)
        m_map->evict(*m_visible, options().cacheBytes);
}

/// A jump met no row at its place or beyond: the statistics are older than the rows, or there are
/// fewer rows.
void WindowSource::foundNothing(const Pending &done)
{
    m_stretch = 1;
    if (!m_plan->distrustPositions())
        apply(m_map->shrink(done.fetch.position));
}

void WindowSource::adaptStep(const Window &window)
{
    const qint64 rowBytes = std::max(qint64(1), window.residentBytes() / window.rowCount());
    const int usual = stepFor(shape(), options());
    const auto fitting = int(std::min(mostBytes / rowBytes, qint64(usual)));
    m_step = std::max(std::min(fewestRows, usual), fitting);
    m_map->setStep(m_step);
}

void WindowSource::readFailed(const Pending &done, const Error &error)
{
    if (error.kind == ErrorKind::Cancelled) {
        if (done.stale && m_visible)
            schedule();
        else
            setBusy(false);
        return;
    }
    // Reading twice does no harm, and the next request connects again.
    if (error.sessionLost && m_factsKnown && !std::exchange(m_retried, true)) {
        schedule();
        return;
    }
    if (reshapeAfter(error))
        return;
    fail(error);
}

void WindowSource::apply(const RowMap::Changes &changes)
{
    for (const RowMap::Change &change : changes) {
        switch (change.kind) {
        case RowMap::Change::Kind::Arrived:
            emit rowsArrived(change.range);
            break;
        case RowMap::Change::Kind::Shifted:
            if (m_visible && m_visible->first >= change.range.first)
                m_visible->first = std::max(qint64(0), m_visible->first + change.delta);
            emit rowsShifted(change.range.first, change.delta);
            break;
        case RowMap::Change::Kind::Count:
            emit countChanged();
            break;
        }
    }
}

void WindowSource::restart(bool changed)
{
    m_pending.reset();
    m_patience.stop();
    m_failedFor.reset();
    m_anchor.reset();
    m_factsKnown = false;
    m_stretch = 1;
    if (changed) {
        auto plan = WindowPlan::make(shape(), options().descending, false);
        if (!plan) {
            fail({.kind = ErrorKind::Server,
                  .id = "relation.changed"_ba,
                  .message = tr("%1 is not the kind of table any more that it was.")
                                 .arg(shape().displayName()),
                  .advice = tr("Open it again.")});
            return;
        }
        m_plan = std::move(plan);
        resetMap();
    } else {
        const RowMap::Found top = m_visible ? m_map->find(m_visible->first) : RowMap::Found{};
        if (top.window) {
            m_anchor = m_plan->placeOf(*top.window, top.row);
            m_anchorRow = m_visible->first;
        }
        m_map->clear();
    }
    announceColumns();
    emit reset();
    schedule();
}

QFuture<Result<std::optional<QByteArray>>> WindowSource::wholeValue(qint64 row, int column,
                                                                    qint64 largest)
{
    using Value = Result<std::optional<QByteArray>>;
    const RowMap::Found found = m_map->find(row);
    if (!found.window || column < 0 || std::size_t(column) >= columns().size()) {
        return QtFuture::makeReadyValueFuture<Value>(
            failure(ErrorKind::Usage, "relation.rowMissing"_ba, tr("This row has not been read.")));
    }
    const Cell here = cell(row, column);
    if (here.isNull)
        return QtFuture::makeReadyValueFuture<Value>(std::optional<QByteArray>{});
    if (here.fullSize < 0)
        return QtFuture::makeReadyValueFuture<Value>(here.bytes.toByteArray());
    RequestSpec spec;
    spec.statements = {m_plan->one(shape().columns[std::size_t(column)].quoted,
                                   m_plan->placeOf(*found.window, found.row))};
    m_plan->applySettings(spec);
    spec.largestCell = largest;
    spec.statementTimeout = 60s;
    const QString table = shape().displayName();
    return collect(session(), std::move(spec))
        .then([table](const Result<std::vector<Table>> &answers) -> Value {
            if (!answers)
                return std::unexpected(answers.error());
            const Table &answer = answers->front();
            if (answer.rowCount() == 0) {
                return failure(ErrorKind::Server, "relation.rowGone"_ba,
                               tr("This row is not in %1 any more, or was changed.").arg(table), {},
                               tr("Refresh to see the rows as they are now."));
            }
            if (answer.isNull(0, 0))
                return std::nullopt;
            return answer.cell(0, 0).toByteArray();
        });
}

} // namespace core
