// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <QByteArray>

namespace ui {

// Bytes as offset, hexadecimal and text, 16, 8 or 4 a row as there is room. Lays nothing out
// beforehand: a value of a gigabyte opens like one of ten bytes. Always left to right.
class HexView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit HexView(QWidget *parent = nullptr);

    // The bytes themselves.
    void setBytes(const QByteArray &bytes);
    // Bytes as bytea's hex output writes them, `\x…`; decoded where they show.
    void setHexOutput(const QByteArray &hexOutput);
    [[nodiscard]] qint64 byteCount() const { return m_count; }
    [[nodiscard]] int bytesPerRow() const { return m_perRow; }
    // "00000010  66 00 … f·" as it is drawn; for copying and screen readers.
    [[nodiscard]] QString rowText(qint64 row) const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void layOut();
    [[nodiscard]] uchar byteAt(qint64 offset) const;
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] static QChar shown(uchar byte);

    QByteArray m_bytes;
    qint64 m_count = 0;
    int m_perRow = 16;
    bool m_hexOutput = false;
};

} // namespace ui
