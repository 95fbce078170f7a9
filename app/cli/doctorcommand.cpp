// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/doctorcommand.h"

#include "core/connect/production.h"
#include "core/doctor/activitymodel.h"
#include "core/doctor/servertime.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

QString levelWord(core::Finding::Level level)
{
    switch (level) {
    case core::Finding::Level::Ok:
        return DoctorCommand::tr("ok");
    case core::Finding::Level::Note:
        return DoctorCommand::tr("note");
    case core::Finding::Level::Warning:
        return DoctorCommand::tr("warning");
    case core::Finding::Level::Problem:
        break;
    }
    return DoctorCommand::tr("problem");
}

QString findingText(const core::Finding &finding)
{
    QString text = u"  %1  %2\n"_s.arg(levelWord(finding.level).leftJustified(8), finding.sentence);
    const QString indent(12, u' ');
    if (finding.level == core::Finding::Level::Ok)
        return text;
    for (const QString &line : {finding.where, finding.detail}) {
        if (!line.isEmpty())
            text += indent + line + u'\n';
    }
    for (const core::Fix &fix : finding.fixes) {
        text += indent + u"→ "_s + fix.sentence + u'\n';
        for (const QString &line : fix.text.split(u'\n', Qt::SkipEmptyParts))
            text += indent + u"    "_s + line + u'\n';
    }
    return text;
}

QJsonObject sessionJson(const core::ActivitySession &session)
{
    QJsonArray blockedBy;
    for (const int pid : session.blockedBy)
        blockedBy.append(pid);
    QJsonObject object{{u"pid"_s, session.pid},           {u"user"_s, session.user},
                       {u"database"_s, session.database}, {u"application"_s, session.application},
                       {u"visible"_s, session.visible},   {u"blockedBy"_s, blockedBy}};
    if (!session.visible)
        return object;
    object.insert(u"kind"_s, session.kind);
    object.insert(u"state"_s, session.stateText);
    object.insert(u"address"_s, session.address);
    object.insert(u"query"_s, session.query);
    object.insert(u"wait"_s, session.waitEvent);
    object.insert(u"backendStart"_s,
                  core::serverTime(session.backendStart).toString(Qt::ISODateWithMs));
    object.insert(u"inStateMs"_s, double(session.inState.count()));
    object.insert(u"inTransactionMs"_s, double(session.inTransaction.count()));
    object.insert(u"holds"_s, QJsonArray::fromStringList(session.holds));
    return object;
}

QJsonObject activityJson(const core::Activity &activity)
{
    QJsonArray sessions;
    for (const core::ActivitySession &session : activity.sessions)
        sessions.append(sessionJson(session));
    const core::ConnectionLimits &limits = activity.limits;
    return {{u"database"_s, activity.database},
            {u"role"_s, activity.role},
            {u"seesAll"_s, activity.seesAll},
            {u"pooled"_s, activity.pooled},
            {u"preparedTransactions"_s, activity.preparedTransactions},
            {u"connections"_s, QJsonObject{{u"used"_s, limits.used},
                                           {u"most"_s, limits.most},
                                           {u"reserved"_s, limits.reserved},
                                           {u"usedByRole"_s, limits.usedByRole},
                                           {u"mostOfRole"_s, limits.mostOfRole},
                                           {u"usedByDatabase"_s, limits.usedByDatabase},
                                           {u"mostOfDatabase"_s, limits.mostOfDatabase}}},
            {u"sessions"_s, sessions}};
}

/// One line a session, those that wait indented below whom they wait for.
void appendBranch(const core::ActivityModel &model, const QModelIndex &parent, int depth,
                  QString &text)
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        const auto cell = [&](core::ActivityModel::Column column) {
            return model.data(index.siblingAtColumn(column), Qt::DisplayRole).toString();
        };
        const QString name = QString(depth * 2, u' ') + cell(core::ActivityModel::Session).left(32);
        text += u"%1  %2  %3  %4"_s.arg(name.leftJustified(32),
                                        cell(core::ActivityModel::Who).leftJustified(16),
                                        cell(core::ActivityModel::For).rightJustified(10),
                                        cell(core::ActivityModel::State).left(60));
        const QString waits = cell(core::ActivityModel::WaitsFor);
        text += (waits.isEmpty() ? QString() : u"  ← "_s + waits) + u'\n';
        appendBranch(model, index, depth + 1, text);
    }
}

