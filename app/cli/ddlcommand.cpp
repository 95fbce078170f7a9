// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/ddlcommand.h"

#include "core/base/atomicfile.h"
#include "core/ddl/ddlname.h"

using namespace Qt::StringLiterals;

namespace cli {

core::Result<> DdlCommand::check() const
{
    if (arguments().has(u"all"_s) == !arguments().operands.isEmpty())
        return std::unexpected(usageError(tr("Give the name of an object, or --all.")));
    const auto kind = arguments().value(u"kind"_s);
    if (kind && !core::ddlKinds().contains(kind->toLower()))
        return std::unexpected(
            usageError(tr("%1 is no kind of object.").arg(*kind), core::ddlKinds().join(u", "_s)));
    if (kind && arguments().has(u"all"_s))
        return std::unexpected(usageError(tr("--kind goes with a name.")));
    if (const auto file = arguments().value(u"output"_s); file && file->isEmpty())
        return std::unexpected(usageError(tr("--output needs the name of a file.")));
    return {};
}

core::DdlOptions DdlCommand::options() const
{
    return {.ownership = !arguments().has(u"no-owner"_s),
            .privileges = !arguments().has(u"no-privileges"_s),
            .comments = !arguments().has(u"no-comments"_s),
            .extensionMembers = arguments().has(u"extension-members"_s)};
}

void DdlCommand::runOn(core::ConnectionSet &connections)
{
    if (const auto fine = check(); !fine)
        return fail(fine.error());
    const auto session = connections.session(core::Purpose::Catalog);
    if (!session)
        return fail(session.error());
    if (!arguments().has(u"all"_s))
        return findAndLoad(**session);
    core::loadAllDdl(**session, options()).then(this, [this](const core::Result<QString> &text) {
        write(text);
    });
}

void DdlCommand::findAndLoad(core::SessionThread &session)
{
    core::findDdlObject(session, arguments().operands.first(),
                        arguments().value(u"kind"_s).value_or(QString{}))
        .then(this, [this, &session](const core::Result<core::ObjectId> &object) {
            if (!object)
                return fail(object.error());
            core::loadObjectDdl(session, *object, options())
                .then(this, [this](const core::Result<QString> &text) { write(text); });
        });
}

void DdlCommand::write(const core::Result<QString> &text)
{
    if (!text)
        return fail(text.error());
    if (const auto file = arguments().value(u"output"_s)) {
        if (const auto written = core::writeFileAtomically(*file, text->toUtf8()); !written)
            return fail(written.error());
    } else if (wantsJson()) {
        printJson({{u"ddl"_s, *text}});
    } else {
        print(*text);
    }
    done();
}

} // namespace cli
