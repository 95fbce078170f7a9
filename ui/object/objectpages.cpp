// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/object/objectpages.h"

#include "core/catalog/objectsql.h"
#include "ui/common/factline.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/searchfield.h"
#include "ui/object/factsection.h"
#include "ui/object/factview.h"
#include "ui/object/objectpage.h"
#include "ui/object/objectrows.h"
#include "ui/object/objectwords.h"
#include "ui/object/pagetabs.h"
#include "ui/object/samplepage.h"

#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

using core::ObjectKind;

constexpr int mostColumns = 10; // more are folded to the first eight
constexpr int foldedColumns = 8;

bool hasColumns(ObjectKind kind)
{
    return core::isRelationWithRows(kind) && kind != ObjectKind::Sequence;
}

bool isTable(ObjectKind kind)
{
    return kind == ObjectKind::Table || kind == ObjectKind::PartitionedTable
           || kind == ObjectKind::ForeignTable;
}

bool isSampled(ObjectKind kind)
{
    return isTable(kind) || kind == ObjectKind::MaterializedView;
}

} // namespace

ObjectPages::ObjectPages(QWidget *parent)
    : QWidget(parent)
    , m_tabs(new PageTabs(this))
    , m_stack(new QStackedWidget(this))
{
    setObjectName(u"object.pages"_s);
    m_tabs->setObjectName(u"object.tabs"_s);
    m_tabs->setAccessibleName(tr("Pages of the definition"));
    m_stack->setObjectName(u"object.pageStack"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_tabs);
    column->addWidget(m_stack, 1);
    connect(m_tabs, &QTabBar::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
}

ObjectPage *ObjectPages::makePage(Page page, const QString &name, const QString &title)
{
    auto *made = new ObjectPage(name, title, m_stack);
    addPage(page, made, title);
    connect(made, &ObjectPage::opened, this, &ObjectPages::opened);
    return made;
}

void ObjectPages::addPage(Page page, QWidget *widget, const QString &title)
{
    m_pages.emplace(page, widget);
    m_titles.emplace(page, title);
    m_stack->addWidget(widget);
    m_tabs->addTab(title);
}

void ObjectPages::makeSample()
{
    m_sample = new SamplePage(m_stack);
    addPage(Page::Sample, m_sample, tr("Sample"));
    connect(m_sample, &SamplePage::opened, this, &ObjectPages::opened);
}

void ObjectPages::makeStructure()
{
    ObjectPage *page = makePage(Page::Structure, u"structure"_s, tr("Structure"));
    QWidget *body = page->body();
    m_columns =
        page->addSection(new FactSection(u"columns"_s, tr("Columns"), columnColumns(), body));
    m_columns->addFilter(tr("Filter columns"));
    m_columns->setFold(mostColumns, foldedColumns,
                       [](int count) { return tr("%n more columns", nullptr, count); });
    m_constraints = page->addSection(
        new FactSection(u"constraints"_s, tr("Keys and constraints"), constraintColumns(), body));
    m_indexes =
        page->addSection(new FactSection(u"indexes"_s, tr("Indexes"), indexColumns(), body));
}

void ObjectPages::makePages(ObjectKind kind)
{
    if (hasColumns(kind)) {
        makeStructure();
    } else {
        ObjectPage *page = makePage(Page::Facts, u"facts"_s, tr("Facts"));
        m_facts =
            page->addSection(new FactSection(u"facts"_s, tr("Facts"), factColumns(), page->body()));
    }
    makeOthers(kind);
}

void ObjectPages::makeOthers(ObjectKind kind)
{
    if (hasColumns(kind)) {
        ObjectPage *page = makePage(Page::Triggers, u"triggers"_s, tr("Triggers"));
        m_triggers = page->addSection(
            new FactSection(u"triggers"_s, tr("Triggers"), triggerColumns(), page->body()));
        m_rules = page->addSection(
            new FactSection(u"rules"_s, tr("Rules"), triggerColumns(), page->body()));
    }
    if (isTable(kind)) {
        ObjectPage *page = makePage(Page::Policies, u"policies"_s, tr("Policies"));
        m_security = new FactLine(page->body());
        m_security->setObjectName(u"object.rowSecurity"_s);
        page->addLine(m_security);
        m_policies = page->addSection(
            new FactSection(u"policies"_s, tr("Policies"), policyColumns(), page->body()));
        page = makePage(Page::Partitions, u"partitions"_s, tr("Partitions"));
        m_parents = page->addSection(
            new FactSection(u"parents"_s, tr("Part of"), childColumns(), page->body()));
        m_children = page->addSection(
            new FactSection(u"children"_s, tr("Partitions"), childColumns(), page->body()));
    }
    if (isSampled(kind)) {
        ObjectPage *page = makePage(Page::Statistics, u"statistics"_s, tr("Statistics"));
        m_activity = page->addSection(
            new FactSection(u"activity"_s, tr("Rows and use"), factColumns(), page->body()));
        m_statistics = page->addSection(new FactSection(
            u"columnStatistics"_s, tr("Columns, by sample"), statisticsColumns(), page->body()));
    }
    if (hasColumns(kind))
        makeSample();
    ObjectPage *page = makePage(Page::Privileges, u"privileges"_s, tr("Privileges"));
    m_privileges = page->addSection(
        new FactSection(u"privileges"_s, tr("Privileges"), privilegeColumns(), page->body()));
    page = makePage(Page::Comment, u"comment"_s, tr("Comment"));
    m_comment = new TextLabel(QString(), TextRole::Body, Ink::Text, page->body());
    m_comment->setObjectName(u"object.comment"_s);
    m_comment->makeParagraph();
    page->addLine(m_comment);
    m_comments = page->addSection(
        new FactSection(u"comments"_s, tr("Comments of columns"), commentColumns(), page->body()));
}

void ObjectPages::setDetail(const core::ObjectDetail &detail)
{
    if (m_pages.empty())
        makePages(detail.kind);
    if (has(Page::Structure))
        fillStructure(detail);
    if (m_facts)
        m_facts->setRows(factRows(detail), QString());
    if (has(Page::Triggers))
        fillTriggers(detail);
    if (has(Page::Policies))
        fillPolicies(detail);
    if (has(Page::Partitions))
        fillPartitions(detail);
    if (has(Page::Statistics))
        fillStatistics(detail);
    fillRest(detail);
}

void ObjectPages::put(FactSection *section, const core::ObjectDetail &detail, Part part,
                      std::vector<FactRow> rows, const QString &none, const QString &count)
{
    if (detail.isRefused(part))
        return section->setWords(noPermission());
    if (rows.empty())
        return section->setWords(none);
    const QString counted = count.isEmpty() ? formatCount(qint64(rows.size())) : count;
    section->setRows(std::move(rows), counted);
}

void ObjectPages::fillStructure(const core::ObjectDetail &detail)
{
    put(m_columns, detail, Part::Attributes, columnRows(detail), tr("It has no columns."));
    put(m_constraints, detail, Part::Constraints, constraintRows(detail),
        tr("No key and no constraint."));
    put(m_indexes, detail, Part::Indexes, indexRows(detail), tr("No index."), indexCount(detail));
}

void ObjectPages::fillTriggers(const core::ObjectDetail &detail)
{
    put(m_triggers, detail, Part::Triggers, triggerRows(detail.triggers), tr("No trigger."));
    put(m_rules, detail, Part::Rules, triggerRows(detail.rules), tr("No rule."));
    m_rules->setVisible(!detail.rules.empty() || detail.isRefused(Part::Rules));
    setCount(Page::Triggers, qsizetype(detail.triggers.size() + detail.rules.size()));
}

void ObjectPages::fillPolicies(const core::ObjectDetail &detail)
{
    const bool isOn = detail.state && detail.state->rowSecurity;
    const bool isForced = detail.state && detail.state->forcedRowSecurity;
    m_security->setVisible(detail.state.has_value());
    if (isOn && detail.policies.empty())
        m_security->setFact(u"policy"_s, tr("Row security is on, without a policy"),
                            isForced
                                ? tr("Nobody sees a row, not even the owner: only superusers and "
                                     "roles with BYPASSRLS do.")
                                : tr("Nobody but the owner, superusers and roles with BYPASSRLS "
                                     "sees a row."));
    else if (isOn)
        m_security->setFact(u"policy"_s, tr("Row security is on"),
                            isForced ? tr("It holds for the owner, too, but not for superusers and "
                                          "roles with BYPASSRLS.")
                                     : tr("It does not hold for the owner of the table."));
    else
        m_security->setFact(u"policy"_s, tr("Row security is off"),
                            detail.policies.empty()
                                ? tr("Who may read the table sees every row.")
                                : tr("The policies below have no effect until it is on."));
    const bool isIdle = !isOn && !detail.policies.empty();
    m_security->setMeaning(isIdle || (isOn && detail.policies.empty()) ? Meaning::Warning
                           : isOn                                      ? Meaning::Ok
                                                                       : Meaning::Neutral);
    put(m_policies, detail, Part::Policies, policyRows(detail), tr("No policy."));
    setCount(Page::Policies, qsizetype(detail.policies.size()));
}

void ObjectPages::fillPartitions(const core::ObjectDetail &detail)
{
    std::vector<FactRow> parents = childRows(detail, true);
    if (detail.state && !detail.state->partitionBound.isEmpty() && !parents.empty())
        parents.front().cells[1].text = detail.state->partitionBound;
    std::vector<FactRow> children = childRows(detail, false);
    const qsizetype count = qsizetype(children.size());
    const bool partitioned = detail.kind == ObjectKind::PartitionedTable;
    m_parents->setVisible(!parents.empty());
    put(m_parents, detail, Part::Children, std::move(parents), QString());
    QString counted = formatCount(count);
    if (detail.state && !detail.state->partitionKey.isEmpty())
        counted += u", "_s + tr("by %1").arg(isolated(detail.state->partitionKey));
    put(m_children, detail, Part::Children, std::move(children),
        partitioned ? tr("It has no partition yet: no row can be inserted.")
                    : tr("It is not partitioned, and no table inherits from it."),
        counted);
    setCount(Page::Partitions, count);
}

void ObjectPages::fillStatistics(const core::ObjectDetail &detail)
{
    put(m_activity, detail, Part::Activity,
        detail.activity ? activityRows(detail) : std::vector<FactRow>{},
        tr("The server counts nothing of it."),
        detail.state && detail.state->statisticsReset.isValid()
            ? tr("counted since %1")
                  .arg(formatWhen(detail.state->statisticsReset, QDateTime::currentDateTime()))
            : u" "_s);
    put(m_statistics, detail, Part::Attributes, statisticsRows(detail), tr("It has no columns."));
}

void ObjectPages::fillRest(const core::ObjectDetail &detail)
{
    put(m_privileges, detail, Part::Privileges, privilegeRows(detail),
        tr("Nothing can be granted on it."));
    setCount(Page::Privileges, qsizetype(detail.privileges.size()));
    m_comment->setText(detail.comment.isEmpty() ? tr("It has no comment.") : detail.comment);
    m_comment->setInk(detail.comment.isEmpty() ? Ink::Text2 : Ink::Text);
    std::vector<FactRow> comments = commentRows(detail);
    m_comments->setVisible(!comments.empty());
    put(m_comments, detail, Part::Attributes, std::move(comments), QString());
}

void ObjectPages::setCount(Page page, qsizetype count)
{
    const int at = m_stack->indexOf(m_pages.at(page));
    const QString &title = m_titles.at(page);
    m_tabs->setTabText(at, count > 0 ? title + u' ' + formatCount(count) : title);
}

void ObjectPages::show(Page page)
{
    if (has(page))
        m_tabs->setCurrentIndex(m_stack->indexOf(m_pages.at(page)));
}

core::ObjectId ObjectPages::chosen() const
{
    for (const FactView *view : findChildren<FactView *>()) {
        if (view->hasFocus())
            return view->chosen();
    }
    return {};
}

void ObjectPages::find()
{
    show(Page::Structure);
    if (auto *field = findChild<SearchField *>(u"object.columns.filter"_s))
        field->setFocus(Qt::ShortcutFocusReason);
}

} // namespace ui
