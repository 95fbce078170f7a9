// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/projecthome.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace test {

ProjectHome::ProjectHome(const QString &name)
    : m_folder(m_home.filePath(name))
    , m_trust(m_home.filePath(u"trust.json"_s))
{
    if (!QDir().mkpath(m_folder))
        qFatal("no project folder %s", qPrintable(m_folder));
}

ProjectHome::~ProjectHome()
{
    close();
}

bool ProjectHome::write(const QString &name, const QByteArray &text) const
{
    const QString file = path(name);
    QFile out(file);
    return QDir().mkpath(QFileInfo(file).path()) && out.open(QIODevice::WriteOnly)
           && out.write(text) == text.size();
}

core::Result<> ProjectHome::read()
{
    auto project = core::readProject(m_folder, {});
    if (!project)
        return std::unexpected(project.error());
    m_open.clear();
    m_project = std::move(*project);
    m_databases = core::pairDatabases(m_project);
    auto question = m_trust.question(m_project);
    if (!question)
        return std::unexpected(question.error());
    m_question = std::move(*question);
    if (m_question.token)
        openDatabases(*m_question.token);
    return {};
}

core::Result<> ProjectHome::trust()
{
    const auto token = m_trust.grant(m_project);
    if (!token)
        return std::unexpected(token.error());
    openDatabases(*token);
    auto question = m_trust.question(m_project);
    if (!question)
        return std::unexpected(question.error());
    m_question = std::move(*question);
    return {};
}

void ProjectHome::openDatabases(const core::TrustToken &token)
{
    m_open.clear();
    for (const core::Database &database : m_databases.databases) {
        if (auto opened = core::OpenDatabase::create(database, token))
            m_open.push_back(std::move(*opened));
        else
            qWarning("%s", qPrintable(opened.error().text()));
    }
}

void ProjectHome::close()
{
    m_open.clear();
    m_journal.reset();
}

core::Result<> ProjectHome::openJournal()
{
    m_journal.reset(); // the run before lets go of its lock first
    m_journal = std::make_unique<core::Journal>(m_folder, homePath(u"journal"_s));
    return m_journal->open();
}

std::vector<core::OpenDatabase *> ProjectHome::open() const
{
    std::vector<core::OpenDatabase *> all;
    for (const auto &database : m_open)
        all.push_back(database.get());
    return all;
}

core::OpenDatabase *ProjectHome::database() const
{
    return m_open.empty() ? nullptr : m_open.front().get();
}

} // namespace test
