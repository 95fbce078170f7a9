// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/productionband.h"

#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/paint.h"
#include "ui/common/sheet.h"
#include "ui/common/theme.h"

#include <QAbstractButton>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int iconSide = 16;

// Outlined in the band's own ink.
class BandButton : public QAbstractButton
{
public:
    BandButton(const QString &text, QWidget *parent)
        : QAbstractButton(parent)
    {
        setText(text);
        setAccessibleName(text);
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        setProperty("ringInside", true);
    }
    [[nodiscard]] QSize sizeHint() const override
    {
        const QFontMetrics metrics(ui::font(TextRole::Name));
        return {metrics.horizontalAdvance(text()) + iconSide + 6 + 2 * 12, rowHeight(24)};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &look = theme(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const bool pointedAt = underMouse() || isDown();
        drawBox(&painter, QRectF(rect()), controlRadius, pointedAt ? look.bandHatch : look.band,
                look.onBand);
        if (hasFocus())
            drawRing(&painter, QRectF(rect()), controlRadius, look.onBand);
        const QRect symbol(12, (height() - iconSide) / 2, iconSide, iconSide);
        paintIcon(&painter, QStyle::visualRect(layoutDirection(), rect(), symbol), u"read-only"_s,
                  look.onBand, layoutDirection());
        painter.setPen(look.onBand);
        painter.setFont(ui::font(TextRole::Name));
        const QRect words(12 + iconSide + 6, 0, width() - 12 - iconSide - 6, height());
        drawLine(&painter, QStyle::visualRect(layoutDirection(), rect(), words), Qt::AlignLeft,
                 layoutDirection(), text());
    }
    void keyPressEvent(QKeyEvent *event) override
    {
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
            click();
        else
            QAbstractButton::keyPressEvent(event);
    }
};

} // namespace

ProductionBand::ProductionBand(QWidget *parent)
    : QWidget(parent)
    , m_back(new BandButton(tr("Back to read-only"), this))
{
    setObjectName(QLatin1StringView(Sheet::bandObjectName));
    m_back->setObjectName(u"productionBand.readOnly"_s);
    m_back->hide();
    connect(m_back, &QAbstractButton::clicked, this, &ProductionBand::readOnlyWanted);
}

void ProductionBand::setDatabase(const QString &name, const QString &host)
{
    m_database = name;
    m_host = host;
    describe();
}

void ProductionBand::setWriting(bool writing, const std::optional<QTime> &until)
{
    m_writing = writing;
    m_until = until;
    m_back->setVisible(writing);
    describe();
}

QString ProductionBand::untilWords() const
{
    return m_until ? tr("until %1, or until you close the project")
                         .arg(QLocale().toString(*m_until, u"HH:mm"_s))
                   : tr("until you close the project");
}

void ProductionBand::describe()
{
    setAccessibleName(
        m_writing
            ? tr("Production: %1 at %2, writing is on %3").arg(m_database, m_host, untilWords())
            : tr("Production: %1 at %2, read-only").arg(m_database, m_host));
    update();
}

QSize ProductionBand::sizeHint() const
{
    return {grown(400), rowHeight(32)};
}

void ProductionBand::place()
{
    const QSize size = m_back->sizeHint();
    const QRect own(width() - size.width() - 12, (height() - size.height()) / 2, size.width(),
                    size.height());
    m_back->setGeometry(QStyle::visualRect(layoutDirection(), rect(), own));
}

void ProductionBand::resizeEvent(QResizeEvent *)
{
    place();
}

// What gives way first is until when, then where; never the word, nor whether
// it writes.
void ProductionBand::paintEvent(QPaintEvent *)
{
    const Theme &look = theme(this);
    QPainter painter(this);
    if (m_writing)
        drawHatch(&painter, QRectF(rect()), look.band, look.bandHatch);
    else
        painter.fillRect(rect(), look.band);
    painter.setPen(look.onBand);
    const int end = m_writing ? width() - m_back->width() - 24 : width() - 12;
    const QString mode = m_writing ? tr("Writing is on") : tr("Read-only");
    const TextRole modeRole = m_writing ? TextRole::Heading : TextRole::Body;
    const int modeWidth = QFontMetrics(ui::font(modeRole)).horizontalAdvance(mode) + 24 + 24;
    int x = 12;
    const auto symbol = [&](const QString &name) {
        const QRect place(x, (height() - iconSide) / 2, iconSide, iconSide);
        paintIcon(&painter, QStyle::visualRect(layoutDirection(), rect(), place), name, look.onBand,
                  layoutDirection());
        x += iconSide + 8;
    };
    const auto words = [&](const QString &text, TextRole role, int room) {
        const QFont face = ui::font(role);
        const QString shown =
            QFontMetrics(face).elidedText(text, Qt::ElideMiddle, std::max(0, room));
        const int wide = QFontMetrics(face).horizontalAdvance(shown);
        painter.setFont(face);
        drawLine(&painter,
                 QStyle::visualRect(layoutDirection(), rect(), QRect(x, 0, wide + 1, height())),
                 Qt::AlignLeft, layoutDirection(), shown);
        x += wide + 8;
    };
    symbol(u"production"_s);
    words(tr("Production"), TextRole::Heading, end - x);
    words(tr("%1 at %2").arg(isolated(m_database), isolated(m_host)), TextRole::Body,
          end - x - modeWidth);
    words(u"·"_s, TextRole::Body, end - x);
    symbol(m_writing ? u"writing"_s : u"read-only"_s);
    words(mode, modeRole, end - x);
    if (m_writing
        && QFontMetrics(ui::font(TextRole::Body)).horizontalAdvance(untilWords()) < end - x)
        words(untilWords(), TextRole::Body, end - x);
}

} // namespace ui
