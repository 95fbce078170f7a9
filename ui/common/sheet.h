// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QPointer>
#include <QWidget>

class QBoxLayout;
class QHBoxLayout;
class QScrollArea;
class QVBoxLayout;

namespace ui {

class Button;
class Chip;
class TextLabel;

// A question or a form over the window: a child widget of the window on a scrim, no window of its
// own. Order of calls: construct with any widget of the window, fill content() and the foot,
// open(). It closes by accept(), reject() or Esc and deletes itself afterwards; the focus goes back
// to where it was. Tab stays inside. The scrim leaves the production band (setBand()) uncovered.
class Sheet : public QWidget
{
    Q_OBJECT

public:
    enum class Width : quint16 { Small = 680, Medium = 760, Large = 880 };
    Q_ENUM(Width)

    explicit Sheet(QWidget *anchor, Width width = Width::Small);
    ~Sheet() override;

    // The widget at the top of the window that sheets never cover, found by this object name.
    static constexpr auto bandObjectName = "productionBand";

    void setTitle(const QString &title);
    [[nodiscard]] QString title() const;
    // One sentence in Text 2 below the title.
    void setSubtitle(const QString &subtitle);
    void setIconName(const QString &iconName, Ink ink = Ink::Accent);
    // Top edge of 4 px, shield and chip; buttons made by addPrimary() become Production buttons.
    void setProduction(bool production);
    [[nodiscard]] bool isProduction() const;

    // The scrolling middle: add rows to it. Spacing 12, no margins.
    [[nodiscard]] QVBoxLayout *content() const;
    // A link behind the subtitle, and a chip or the like at the end of the head.
    Button *addHeadLink(const QString &text);
    void addToHead(QWidget *widget);

    // Foot, from left to right: words or links, then Cancel, then the primary button. They are
    // named sheet.link, sheet.cancel, sheet.other, sheet.accept; name a second one of a kind.
    void setFootText(const QString &text);
    // A check box or the like at the beginning of the foot.
    void addToFoot(QWidget *widget);
    Button *addLink(const QString &text);
    // `cancel` rejects. Always there: made by the constructor as "Cancel".
    [[nodiscard]] Button *cancelButton() const;
    // Another plain button between cancel and primary.
    Button *addButton(const QString &text);
    // Pressed it accepts, unless `closes` is false: then only its clicked is emitted.
    Button *addPrimary(const QString &text, bool closes = true);
    Button *addDanger(const QString &text, bool closes = true);

    // The harmless choice or the field to type in; the cancel button if never set.
    void setFirstFocus(QWidget *widget);

    void open();
    [[nodiscard]] bool isOpen() const;

public slots:
    void accept();
    void reject();

signals:
    void accepted();
    void rejected();
    // After either, before it is deleted.
    void finished(bool accepted);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void build();
    QHBoxLayout *buildHead();
    QWidget *buildFoot();
    void place();
    void arrangeFoot(int width);
    [[nodiscard]] QList<QObject *> watchedObjects() const;
    void leave(bool accepted);
    Button *addChoice(Button *button, bool closes);

    QWidget *m_card;
    QWidget *m_icon;
    TextLabel *m_title;
    TextLabel *m_subtitle;
    Chip *m_chip;
    QScrollArea *m_scroll;
    QVBoxLayout *m_content;
    QHBoxLayout *m_head = nullptr;
    QHBoxLayout *m_subtitleRow = nullptr;
    QBoxLayout *m_footRows = nullptr;
    QHBoxLayout *m_footWords = nullptr;
    QHBoxLayout *m_foot;
    TextLabel *m_footText;
    Button *m_cancel;
    QPointer<QWidget> m_firstFocus;
    QPointer<QWidget> m_before;
    Width m_width;
    qreal m_fade = 1.0;
    bool m_production = false;
    bool m_open = false;
};

} // namespace ui
