// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QTimer>
#include <QWidget>

class QScrollArea;

namespace ui {

class Button;
class ProgressLine;
class TextLabel;

// What a view shows in place of its content: nothing there and what to do next, a wait, a failure,
// or a lost connection. On Base, centred; scrolls where there is no room, because nothing of a
// failure is cut off. Content never moves when it arrives: the page replaces it as a whole
// (QStackedWidget).
class StatePage : public QWidget
{
    Q_OBJECT

public:
    enum class State : quint8 { Empty, Loading, Failed, Lost };
    Q_ENUM(State)

    explicit StatePage(QWidget *parent = nullptr);

    // `sentence` says what, `why` explains in Text 2. An empty page always has an action
    // (setAction).
    void showEmpty(const QString &iconName, const QString &sentence, const QString &why);
    // Nothing for 150 ms, then bar, sentence and `why` ("2.1 s, Esc cancels"). Called again while
    // loading, only the words change.
    void showLoading(const QString &sentence, const QString &why);
    void showFailed(const QString &sentence, const QString &why);
    void showLost(const QString &sentence, const QString &why);
    [[nodiscard]] State state() const;

    // The button below; empty takes it away. The show…() functions take both away.
    void setAction(const QString &text);
    // A second, harmless way, left of the first.
    void setSecondAction(const QString &text);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void actionTriggered();
    void secondActionTriggered();

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void fit();
    void enter(State state, const QString &iconName, const QString &sentence, const QString &why);
    void revealLoading();

    QTimer m_delay;
    QScrollArea *m_scroll;
    QWidget *m_body; // what scrolls
    QWidget *m_icon;
    ProgressLine *m_bar;
    TextLabel *m_sentence;
    TextLabel *m_why;
    Button *m_action;
    Button *m_second;
    State m_state = State::Empty;
};

} // namespace ui
