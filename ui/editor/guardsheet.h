// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/opendatabase.h"
#include "core/connect/writeplan.h"
#include "core/session/collect.h"
#include "core/sql/affected.h"
#include "ui/common/sheet.h"

#include <QPointer>

namespace ui {

class BeforeAfterView;
class FactLine;

// What a run would do, before it does it (DESIGN 5): each statement that destroys or changes rows,
// how many, which triggers fire, which locks are taken, and some rows before and after. Everything
// is found out by reading; what cannot be is said. Accepted = run plan(), in which each statement
// has to change as many rows as were counted. On production the database's name is typed first.
class GuardSheet : public Sheet
{
    Q_OBJECT

public:
    struct Question {
        core::WritePlan plan;
        std::vector<core::Affected> affected; // of its statements, in their order
        std::vector<std::size_t> places = {}; // which statement of the plan each of them is
        // To look from within the plan's open transaction, for what that has changed nobody else
        // sees; none = by the reader.
        std::optional<core::WritePermit> insideBy = {};
    };
    // True where a person is asked at all: what destroys, everywhere; on production whatever
    // changes rows that are there, or keeps others out.
    [[nodiscard]] static bool isNeeded(const Question &question, core::Exposure exposure);

    GuardSheet(QWidget *anchor, core::OpenDatabase &database, Question question);

    // The question's, with the numbers of rows that the sheet names.
    [[nodiscard]] core::WritePlan plan() const;

private:
    void buildTexts();
    void buildCounts();
    void buildFoot();
    void read();
    void readFacts(const core::Affected &affected);
    void readRows(const QByteArrayList &keys);
    void takeCounts(const core::Result<std::vector<core::Table>> &tables);
    void takeRows(const core::Result<std::vector<core::Table>> &tables);
    void counted();
    [[nodiscard]] QString question() const;
    [[nodiscard]] QString verbWords() const;
    [[nodiscard]] QString estimateWords() const;
    [[nodiscard]] QString footWords() const;
    [[nodiscard]] core::SessionThread *reader() const;
    void look(std::vector<core::Statement> statements,
              void (GuardSheet::*take)(const core::Result<std::vector<core::Table>> &));

    QPointer<core::OpenDatabase> m_database;
    Question m_asked;
    FactLine *m_rows = nullptr;
    FactLine *m_triggers = nullptr;
    BeforeAfterView *m_preview = nullptr;
    Button *m_run = nullptr;
    class TypedName *m_name = nullptr;
    std::vector<std::optional<qint64>> m_counts; // of what is affected, in its order
    std::optional<qint64> m_count;               // where only one statement counts
    int m_keys = 0;                              // columns of the key among the rows shown
    bool m_counting = false;
};

} // namespace ui
