// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/project.h"

#include <QWidget>

namespace ui {

// The env files in the order in which the folder's loader lets them win, as a row of names that
// wraps; a dashed one is not there, a struck one was refused.
class LoaderOrder : public QWidget
{
    Q_OBJECT

public:
    explicit LoaderOrder(QWidget *parent = nullptr);

    void setFiles(const std::vector<core::FileSeen> &files);
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    // Where each name stands at this width, left to right.
    [[nodiscard]] QList<QRect> places(int width) const;

    std::vector<core::FileSeen> m_files;
};

} // namespace ui
