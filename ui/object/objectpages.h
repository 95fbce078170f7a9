// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/objectdetail.h"

#include <QWidget>

#include <map>

class QStackedWidget;

namespace ui {

class FactLine;
class FactSection;
class ObjectPage;
class PageTabs;
class SamplePage;
class TextLabel;

// The facts of an object, page by page: which there are depends on its kind.
class ObjectPages : public QWidget
{
    Q_OBJECT

public:
    enum class Page : quint8 {
        Structure,
        Facts,
        Triggers,
        Policies,
        Partitions,
        Statistics,
        Sample,
        Privileges,
        Comment,
    };

    explicit ObjectPages(QWidget *parent = nullptr);

    // Of the same object each time; what is shown and chosen stays.
    void setDetail(const core::ObjectDetail &detail);
    [[nodiscard]] PageTabs &tabs() const { return *m_tabs; }
    void show(Page page);
    // The target of the current row where the focus is; {} = none.
    [[nodiscard]] core::ObjectId chosen() const;
    // Rows to look at; null where the kind has none.
    [[nodiscard]] SamplePage *sample() const { return m_sample; }
    // To the filter of the columns.
    void find();

signals:
    void opened(core::ObjectId object);

private:
    using Part = core::ObjectDetail::Part;

    void makePages(core::ObjectKind kind);
    ObjectPage *makePage(Page page, const QString &name, const QString &title);
    void addPage(Page page, QWidget *widget, const QString &title);
    void makeStructure();
    void makeSample();
    void makeOthers(core::ObjectKind kind);
    void put(FactSection *section, const core::ObjectDetail &detail, Part part,
             std::vector<struct FactRow> rows, const QString &none, const QString &count = {});
    void fillStructure(const core::ObjectDetail &detail);
    void fillTriggers(const core::ObjectDetail &detail);
    void fillPolicies(const core::ObjectDetail &detail);
    void fillPartitions(const core::ObjectDetail &detail);
    void fillStatistics(const core::ObjectDetail &detail);
    void fillRest(const core::ObjectDetail &detail);
    void setCount(Page page, qsizetype count);
    [[nodiscard]] bool has(Page page) const { return m_pages.contains(page); }

    PageTabs *m_tabs;
    QStackedWidget *m_stack;
    std::map<Page, QWidget *> m_pages;
    std::map<Page, QString> m_titles;
    // Null where the kind has no such page.
    FactSection *m_columns = nullptr;
    FactSection *m_constraints = nullptr;
    FactSection *m_indexes = nullptr;
    FactSection *m_facts = nullptr;
    FactSection *m_triggers = nullptr;
    FactSection *m_rules = nullptr;
    FactLine *m_security = nullptr;
    FactSection *m_policies = nullptr;
    FactSection *m_parents = nullptr;
    FactSection *m_children = nullptr;
    FactSection *m_activity = nullptr;
    FactSection *m_statistics = nullptr;
    SamplePage *m_sample = nullptr;
    FactSection *m_privileges = nullptr;
    TextLabel *m_comment = nullptr;
    FactSection *m_comments = nullptr;
};

} // namespace ui
