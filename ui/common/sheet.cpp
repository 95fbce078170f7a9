// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/sheet.h"

#include "ui/common/button.h"
#include "ui/common/chip.h"
#include "ui/common/focuswithin.h"
#include "ui/common/fonts.h"
#include "ui/common/icons.h"
#include "ui/common/labels.h"
#include "ui/common/paint.h"

#include <QApplication>
#include <QBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>
#include <QVariantAnimation>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int sidePadding = 24;
constexpr int topAnchor = 80;
constexpr int bandGap = 24;
constexpr int windowSide = 24;
constexpr int windowEnds = 48;
constexpr int fadeMs = 120;
constexpr int symbolSide = 32;

// Window's ground with rounded corners; the top edge of a production sheet.
class Card : public QWidget
{
public:
    explicit Card(QWidget *parent)
        : QWidget(parent)
    {
    }
    void setProduction(bool production)
    {
        m_production = production;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Theme &colors = theme(this);
        if (m_production) {
            drawBox(&painter, rect(), sheetRadius, colors.band);
            const int edge = colors.isHighContrast() ? 6 : 4;
            painter.setClipRect(QRect(0, edge, width(), height() - edge));
            drawBox(&painter, rect().adjusted(0, -8, 0, 0), sheetRadius, colors.window);
            painter.setClipping(false);
        }
        drawBox(&painter, rect(), sheetRadius, m_production ? QColor() : colors.window,
                m_production && !colors.isHighContrast() ? QColor() : colors.edge,
                colors.isHighContrast() ? 2 : 0);
    }
    // A click beside the controls must not fall through to the scrim.
    void mousePressEvent(QMouseEvent *) override {}

private:
    bool m_production = false;
};

class SheetIcon : public QWidget
{
public:
    explicit SheetIcon(QWidget *parent)
        : QWidget(parent)
    {
        setFixedSize(symbolSide, symbolSide);
        hide();
    }
    void setSymbol(const QString &name, Ink ink)
    {
        m_name = name;
        m_ink = ink;
        setVisible(!name.isEmpty());
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintIcon(&painter, rect(), m_name, theme(this).ink(m_ink), layoutDirection());
    }

private:
    QString m_name;
    Ink m_ink = Ink::Accent;
};

} // namespace

Sheet::Sheet(QWidget *anchor, Width width)
    : QWidget(anchor->window())
    , m_card(new Card(this))
    , m_icon(new SheetIcon(m_card))
    , m_title(new TextLabel({}, TextRole::Title, Ink::Text, m_card))
    , m_subtitle(new TextLabel({}, TextRole::Body, Ink::Text2, m_card))
    , m_chip(new Chip(Meaning::Production, u"production"_s, tr("Production"), m_card))
    , m_scroll(new QScrollArea(m_card))
    , m_footText(new TextLabel({}, TextRole::Body, Ink::Text2, m_card))
    , m_cancel(new Button(tr("Cancel"), Button::Kind::Plain, m_card))
    , m_width(width)
{
    hide();
    setFocusPolicy(Qt::ClickFocus); // a click on the scrim must not lose the keyboard
    m_cancel->setObjectName(u"sheet.cancel"_s);
    build();
    connect(m_cancel, &Button::clicked, this, &Sheet::reject);
}

Sheet::~Sheet() = default;

QHBoxLayout *Sheet::buildHead()
{
    m_title->setWordWrap(true);
    m_subtitle->setWordWrap(true);
    m_subtitle->hide();
    m_chip->hide();
    auto *words = new QVBoxLayout;
    words->setSpacing(4);
    words->addWidget(m_title);
    m_subtitleRow = new QHBoxLayout;
    m_subtitleRow->setSpacing(8);
    m_subtitleRow->addWidget(m_subtitle, 1);
    words->addLayout(m_subtitleRow);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(sidePadding, 20, sidePadding, 12);
    head->setSpacing(16);
    head->addWidget(m_icon, 0, Qt::AlignTop);
    head->addLayout(words, 1);
    head->addWidget(m_chip, 0, Qt::AlignTop);
    m_head = head;
    return head;
}

QWidget *Sheet::buildFoot()
{
    auto *foot = new QWidget(m_card);
    m_footRows = new QBoxLayout(QBoxLayout::LeftToRight, foot);
    m_footRows->setContentsMargins(sidePadding, 12, sidePadding, 12);
    m_footRows->setSpacing(8);
    m_footWords = new QHBoxLayout;
    m_footWords->setSpacing(8);
    m_footText->setWordWrap(true);
    m_footWords->addWidget(m_footText, 1);
    m_foot = new QHBoxLayout;
    m_foot->setSpacing(8);
    m_foot->addStretch();
    m_foot->addWidget(m_cancel);
    m_footRows->addLayout(m_footWords, 1);
    m_footRows->addLayout(m_foot);
    return foot;
}

