// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/catalogcommands.h"

#include <vector>

namespace cli {

/// `sluicectl diagram [SCHEMA|TABLE …]`: in words, with --svg as a drawing. Error: relation.missing
/// and its like for a name that is neither.
class DiagramCommand : public CatalogCommand
{
    Q_OBJECT

public:
    using CatalogCommand::CatalogCommand;

protected:
    void runWith(core::SessionThread &session, const core::CatalogPtr &catalog) override;

private:
    [[nodiscard]] core::Result<std::vector<core::Oid>> tables(const core::Catalog &catalog) const;
    void write(const QByteArray &bytes);
};

} // namespace cli
