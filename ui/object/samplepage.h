// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/catalog/objectinfo.h"

#include <QPointer>
#include <QWidget>

#include <memory>

class QStackedWidget;

namespace core {
class OpenDatabase;
class TableSource;
} // namespace core

namespace ui {

class GridView;
class StatePage;
class TextLabel;

// The rows of a relation as a first look at what is in it, in its default order. Read once it is
// seen, and again after refresh().
class SamplePage : public QWidget
{
    Q_OBJECT

public:
    explicit SamplePage(QWidget *parent = nullptr);
    ~SamplePage() override;

    // Each time the facts of the relation were read.
    void setRelation(core::OpenDatabase &database, core::Oid relation);
    // Its sessions are about to end.
    void leaveDatabase();
    [[nodiscard]] GridView &grid() const { return *m_grid; }

signals:
    void opened(core::ObjectId object);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void build();
    void look();
    void read();
    void columnsCame();
    void showState();
    void showError(const core::Error &error);

    QPointer<core::OpenDatabase> m_database;
    core::Oid m_relation = {};
    TextLabel *m_order;
    GridView *m_grid;
    StatePage *m_page;
    QStackedWidget *m_stack;
    std::unique_ptr<core::TableSource> m_source; // after the grid, which borrows it
    bool m_stale = false;
    bool m_arrived = false;
    bool m_busy = false;
};

} // namespace ui
