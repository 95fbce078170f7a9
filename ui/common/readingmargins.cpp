// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/readingmargins.h"

#include <QEvent>
#include <QLayout>
#include <QWidget>

namespace ui {

namespace {

class Keeper : public QObject
{
public:
    Keeper(QWidget *widget, const QMargins &margins)
        : QObject(widget)
        , m_margins(margins)
    {
        widget->installEventFilter(this);
        apply(widget);
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::LayoutDirectionChange)
            apply(static_cast<QWidget *>(watched));
        return false;
    }

private:
    void apply(QWidget *widget) const
    {
        const QMargins mirrored(m_margins.right(), m_margins.top(), m_margins.left(),
                                m_margins.bottom());
        widget->layout()->setContentsMargins(widget->isRightToLeft() ? mirrored : m_margins);
    }

    QMargins m_margins;
};

} // namespace

void setReadingMargins(QWidget *widget, const QMargins &margins)
{
    new Keeper(widget, margins);
}

} // namespace ui
