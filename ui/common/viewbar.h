// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QMenu;

namespace ui {

class Button;
class ElidedLabel;

// The bar of 40 px above a view: "name · fact" at its beginning, flat buttons at its end, at most
// one primary. When it gets narrow the fact goes first, then the words of the buttons from the last
// to the first, those at the beginning after the others, then buttons move into a "More" menu and
// what is not needed goes; neither the primary nor the very first one gives way.
class ViewBar : public QWidget
{
    Q_OBJECT

public:
    explicit ViewBar(QWidget *parent = nullptr);

    void setName(const QString &name);
    void setFact(const QString &fact);
    [[nodiscard]] QString name() const;
    [[nodiscard]] QString fact() const;

    // In reading order; owned by the bar. A primary button keeps its words.
    Button *addButton(const QString &iconName, const QString &text);
    Button *addIconButton(const QString &iconName, const QString &name);
    Button *addPrimary(const QString &iconName, const QString &text);
    void addSeparator();
    // Any other widget (chips, fields) among the buttons; keeps its size. Owned by the bar.
    void addWidget(QWidget *widget);
    // The same; goes away where there is no room.
    void addOptionalWidget(QWidget *widget);
    // Widgets at the beginning, in place of name and fact (the editor's Run button).
    void addLeadingWidget(QWidget *widget);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;

private:
    enum class Shown : quint8 { Full, Wordless, InMenu, Away };

    struct Item {
        QWidget *widget = nullptr;
        Button *button = nullptr; // null for other widgets
        bool keeps = false;       // primary, own widgets
        bool optional = false;
        Shown shown = Shown::Full;

        [[nodiscard]] bool hiddenByBar() const
        {
            return shown == Shown::InMenu || shown == Shown::Away;
        }
        [[nodiscard]] bool hiddenByCaller() const { return !hiddenByBar() && widget->isHidden(); }
    };
    struct Fit {
        QList<Shown> items;
        QList<bool> leadingWords;
    };

    [[nodiscard]] int widthOf(const Item &item, Shown shown) const;
    [[nodiscard]] int itemsWidth() const;
    [[nodiscard]] int leadingWidth(const QList<bool> &words) const;
    [[nodiscard]] int wordsWidth() const;
    void add(QWidget *widget, bool optional);
    void arrange();
    [[nodiscard]] Fit fitted(int room) const;
    void apply(const Fit &fit);
    void placeItems(int start, int end);
    void fillMore();

    QList<Item> m_items;
    QList<QWidget *> m_leading;
    ElidedLabel *m_name;
    ElidedLabel *m_fact;
    Button *m_more;
    QMenu *m_moreMenu;
};

} // namespace ui
