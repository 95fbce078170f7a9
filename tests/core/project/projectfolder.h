// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/project.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <algorithm>

namespace test {

using namespace Qt::StringLiterals;
using namespace core;

inline const QByteArray nextPackage = R"({"dependencies":{"next":"15.0.0"}})"_ba;
inline const QByteArray vitePackage = R"({"devDependencies":{"vite":"6.0.0"}})"_ba;

/// A project folder in the making.
class Folder
{
public:
    bool write(const QString &name, const QByteArray &text)
    {
        const QString path = m_dir.filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    }
    [[nodiscard]] Project read(const EnvMode &mode = {}) const
    {
        const Result<Project> project = readProject(m_dir.path(), mode);
        return project ? *project : Project{};
    }
    [[nodiscard]] QString path(const QString &name = {}) const { return m_dir.filePath(name); }

private:
    QTemporaryDir m_dir;
};

inline QByteArray url(const char *host, const char *rest = "5432/d")
{
    return QByteArray("postgresql://u:secret@") + host + ':' + rest;
}

inline QString usedText(const Project &project)
{
    QStringList lines;
    for (const UrlValue &value : project.values)
        lines.append(value.source.key + u' ' + value.source.text() + u' '
                     + (value.info ? value.info->host() : QString::fromUtf8(value.error->id)));
    return lines.join(u'\n');
}

inline QString ignoredText(const Project &project)
{
    QStringList lines;
    for (const IgnoredValue &ignored : project.ignored)
        lines.append(ignored.value.source.key + u' ' + ignored.value.source.text() + ": "_L1
                     + ignored.explanation);
    return lines.join(u'\n');
}

inline std::vector<ProjectWarning> warningsOf(const Project &project, ProjectWarning::Kind kind)
{
    std::vector<ProjectWarning> found;
    std::ranges::copy_if(project.warnings, std::back_inserter(found),
                         [kind](const ProjectWarning &warning) { return warning.kind == kind; });
    return found;
}

} // namespace test
