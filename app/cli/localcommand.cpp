// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/localcommand.h"

#include "core/base/worker.h"
#include "core/local/demo.h"
#include "core/project/envfileedit.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

core::LocalProgress progress()
{
    return [](const QString &step) { say(step + u'\n'); };
}

QString stateId(core::LocalState state)
{
    switch (state) {
    case core::LocalState::Stopped:
        return u"stopped"_s;
    case core::LocalState::Starting:
        return u"starting"_s;
    case core::LocalState::Running:
        return u"running"_s;
    case core::LocalState::PoolerDown:
        return u"poolerDown"_s;
    }
    return {};
}

/// Asked for again, perhaps only to have the addresses written: then the one that is there serves.
core::Result<core::LocalInstance> createdOrStarted(const QString &folder)
{
    core::LocalServer server({}, progress());
    auto created = server.create(folder);
    if (created || created.error().id != "local.exists")
        return created;
    auto existing = core::LocalStore().find(folder);
    if (!existing)
        return existing;
    return server.start(*existing).transform([&existing] { return *existing; });
}

} // namespace

void LocalCommand::start()
{
    const QString what = arguments().operands.first();
    constexpr std::array known = {"create"_L1, "start"_L1, "stop"_L1, "status"_L1, "urls"_L1};
    if (!std::ranges::contains(known, what))
        return fail(usageError(tr("There is no “local %1”.").arg(what),
                               tr("It is one of create, start, stop, status and urls.")));
    const QString asked = arguments().value(u"project"_s).value_or(QDir::currentPath());
    const QString folder = QFileInfo(asked).canonicalFilePath();
    if (folder.isEmpty() || !QFileInfo(folder).isDir()) {
        core::Error error;
        error.id = "project.gone";
        error.message = tr("There is no such folder.");
        error.place = asked;
        return fail(error);
    }
    if (what == "create"_L1)
        return create(folder);
    const auto instance = core::LocalStore().find(folder);
    if (!instance)
        return fail(instance.error());
    if (what == "start"_L1)
        return runLater(&core::LocalServer::start, *instance, tr("Running."));
    if (what == "stop"_L1)
        return runLater(&core::LocalServer::stop, *instance, tr("Stopped."));
    if (what == "status"_L1)
        return printStatus(*instance);
    printUrls(*instance);
}

void LocalCommand::create(const QString &folder)
{
    core::runOnWorker([folder] {
        return createdOrStarted(folder);
    }).then(this, [this](const core::Result<core::LocalInstance> &instance) {
        if (!instance)
            return fail(instance.error());
        offerEnvFile(*instance);
    });
}

/// The instance is there whatever the answer; only the env file needs consent.
void LocalCommand::offerEnvFile(const core::LocalInstance &instance)
{
    const auto plan = core::planEnvFileEdit(instance.folder + u"/.env"_s,
                                            {{u"DATABASE_URL"_s, instance.pooledUrl(true)},
                                             {u"DIRECT_URL"_s, instance.directUrl(true)}});
    if (!plan)
        return fail(plan.error());
    QString change = plan->creates ? tr("%1 will be made with two lines:").arg(plan->file)
                                   : tr("%1 will be changed:").arg(plan->file);
    for (const core::EnvFileEdit::Change &one : plan->changes) {
        change +=
            u"\n  "_s
            + (one.line > 0 ? tr("line %1: %2 gets a new value, the old line stays as a comment")
                                  .arg(one.line)
                                  .arg(one.key)
                            : tr("%1 is added").arg(one.key));
    }
    bool agreed = arguments().has(u"yes"_s);
    if (!agreed && canAsk()) {
        say(change + u'\n');
        agreed = ask(tr("Write it?"));
    }
    if (!agreed) {
        core::Error error;
        error.kind = core::ErrorKind::Consent;
        error.id = "local.envConsent";
        error.message = tr("The local database runs; its addresses were not written.");
        error.place = plan->file;
        error.advice = tr("Give --yes to write them, or see them: sluicectl local urls --reveal");
        return fail(error);
    }
    if (auto written = core::applyEnvFileEdit(*plan); !written)
        return fail(written.error());
    if (!wantsJson())
        say(tr("Written to %1.").arg(plan->file) + u'\n');
    printUrls(instance);
}

void LocalCommand::runLater(core::Result<> (core::LocalServer::*step)(const core::LocalInstance &),
                            const core::LocalInstance &instance, const QString &afterwards)
{
    core::runOnWorker([step, instance] {
        core::LocalServer server({}, progress());
        return (server.*step)(instance);
    }).then(this, [this, instance, afterwards](const core::Result<> &ended) {
        if (!ended)
            return fail(ended.error());
        if (wantsJson())
            return printStatus(instance);
        say(afterwards + u'\n');
        done();
    });
}

void LocalCommand::printStatus(const core::LocalInstance &instance)
{
    const QString state = stateId(core::LocalStore().state(instance));
    if (wantsJson()) {
        printJson({{u"state"_s, state},
                   {u"database"_s, instance.database},
                   {u"user"_s, instance.user},
                   {u"port"_s, instance.port},
                   {u"poolerPort"_s, instance.poolerPort},
                   {u"folder"_s, instance.folder}});
    } else {
        print(state + u'\n');
    }
    done();
}

void LocalCommand::printUrls(const core::LocalInstance &instance)
{
    const bool reveal = arguments().has(u"reveal"_s);
    if (wantsJson()) {
        printJson(
            {{u"pooled"_s, instance.pooledUrl(reveal)}, {u"direct"_s, instance.directUrl(reveal)}});
    } else {
        print(instance.pooledUrl(reveal) + u'\n' + instance.directUrl(reveal) + u'\n');
    }
    done();
}

void DemoCommand::start()
{
    const QString what = arguments().operands.first();
    if (what != "prepare"_L1)
        return fail(usageError(tr("There is no “demo %1”.").arg(what)));
    core::runOnWorker([] {
        return core::prepareDemo(core::LocalStore(), progress());
    }).then(this, [this](const core::Result<QString> &folder) {
        if (!folder)
            return fail(folder.error());
        if (wantsJson())
            printJson({{u"folder"_s, *folder}});
        else
            print(*folder + u'\n');
        done();
    });
}

} // namespace cli
