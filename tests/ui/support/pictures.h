// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>

#include <vector>

namespace test {

/// The pictures that one program takes, a data row each.
class Pictures
{
public:
    /// Whether no row before looked the same; it is remembered.
    [[nodiscard]] bool isNew(const QImage &picture);
    /// To "pictures/GROUP-ROW.png" beside the program.
    [[nodiscard]] static bool keep(const QImage &picture, const QString &group);

private:
    std::vector<QImage> m_taken;
};

} // namespace test
