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
// is found out by reading; what cannot be is said. Accepted = run it. On production the database's
// name is typed first.
class GuardSheet : public Sheet
{
    Q_OBJECT

public:
    struct Question {
        core::WritePlan plan;
        std::vector<core::Affected> affected; // of its statements, in their order
    };
    // True where a person is asked at all: what destroys, everywhere; on production whatever
    // changes rows that are there, or keeps others out.
    [[nodiscard]] static bool isNeeded(const Question &question, core::Exposure exposure);

    GuardSheet(QWidget *anchor, core::OpenDatabase &database, Question question);

private:
    void buildTexts();
    void buildCounts();
    void buildFoot();
    void read();
    void readFacts(const core::Affected &affected);
    void readRows(const QByteArrayList &keys);
    void takeCounts(const core::Result<std::vector<core::Table>> &tables);
    void takeRows(const core::Result<std::vector<core::Table>> &tables, int keys);
    void counted();
    [[nodiscard]] QString question() const;
    [[nodiscard]] QString verbWords() const;
    [[nodiscard]] QString estimateWords() const;
    [[nodiscard]] core::SessionThread *reader() const;

    QPointer<core::OpenDatabase> m_database;
    Question m_asked;
    FactLine *m_rows = nullptr;
    FactLine *m_triggers = nullptr;
    BeforeAfterView *m_preview = nullptr;
    Button *m_run = nullptr;
    class TypedName *m_name = nullptr;
    std::optional<qint64> m_count;
    bool m_counting = false;
};

} // namespace ui
