// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

namespace ui {

// A button of the window. 28 px high (26 compact). Space presses it, Enter too unless it is of the
// kinds Danger and Production: nothing destructive is confirmed by Enter. At most one Primary,
// Danger or Production button stands in a view.
class Button : public QPushButton
{
    Q_OBJECT

public:
    enum class Kind : quint8 {
        Plain,      // edge and Control fill
        Primary,    // the one next step
        Flat,       // view bars: nothing but its words until pointed at
        Danger,     // drops, deletes
        Production, // changes data on production
        Link        // words in the accent, inside notes and lists
    };
    Q_ENUM(Kind)

    explicit Button(const QString &text, Kind kind = Kind::Plain, QWidget *parent = nullptr);
    // With a symbol of the bundled set, see icons.h.
    Button(const QString &iconName, const QString &text, Kind kind, QWidget *parent = nullptr);

    // A flat square of 24 px with a symbol alone; `name` is the tooltip and the accessible name.
    [[nodiscard]] static Button *iconOnly(const QString &iconName, const QString &name,
                                          QWidget *parent = nullptr);

    [[nodiscard]] Kind kind() const;
    void setKind(Kind kind);
    void setIconName(const QString &iconName);

    // Second words in Text 2 behind the first: "Columns 8 of 14".
    void setFact(const QString &fact);
    [[nodiscard]] QString fact() const;
    // A key in the caption font behind the words: "Cancel Esc". Shown only, not bound.
    void setKeyHint(const QString &key);

    // 26 px high, for notes and rows.
    void setCompact(bool compact);
    // The symbol alone, the words become the tooltip; for narrow bars. Without symbol: no effect.
    void setWordsHidden(bool hidden);
    [[nodiscard]] bool wordsHidden() const;
    // Square with the symbol alone for good, as made by iconOnly().
    [[nodiscard]] bool isIconOnly() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    // The width it would have with its words.
    [[nodiscard]] int fullWidth() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    [[nodiscard]] int widthFor(bool words) const;

    QString m_fact;
    QString m_keyHint;
    QString m_iconName;
    Kind m_kind;
    bool m_compact = false;
    bool m_wordsHidden = false;
    bool m_iconOnly = false;
};

} // namespace ui
