// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/browse/browsing.h"

#include "core/catalog/loader.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace core;

namespace test {

namespace {

constexpr int patience = 60'000;

SessionConfig configOf(const ConnKeywords &keywords, bool pooled)
{
    SessionConfig config;
    config.keywords = keywords;
    config.pooled = pooled;
    return config;
}

} // namespace

Browser::Browser(const ConnKeywords &keywords, bool pooled)
    : m_session(configOf(keywords, pooled))
{
}

bool Browser::load()
{
    const auto future = loadCatalog(m_session);
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, patience))
        return false;
    const auto outcome = future.result();
    if (!outcome) {
        qWarning("%s", qPrintable(outcome.error().text()));
        return false;
    }
    m_catalog = *outcome;
    return true;
}

core::Oid Browser::oid(const QString &name) const
{
    const auto found = m_catalog->resolve(name);
    if (!found)
        qFatal("%s", qPrintable(found.error().text()));
    return *found;
}

std::unique_ptr<TableSource> Browser::open(const QString &name, TableOptions options)
{
    return openTable(m_session, m_catalog, oid(name), options);
}

std::vector<Table> Browser::answers(RequestSpec spec)
{
    const auto future = collect(m_session, std::move(spec));
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, patience))
        return {};
    const auto outcome = future.result();
    if (!outcome)
        qWarning("%s", qPrintable(outcome.error().text()));
    return outcome.value_or(std::vector<Table>{});
}

View::View(TableSource &source, int height)
    : m_source(source)
    , m_height(height)
{
    connect(&source, &RowSource::rowsShifted, this, [this](qint64 first, qint64 delta) {
        if (m_top >= first)
            m_top = std::max(qint64(0), m_top + delta);
        want();
    });
    connect(&source, &RowSource::countChanged, this, &View::want);
    connect(&source, &RowSource::rowsArrived, this, &View::want);
    connect(&source, &RowSource::reset, this, [this] {
        ++m_resets;
        want();
    });
    connect(&source, &RowSource::columnsKnown, this, [this] { ++m_columnsKnown; });
    connect(&source, &RowSource::failed, this,
            [this](const Error &error) { m_errors.push_back(error); });
}

void View::want()
{
    m_source.want({m_top, m_height});
}

qint64 View::end() const
{
    return std::min(m_top + m_height, m_source.rowCount().rows);
}

bool View::isComplete() const
{
    const RowCount count = m_source.rowCount();
    if (count.rows == 0)
        return count.kind == RowCount::Kind::Exact;
    // A grid keeps its last page on screen.
    if (m_top >= count.rows)
        return false;
    for (qint64 row = m_top; row < end(); ++row) {
        const bool known =
            m_source.columns().empty() || m_source.cell(row, 0).state == Cell::State::Present;
        if (!known)
            return false;
    }
    return count.kind != RowCount::Kind::Growing || end() == m_top + m_height;
}

bool View::show(qint64 top)
{
    m_top = top;
    want();
    const std::size_t errors = m_errors.size();
    const bool done = QTest::qWaitFor(
        [&] {
            const RowCount count = m_source.rowCount();
            if (count.rows > 0 && m_top >= count.rows && count.kind != RowCount::Kind::Growing) {
                m_top = std::max(qint64(0), count.rows - m_height);
                want();
            }
            return isComplete() || m_errors.size() > errors;
        },
        patience);
    if (!done || m_errors.size() > errors) {
        qWarning("top %lld of %lld: %s", m_top, m_source.rowCount().rows,
                 m_errors.empty() ? "no rows" : qPrintable(m_errors.back().text()));
    }
    return done && m_errors.size() == errors;
}

bool View::showEnd()
{
    for (int turn = 0; turn < 5; ++turn) {
        const qint64 wanted = std::max(qint64(0), m_source.rowCount().rows - m_height);
        if (!show(wanted))
            return false;
        if (end() == m_source.rowCount().rows)
            return true;
    }
    return false;
}

QByteArray View::waitForError()
{
    if (!QTest::qWaitFor([&] { return !m_errors.empty(); }, patience))
        return "none"_ba;
    return m_errors.back().id;
}

QByteArray View::text(qint64 row, int column) const
{
    const Cell cell = m_source.cell(row, column);
    if (cell.state != Cell::State::Present)
        return "(missing)"_ba;
    return cell.isNull ? "\\N"_ba : cell.bytes.toByteArray();
}

QByteArrayList View::shown(int column) const
{
    QByteArrayList texts;
    for (qint64 row = m_top; row < end(); ++row)
        texts.append(text(row, column));
    return texts;
}

} // namespace test
