// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QStringList>

namespace core {

/// The tabs of a project's window, by keys that only the window understands ("file:/path",
/// "table:main:public.users").
struct OpenTabs {
    QStringList keys = {}; ///< in their order
    QString current = {};  ///< one of them; empty = none of them was in front
    bool operator==(const OpenTabs &) const = default;
};

/// $XDG_STATE_HOME/sluice/session/<project key>.json: what was open, so that a project opens as it
/// was left. Names only; unsaved text is the journal's. Stateless between calls; any thread.
class TabStore
{
public:
    /// `root` empty = $XDG_STATE_HOME/sluice/session.
    explicit TabStore(const QString &projectFolder, const QString &root = {});

    /// Nothing where nothing was kept, or what was kept cannot be understood: it is a convenience.
    [[nodiscard]] OpenTabs read() const;
    /// At most 100 keys are kept. Errors of JsonStore.
    [[nodiscard]] Result<> write(const OpenTabs &tabs) const;

private:
    QString m_folder;
    QString m_file;
};

} // namespace core
