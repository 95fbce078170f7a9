// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "core/catalog/catalog.h"
#include "core/session/collect.h"

namespace cli {

/// A command that needs the catalog first.
class CatalogCommand : public DatabaseCommand
{
    Q_OBJECT

public:
    using DatabaseCommand::DatabaseCommand;
    void interrupt() override;

protected:
    void runOn(core::ConnectionSet &connections) final;
    virtual void runWith(core::SessionThread &session, const core::CatalogPtr &catalog) = 0;

private:
    QFuture<core::Result<core::CatalogPtr>> m_loading;
};

/// `sluicectl tables`.
class TablesCommand : public CatalogCommand
{
    Q_OBJECT

public:
    using CatalogCommand::CatalogCommand;

protected:
    void runWith(core::SessionThread &session, const core::CatalogPtr &catalog) override;
};

/// `sluicectl describe NAME`.
class DescribeCommand : public CatalogCommand
{
    Q_OBJECT

public:
    using CatalogCommand::CatalogCommand;

protected:
    void runWith(core::SessionThread &session, const core::CatalogPtr &catalog) override;
};

/// `sluicectl rows NAME`.
class RowsCommand : public CatalogCommand
{
    Q_OBJECT

public:
    using CatalogCommand::CatalogCommand;

protected:
    void runWith(core::SessionThread &session, const core::CatalogPtr &catalog) override;

private:
    struct Window {
        qint64 limit = 100;
        double at = 0;
    };
    [[nodiscard]] core::Result<Window> window() const;
};

} // namespace cli
