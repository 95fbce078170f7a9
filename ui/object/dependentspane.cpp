// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/object/dependentspane.h"

#include "ui/common/format.h"
#include "ui/common/kindicon.h"
#include "ui/common/labels.h"
#include "ui/object/factview.h"
#include "ui/object/objectwords.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString tipOf(const core::Dependent &dependent)
{
    if (dependent.how == core::Dependent::How::Text)
        return DependentsPane::tr("Known from the function's text alone. The server does not keep "
                                  "you from dropping it; the function fails when it is called.");
    return dependent.goes ? DependentsPane::tr("It is dropped with CASCADE.")
                          : DependentsPane::tr("It stays and loses this part with CASCADE.");
}

FactRow rowOf(const core::Dependent &dependent, const QString &schema)
{
    const bool elsewhere = !dependent.schema.isEmpty() && dependent.schema != schema;
    const bool byText = dependent.how == core::Dependent::How::Text;
    return {.iconName = kindIcon(dependent.kind),
            .cells = {{.text = dependent.name,
                       .note = elsewhere ? DependentsPane::tr("in %1").arg(dependent.schema)
                                         : QString()},
                      {.text = byText ? DependentsPane::tr("%1, by its text")
                                            .arg(core::dependencyText(dependent))
                                      : core::dependencyText(dependent),
                       .role = TextRole::Caption,
                       .ink = Ink::Text2}},
            .target = dependent.id,
            .tip = tipOf(dependent)};
}

} // namespace

DependentsPane::DependentsPane(QWidget *parent)
    : QWidget(parent)
    , m_count(new TextLabel(QString(), TextRole::Caption, Ink::Text3, this))
    , m_words(new TextLabel(QString(), TextRole::Body, Ink::Text2, this))
    , m_view(new FactView(
          {{.title = {}, .share = 5}, {.title = {}, .share = 4, .side = Qt::AlignRight}}, this))
    , m_scroll(new QScrollArea(this))
{
    setObjectName(u"object.breaks"_s);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_count->setObjectName(u"object.dependents.count"_s);
    m_words->setObjectName(u"object.dependents.words"_s);
    m_words->makeParagraph();
    m_words->setContentsMargins(16, 0, 16, 0);
    m_words->hide();
    m_view->setObjectName(u"object.dependents"_s);
    m_view->setAccessibleName(tr("Breaks if dropped"));
    m_view->setRoundEnd(true);
    m_scroll->setObjectName(u"object.dependents.scroll"_s);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setBackgroundRole(QPalette::Base);
    auto *body = new QWidget(m_scroll);
    body->setBackgroundRole(QPalette::Base);
    auto *rows = new QVBoxLayout(body);
    rows->setContentsMargins(4, 0, 4, 8);
    rows->addWidget(m_view);
    rows->addStretch();
    m_scroll->setWidget(body);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(16, 12, 16, 6);
    head->setSpacing(8);
    auto *title = new ElidedLabel(tr("Breaks if dropped"), TextRole::Heading, Ink::Text, this);
    title->setElideMode(Qt::ElideRight);
    head->addWidget(title, 1);
    head->addWidget(m_count);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_words);
    column->addWidget(m_scroll, 1);
    column->addStretch(); // where the list is hidden
    connect(m_view, &FactView::opened, this, &DependentsPane::opened);
    connect(m_view, &FactView::currentMoved, this, [this](const QRect &place) {
        const QPoint at = m_view->mapTo(m_scroll->widget(), place.center());
        m_scroll->ensureVisible(0, at.y(), 0, place.height());
    });
}

void DependentsPane::setDependents(const core::Result<core::Dependents> &dependents,
                                   const QString &schema)
{
    std::vector<FactRow> rows;
    if (dependents) {
        for (const core::Dependent &dependent : dependents->list)
            rows.push_back(rowOf(dependent, schema));
    }
    const int count = int(rows.size());
    m_view->facts().setRows(std::move(rows));
    m_scroll->setVisible(count > 0);
    m_words->setVisible(count == 0);
    m_words->setText(dependents ? tr("Nothing depends on it.") : errorWords(dependents.error()));
    if (!dependents || count == 0)
        m_count->clear();
    else if (dependents->complete)
        m_count->setText(tr("%n objects", nullptr, count));
    else
        m_count->setText(tr("more than %n objects", nullptr, count));
}

} // namespace ui
