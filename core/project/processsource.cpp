// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/source.h"

#include <QCoreApplication>

#include <algorithm>

namespace core {

void readProcessSource(const FolderView &view, Findings &findings)
{
    QStringList names = view.mode.process.keys();
    std::ranges::sort(names);
    for (const QString &name : std::as_const(names)) {
        std::optional<Candidate> found =
            candidateOf({.file = {}, .line = 0, .key = name}, view.mode.process.value(name));
        if (!found)
            continue;
        if (!found->ignored && !view.mode.useProcess) {
            found->ignored = IgnoredReason::Process;
            found->explanation = QCoreApplication::translate(
                "core::ProcessSource",
                "A variable of this process; listed, not used unless you choose so.");
        }
        if (found->ignored)
            findings.ignored.push_back(
                {std::move(found->value), *found->ignored, found->explanation, {}});
        else
            findings.values.push_back(std::move(found->value));
    }
}

} // namespace core
