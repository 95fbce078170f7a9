// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace ui {

// Two states with words for both: "Read-only" off, "Writing" on. toggled() as of QAbstractButton.
// Where turning it on needs a question first, connect clicked, and call setChecked() afterwards:
// setAsking(true) leaves the state alone on a click.
class Switch : public QAbstractButton
{
    Q_OBJECT

public:
    explicit Switch(QWidget *parent = nullptr);

    // The words and symbols beside the knob; both states have the width of the longer one.
    void setWords(const QString &off, const QString &on);
    void setIconNames(const QString &off, const QString &on);
    // On is drawn in the Warning ink instead of the accent.
    void setWarns(bool warns);
    // The words stand before the knob (window header) instead of after it.
    void setWordsFirst(bool first);
    void setAsking(bool asking);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void nextCheckState() override;
    [[nodiscard]] bool hitButton(const QPoint &pos) const override;

private:
    [[nodiscard]] QString word() const;
    [[nodiscard]] int wordsWidth() const;

    QString m_off;
    QString m_on;
    QString m_offIcon;
    QString m_onIcon;
    bool m_warns = false;
    bool m_wordsFirst = false;
    bool m_asking = false;
};

} // namespace ui
