// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/session/sessionharness.h"

#include "core/connect/writeswitch.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace core;

namespace test {

namespace {

QByteArray rowText(const Chunk &chunk, int row)
{
    QByteArrayList cells;
    for (int column = 0; column < chunk.columnCount(); ++column) {
        cells << (chunk.isNull(row, column) ? "\\N"_ba : chunk.cell(row, column).toByteArray());
    }
    return cells.join('|');
}

RequestSpec specOf(Frame frame, std::initializer_list<QByteArray> statements)
{
    RequestSpec spec{.frame = frame};
    for (const QByteArray &sql : statements)
        spec.statements.push_back({.sql = sql});
    return spec;
}

} // namespace

QByteArray Answer::errorId() const
{
    if (!outcome)
        return "none"_ba;
    return outcome->has_value() ? QByteArray() : outcome->error().id;
}

Error Answer::error() const
{
    return outcome && !outcome->has_value() ? outcome->error() : Error{};
}

qint64 Answer::rowCount() const
{
    qint64 count = 0;
    for (const ChunkPtr &chunk : chunks)
        count += chunk->rowCount();
    return count;
}

QByteArrayList Answer::rows() const
{
    QByteArrayList lines;
    for (const ChunkPtr &chunk : chunks) {
        for (int row = 0; row < chunk->rowCount(); ++row)
            lines << rowText(*chunk, row);
    }
    return lines;
}

QByteArray Answer::onlyCell() const
{
    return rowCount() == 1 ? rows().first() : "not one row"_ba;
}

SessionHarness::SessionHarness(SessionConfig config)
    : m_session(std::move(config))
{
    followRequests();
    followConnection();
}

void SessionHarness::followRequests()
{
    QObject::connect(&m_session, &Session::started, &m_log, [this] { m_log.add(u"started"_s); });
    QObject::connect(&m_session, &Session::columnsKnown, &m_log,
                     [this](Serial serial, int, const Columns &columns) {
                         m_answers[serial].columns.push_back(columns);
                         m_log.add(u"columns"_s);
                     });
    QObject::connect(&m_session, &Session::chunkReady, &m_log,
                     [this](Serial serial, int, const ChunkPtr &chunk) {
                         m_answers[serial].chunks.push_back(chunk);
                         m_log.add(u"chunk"_s);
                         if (onChunk)
                             onChunk(serial);
                     });
    QObject::connect(&m_session, &Session::noticesReceived, &m_log,
                     [this](Serial serial, const QList<ServerReport> &notices) {
                         m_answers[serial].notices += notices;
                     });
    QObject::connect(
        &m_session, &Session::noticesDropped, &m_log,
        [this](Serial serial, int count) { m_answers[serial].noticesDropped += count; });
    QObject::connect(&m_session, &Session::statementFinished, &m_log,
                     [this](Serial serial, int, const StatementSummary &summary) {
                         m_answers[serial].statements.push_back(summary);
                         m_log.add(u"statement"_s);
                     });
    QObject::connect(&m_session, &Session::finished, &m_log,
                     [this](Serial serial, const Result<Summary> &outcome) {
                         Answer &answer = m_answers[serial];
                         answer.outcome = outcome;
                         ++answer.finished;
                         m_log.add(outcome ? u"finished"_s
                                           : QString::fromLatin1(outcome.error().id));
                     });
}

void SessionHarness::followConnection()
{
    m_log.record(&m_session, &Session::connected, u"connected"_s);
    m_log.record(&m_session, &Session::shutDownFinished, u"shut down"_s);
    QObject::connect(&m_session, &Session::connectFailed, &m_log, [this](const Error &error) {
        m_log.add(u"connectFailed "_s + QString::fromLatin1(error.id));
    });
    QObject::connect(&m_session, &Session::idleConnectionLost, &m_log, [this](const Error &error) {
        m_log.add(u"idleConnectionLost "_s + QString::fromLatin1(error.id));
    });
    QObject::connect(&m_session, &Session::stateLost, &m_log,
                     [this](const HeldState &lost, const Error &reason) {
                         m_lost.push_back(lost);
                         m_log.add(u"stateLost "_s + QString::fromLatin1(reason.id));
                     });
    QObject::connect(
        &m_session, &Session::stillWaiting, &m_log,
        [this](Serial serial, const WaitNote &note) { m_answers[serial].waits.push_back(note); });
}

Serial SessionHarness::send(RequestSpec spec)
{
    return send(std::move(spec), m_lost.size());
}

Serial SessionHarness::send(RequestSpec spec, quint64 lossesHeard)
{
    const auto serial = Serial(++m_lastSerial);
    m_answers.try_emplace(serial);
    m_session.send(serial, std::move(spec), lossesHeard);
    return serial;
}

const Answer &SessionHarness::run(RequestSpec spec)
{
    const Serial serial = send(std::move(spec));
    if (!wait(serial))
        qWarning("a request did not finish");
    return m_answers[serial];
}

bool SessionHarness::wait(Serial serial)
{
    QSignalSpy entries(&m_log, &EventLog::added);
    while (!m_answers[serial].outcome) {
        if (!entries.wait(std::chrono::seconds(60)))
            return false;
    }
    return true;
}

RequestSpec pipelined(std::initializer_list<QByteArray> statements)
{
    return specOf(Frame::Pipelined, statements);
}

RequestSpec guarded(std::initializer_list<QByteArray> statements)
{
    return specOf(Frame::Guarded, statements);
}

const WritePermit &writePermit()
{
    static WriteSwitch person;
    static const WritePermit permit = [] {
        Database local{.name = u"main"_s};
        local.direct = Endpoint{};
        local.direct->info =
            parseConnInfo(u"postgresql://u@127.0.0.1/d"_s, ConnOrigin::User).value_or(ConnInfo{});
        const Result<WritePermit> given = person.turnOn(local, {});
        if (!given)
            qFatal("no permit: %s", qPrintable(given.error().text()));
        return *given;
    }();
    return permit;
}

RequestSpec writing(std::initializer_list<QByteArray> statements)
{
    RequestSpec spec = specOf(Frame::Writing, statements);
    spec.permit = writePermit();
    return spec;
}

RequestSpec plain(std::initializer_list<QByteArray> statements)
{
    RequestSpec spec = specOf(Frame::Plain, statements);
    spec.permit = writePermit();
    spec.statementTimeout = std::chrono::milliseconds(0);
    return spec;
}

} // namespace test
