// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/common/openfolder.h"

using namespace Qt::StringLiterals;

namespace bench {

core::Result<OpenedFolder> openFolder(const QString &folder)
{
    OpenedFolder opened;
    auto project = core::readProject(folder, core::EnvMode::ofThisProcess(u"development"_s, false));
    if (!project)
        return std::unexpected(project.error());
    opened.project = std::move(*project);
    opened.databases = core::pairDatabases(opened.project);
    const core::TrustStore store;
    if (const auto granted = store.grant(opened.project); !granted)
        return std::unexpected(granted.error());
    auto question = store.question(opened.project);
    if (!question)
        return std::unexpected(question.error());
    opened.question = std::move(*question);
    return opened;
}

} // namespace bench
