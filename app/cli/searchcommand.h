// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/catalogcommands.h"

namespace cli {

/// `sluicectl search TEXT`.
class SearchCommand : public CatalogCommand
{
    Q_OBJECT

public:
    using CatalogCommand::CatalogCommand;

protected:
    void runWith(core::SessionThread &session, const core::CatalogPtr &catalog) override;
};

} // namespace cli
