// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace ui {

// The strip under the header while a production database is current: shield, the word, which
// database at which host, and that it is read-only. No button here makes writing easier. Sheets
// never cover it (Sheet::bandObjectName).
class ProductionBand : public QWidget
{
    Q_OBJECT

public:
    explicit ProductionBand(QWidget *parent = nullptr);

    void setDatabase(const QString &name, const QString &host);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_database;
    QString m_host;
};

} // namespace ui