QString activityText(const core::Activity &activity)
{
    const core::ConnectionLimits &limits = activity.limits;
    QString text = ActivityCommand::tr("Connections: %1 of %2 in use, %3 free, %4 kept for "
                                       "administrators")
                       .arg(limits.used)
                       .arg(limits.most)
                       .arg(limits.free())
                       .arg(limits.reserved)
                   + u'\n';
    if (activity.pooled)
        text += core::pooledPidsText() + u'\n';
    if (!activity.seesAll)
        text +=
            ActivityCommand::tr("What other roles do is not visible to “%1”.").arg(activity.role)
            + u'\n';
    core::ActivityModel model;
    model.setActivity(std::make_shared<const core::Activity>(activity));
    text += u'\n';
    appendBranch(model, {}, 0, text);
    if (activity.sessions.empty())
        text += ActivityCommand::tr("There is no other session.") + u'\n';
    return text;
}

} // namespace

void DoctorCommand::run()
{
    core::CheckupSpec spec;
    spec.project = project();
    spec.databases = databases();
    if (const auto name = arguments().value(u"database"_s)) {
        const auto database = core::findDatabase(databases(), *name);
        if (!database)
            return fail(database.error());
        spec.only = database->name;
    }
    const auto question = core::TrustStore().question(project());
    if (!question)
        return fail(question.error());
    spec.token = question->token;
    m_trusted = question->token.has_value() || databases().databases.empty();
    m_checkup = std::make_unique<core::Checkup>(std::move(spec));
    connect(m_checkup.get(), &core::Checkup::finished, this, &DoctorCommand::report);
    m_checkup->start();
}

int DoctorCommand::exitCode() const
{
    if (!m_trusted)
        return NeedsConsent;
    if (m_checkup->tried() > 0 && m_checkup->answered() == 0)
        return CannotConnect;
    return m_checkup->hasProblem() ? Failed : Done;
}

void DoctorCommand::report()
{
    const std::vector<core::Finding> findings = m_checkup->findings();
    if (wantsJson()) {
        QJsonArray array;
        for (const core::Finding &finding : findings)
            array.append(core::findingJson(finding));
        printJson({{u"folder"_s, project().folder},
                   {u"trusted"_s, m_trusted},
                   {u"endpointsTried"_s, m_checkup->tried()},
                   {u"endpointsAnswered"_s, m_checkup->answered()},
                   {u"findings"_s, array}});
        return done(exitCode());
    }
    QString text;
    QString heading = u"\n"_s;
    for (const core::Finding &finding : findings) {
        if (finding.database != std::exchange(heading, finding.database))
            text += (text.isEmpty() ? QString() : u"\n"_s)
                    + (finding.database.isEmpty() ? project().name : finding.database) + u'\n';
        text += findingText(finding);
    }
    print(text);
    if (!m_trusted)
        say(u'\n'
            + tr("The folder is not trusted, so nothing was connected to. Look at what it names "
                 "and trust it: %1")
                  .arg(trustCommand())
            + u'\n');
    done(exitCode());
}

core::Result<std::optional<ActivityCommand::Wish>> ActivityCommand::wish() const
{
    const auto cancel = arguments().value(u"cancel"_s);
    const auto terminate = arguments().value(u"terminate"_s);
    if (!cancel && !terminate)
        return std::optional<Wish>();
    bool isNumber = false;
    Wish wish{.pid = (cancel ? *cancel : *terminate).toInt(&isNumber),
              .kind = cancel ? core::SessionSignal::Cancel : core::SessionSignal::Terminate};
    if ((cancel && terminate) || !isNumber || wish.pid <= 0)
        return core::failure(core::ErrorKind::Usage, "cli.usage"_ba,
                             tr("Either --cancel or --terminate takes one session's number."));
    return wish;
}

