// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/exporter.h"

#include "core/session/sessionthread.h"
#include "core/transfer/exportplan.h"
#include "core/transfer/exportwriter.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QPointer>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

/// Chunks under way between server and file: enough to bridge the event loops between them.
constexpr int chunksAhead = 64;
/// On a pooled endpoint nothing may pause: so much may wait for the target before the export gives
/// up.
constexpr qint64 pooledBacklog = qint64(128) * 1024 * 1024;
constexpr auto progressInterval = std::chrono::milliseconds(100);

using Tables = Result<std::vector<Table>>;

std::unexpected<Error> cancelledError()
{
    return failure(ErrorKind::Cancelled, "export.cancelled"_ba,
                   ExportJob::tr("The export was cancelled."));
}

QString titleOf(const ExportSpec &spec)
{
    if (!spec.target.path.isEmpty())
        return ExportJob::tr("Export to %1").arg(QFileInfo(spec.target.path).fileName());
    return ExportJob::tr("Export");
}

} // namespace

class ExportJob::Private
{
public:
    enum class Phase : quint8 { New, Opening, Asking, Running, Committing, Ending, Done };

    Private(ExportJob *job, SessionThread &thread, ExportSpec wanted)
        : q(job)
        , session(thread)
        , spec(std::move(wanted))
    {
    }

    void start();
    void ask();
    void question(const RequestSpec &request, std::function<void(const std::vector<Table> &)> next);
    void takeColumns(const Columns &columns);
    void run();
    void connectRequest();
    void begin(const Columns &columns);
    void take(const ChunkPtr &chunk);
    void requestFinished(const Result<Summary> &outcome);
    void writerFailed(const Error &error);
    void committed(const Result<> &outcome);
    void end(Result<ExportSummary> result);
    void tell();
    void cancel();
    void finish(const Result<ExportSummary> &result);
    [[nodiscard]] ExportSummary summary() const;
    [[nodiscard]] bool isPooled() const { return session.config().pooled; }

    ExportJob *q;
    SessionThread &session;
    ExportSpec spec;
    ExportPlan plan;
    ExportPlan asked; ///< whose text the answer under way is about
    std::unique_ptr<ExportWriter> writer;
    std::unique_ptr<Request> request;
    QFuture<Tables> answer;
    QTimer progress;
    QElapsedTimer clock;
    std::optional<Error> failedWith; ///< why the request was cancelled by us
    Result<ExportSummary> outcome;
    qint64 toldRows = 0;
    Phase phase = Phase::New;
    bool begun = false;
    bool readerGone = false;
    bool cancelled = false;
};

void ExportJob::Private::start()
{
    phase = Phase::Opening;
    clock.start();
    writer = std::make_unique<ExportWriter>(spec.target);
    QObject::connect(writer.get(), &ExportWriter::opened, q, [this](const Result<> &opened) {
        if (phase != Phase::Opening)
            return;
        if (opened)
            ask();
        else
            end(std::unexpected(opened.error()));
    });
    QObject::connect(writer.get(), &ExportWriter::consumed, q, [this](int chunks) {
        if (request)
            request->grant(chunks);
    });
    QObject::connect(writer.get(), &ExportWriter::failed, q,
                     [this](const Error &error) { writerFailed(error); });
    QObject::connect(writer.get(), &ExportWriter::readerGone, q, [this] {
        readerGone = true;
        if (request && !request->isFinished())
            request->cancel();
        else
            end(summary());
    });
    QObject::connect(writer.get(), &ExportWriter::committed, q,
                     [this](const Result<> &done) { committed(done); });
    QObject::connect(writer.get(), &ExportWriter::discarded, q, [this] { finish(outcome); });
    writer->open();
    progress.setInterval(progressInterval);
    QObject::connect(&progress, &QTimer::timeout, q, [this] { tell(); });
    progress.start();
}

void ExportJob::Private::ask()
{
    phase = Phase::Asking;
    if (spec.source.query.isEmpty()) {
        question(tableQuestion(spec.source), [this](const std::vector<Table> &answers) {
            if (Result<ExportPlan> made = tablePlan(spec, answers)) {
                plan = std::move(*made);
                run();
            } else {
                end(std::unexpected(std::move(made.error())));
            }
        });
        return;
    }
    Result<ExportPlan> made = queryPlan(spec, isPooled());
    if (!made) {
        end(std::unexpected(std::move(made.error())));
        return;
    }
    plan = std::move(*made);
    if (!needsColumns(spec, plan)) {
        run();
        return;
    }
    asked = columnsQuestion(plan);
    question(asked.request,
             [this](const std::vector<Table> &answers) { takeColumns(answers.front().columns); });
}

void ExportJob::Private::takeColumns(const Columns &columns)
{
    asked = {};
    const std::vector<Oid> unknown = unknownTypes(columns);
    if (unknown.empty()) {
        plan = withColumns(std::move(plan), columns, {});
        run();
        return;
    }
    RequestSpec types;
    types.statements.push_back(typeFormatsStatement(unknown));
    question(types, [this, columns](const std::vector<Table> &answers) {
        plan = withColumns(std::move(plan), columns, readTypeFormats(answers.front()));
        run();
    });
}

