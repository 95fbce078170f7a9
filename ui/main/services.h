// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/opendatabase.h"
#include "core/connect/writeswitch.h"
#include "core/project/envfileedit.h"
#include "core/project/journal.h"
#include "core/project/opentabs.h"
#include "core/project/settings.h"
#include "core/project/trust.h"

#include <vector>

namespace ui {

class HighlighterLoader;
class ThemeController;

// What the window works with; built and owned by app/, which outlives the window.
struct Services {
    core::Settings *settings = nullptr;
    ThemeController *themes = nullptr;
    HighlighterLoader *highlighters = nullptr;
    core::Journal *journal = nullptr; // of texts that belong to no project
    core::WriteSwitch *writes = nullptr;
};

// A project folder as the window shows it; a value, replaced as a whole when the folder is read
// again.
struct OpenProject {
    core::Project project;
    core::DatabaseSet databases;
    core::TrustQuestion question;
    QStringList sqlFiles;                   // relative to the folder
    core::OpenTabs tabs;                    // as the folder was left
    std::vector<core::OpenDatabase *> open; // borrowed; empty until the folder is trusted
    core::Journal *journal = nullptr;       // borrowed
};

} // namespace ui
