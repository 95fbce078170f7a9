// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/objectkind.h"

#include <QScrollArea>

class QVBoxLayout;

namespace ui {

class FactSection;

// A page of an object's tab: sections below each other, which scroll as a whole and follow the
// keys.
class ObjectPage : public QScrollArea
{
    Q_OBJECT

public:
    ObjectPage(const QString &name, const QString &title, QWidget *parent);

    FactSection *addSection(FactSection *section);
    void addLine(QWidget *line);
    // Where new sections and lines belong to.
    [[nodiscard]] QWidget *body() const { return widget(); }

signals:
    void opened(core::ObjectId object);

private:
    QVBoxLayout *m_column;
};

} // namespace ui
