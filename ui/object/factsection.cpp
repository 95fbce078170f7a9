// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/object/factsection.h"

#include "ui/common/button.h"
#include "ui/common/labels.h"
#include "ui/common/paint.h"
#include "ui/common/searchfield.h"
#include "ui/object/factview.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

FactSection::FactSection(const QString &name, const QString &title, std::vector<FactColumn> columns,
                         QWidget *parent)
    : QWidget(parent)
    , m_name(u"object."_s + name)
    , m_heading(headingLabel(title, this))
    , m_count(new TextLabel(QString(), TextRole::Caption, Ink::Text3, this))
    , m_words(new TextLabel(QString(), TextRole::Body, Ink::Text2, this))
    , m_card(new QWidget(this))
    , m_view(new FactView(std::move(columns), m_card))
    , m_foot(new QWidget(m_card))
    , m_more(new TextLabel(QString(), TextRole::Caption, Ink::Text2, m_foot))
    , m_all(new Button(tr("Show all"), Button::Kind::Link, m_foot))
{
    m_view->setObjectName(m_name);
    m_view->setAccessibleName(title);
    m_words->setObjectName(m_name + u".words"_s);
    m_count->setObjectName(m_name + u".count"_s);
    m_all->setObjectName(m_name + u".all"_s);
    m_words->makeParagraph();
    m_words->hide();
    m_heading->setVisible(!title.isEmpty());
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_heading, 0, Qt::AlignBaseline);
    head->addWidget(m_count, 0, Qt::AlignBaseline);
    head->addStretch();
    m_head = head;
    auto *foot = new QHBoxLayout(m_foot);
    foot->setContentsMargins(12, 1, 12, 1);
    foot->setSpacing(8);
    foot->addWidget(m_more);
    foot->addWidget(m_all);
    foot->addStretch();
    m_foot->hide();
    auto *card = new QVBoxLayout(m_card);
    card->setContentsMargins(1, 1, 1, 1);
    card->setSpacing(0);
    card->addWidget(m_view);
    card->addWidget(m_foot);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addLayout(head);
    column->addWidget(m_words);
    column->addWidget(m_card);
    connect(m_all, &QAbstractButton::clicked, this, [this] {
        m_unfolded = !m_unfolded;
        showFold();
    });
}

void FactSection::addFilter(const QString &placeholder)
{
    m_filter = new SearchField(placeholder, this);
    m_filter->setObjectName(m_name + u".filter"_s);
    m_filter->setAccessibleName(placeholder);
    m_filter->setFixedWidth(grown(160));
    static_cast<QHBoxLayout *>(m_head)->addWidget(m_filter);
    setTabOrder(m_filter, m_view);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_view->facts().setFilter(text.trimmed());
        showFold();
    });
    connect(m_filter, &SearchField::movedDown, m_view,
            [this] { m_view->setFocus(Qt::TabFocusReason); });
}

void FactSection::setFold(int most, int shown, std::function<QString(int)> words)
{
    m_most = most;
    m_shown = shown;
    m_moreWords = std::move(words);
}

void FactSection::setRows(std::vector<FactRow> rows, const QString &count)
{
    const int kept = m_view->currentIndex().row();
    m_view->facts().setRows(std::move(rows));
    m_count->setText(count);
    m_words->hide();
    m_card->show();
    if (m_filter)
        m_filter->show();
    showFold();
    if (kept >= 0 && kept < m_view->facts().rowCount())
        m_view->setCurrentIndex(m_view->facts().index(kept, 0));
}

void FactSection::setWords(const QString &words)
{
    m_view->facts().setRows({});
    m_count->clear();
    m_words->setText(words);
    m_words->show();
    m_card->hide();
    if (m_filter)
        m_filter->hide();
}

void FactSection::showFold()
{
    const bool isLong = m_most > 0 && m_view->facts().totalCount() > m_most;
    m_view->facts().setFold(isLong && !m_unfolded ? m_shown : 0);
    const int folded = m_view->facts().foldedCount();
    const bool canFold = isLong && m_unfolded && (!m_filter || m_filter->text().isEmpty());
    m_foot->setVisible(folded > 0 || canFold);
    m_view->setRoundEnd(folded == 0 && !canFold);
    m_more->setText(folded > 0 ? m_moreWords(folded) : QString());
    m_more->setVisible(folded > 0);
    m_all->setText(folded > 0 ? tr("Show all") : tr("Show fewer"));
}

void FactSection::paintEvent(QPaintEvent *)
{
    if (m_card->isHidden())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &look = theme(this);
    drawBox(&painter, QRectF(m_card->geometry()), popupRadius, look.base, look.line);
}

} // namespace ui
