// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/doctor/doctorcard.h"

#include "ui/common/button.h"
#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/labels.h"
#include "ui/common/paint.h"
#include "ui/common/readingmargins.h"
#include "ui/doctor/fixlist.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QStyle>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int side = 16;
constexpr int iconSide = 16;
constexpr int textAt = side + iconSide + 8;
constexpr int chevron = 12;
constexpr int above = 10;
constexpr int markerWidth = 3;

QString iconOf(core::Finding::Level level)
{
    switch (level) {
    case core::Finding::Level::Ok:
        return u"ok"_s;
    case core::Finding::Level::Note:
        return u"info"_s;
    case core::Finding::Level::Warning:
        return u"warning"_s;
    case core::Finding::Level::Problem:
        break;
    }
    return u"error"_s;
}

Meaning meaningOf(core::Finding::Level level)
{
    switch (level) {
    case core::Finding::Level::Ok:
        return Meaning::Ok;
    case core::Finding::Level::Note:
        return Meaning::Info;
    case core::Finding::Level::Warning:
        return Meaning::Warning;
    case core::Finding::Level::Problem:
        break;
    }
    return Meaning::Danger;
}

QString levelWord(core::Finding::Level level)
{
    switch (level) {
    case core::Finding::Level::Ok:
        return DoctorCard::tr("Fine");
    case core::Finding::Level::Note:
        return DoctorCard::tr("Note");
    case core::Finding::Level::Warning:
        return DoctorCard::tr("Warning");
    case core::Finding::Level::Problem:
        break;
    }
    return DoctorCard::tr("Problem");
}

} // namespace

