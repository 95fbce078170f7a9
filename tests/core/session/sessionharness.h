// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "tests/support/eventlog.h"

#include <QByteArrayList>

#include <initializer_list>
#include <map>
#include <optional>
#include <vector>

namespace test {

/// Everything that came for one request.
struct Answer {
    std::vector<core::Columns> columns = {}; ///< of the statements that have rows, in order
    std::vector<core::ChunkPtr> chunks = {};
    std::vector<core::StatementSummary> statements = {};
    QList<core::ServerReport> notices = {};
    int noticesDropped = 0;
    std::vector<core::WaitNote> waits = {};
    std::optional<core::Result<core::Summary>> outcome = {};
    int finished = 0; ///< how often finished() came

    [[nodiscard]] bool isOk() const { return outcome && outcome->has_value(); }
    /// "" for a good outcome, "none" while there is none.
    [[nodiscard]] QByteArray errorId() const;
    [[nodiscard]] core::Error error() const;
    [[nodiscard]] qint64 rowCount() const;
    /// Every row of every statement: cells joined by '|', NULL as \N.
    [[nodiscard]] QByteArrayList rows() const;
    [[nodiscard]] QByteArray onlyCell() const;
};

/// A Session in the test's own loop, and what it said. The log has the signals of requests by name
/// ("started", "columns", "chunk", "statement", "finished" or the error's id) and those of the
/// connection.
class SessionHarness
{
public:
    explicit SessionHarness(core::SessionConfig config);

    core::Serial send(core::RequestSpec spec);
    /// As one who has heard of so many lost states.
    core::Serial send(core::RequestSpec spec, quint64 lossesHeard);
    /// Sends and waits for the end.
    const Answer &run(core::RequestSpec spec);
    /// Waits until finished() came; false when nothing at all came for a minute.
    [[nodiscard]] bool wait(core::Serial serial);
    [[nodiscard]] const Answer &answer(core::Serial serial) { return m_answers[serial]; }
    [[nodiscard]] core::Session &session() { return m_session; }
    [[nodiscard]] EventLog &log() { return m_log; }
    /// What stateLost() told, in order.
    [[nodiscard]] const std::vector<core::HeldState> &lost() const { return m_lost; }
    /// Called for each chunk as it comes.
    std::function<void(core::Serial)> onChunk = {};

private:
    void followRequests();
    void followConnection();

    EventLog m_log;
    std::map<core::Serial, Answer> m_answers; ///< references stay good
    std::vector<core::HeldState> m_lost;
    core::Session m_session;
    quint64 m_lastSerial = 0;
};

[[nodiscard]] core::RequestSpec pipelined(std::initializer_list<QByteArray> statements);
[[nodiscard]] core::RequestSpec guarded(std::initializer_list<QByteArray> statements);
/// What a person's switch gives; it holds until the program ends.
[[nodiscard]] const core::WritePermit &writePermit();
/// With that permit, and so the next.
[[nodiscard]] core::RequestSpec writing(std::initializer_list<QByteArray> statements);
/// Every statement counts as one that changes.
[[nodiscard]] core::RequestSpec plain(std::initializer_list<QByteArray> statements);

} // namespace test
