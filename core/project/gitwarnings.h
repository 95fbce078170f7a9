// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/project.h"

namespace core {

/// Adds a warning for each file with passwords that git would commit, or has under its control
/// already (P8). Files of settings count only where a password is for a public host: those of local
/// servers are meant to be shared. Reads .gitignore files and the index; runs no git.
void addGitWarnings(const Project &project, std::vector<ProjectWarning> &warnings);

} // namespace core