void Sheet::build()
{
    auto *middle = new QWidget;
    m_content = new QVBoxLayout(middle);
    m_content->setContentsMargins(sidePadding, 0, sidePadding, 16);
    m_content->setSpacing(12);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(middle);
    // The card shows through, with its edge.
    m_scroll->viewport()->setAutoFillBackground(false);
    middle->setAutoFillBackground(false);
    auto *column = new QVBoxLayout(m_card);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(buildHead());
    column->addWidget(m_scroll, 1);
    column->addWidget(new HairLine(Qt::Horizontal, m_card));
    column->addWidget(buildFoot());
}

void Sheet::setTitle(const QString &title)
{
    m_title->setText(title);
    setAccessibleName(title);
    m_card->setAccessibleName(title);
}

QString Sheet::title() const
{
    return m_title->text();
}

void Sheet::setSubtitle(const QString &subtitle)
{
    m_subtitle->setText(subtitle);
    m_subtitle->setVisible(!subtitle.isEmpty());
    setAccessibleDescription(subtitle);
}

void Sheet::setIconName(const QString &iconName, Ink ink)
{
    static_cast<SheetIcon *>(m_icon)->setSymbol(iconName, ink);
}

void Sheet::setProduction(bool production)
{
    m_production = production;
    m_chip->setVisible(production);
    static_cast<Card *>(m_card)->setProduction(production);
    if (production)
        setIconName(u"production"_s, Ink::Production);
}

bool Sheet::isProduction() const
{
    return m_production;
}

QVBoxLayout *Sheet::content() const
{
    return m_content;
}

Button *Sheet::addHeadLink(const QString &text)
{
    m_subtitle->setWordWrap(false); // one line, with the link behind it
    m_subtitleRow->setStretchFactor(m_subtitle, 0);
    auto *link = new Button(text, Button::Kind::Link, m_card);
    link->setObjectName(u"sheet.headLink"_s);
    m_subtitleRow->addWidget(link);
    m_subtitleRow->addStretch(1);
    return link;
}

void Sheet::addToHead(QWidget *widget)
{
    m_head->addWidget(widget, 0, Qt::AlignTop);
}

void Sheet::addToFoot(QWidget *widget)
{
    m_footWords->insertWidget(0, widget);
}

void Sheet::setFootText(const QString &text)
{
    m_footText->setText(text);
}

Button *Sheet::addLink(const QString &text)
{
    auto *link = new Button(text, Button::Kind::Link, m_card);
    link->setObjectName(u"sheet.link"_s);
    m_footWords->insertWidget(0, link);
    return link;
}

Button *Sheet::cancelButton() const
{
    return m_cancel;
}

Button *Sheet::addButton(const QString &text)
{
    auto *button = new Button(text, Button::Kind::Plain, m_card);
    button->setObjectName(u"sheet.other"_s);
    m_foot->addWidget(button);
    return button;
}

Button *Sheet::addChoice(Button *button, bool closes)
{
    button->setObjectName(u"sheet.accept"_s);
    m_foot->addWidget(button);
    if (closes)
        connect(button, &Button::clicked, this, &Sheet::accept);
    return button;
}

Button *Sheet::addPrimary(const QString &text, bool closes)
{
    const auto kind = m_production ? Button::Kind::Production : Button::Kind::Primary;
    auto *button = new Button(text, kind, m_card);
    if (m_production)
        button->setIconName(u"production"_s);
    return addChoice(button, closes);
}

Button *Sheet::addDanger(const QString &text, bool closes)
{
    const auto kind = m_production ? Button::Kind::Production : Button::Kind::Danger;
    return addChoice(new Button(text, kind, m_card), closes);
}

void Sheet::setFirstFocus(QWidget *widget)
{
    m_firstFocus = widget;
}

bool Sheet::isOpen() const
{
    return m_open;
}

void Sheet::open()
{
    if (m_open)
        return;
    m_open = true;
    m_before = QApplication::focusWidget();
    for (QObject *watched : watchedObjects())
        watched->installEventFilter(this);
    place();
    show();
    raise();
    QWidget *first = m_firstFocus ? m_firstFocus.data() : m_cancel;
    first->setFocus(Qt::OtherFocusReason);
    if (!QApplication::isEffectEnabled(Qt::UI_General))
        return;
    auto *fade = new QVariantAnimation(this);
    fade->setDuration(fadeMs);
    fade->setStartValue(0.0);
    fade->setEndValue(1.0);
    connect(fade, &QVariantAnimation::valueChanged, this, [this](const QVariant &value) {
        m_fade = value.toReal();
        update();
    });
    fade->start(QAbstractAnimation::DeleteWhenStopped);
}

