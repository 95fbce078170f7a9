// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

namespace cli {

/// `sluicectl env`: what the folder names, without touching any of it.
class EnvCommand : public ProjectCommand
{
    Q_OBJECT

public:
    using ProjectCommand::ProjectCommand;

protected:
    void run() override;
};

/// `sluicectl mark`: production or not, as this person says.
class MarkCommand : public ProjectCommand
{
    Q_OBJECT

public:
    using ProjectCommand::ProjectCommand;

protected:
    void run() override;
};

/// `sluicectl trust`: shows hosts, users and files, and is itself the consent.
class TrustCommand : public ProjectCommand
{
    Q_OBJECT

public:
    using ProjectCommand::ProjectCommand;

protected:
    void run() override;

private:
    void revoke();
    [[nodiscard]] core::Result<core::Project> withDerived() const;
};

} // namespace cli
