// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QWidget>

namespace ui {

class TextLabel;

// A fact with its symbol: one line in 500, what explains it below in Text 2. Both wrap.
class FactLine : public QWidget
{
    Q_OBJECT

public:
    explicit FactLine(QWidget *parent);
    FactLine(const QString &iconName, const QString &fact, const QString &second, QWidget *parent);

    void setFact(const QString &iconName, const QString &fact, const QString &second = {});
    void setMeaning(Meaning meaning); // of the symbol
    [[nodiscard]] QString fact() const;
    [[nodiscard]] QString second() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_iconName;
    Meaning m_meaning = Meaning::Neutral;
    TextLabel *m_fact;
    TextLabel *m_second;
};

} // namespace ui
