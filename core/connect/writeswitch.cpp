// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/writeswitch.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace core {

namespace {

/// What is typed: the server's name says more than "main" does.
QString nameToType(const Database &database)
{
    const QString name = database.serverName();
    return name.isEmpty() ? database.name : name;
}

std::optional<BootClock::time_point> endOf(const WriteQuestion &question,
                                           const WriteConsent &consent)
{
    const auto now = BootClock::now();
    if (question.exposure != Exposure::Production) {
        if (consent.lasts)
            return now + *consent.lasts;
        return std::nullopt;
    }
    const std::chrono::milliseconds longest = WriteSwitch::longestOnProduction;
    const std::chrono::milliseconds usual = WriteSwitch::usualOnProduction;
    return now + std::min(consent.lasts.value_or(usual), longest);
}

Result<> checkAnswer(const WriteQuestion &question, const WriteConsent &consent)
{
    switch (question.kind) {
    case WriteQuestion::Kind::Nothing:
        return {};
    case WriteQuestion::Kind::Consent:
        if (consent.agreed)
            return {};
        return failure(ErrorKind::Consent, "write.needsConsent"_ba, question.text, question.reason);
    case WriteQuestion::Kind::TypedName:
        break;
    }
    const QString &typed = consent.typedName;
    if (typed == question.name || typed.trimmed() == question.name)
        return {};
    const QByteArray id = typed.isEmpty() ? "write.needsName"_ba : "write.wrongName"_ba;
    const QString message =
        typed.isEmpty() ? question.text
                        : WriteSwitch::tr("“%1” is not the database's name.").arg(typed.left(100));
    return failure(ErrorKind::Consent, id, message, question.reason);
}

} // namespace

WriteSwitch::WriteSwitch(QObject *parent)
    : QObject(parent)
{
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &WriteSwitch::endOver);
}

WriteSwitch::~WriteSwitch()
{
    for (const WritePermit &permit : m_permits)
        permit.m_grant->on = false;
}

WriteQuestion WriteSwitch::question(const Database &database)
{
    const ExposureFinding finding = exposureOf(database);
    WriteQuestion question{.exposure = finding.exposure, .reason = finding.reason};
    question.name = nameToType(database);
    const QString host = database.any().info.host();
    switch (finding.exposure) {
    case Exposure::Local:
        break;
    case Exposure::Remote:
        question.kind = WriteQuestion::Kind::Consent;
        question.text = tr("Allow writing to “%1” at %2?").arg(question.name, host);
        break;
    case Exposure::Production:
        question.kind = WriteQuestion::Kind::TypedName;
        question.lasts = usualOnProduction;
        // By name: lupdate takes the friend of WritePermit for another class.
        question.text =
            QCoreApplication::translate("core::WriteSwitch",
                                        "“%1” at %2 is production. To allow writing for %n "
                                        "minutes, type the database's name.",
                                        nullptr, int(usualOnProduction.count()))
                .arg(question.name, host);
        break;
    }
    return question;
}

Result<WritePermit> WriteSwitch::turnOn(const Database &database, const WriteConsent &consent)
{
    const WriteQuestion asked = question(database);
    if (const Result<> answered = checkAnswer(asked, consent); !answered)
        return std::unexpected(answered.error());
    auto grant = std::make_shared<WritePermit::Grant>();
    grant->database = database.name;
    grant->exposure = asked.exposure;
    grant->until = endOf(asked, consent);
    for (const Endpoint *endpoint : database.endpoints())
        grant->places.push_back(WritePermit::Place::of(endpoint->info));
    std::erase_if(m_permits, [&](const WritePermit &permit) {
        const bool same = permit.database() == database.name;
        if (same)
            permit.m_grant->on = false;
        return same;
    });
    WritePermit permit(std::move(grant));
    m_permits.push_back(permit);
    schedule();
    emit changed(database.name);
    return permit;
}

void WriteSwitch::turnOff(const QString &database)
{
    const auto found = std::ranges::find(m_permits, database, &WritePermit::database);
    if (found == m_permits.end())
        return;
    found->m_grant->on = false;
    m_permits.erase(found);
    schedule();
    emit changed(database);
}

void WriteSwitch::turnOffAll()
{
    while (!m_permits.empty())
        turnOff(QString(m_permits.back().database()));
}

std::optional<WritePermit> WriteSwitch::permit(const Database &database) const
{
    const auto found = std::ranges::find(m_permits, database.name, &WritePermit::database);
    if (found == m_permits.end() || !found->holds())
        return std::nullopt;
    for (const Endpoint *endpoint : database.endpoints()) {
        if (!found->covers(endpoint->info))
            return std::nullopt;
    }
    return *found;
}

void WriteSwitch::endOver()
{
    QStringList over;
    std::erase_if(m_permits, [&over](const WritePermit &permit) {
        if (permit.holds())
            return false;
        over.append(permit.database());
        return true;
    });
    schedule();
    for (const QString &database : std::as_const(over))
        emit changed(database);
}

void WriteSwitch::schedule()
{
    std::optional<BootClock::time_point> first;
    for (const WritePermit &permit : m_permits) {
        if (const auto until = permit.until(); until && (!first || *until < *first))
            first = until;
    }
    if (!first)
        return m_next.stop();
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*first - BootClock::now());
    m_next.start(std::max(left, std::chrono::milliseconds(0)));
}

} // namespace core
