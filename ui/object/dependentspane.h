// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/catalog/dependencies.h"

#include <QWidget>

class QScrollArea;

namespace ui {

class FactView;
class TextLabel;

// What breaks if the object is dropped: each opens its own definition.
class DependentsPane : public QWidget
{
    Q_OBJECT

public:
    explicit DependentsPane(QWidget *parent = nullptr);

    void setDependents(const core::Result<core::Dependents> &dependents, const QString &schema);
    [[nodiscard]] FactView &view() const { return *m_view; }

signals:
    void opened(core::ObjectId object);

private:
    TextLabel *m_count;
    TextLabel *m_words;
    FactView *m_view;
    QScrollArea *m_scroll;
};

} // namespace ui