// Words and boxes stand before the buttons where there is room, else above them.
void Sheet::arrangeFoot(int width)
{
    int words = 0;
    for (int i = 0; i < m_footWords->count(); ++i) {
        const QWidget *part = m_footWords->itemAt(i)->widget();
        if (part != m_footText && !part->isHidden())
            words += part->sizeHint().width() + m_footWords->spacing();
    }
    m_footText->setVisible(!m_footText->text().isEmpty());
    if (!m_footText->isHidden())
        words += m_footText->minimumSizeHint().width() + m_footWords->spacing();
    const int room = width - 2 * sidePadding - m_foot->sizeHint().width();
    m_footRows->setDirection(words > room ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

// Anchored to the top, below the production band; head and foot stay, the middle gives way.
void Sheet::place()
{
    const QWidget *window = parentWidget();
    int top = 0;
    if (const auto *band = window->findChild<QWidget *>(QLatin1String(bandObjectName));
        band && band->isVisible())
        top = band->mapTo(window, QPoint(0, band->height())).y();
    setGeometry(0, top, window->width(), window->height() - top);
    const int width = std::min(grown(int(m_width)), this->width() - 2 * windowSide);
    m_card->setFixedWidth(width);
    arrangeFoot(width);
    QLayout *column = m_card->layout();
    column->activate();
    QWidget *middle = m_scroll->widget();
    for (QWidget *part : middle->findChildren<QWidget *>())
        part->ensurePolished(); // heights of texts that were never shown are those of another font
    m_content->invalidate();
    m_content->activate();
    // A scroll area never makes its widget smaller than its minimum, which for wrapped texts may be
    // more.
    const int forWidth =
        middle->hasHeightForWidth() ? middle->heightForWidth(width) : middle->sizeHint().height();
    const int content = std::max(forWidth, middle->minimumSizeHint().height());
    m_scroll->setMinimumHeight(0);
    const int frame =
        column->hasHeightForWidth() ? column->heightForWidth(width) : column->sizeHint().height();
    const int around = frame - m_scroll->sizeHint().height();
    const int most = window->height() - std::max(top, windowEnds) - windowEnds;
    const int height = std::clamp(around + content, std::min(around + 48, most), most);
    const int wanted = std::max(topAnchor - top, bandGap);
    const int y = std::max(std::min(wanted, this->height() - height - bandGap),
                           std::min(bandGap, this->height() - height));
    m_card->setGeometry((this->width() - width) / 2, y, width, height);
    update();
}

void Sheet::accept()
{
    leave(true);
}

void Sheet::reject()
{
    leave(false);
}

void Sheet::leave(bool accepted)
{
    if (!m_open)
        return;
    m_open = false;
    for (QObject *watched : watchedObjects())
        watched->removeEventFilter(this);
    hide();
    if (m_before)
        m_before->setFocus(Qt::OtherFocusReason);
    if (accepted)
        emit this->accepted();
    else
        emit rejected();
    emit finished(accepted);
    deleteLater();
}

void Sheet::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &colors = theme(this);
    QColor scrim = colors.scrim;
    scrim.setAlphaF(scrim.alphaF() * float(m_fade));
    painter.fillRect(rect(), scrim);
    drawShadow(&painter, m_card->geometry(), sheetRadius, colors);
}

void Sheet::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        reject();
    // Keys of the window below must not reach it.
    event->accept();
}

void Sheet::mousePressEvent(QMouseEvent *event)
{
    event->accept();
}

bool Sheet::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest
        || (event->type() == QEvent::Resize && watched == parentWidget()))
        place();
    return QWidget::eventFilter(watched, event);
}

bool Sheet::event(QEvent *event)
{
    // Shortcuts of the window act on what the sheet asks about: none gets past it. Keys that
    // editing needs are handled by the focused field before this, as key presses.
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

// The window, whose size decides; the contents, whose height does.
QList<QObject *> Sheet::watchedObjects() const
{
    return {parentWidget(), m_card, m_scroll->widget()};
}

// Tab goes round inside of the sheet.
bool Sheet::focusNextPrevChild(bool next)
{
    QWidget *from = QApplication::focusWidget();
    stepFocusWithin(this, from && isAncestorOf(from) ? from : this, next);
    return true;
}

} // namespace ui
