// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <type_traits>
#include <utility>

namespace core {

/// Runs `work` on the global thread pool and hands its value out as a future; continue with
/// `.then(context, …)`; where the work is done by then, that runs at once. `work` must not touch
/// anything of the caller's thread. A thrown exception ends the program, as everywhere.
template<class Work> [[nodiscard]] QFuture<std::invoke_result_t<Work>> runOnWorker(Work work)
{
    using Value = std::invoke_result_t<Work>;
    auto promise = std::make_shared<QPromise<Value>>();
    QFuture<Value> future = promise->future();
    promise->start();
    QThreadPool::globalInstance()->start([promise, work = std::move(work)]() mutable {
        promise->addResult(work());
        promise->finish();
    });
    return future;
}

} // namespace core
