// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sqlfiles.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace app {

namespace {

constexpr int deepest = 4;
constexpr int mostFiles = 500;
constexpr int mostEntries = 20'000;

struct Walk {
    QDir root;
    QStringList files = {};
    int seen = 0;

    void into(const QString &relative, int depth)
    {
        static const QStringList passed{u"node_modules"_s, u"vendor"_s, u"target"_s, u"dist"_s,
                                        u"build"_s};
        const QDir here(root.filePath(relative));
        const QFileInfoList entries =
            here.entryInfoList(QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks,
                               QDir::Name | QDir::DirsLast);
        for (const QFileInfo &entry : entries) {
            if (files.size() >= mostFiles || ++seen > mostEntries)
                return;
            const QString path =
                relative.isEmpty() ? entry.fileName() : relative + u'/' + entry.fileName();
            if (entry.isDir()) {
                if (depth < deepest && !passed.contains(entry.fileName()))
                    into(path, depth + 1);
            } else if (entry.suffix().compare("sql"_L1, Qt::CaseInsensitive) == 0) {
                files << path;
            }
        }
    }
};

} // namespace

QStringList sqlFilesIn(const QString &folder)
{
    Walk walk{QDir(folder)};
    walk.into({}, 0);
    return walk.files;
}

} // namespace app
