// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <type_traits>
#include <utility>

namespace core {

/// Runs `work` on a thread pool and hands its value out as a future; continue with
/// `.then(context, …)`; where the work is done by then, that runs at once. `work` must not touch
/// anything of the caller's thread. A pool of one thread runs its work in the order of the calls. A
/// thrown exception ends the program, as everywhere.
template<class Work>
[[nodiscard]] QFuture<std::invoke_result_t<Work>> runOnWorker(QThreadPool &pool, Work work)
{
    using Value = std::invoke_result_t<Work>;
    auto promise = std::make_shared<QPromise<Value>>();
    QFuture<Value> future = promise->future();
    promise->start();
    pool.start([promise, work = std::move(work)]() mutable {
        promise->addResult(work());
        promise->finish();
    });
    return future;
}

/// The same on the global pool.
template<class Work> [[nodiscard]] QFuture<std::invoke_result_t<Work>> runOnWorker(Work work)
{
    return runOnWorker(*QThreadPool::globalInstance(), std::move(work));
}

} // namespace core
