// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/pictures.h"

#include <QCoreApplication>
#include <QDir>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace test {

bool Pictures::isNew(const QImage &picture)
{
    const bool isNew = std::ranges::find(m_taken, picture) == m_taken.end();
    m_taken.push_back(picture);
    return isNew;
}

bool Pictures::keep(const QImage &picture, const QString &group)
{
    const QDir folder(QCoreApplication::applicationDirPath());
    const QString row = QString::fromUtf8(QTest::currentDataTag());
    return folder.mkpath(u"pictures"_s)
           && picture.save(folder.filePath(u"pictures/%1-%2.png"_s.arg(group, row)));
}

} // namespace test
