// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/browse/tableread.h"

#include "core/session/sessionthread.h"

#include <utility>

namespace core {

TableRead::TableRead(SessionThread &session, RequestSpec spec, QObject *parent)
    : QObject(parent)
    , m_tables(spec.statements.size())
    , m_request(session.send(std::move(spec), this))
{
    connect(m_request, &Request::columnsKnown, this, [this](int statement, const Columns &columns) {
        m_tables[std::size_t(statement)].columns = columns;
    });
    connect(m_request, &Request::chunkReady, this, [this](int statement, const ChunkPtr &chunk) {
        m_tables[std::size_t(statement)].chunks.push_back(chunk);
    });
    connect(m_request, &Request::finished, this, &TableRead::end);
}

void TableRead::cancel()
{
    m_request->cancel();
}

void TableRead::end(const Result<Summary> &outcome)
{
    if (outcome)
        emit finished(std::move(m_tables));
    else
        emit finished(std::unexpected(outcome.error()));
}

} // namespace core
