// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/rowdelivery.h"

#include "core/base/translations.h"
#include "core/base/worker.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace core {

namespace {

/// What the writer has before it while the rest is kept: enough to bridge the event loop.
constexpr qint64 writerAhead = qint64(1) * 1024 * 1024;
/// How far the memory may grow beyond its cap while the disk takes what is too much; a disk that is
/// so much slower than the server is as good as full.
constexpr qint64 trimSlack = qint64(64) * 1024 * 1024;

} // namespace

RowDelivery::RowDelivery(const ExportTarget &target, Style style,
                         std::optional<RowStore::Options> backlog, QObject *parent)
    : QObject(parent)
    , m_style(style)
    , m_options(std::move(backlog))
    , m_writer(target)
    , m_store(m_options ? std::make_shared<RowStore>(*m_options) : nullptr)
{
    m_writer.setPrompt(true);
    connect(&m_writer, &ExportWriter::opened, this, [this](const Result<> &opened) {
        if (!opened)
            stopWriting(opened);
    });
    connect(&m_writer, &ExportWriter::failed, this,
            [this](const Error &error) { stopWriting(std::unexpected(error)); });
    connect(&m_writer, &ExportWriter::readerGone, this, [this] {
        m_readerGone = true;
        stopWriting({});
    });
    connect(&m_writer, &ExportWriter::consumed, this, [this](int chunks) {
        if (m_store)
            feed();
        else
            emit consumed(chunks);
    });
    connect(&m_writer, &ExportWriter::committed, this, [this](const Result<> &committed) {
        emit ended(m_outcome && !committed ? committed : m_outcome);
    });
    m_writer.open();
}

void RowDelivery::begin(const Columns &columns)
{
    if (isBehind())
        mark(columns);
    else
        apply(columns);
}

void RowDelivery::endRows()
{
    if (isBehind())
        mark({});
    else
        apply({});
}

void RowDelivery::mark(std::optional<Columns> columns)
{
    m_store->endResult();
    m_marks.push_back({.row = m_store->rowCount(), .columns = std::move(columns)});
}

void RowDelivery::apply(const std::optional<Columns> &columns)
{
    if (!m_writing)
        return;
    if (columns)
        m_writer.begin(m_style.format, formatColumns(*columns), m_style.options);
    else
        m_writer.endRows();
}

bool RowDelivery::isBehind() const
{
    return m_store && (m_loading || !m_marks.empty() || m_next < m_store->rowCount());
}

void RowDelivery::append(const ChunkPtr &chunk)
{
    if (!m_wanted)
        return;
    if (m_store && (isBehind() || m_writer.waitingBytes() >= writerAhead)) {
        keep(chunk);
        return;
    }
    m_rows += chunk->rowCount();
    m_writer.append(chunk);
}

void RowDelivery::keep(const ChunkPtr &chunk)
{
    if (const Result<> taken = m_store->append(chunk); !taken) {
        refuseSlowReader(taken.error().message);
        return;
    }
    m_rows += chunk->rowCount();
    if (!m_store->needsTrim())
        return;
    trim();
    if (m_store->residentBytes() > m_options->residentBytes + trimSlack)
        refuseSlowReader(tr("The disk does not take them as fast as they come."));
}

void RowDelivery::trim()
{
    if (std::exchange(m_trimming, true))
        return;
    runOnWorker([store = m_store] {
        return store->trim();
    }).then(this, [this, store = m_store](const Result<> &trimmed) {
        m_trimming = false;
        if (!trimmed && store == m_store) // else all of it has been read meanwhile
            refuseSlowReader(trimmed.error().message);
    });
}

void RowDelivery::feed()
{
    while (m_writing && !m_loading && isBehind()) {
        if (!m_marks.empty() && m_marks.front().row <= m_next) {
            apply(m_marks.front().columns);
            m_marks.pop_front();
            continue;
        }
        if (m_writer.waitingBytes() >= writerAhead)
            return;
        if (const std::optional<RowStore::Found> here = m_store->resident(m_next)) {
            m_next = here->endRow();
            m_writer.append(here->chunk);
            continue;
        }
        m_loading = true;
        runOnWorker([store = m_store, row = m_next] {
            return store->read(row);
        }).then(this, [this](const Result<RowStore::Found> &found) {
            // Not from inside this loop, which it comes back to.
            QMetaObject::invokeMethod(
                this, [this, found] { takeLoaded(found); }, Qt::QueuedConnection);
        });
        return;
    }
    if (m_store && !isBehind() && m_store->rowCount() > 0) {
        m_store = std::make_shared<RowStore>(*m_options); // gives memory and disk back
        m_next = 0;
    }
    endIfDone();
}

void RowDelivery::takeLoaded(const Result<RowStore::Found> &found)
{
    m_loading = false;
    if (!found) {
        m_marks.clear();
        m_next = m_store->rowCount();
        refuse(std::unexpected(found.error()));
    } else if (m_writing) {
        m_next = found->endRow();
        m_writer.append(found->chunk);
    }
    feed();
}

void RowDelivery::refuse(Result<> outcome)
{
    if (!std::exchange(m_wanted, false))
        return;
    m_outcome = std::move(outcome);
    emit unwanted();
}

void RowDelivery::refuseSlowReader(const QString &reason)
{
    refuse(failure(ErrorKind::Local, "delivery.tooSlow"_ba,
                   tr("These are only the first %n rows: they came faster than they were read, and "
                      "a pooled server must not be kept waiting.",
                      nullptr, pluralNumber(m_rows)),
                   reason, tr("Run it on a direct endpoint to have all of them.")));
}

/// Nothing more can be written: what waits is dropped.
void RowDelivery::stopWriting(Result<> outcome)
{
    m_writing = false;
    m_committing = false;
    m_outcome = outcome; // whatever was said before, this is why there is no more
    refuse(std::move(outcome));
    m_marks.clear();
    if (m_store)
        m_next = m_store->rowCount();
    endIfDone();
}

void RowDelivery::end()
{
    m_endAsked = true;
    endIfDone();
}

void RowDelivery::endIfDone()
{
    if (!m_endAsked || m_committing || isBehind())
        return;
    m_committing = true;
    if (m_writing) {
        m_writer.commit(); // committed(), or why not, follows
        return;
    }
    QMetaObject::invokeMethod(this, [this] { emit ended(m_outcome); }, Qt::QueuedConnection);
}

qint64 RowDelivery::waitingBytes() const
{
    return m_writer.waitingBytes() + (m_store ? m_store->residentBytes() : 0);
}

} // namespace core