CardHead::CardHead(Meaning meaning, const QString &iconName, const QString &sentence,
                   const QString &caption, bool folds, QWidget *parent)
    : QAbstractButton(parent)
    , m_iconName(iconName)
    , m_caption(caption)
    , m_meaning(meaning)
    , m_folds(folds)
{
    setText(sentence);
    setAccessibleName(sentence);
    setAccessibleDescription(caption);
    setCheckable(folds);
    setFocusPolicy(folds ? Qt::StrongFocus : Qt::NoFocus);
    setAttribute(Qt::WA_Hover);
    setProperty("ringInside", true);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void CardHead::setUnfolded(bool unfolded)
{
    m_unfolded = unfolded;
    setChecked(unfolded);
    update();
}

/// Of the sentence, which wraps.
QRect CardHead::textPlace(int width) const
{
    const int end = width - side - (m_folds ? chevron + 8 : 0);
    const QFontMetrics metrics(ui::font(TextRole::Name));
    const QRect room(0, 0, std::max(end - textAt, 40), 10'000);
    const QRect bounds = metrics.boundingRect(room, Qt::TextWordWrap | Qt::AlignLeft, text());
    return {textAt, above, room.width(), std::max(bounds.height(), iconSide)};
}

int CardHead::heightForWidth(int width) const
{
    const int words = textPlace(width).bottom() + 1;
    const int caption =
        m_caption.isEmpty() ? 0 : QFontMetrics(ui::font(TextRole::Caption)).height() + 2;
    return std::max(words + caption + above, rowHeight(36));
}

QSize CardHead::sizeHint() const
{
    return {grown(300), heightForWidth(width() > 100 ? width() : grown(300))};
}

QSize CardHead::minimumSizeHint() const
{
    return {grown(160), rowHeight(36)};
}

void CardHead::paintEvent(QPaintEvent *)
{
    const Theme &look = theme(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto place = [this](const QRect &rect) {
        return QStyle::visualRect(layoutDirection(), QWidget::rect(), rect);
    };
    if (m_folds && (underMouse() || isDown()))
        painter.fillRect(place(rect().adjusted(m_markerWidth, 0, 0, 0)), look.hover);
    const QRect words = textPlace(width());
    paintIcon(&painter, place({side, above + 1, iconSide, iconSide}), m_iconName,
              look.tone(m_meaning).ink, layoutDirection());
    painter.setFont(ui::font(TextRole::Name));
    painter.setPen(look.text);
    // Read in its own direction, and standing where the window's begins.
    painter.setLayoutDirection(text().isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    const Qt::Alignment begin = QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft);
    painter.drawText(place(words),
                     int(Qt::TextWordWrap | Qt::AlignAbsolute | Qt::AlignTop) | int(begin), text());
    if (!m_caption.isEmpty()) {
        const QFontMetrics metrics(ui::font(TextRole::Caption));
        painter.setFont(ui::font(TextRole::Caption));
        painter.setPen(look.text2);
        drawLine(&painter, place({textAt, words.bottom() + 3, words.width(), metrics.height()}),
                 Qt::AlignLeft, layoutDirection(),
                 metrics.elidedText(oneLine(m_caption), Qt::ElideRight, words.width()));
    }
    if (m_folds)
        paintIcon(&painter, place({width() - side - chevron, above + 3, chevron, chevron}),
                  m_unfolded ? u"chevron-down"_s : u"chevron-right"_s, look.text2,
                  layoutDirection());
    if (hasFocus())
        drawRing(&painter, QRectF(rect()).adjusted(1, 1, -1, -1), controlRadius, look.accent);
}

void CardHead::keyPressEvent(QKeyEvent *event)
{
    const bool forward =
        event->key() == (layoutDirection() == Qt::RightToLeft ? Qt::Key_Left : Qt::Key_Right);
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return click();
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (m_folds && forward != m_unfolded)
            click();
        return;
    default:
        QAbstractButton::keyPressEvent(event);
    }
}

DoctorCard::DoctorCard(const core::Explanation &explanation, QWidget *parent)
    : QWidget(parent)
    , m_id(explanation.id)
    , m_asked(true)
{
    build(explanation.title, explanation.where, explanation.why, explanation.fixes, true);
    setUnfolded(true);
}

DoctorCard::DoctorCard(const core::Finding &finding, QWidget *parent)
    : QWidget(parent)
    , m_id(finding.id)
    , m_meaning(meaningOf(finding.level))
    , m_iconName(iconOf(finding.level))
{
    QStringList caption = {levelWord(finding.level)};
    if (!finding.where.isEmpty())
        caption << finding.where;
    const bool said = finding.level == core::Finding::Level::Ok;
    build(finding.sentence, said ? finding.where : caption.join(u" · "_s), finding.detail,
          finding.fixes, false);
    setUnfolded(finding.level == core::Finding::Level::Problem);
}

void DoctorCard::build(const QString &title, const QString &caption, const QString &why,
                       const std::vector<core::Fix> &fixes, bool asked)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 1);
    column->setSpacing(0);
    const bool hasMore = !why.isEmpty() || !fixes.empty();
    m_head = new CardHead(m_meaning, m_iconName, title, caption, hasMore, this);
    m_head->setObjectName(u"doctor.head"_s);
    m_head->setMarkerWidth(asked ? markerWidth : 0);
    column->addWidget(m_head);
    if (!hasMore)
        return;
    m_more = new QWidget(this);
    auto *more = new QVBoxLayout(m_more);
    setReadingMargins(m_more, {textAt, 0, side, 14}); // under the sentence of the head
    more->setSpacing(8);
    if (!why.isEmpty()) {
        auto *words = new TextLabel(why, TextRole::Body, Ink::Text, m_more);
        words->makeParagraph();
        more->addWidget(words);
    }
    if (!fixes.empty()) {
        more->addSpacing(4);
        more->addWidget(headingLabel(tr("What to do"), m_more));
        auto *list = new FixList(fixes, m_more);
        connect(list, &FixList::actionWanted, this, &DoctorCard::actionWanted);
        connect(list, &FixList::changeWanted, this, &DoctorCard::changeWanted);
        more->addWidget(list);
    }
    if (asked) {
        auto *dismiss = new Button(tr("Dismiss"), Button::Kind::Link, m_more);
        dismiss->setObjectName(u"doctor.dismiss"_s);
        connect(dismiss, &QAbstractButton::clicked, this, &DoctorCard::dismissed);
        more->addWidget(dismiss, 0, Qt::AlignLeading);
    }
    column->addWidget(m_more);
    connect(m_head, &QAbstractButton::clicked, this, [this] { setUnfolded(!isUnfolded()); });
}

void DoctorCard::setUnfolded(bool unfolded)
{
    if (!m_more)
        return;
    m_more->setVisible(unfolded);
    m_head->setUnfolded(unfolded);
}

bool DoctorCard::isUnfolded() const
{
    return m_more && !m_more->isHidden();
}

void DoctorCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &look = theme(this);
    drawHairLine(&painter, QRectF(rect()), Qt::BottomEdge, look.line);
    if (m_asked) {
        const QRect marker(0, 0, look.isHighContrast() ? 2 * markerWidth : markerWidth,
                           height() - 1);
        painter.fillRect(QStyle::visualRect(layoutDirection(), rect(), marker),
                         look.tone(m_meaning).ink);
    }
}

} // namespace ui