void ActivityCommand::runOn(core::ConnectionSet &connections)
{
    const auto asked = wish();
    if (!asked)
        return fail(asked.error());
    const auto session = connections.session(core::Purpose::Catalog);
    if (!session)
        return fail(session.error());
    core::loadActivity(**session).then(this, [this, session = *session, asked = *asked](
                                                 const core::Result<core::Activity> &activity) {
        if (!activity)
            return fail(activity.error());
        take(*session, *activity, asked);
    });
}

void ActivityCommand::take(core::SessionThread &session, const core::Activity &activity,
                           const std::optional<Wish> &wish)
{
    if (!wish) {
        if (wantsJson())
            printJson(activityJson(activity));
        else
            print(activityText(activity));
        return done();
    }
    const core::ActivitySession *found = activity.find(wish->pid);
    if (!found) {
        core::Error gone;
        gone.kind = core::ErrorKind::Server;
        gone.id = "activity.gone";
        gone.message = tr("There is no session %1.").arg(QString::number(wish->pid));
        return fail(gone);
    }
    if (const QString reason = core::obstacle(activity, *found, wish->kind); !reason.isEmpty()) {
        core::Error error;
        error.kind = core::ErrorKind::Server;
        error.id = "activity.notAllowed";
        error.message = reason;
        return fail(error);
    }
    if (const auto agreed = consent(activity, *found, wish->kind); !agreed)
        return fail(agreed.error());
    stop(session, core::SessionTarget::of(*found), wish->kind);
}

/// Shows exactly what is meant. On production its database's name has to be typed, or given.
core::Result<> ActivityCommand::consent(const core::Activity &activity,
                                        const core::ActivitySession &session,
                                        core::SessionSignal kind) const
{
    const QDateTime since = core::serverTime(session.backendStart).toLocalTime();
    QString text =
        tr("Session %1 (%2, %3)")
            .arg(QString::number(session.pid), session.user,
                 session.application.isEmpty() ? tr("no application name") : session.application);
    if (since.isValid())
        text += tr(", connected since %1").arg(since.toString(u"yyyy-MM-dd HH:mm:ss"_s));
    text += u'\n';
    if (!session.query.isEmpty())
        text += session.query.simplified() + u'\n';
    say(text + core::consequence(activity, session, kind) + u'\n');
    const core::Database &database = connections()->database();
    const bool production = core::exposureOf(database).exposure == core::Exposure::Production;
    const QString name = database.serverName();
    bool agreed = false;
    if (!production)
        agreed = arguments().has(u"yes"_s)
                 || (canAsk()
                     && ask(kind == core::SessionSignal::Cancel ? tr("Cancel its statement?")
                                                                : tr("End the session?")));
    else if (const auto confirmed = arguments().value(u"confirm"_s))
        agreed = *confirmed == name;
    else if (canAsk())
        agreed = askText(tr("This is production. Type the name of the database to go on:")) == name;
    if (agreed)
        return {};
    return core::failure(core::ErrorKind::Consent, "activity.consent"_ba,
                         tr("Nothing was sent: it was not agreed to."), {},
                         production ? tr("On production add --confirm and the database's name.")
                                    : tr("Add --yes where nobody can be asked."));
}

void ActivityCommand::stop(core::SessionThread &session, const core::SessionTarget &target,
                           core::SessionSignal kind)
{
    core::signalSession(session, target, kind)
        .then(this, [this, target, kind](const core::Result<> &outcome) {
            if (!outcome)
                return fail(outcome.error());
            const bool cancel = kind == core::SessionSignal::Cancel;
            QJsonObject told;
            told.insert(cancel ? u"cancelled"_s : u"terminated"_s, target.pid);
            if (wantsJson())
                printJson(told);
            else
                say((cancel ? tr("The statement of session %1 was told to stop.")
                            : tr("Session %1 was told to end."))
                        .arg(QString::number(target.pid))
                    + u'\n');
            done();
        });
}

} // namespace cli
