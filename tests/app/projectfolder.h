// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

class QProcess;

namespace test {

/// What a finished program left.
struct Ran {
    int exitCode = -1;
    QByteArray out = {};
    QByteArray err = {};
};

/// A project folder with an .env, and the homes (config, data, state, cache) of a user of its own.
class ProjectFolder
{
public:
    ProjectFolder();
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("project")); }
    [[nodiscard]] QString home() const { return m_folder.filePath(QStringLiteral("home")); }
    void write(const QString &name, const QByteArray &content) const;
    /// Runs sluicectl in the folder to its end.
    [[nodiscard]] Ran run(const QStringList &arguments, const QByteArray &input = {}) const;
    /// Environment and program for a run that the test drives itself.
    void prepare(QProcess &process, const QStringList &arguments) const;

private:
    QTemporaryDir m_folder;
};

} // namespace test
