// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QFocusEvent>
#include <QPointer>
#include <QWidget>

namespace core {
class OpenDatabase;
class RowSource;
} // namespace core

namespace ui {

// What stands in a tab of the window: a table's rows, an SQL text, a page. The window shows its
// title, symbol and state, asks it before closing, and routes the shared commands to the current
// one.
class Document : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    [[nodiscard]] virtual QString title() const = 0;
    [[nodiscard]] virtual QString iconName() const = 0;
    // Tooltip of the tab: the whole name or path. Plain text.
    [[nodiscard]] virtual QString description() const { return title(); }
    // Stable across restarts, so that the session can be restored: "table:public.invoices",
    // "file:/path"; empty = not kept.
    [[nodiscard]] virtual QString key() const { return {}; }
    [[nodiscard]] virtual bool isUnsaved() const { return false; }
    // The database it belongs to; null for pages without one. Borrowed; cleared by
    // detachDatabase().
    [[nodiscard]] virtual core::OpenDatabase *database() const { return nullptr; }
    // The database goes away: keep what is shown, use it no more.
    virtual void detachDatabase() {}

    // True when something here can be cancelled by Esc now.
    [[nodiscard]] virtual bool isRunning() const { return false; }

public slots:
    virtual void cancelRunning() {}
    virtual void refresh() {}
    virtual void find() {}
    virtual void findNext() {}
    virtual void findPrevious() {}
    virtual void jump() {}
    // Says cellChosen() again: the tab came to the front.
    virtual void announceCell() { emit cellChosen(nullptr, 0, 0); }
    virtual void exportRows() {}
    virtual bool save() { return true; }

signals:
    // Title, symbol or unsaved state changed.
    void changed();
    void runningChanged();
    // A cell became current: the inspector shows it. `source` null = nothing is chosen.
    void cellChosen(core::RowSource *source, qint64 row, int column);
    // A sentence for the status bar's right side ("First rows in 21 ms"); empty takes it away.
    void factChanged(const QString &fact);

protected:
    // Gets the focus in place of the tab. Not by a focus proxy: Tab, which comes to the tab in the
    // middle of its parts, would go back to this one for ever, or pass over those before it.
    void setFocusTarget(QWidget *target) { m_focusTarget = target; }
    void focusInEvent(QFocusEvent *event) override
    {
        if (m_focusTarget)
            m_focusTarget->setFocus(event->reason());
    }

private:
    QPointer<QWidget> m_focusTarget;
};

} // namespace ui
