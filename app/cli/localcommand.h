// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "core/local/localserver.h"

namespace cli {

/// `sluicectl local create|start|stop|status|urls`. Needs no trust: it touches nothing that the
/// folder names.
class LocalCommand : public Command
{
    Q_OBJECT

public:
    using Command::Command;
    void start() override;

private:
    void create(const QString &folder);
    void offerEnvFile(const core::LocalInstance &instance);
    void runLater(core::Result<> (core::LocalServer::*step)(const core::LocalInstance &),
                  const core::LocalInstance &instance, const QString &afterwards);
    void printStatus(const core::LocalInstance &instance);
    void printUrls(const core::LocalInstance &instance);
};

/// `sluicectl demo prepare`: prints the demo folder's path, nothing else, on standard output.
class DemoCommand : public Command
{
    Q_OBJECT

public:
    using Command::Command;
    void start() override;
};

} // namespace cli
