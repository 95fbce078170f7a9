// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/projectfolder.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

namespace test {

ProjectFolder::ProjectFolder()
{
    QDir(m_folder.path()).mkpath(u"project"_s);
    QDir(m_folder.path()).mkpath(u"home"_s);
}

void ProjectFolder::write(const QString &name, const QByteArray &content) const
{
    QFile file(path() + u'/' + name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

void ProjectFolder::prepare(QProcess &process, const QStringList &arguments) const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const std::pair<QString, QString> homes[] = {{u"XDG_CONFIG_HOME"_s, u"config"_s},
                                                 {u"XDG_DATA_HOME"_s, u"data"_s},
                                                 {u"XDG_STATE_HOME"_s, u"state"_s},
                                                 {u"XDG_CACHE_HOME"_s, u"cache"_s}};
    for (const auto &[variable, name] : homes)
        environment.insert(variable, home() + u'/' + name);
    environment.remove(u"DATABASE_URL"_s);
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(path());
    process.setProgram(QStringLiteral(SLUICECTL));
    process.setArguments(arguments);
}

Ran ProjectFolder::run(const QStringList &arguments, const QByteArray &input) const
{
    QProcess process;
    prepare(process, arguments);
    process.start();
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(60'000))
        process.kill();
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace test
