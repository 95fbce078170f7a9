// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/collect.h"

#include <QObject>

#include <vector>

namespace core {

/// One small request whose answers are gathered: collect() for one who may want to cancel it and
/// still hear how it ended. Deleting it cancels silently. finished() comes exactly once, from the
/// event loop.
class TableRead : public QObject
{
    Q_OBJECT

public:
    TableRead(SessionThread &session, RequestSpec spec, QObject *parent = nullptr);

    void cancel();

signals:
    void finished(const core::Result<std::vector<core::Table>> &outcome);

private:
    void end(const Result<Summary> &outcome);

    std::vector<Table> m_tables;
    Request *m_request;
};

} // namespace core
