// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid/hexview.h"

#include "ui/common/fonts.h"
#include "ui/common/theme.h"
#include "ui/grid/glyphtable.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int padding = 12;
// "00000000" and two spaces; three characters a byte; a space; one character a byte.
constexpr int charactersFor(int bytes)
{
    return 10 + 3 * bytes + 1 + bytes;
}

int digit(char character)
{
    return character <= '9' ? character - '0' : (character | 0x20) - 'a' + 10;
}

} // namespace

HexView::HexView(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    setFrameShape(NoFrame);
    setLayoutDirection(Qt::LeftToRight);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Bytes"));
    viewport()->setBackgroundRole(QPalette::Base);
}

void HexView::setBytes(const QByteArray &bytes)
{
    m_bytes = bytes;
    m_hexOutput = false;
    m_count = bytes.size();
    verticalScrollBar()->setValue(0);
    layOut();
}

void HexView::setHexOutput(const QByteArray &hexOutput)
{
    m_bytes = hexOutput;
    m_hexOutput = true;
    m_count = std::max<qsizetype>(hexOutput.size() - 2, 0) / 2;
    verticalScrollBar()->setValue(0);
    layOut();
}

uchar HexView::byteAt(qint64 offset) const
{
    if (!m_hexOutput)
        return uchar(m_bytes.at(offset));
    const qsizetype at = 2 + 2 * offset;
    return uchar((digit(m_bytes.at(at)) << 4 | digit(m_bytes.at(at + 1))) & 0xFF);
}

QChar HexView::shown(uchar byte)
{
    return byte >= 0x20 && byte < 0x7F ? QChar(char16_t(byte)) : QChar(u'·');
}

int HexView::rowHeight() const
{
    return int(std::ceil(QFontMetricsF(ui::font(TextRole::Mono)).height())) + 4;
}

void HexView::layOut()
{
    const qreal character = QFontMetricsF(ui::font(TextRole::Mono)).horizontalAdvance(u'0');
    m_perRow = 16;
    while (m_perRow > 4 && charactersFor(m_perRow) * character + 2 * padding > viewport()->width())
        m_perRow /= 2;
    const qint64 rows = (m_count + m_perRow - 1) / m_perRow;
    const int page = std::max(viewport()->height() / rowHeight(), 1);
    verticalScrollBar()->setRange(0,
                                  int(std::min<qint64>(std::max<qint64>(rows - page, 0), INT_MAX)));
    verticalScrollBar()->setPageStep(page);
    viewport()->update();
}

QString HexView::rowText(qint64 row) const
{
    const qint64 first = row * m_perRow;
    const int count = int(std::min<qint64>(m_perRow, m_count - first));
    if (first < 0 || count <= 0)
        return {};
    QString text = QString::number(first, 16).toUpper().rightJustified(8, u'0') + "  "_L1;
    QString characters;
    for (int i = 0; i < m_perRow; ++i) {
        if (i < count) {
            const uchar byte = byteAt(first + i);
            text += QString::number(uint(byte), 16).toUpper().rightJustified(2, u'0') + u' ';
            characters += shown(byte);
        } else {
            text += "   "_L1;
        }
    }
    return text + u' ' + characters;
}

void HexView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    const Theme &now = theme(this);
    painter.fillRect(viewport()->rect(), now.base);
    const QFont mono = GlyphTable(ui::font(TextRole::Mono)).font();
    painter.setFont(mono);
    const QFontMetricsF metrics(mono);
    const qreal character = metrics.horizontalAdvance(u'0');
    const int height = rowHeight();
    const int rows = viewport()->height() / height + 1;
    for (int i = 0; i < rows; ++i) {
        const QString text = rowText(verticalScrollBar()->value() + i);
        if (text.isEmpty())
            break;
        const qreal y = 4 + i * height + metrics.ascent();
        painter.setPen(now.text2);
        painter.drawText(QPointF(padding, y), text.left(8));
        painter.setPen(now.text);
        painter.drawText(QPointF(padding + 10 * character, y), text.mid(10, 3 * m_perRow));
        painter.setPen(now.text2);
        painter.drawText(QPointF(padding + (11 + 3 * m_perRow) * character, y),
                         text.mid(11 + 3 * m_perRow));
    }
}

void HexView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    layOut();
}

void HexView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        layOut();
}

void HexView::keyPressEvent(QKeyEvent *event)
{
    QScrollBar *bar = verticalScrollBar();
    if (event->key() == Qt::Key_Home)
        bar->setValue(0);
    else if (event->key() == Qt::Key_End)
        bar->setValue(bar->maximum());
    else
        QAbstractScrollArea::keyPressEvent(event);
}

} // namespace ui
