// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/doctor/doctorpane.h"

#include "ui/common/button.h"
#include "ui/common/fonts.h"
#include "ui/common/labels.h"
#include "ui/common/progressline.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QScrollArea>
#include <QTime>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

using Level = core::Finding::Level;

void clear(QVBoxLayout *column)
{
    while (QLayoutItem *item = column->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
}

} // namespace

DoctorPane::DoctorPane(QWidget *parent)
    : QWidget(parent)
    , m_when(captionLabel({}, this))
    , m_again(Button::iconOnly(u"refresh"_s, tr("Check again"), this))
    , m_progress(new ProgressLine(this))
    , m_body(new QWidget)
    , m_asked(new QVBoxLayout)
    , m_found(new QVBoxLayout)
    , m_scroll(new QScrollArea(this))
{
    setObjectName(u"doctor.pane"_s);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(16, 6, 10, 6);
    head->setSpacing(8);
    head->addWidget(headingLabel(tr("Doctor"), this));
    head->addStretch();
    head->addWidget(m_when);
    head->addWidget(m_again);
    m_again->setObjectName(u"doctor.again"_s);
    m_when->setObjectName(u"doctor.when"_s);
    connect(m_again, &QAbstractButton::clicked, this, &DoctorPane::check);
    QSizePolicy kept = m_progress->sizePolicy();
    kept.setRetainSizeWhenHidden(true);
    m_progress->setSizePolicy(kept);
    m_progress->hide();
    m_scroll->setObjectName(u"doctor.list"_s);
    m_scroll->setAccessibleName(tr("What the doctor says"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_body->setObjectName(u"doctor.body"_s);
    m_body->setBackgroundRole(QPalette::Base);
    m_body->setAutoFillBackground(true);
    auto *cards = new QVBoxLayout(m_body);
    cards->setContentsMargins(0, 0, 0, 0);
    cards->setSpacing(0);
    for (QVBoxLayout *column : {m_asked, m_found}) {
        column->setSpacing(0);
        cards->addLayout(column);
    }
    cards->addStretch(1);
    m_scroll->setWidget(m_body);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(new HairLine(Qt::Horizontal, this));
    column->addWidget(m_progress);
    column->addWidget(m_scroll, 1);
}

DoctorPane::~DoctorPane() = default;

void DoctorPane::setSpec(const core::CheckupSpec &spec)
{
    m_spec = spec;
}

void DoctorPane::check()
{
    if (m_checkup)
        return;
    m_checkup = std::make_unique<core::Checkup>(m_spec);
    connect(m_checkup.get(), &core::Checkup::finished, this, &DoctorPane::take);
    m_again->setEnabled(false);
    m_when->setText(tr("checking"));
    m_progress->show();
    m_checkup->start();
}

void DoctorPane::stop()
{
    m_checkup.reset();
    m_again->setEnabled(false);
    m_progress->hide();
}

void DoctorPane::take()
{
    m_findings = m_checkup->findings();
    // It is still saying this.
    m_checkup.release()->deleteLater();
    m_again->setEnabled(true);
    m_progress->hide();
    m_when->setText(
        tr("checked %1").arg(QLocale().toString(QTime::currentTime(), QLocale::ShortFormat)));
    showFindings();
    emit checked();
}

QString DoctorPane::summary() const
{
    const auto count = [this](Level level) {
        return int(std::ranges::count(m_findings, level, &core::Finding::level));
    };
    return tr("%n checks are fine", nullptr, count(Level::Ok));
}

void DoctorPane::showFindings()
{
    clear(m_found);
    std::vector<core::Finding> sorted = m_findings;
    std::ranges::stable_sort(sorted, std::ranges::greater(), &core::Finding::level);
    int fine = 0;
    for (const core::Finding &finding : sorted) {
        if (finding.level == Level::Ok && ++fine && !m_fineShown)
            continue;
        auto *card = new DoctorCard(finding, m_body);
        card->setObjectName(u"doctor.card%1"_s.arg(++m_made));
        connect(card, &DoctorCard::actionWanted, this, &DoctorPane::actionWanted);
        connect(card, &DoctorCard::changeWanted, this, &DoctorPane::changeWanted);
        m_found->addWidget(card);
    }
    if (fine > 0)
        addFine(fine);
}

void DoctorPane::addFine(int count)
{
    auto *row = new QWidget(m_body);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(16, 10, 16, 10);
    line->setSpacing(8);
    line->addWidget(new TextLabel(summary(), TextRole::Body, Ink::Text2, row), 1);
    auto *toggle = new Button(m_fineShown ? tr("Hide") : tr("Show"), Button::Kind::Link, row);
    toggle->setObjectName(u"doctor.fine"_s);
    toggle->setAccessibleName(m_fineShown ? tr("Hide the checks that are fine")
                                          : tr("Show %n checks that are fine", nullptr, count));
    connect(toggle, &QAbstractButton::clicked, this, [this] {
        m_fineShown = !m_fineShown;
        showFindings();
        // Not lost with the button that was pressed.
        m_body->findChildren<Button *>(u"doctor.fine"_s).last()->setFocus();
    });
    line->addWidget(toggle);
    m_found->addWidget(row);
}

void DoctorPane::show(const core::Explanation &explanation)
{
    // The same trouble is said once.
    for (int i = m_asked->count() - 1; i >= 0; --i) {
        auto *old = static_cast<DoctorCard *>(m_asked->itemAt(i)->widget());
        if (old->id() == explanation.id || i >= 4)
            delete old;
    }
    auto *card = new DoctorCard(explanation, m_body);
    card->setObjectName(u"doctor.asked%1"_s.arg(++m_made));
    connect(card, &DoctorCard::actionWanted, this, &DoctorPane::actionWanted);
    connect(card, &DoctorCard::changeWanted, this, &DoctorPane::changeWanted);
    connect(card, &DoctorCard::dismissed, card, &QObject::deleteLater);
    m_asked->insertWidget(0, card);
    card->setVisible(true);
    m_scroll->ensureVisible(0, 0);
}

} // namespace ui
