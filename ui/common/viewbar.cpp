// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/viewbar.h"

#include "ui/common/button.h"
#include "ui/common/fonts.h"
#include "ui/common/labels.h"
#include "ui/common/menu.h"
#include "ui/common/paint.h"
#include "ui/common/theme.h"

#include <QEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int barHeight = 40;
constexpr int padding = 12;
constexpr int gap = 8;
constexpr int dotWidth = 12; // the "·" between name and fact

// A short line between groups of buttons.
class Separator : public QWidget
{
public:
    using QWidget::QWidget;
    [[nodiscard]] QSize sizeHint() const override { return {9, 16}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        drawHairLine(&painter, QRect(width() / 2, 0, 1, height()), Qt::LeftEdge, theme(this).line);
    }
};

} // namespace

ViewBar::ViewBar(QWidget *parent)
    : QWidget(parent)
    , m_name(new ElidedLabel({}, TextRole::Name, Ink::Text, this))
    , m_fact(new ElidedLabel({}, TextRole::Body, Ink::Text2, this))
    , m_more(Button::iconOnly(u"more"_s, tr("More"), this))
    , m_moreMenu(new Menu(this))
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_name->hide();
    m_fact->setElideMode(Qt::ElideRight);
    m_fact->hide();
    m_more->hide();
    connect(m_more, &Button::clicked, this, [this] {
        fillMore();
        m_moreMenu->popup(m_more->mapToGlobal(QPoint(0, m_more->height())));
    });
}

void ViewBar::setName(const QString &name)
{
    m_name->setText(name);
    arrange();
}

void ViewBar::setFact(const QString &fact)
{
    m_fact->setText(fact);
    arrange();
}

QString ViewBar::name() const
{
    return m_name->text();
}

QString ViewBar::fact() const
{
    return m_fact->text();
}

Button *ViewBar::addButton(const QString &iconName, const QString &text)
{
    auto *button = new Button(iconName, text, Button::Kind::Flat, this);
    m_items.append({button, button, false});
    arrange();
    return button;
}

Button *ViewBar::addIconButton(const QString &iconName, const QString &name)
{
    Button *button = Button::iconOnly(iconName, name, this);
    m_items.append({button, button, false});
    arrange();
    return button;
}

Button *ViewBar::addPrimary(const QString &iconName, const QString &text)
{
    auto *button = new Button(iconName, text, Button::Kind::Primary, this);
    m_items.append({button, button, true});
    arrange();
    return button;
}

void ViewBar::addSeparator()
{
    auto *line = new Separator(this);
    m_items.append({line, nullptr, true});
    arrange();
}

void ViewBar::addWidget(QWidget *widget)
{
    add(widget, false);
}

void ViewBar::addOptionalWidget(QWidget *widget)
{
    add(widget, true);
}

void ViewBar::add(QWidget *widget, bool optional)
{
    widget->setParent(this);
    widget->show();
    m_items.append({widget, nullptr, true, optional});
    arrange();
}

void ViewBar::addLeadingWidget(QWidget *widget)
{
    widget->setParent(this);
    widget->show();
    m_leading.append(widget);
    arrange();
}

QSize ViewBar::sizeHint() const
{
    const QList<bool> words(m_leading.size(), true);
    return {2 * padding + leadingWidth(words) + wordsWidth() + itemsWidth(), rowHeight(barHeight)};
}

QSize ViewBar::minimumSizeHint() const
{
    return {160, rowHeight(barHeight)};
}

int ViewBar::widthOf(const Item &item, Shown shown) const
{
    if (shown == Shown::InMenu || shown == Shown::Away)
        return 0;
    if (item.button && !item.button->isIconOnly())
        return gap + (shown == Shown::Full ? item.button->fullWidth() : rowHeight(28));
    return gap + item.widget->sizeHint().width();
}

int ViewBar::itemsWidth() const
{
    int width = 0;
    for (const Item &item : m_items) {
        if (!item.hiddenByCaller())
            width += widthOf(item, item.shown);
    }
    return width;
}

int ViewBar::leadingWidth(const QList<bool> &words) const
{
    int width = 0;
    for (qsizetype i = 0; i < m_leading.size(); ++i) {
        const QWidget *widget = m_leading.at(i);
        if (widget->isHidden())
            continue;
        const auto *button = qobject_cast<const Button *>(widget);
        const bool hasWords = button && !button->isIconOnly();
        width += gap
                 + (!hasWords     ? widget->sizeHint().width()
                    : words.at(i) ? button->fullWidth()
                                  : rowHeight(28));
    }
    return width;
}

int ViewBar::wordsWidth() const
{
    return (m_name->text().isEmpty() ? 0 : m_name->sizeHint().width())
           + (m_fact->text().isEmpty() ? 0 : dotWidth + m_fact->sizeHint().width());
}