void ExportJob::Private::question(const RequestSpec &wanted,
                                  std::function<void(const std::vector<Table> &)> next)
{
    answer = collect(session, wanted);
    answer.then(q, [this, next = std::move(next)](const Tables &tables) {
        if (phase != Phase::Asking)
            return;
        if (tables)
            next(*tables);
        else
            end(std::unexpected(placed(tables.error(), asked)));
    });
}

void ExportJob::Private::run()
{
    phase = Phase::Running;
    RequestSpec &wanted = plan.request;
    wanted.statementTimeout = std::chrono::milliseconds(0);
    wanted.largestCell = 0;
    wanted.credits = isPooled() ? -1 : chunksAhead;
    if (isJson(spec.format)) {
        wanted.settings = {{"DateStyle"_ba, "ISO"_ba},
                           {"extra_float_digits"_ba, "1"_ba},
                           {"bytea_output"_ba, "hex"_ba}};
    }
    request.reset(session.send(wanted));
    connectRequest();
}

void ExportJob::Private::connectRequest()
{
    QObject::connect(request.get(), &Request::columnsKnown, q,
                     [this](int, const Columns &columns) { begin(columns); });
    QObject::connect(request.get(), &Request::chunkReady, q,
                     [this](int, const ChunkPtr &chunk) { take(chunk); });
    QObject::connect(request.get(), &Request::finished, q,
                     [this](const Result<Summary> &finished) { requestFinished(finished); });
}

void ExportJob::Private::begin(const Columns &columns)
{
    const auto sameType = [](const Column &column, Oid type) { return column.type == type; };
    if (plan.columns && !std::ranges::equal(columns, plan.types, sameType)) {
        writerFailed(failure(ErrorKind::Server, "export.changed"_ba,
                             ExportJob::tr("The table was altered while the export began."), {},
                             ExportJob::tr("Nothing was written. Export it again."))
                         .error());
        return;
    }
    begun = true;
    writer->begin(spec.format, plan.columns.value_or(formatColumns(columns)), spec.options);
}

void ExportJob::Private::take(const ChunkPtr &chunk)
{
    if (!begun || failedWith || readerGone)
        return;
    writer->append(chunk);
    if (isPooled() && writer->waitingBytes() > pooledBacklog) {
        writerFailed(failure(ErrorKind::Local, "export.tooSlow"_ba,
                             ExportJob::tr("The rows came faster than they could be written, and a "
                                           "pooled server must not be kept waiting."),
                             {}, ExportJob::tr("Export on the direct endpoint."))
                         .error());
    }
}

void ExportJob::Private::writerFailed(const Error &error)
{
    if (phase == Phase::Running && !request->isFinished()) {
        failedWith = error;
        request->cancel();
    } else {
        end(std::unexpected(error));
    }
}

void ExportJob::Private::requestFinished(const Result<Summary> &finished)
{
    if (phase != Phase::Running)
        return;
    if (failedWith) {
        end(std::unexpected(*failedWith));
    } else if (readerGone) {
        end(summary());
    } else if (!finished) {
        end(std::unexpected(placed(finished.error(), plan)));
    } else if (cancelled) {
        end(cancelledError());
    } else {
        phase = Phase::Committing;
        writer->commit();
    }
}

void ExportJob::Private::committed(const Result<> &done)
{
    if (!done) {
        end(std::unexpected(done.error()));
        return;
    }
    tell();
    finish(summary());
}

void ExportJob::Private::end(Result<ExportSummary> result)
{
    if (phase == Phase::Ending || phase == Phase::Done)
        return;
    phase = Phase::Ending;
    progress.stop();
    outcome = std::move(result);
    writer->discard();
}

void ExportJob::Private::finish(const Result<ExportSummary> &result)
{
    phase = Phase::Done;
    progress.stop();
    const QPointer<ExportJob> job(q);
    emit q->finished(result);
    if (!job)
        return;
    if (result)
        q->Job::finish();
    else
        q->fail(result.error());
}

void ExportJob::Private::tell()
{
    const qint64 rows = writer->rows();
    if (std::exchange(toldRows, rows) == rows)
        return;
    q->setProgress({.done = rows, .unit = ExportJob::tr("rows")});
    emit q->progressed(rows, writer->bytes());
}

void ExportJob::Private::cancel()
{
    if (std::exchange(cancelled, true))
        return;
    if (phase == Phase::Running) {
        request->cancel();
    } else if (phase == Phase::Opening || phase == Phase::Asking) {
        answer.cancel();
        end(cancelledError());
    }
}

ExportSummary ExportJob::Private::summary() const
{
    return {.rows = writer->rows(),
            .bytes = writer->bytes(),
            .elapsed = std::chrono::milliseconds(clock.elapsed()),
            .readerGone = readerGone,
            .path = spec.target.path};
}

ExportJob::ExportJob(SessionThread &session, ExportSpec spec, QObject *parent)
    : Job(titleOf(spec), parent)
    , d(std::make_unique<Private>(this, session, std::move(spec)))
{
    connect(this, &Job::cancelRequested, this, [this] { d->cancel(); });
}

ExportJob::~ExportJob()
{
    d->answer.cancel();
}

void ExportJob::start()
{
    d->start();
}

void ExportJob::drop()
{
    if (d->phase == Private::Phase::Running)
        d->request->drop();
}

} // namespace core
