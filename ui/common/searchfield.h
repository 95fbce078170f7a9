// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

class QAbstractButton;

namespace ui {

// A field with a looking glass, a placeholder, a hint at its end while empty (a shortcut), and a
// button that clears it while not. Esc clears, which is an edit as the button's is, and goes on to
// the parent when there is nothing to clear; Down leaves for the list below (movedDown).
class SearchField : public QLineEdit
{
    Q_OBJECT

public:
    explicit SearchField(const QString &placeholder, QWidget *parent = nullptr);

    void setHint(const QString &hint);
    void setIconName(const QString &iconName);
    // Danger edge and symbol; the message is the tooltip and is told to screen readers.
    void setError(const QString &message);
    [[nodiscard]] QString error() const;

    bool event(QEvent *event) override;

signals:
    void movedDown();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void arrange();
    void clearByHand();

    QAbstractButton *m_clear;
    QString m_hint;
    QString m_iconName;
    QString m_error;
};

} // namespace ui
