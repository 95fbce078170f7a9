// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLineEdit;

namespace ui {

// "Type app_prod to go on" and the field for it. Enter confirms nothing: with the right name it
// moves on to `next`. Blanks around the name do not count.
class TypedName : public QWidget
{
    Q_OBJECT

public:
    // Named `<area>.name`.
    TypedName(const QString &name, const QString &area, QWidget *parent);

    void setNext(QWidget *next) { m_next = next; }
    [[nodiscard]] bool matches() const;
    [[nodiscard]] QString typed() const;

signals:
    void matchChanged(bool matches);

private:
    QString m_name;
    QLineEdit *m_field;
    QWidget *m_next = nullptr;
    bool m_matched = false;
};

} // namespace ui
