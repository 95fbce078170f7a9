// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "core/doctor/checkup.h"
#include "core/doctor/sessioncontrol.h"

namespace cli {

/// `sluicectl doctor`: looks the folder and its servers over. 0 = nothing is a problem, 1 =
/// something is, 3 = no endpoint answers, 4 = the folder is not trusted, so that only its files
/// were looked at.
class DoctorCommand : public ProjectCommand
{
    Q_OBJECT

public:
    using ProjectCommand::ProjectCommand;

protected:
    void run() override;

private:
    void report();
    [[nodiscard]] int exitCode() const;

    std::unique_ptr<core::Checkup> m_checkup;
    bool m_trusted = false;
};

/// `sluicectl activity`: the server's sessions, who blocks whom, and how many connections are left;
/// with --cancel or --terminate one of them is stopped after it was shown and agreed to.
class ActivityCommand : public DatabaseCommand
{
    Q_OBJECT

public:
    using DatabaseCommand::DatabaseCommand;

protected:
    void runOn(core::ConnectionSet &connections) override;

private:
    struct Wish {
        int pid = 0;
        core::SessionSignal kind = core::SessionSignal::Cancel;
    };
    [[nodiscard]] core::Result<std::optional<Wish>> wish() const;
    void take(core::SessionThread &session, const core::Activity &activity,
              const std::optional<Wish> &wish);
    [[nodiscard]] core::Result<> consent(const core::Activity &activity,
                                         const core::ActivitySession &session,
                                         core::SessionSignal kind) const;
    void stop(core::SessionThread &session, const core::SessionTarget &target,
              core::SessionSignal kind);
};

} // namespace cli
