// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QFrame>

class QBoxLayout;

namespace ui {

class Button;
class TextLabel;

// A note above the content it speaks of: marker, symbol, one sentence, one line of explanation, and
// at most one link or two buttons. Never a box over the window, takes no focus when it appears; a
// screen reader is told once.
class Note : public QFrame
{
    Q_OBJECT

public:
    explicit Note(QWidget *parent = nullptr);
    Note(Meaning meaning, const QString &sentence, const QString &second = {},
         QWidget *parent = nullptr);

    // The symbol follows the meaning; setIconName() after this chooses another one.
    void setMeaning(Meaning meaning);
    [[nodiscard]] Meaning meaning() const;
    void setIconName(const QString &iconName);
    void setSentence(const QString &sentence);
    [[nodiscard]] QString sentence() const;
    void setSecond(const QString &second);
    [[nodiscard]] QString second() const;

    // Owned by the note; connect clicked.
    Button *addLink(const QString &text);
    Button *addButton(const QString &text);
    void clearButtons();

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void arrange();

    QString m_iconName;
    Meaning m_meaning;
    TextLabel *m_sentence;
    TextLabel *m_second;
    QBoxLayout *m_text;
    QBoxLayout *m_row;
    QList<Button *> m_buttons;
};

} // namespace ui
