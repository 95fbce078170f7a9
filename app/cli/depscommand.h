// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/catalogcommands.h"
#include "core/catalog/dependencies.h"

namespace cli {

/// `sluicectl deps NAME`: what breaks if it is dropped. A relation by its name as ::regclass reads
/// it, else a function, type, index, schema, extension or role.
class DepsCommand : public CatalogCommand
{
    Q_OBJECT

public:
    using CatalogCommand::CatalogCommand;

protected:
    void runWith(core::SessionThread &session, const core::CatalogPtr &catalog) override;

private:
    void show(core::SessionThread &session, core::ObjectId object);
};

} // namespace cli