// Each step gives way only as far as needed, in the order of the class comment.
ViewBar::Fit ViewBar::fitted(int room) const
{
    Fit fit{QList<Shown>(m_items.size(), Shown::Full), QList<bool>(m_leading.size(), true)};
    QList<Shown> &shown = fit.items;
    const auto width = [this, &fit] {
        int sum = leadingWidth(fit.leadingWords);
        for (qsizetype i = 0; i < m_items.size(); ++i) {
            if (!m_items.at(i).hiddenByCaller())
                sum += widthOf(m_items.at(i), fit.items.at(i));
        }
        return sum + (fit.items.contains(Shown::InMenu) ? gap + m_more->sizeHint().width() : 0);
    };
    const int name = m_name->text().isEmpty() ? 0 : m_name->sizeHint().width();
    const auto last = m_items.size() - 1;
    for (qsizetype i = last; i >= 0 && name + width() > room; --i) {
        const Item &item = m_items.at(i);
        if (item.button && !item.keeps && !item.button->icon().isNull())
            shown[i] = Shown::Wordless;
    }
    for (qsizetype i = m_leading.size() - 1; i > 0 && name + width() > room; --i) {
        const auto *button = qobject_cast<const Button *>(m_leading.at(i));
        if (button && !button->isIconOnly() && !button->icon().isNull())
            fit.leadingWords[i] = false;
    }
    for (qsizetype i = last; i >= 0 && std::min(name, 80) + width() > room; --i) {
        const Item &item = m_items.at(i);
        if (item.button && !item.keeps && !item.hiddenByCaller())
            shown[i] = Shown::InMenu;
        else if (item.optional && !item.hiddenByCaller())
            shown[i] = Shown::Away;
    }
    return fit;
}

// Only what differs is touched: each change of a button asks for a new layout of this bar.
void ViewBar::apply(const Fit &fit)
{
    for (qsizetype i = 0; i < m_items.size(); ++i) {
        Item &item = m_items[i];
        if (item.shown == fit.items.at(i))
            continue;
        const bool wasHidden = item.hiddenByBar();
        item.shown = fit.items.at(i);
        if (item.button && !item.hiddenByBar())
            item.button->setWordsHidden(item.shown == Shown::Wordless);
        if (wasHidden || item.hiddenByBar())
            item.widget->setVisible(!item.hiddenByBar());
    }
    for (qsizetype i = 0; i < m_leading.size(); ++i) {
        auto *button = qobject_cast<Button *>(m_leading.at(i));
        if (button && !button->isIconOnly() && button->wordsHidden() == fit.leadingWords.at(i))
            button->setWordsHidden(!fit.leadingWords.at(i));
    }
    m_more->setVisible(fit.items.contains(Shown::InMenu));
}

void ViewBar::arrange()
{
    const int room = width() - 2 * padding;
    apply(fitted(room));
    const int more = m_more->isHidden() ? 0 : gap + m_more->sizeHint().width();
    const int end = width() - padding - std::max(itemsWidth() + more - gap, 0);
    placeItems(end, width() - padding);
    int x = padding;
    const auto put = [this, &x](QWidget *widget, int wide) {
        const int high = std::min(widget->sizeHint().height(), height());
        const QRect place(x, (height() - high) / 2, wide, high);
        widget->setGeometry(QStyle::visualRect(layoutDirection(), rect(), place));
        x += wide;
    };
    for (QWidget *widget : std::as_const(m_leading)) {
        if (widget->isHidden())
            continue;
        put(widget, widget->sizeHint().width());
        x += gap;
    }
    const int left = std::max(end - gap - x, 0);
    m_name->setVisible(!m_name->text().isEmpty());
    if (!m_name->text().isEmpty())
        put(m_name, std::min(m_name->sizeHint().width(), left));
    const int forFact = end - gap - x - dotWidth;
    const bool factFits = !m_fact->text().isEmpty() && forFact >= 48;
    m_fact->setVisible(factFits);
    if (factFits) {
        x += m_name->text().isEmpty() ? 0 : dotWidth;
        put(m_fact, std::min(m_fact->sizeHint().width(), forFact));
    }
    update();
}

void ViewBar::placeItems(int start, int end)
{
    int x = start;
    const auto put = [this, &x, end](QWidget *widget) {
        if (widget->isHidden())
            return;
        const QSize size = widget->sizeHint();
        const int wide = std::min(size.width(), std::max(end - x, 0));
        const QRect place(x, (height() - size.height()) / 2, wide, size.height());
        widget->setGeometry(QStyle::visualRect(layoutDirection(), rect(), place));
        x += size.width() + gap;
    };
    for (const Item &item : std::as_const(m_items))
        put(item.widget);
    put(m_more);
}

void ViewBar::fillMore()
{
    m_moreMenu->clear();
    for (const Item &item : std::as_const(m_items)) {
        if (item.shown != Shown::InMenu)
            continue;
        const Button *button = item.button;
        const QString words = button->text().isEmpty() ? button->accessibleName() : button->text();
        QAction *action = m_moreMenu->addAction(button->icon(), words, button, &Button::click);
        action->setEnabled(button->isEnabled());
    }
}

void ViewBar::resizeEvent(QResizeEvent *)
{
    arrange();
}

void ViewBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LayoutDirectionChange || event->type() == QEvent::FontChange)
        arrange();
}

bool ViewBar::event(QEvent *event)
{
    // A button changed its words, or was shown or hidden.
    if (event->type() == QEvent::LayoutRequest)
        arrange();
    return QWidget::event(event);
}

void ViewBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &colors = theme(this);
    painter.fillRect(rect(), colors.base);
    if (m_fact->isHidden() || m_name->text().isEmpty())
        return;
    const QRect between = QRect(m_name->x() + m_name->width(), 0, dotWidth, height());
    const QRect mirrored(m_name->x() - dotWidth, 0, dotWidth, height());
    painter.setFont(ui::font(TextRole::Body));
    painter.setPen(colors.text2);
    painter.drawText(layoutDirection() == Qt::RightToLeft ? mirrored : between, Qt::AlignCenter,
                     u"·"_s);
}

} // namespace ui
