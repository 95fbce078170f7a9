// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTime>
#include <QWidget>

#include <optional>

class QAbstractButton;

namespace ui {

// The strip under the header while a production database is current: shield,
// the word, which database at which host, and whether it is read-only. While
// writing is on it is hatched, says until when, and holds the way back; no
// button here makes writing easier. Sheets never cover it
// (Sheet::bandObjectName).
class ProductionBand : public QWidget
{
    Q_OBJECT

public:
    explicit ProductionBand(QWidget *parent = nullptr);

    void setDatabase(const QString &name, const QString &host);
    // `until` null = until the project is closed.
    void setWriting(bool writing, const std::optional<QTime> &until = {});
    [[nodiscard]] bool isWriting() const { return m_writing; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

signals:
    void readOnlyWanted();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QString untilWords() const;
    void describe();
    void place();

    QString m_database;
    QString m_host;
    QAbstractButton *m_back;
    std::optional<QTime> m_until;
    bool m_writing = false;
};

} // namespace ui
