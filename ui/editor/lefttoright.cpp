// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/lefttoright.h"

#include <Qsci/qsciscintillabase.h>

#include <QGraphicsEffect>
#include <QGuiApplication>
#include <QImage>
#include <QPainter>

namespace ui {

namespace {

/// A painter takes its direction from the program, not from its widget, and QScintilla sets none: a
/// bracket at the end of a run of one colour would come before it, and turned. What a widget draws
/// with another painter than its effect's, it draws with that one's direction. Costs a picture of
/// the widget each time.
class LeftToRight : public QGraphicsEffect
{
public:
    using QGraphicsEffect::QGraphicsEffect;

protected:
    void draw(QPainter *painter) override
    {
        const qreal ratio = painter->device()->devicePixelRatioF();
        const QRect rect = sourceBoundingRect().toAlignedRect();
        QImage image((QSizeF(rect.size()) * ratio).toSize(), QImage::Format_RGB32);
        if (image.isNull())
            return;
        image.setDevicePixelRatio(ratio);
        QPainter own(&image);
        own.setLayoutDirection(Qt::LeftToRight);
        drawSource(&own);
        own.end();
        painter->drawImage(rect.topLeft(), image);
    }
};

} // namespace

void keepLeftToRight(QsciScintillaBase *editor)
{
    editor->setLayoutDirection(Qt::LeftToRight);
    if (QGuiApplication::layoutDirection() == Qt::LeftToRight)
        return;
    // Else into a picture of Scintilla's own, whose painter nobody else sees.
    editor->SendScintilla(QsciScintillaBase::SCI_SETBUFFEREDDRAW, 0UL);
    editor->viewport()->setGraphicsEffect(new LeftToRight(editor));
}

} // namespace ui
