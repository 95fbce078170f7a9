// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/catalogcommands.h"
#include "app/cli/connectionscommand.h"
#include "app/cli/ddlcommand.h"
#include "app/cli/depscommand.h"
#include "app/cli/diagramcommand.h"
#include "app/cli/doctorcommand.h"
#include "app/cli/envcommand.h"
#include "app/cli/localcommand.h"
#include "app/cli/poolcommand.h"
#include "app/cli/poolercommand.h"
#include "app/cli/querycommand.h"
#include "app/cli/runcommand.h"
#include "app/cli/searchcommand.h"

#include <functional>
#include <utility>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

template<class Made> std::unique_ptr<Command> make(const Arguments &arguments)
{
    return std::make_unique<Made>(arguments);
}

} // namespace

std::unique_ptr<Command> makeCommand(const Arguments &arguments)
{
    using Maker = std::unique_ptr<Command> (*)(const Arguments &);
    static const std::pair<QLatin1StringView, Maker> makers[] = {
        {"env"_L1, make<EnvCommand>},
        {"trust"_L1, make<TrustCommand>},
        {"tables"_L1, make<TablesCommand>},
        {"search"_L1, make<SearchCommand>},
        {"describe"_L1, make<DescribeCommand>},
        {"ddl"_L1, make<DdlCommand>},
        {"diagram"_L1, make<DiagramCommand>},
        {"rows"_L1, make<RowsCommand>},
        {"query"_L1, make<QueryCommand>},
        {"export"_L1, make<ExportCommand>},
        {"local"_L1, make<LocalCommand>},
        {"demo"_L1, make<DemoCommand>},
        {"mark"_L1, make<MarkCommand>},
        {"deps"_L1, make<DepsCommand>},
        {"doctor"_L1, make<DoctorCommand>},
        {"activity"_L1, make<ActivityCommand>},
        {"run"_L1, make<RunCommand>},
        {"shell"_L1, make<ShellCommand>},
        {"pool"_L1, make<PoolCommand>},
        {"pooler"_L1, make<PoolerCommand>},
        {"connections"_L1, make<ConnectionsCommand>},
    };
    for (const auto &[name, maker] : makers) {
        if (arguments.command == name)
            return maker(arguments);
    }
    Q_UNREACHABLE_RETURN(nullptr); // parseArguments() knows the same names
}

} // namespace cli
