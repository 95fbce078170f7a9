// SPDX-License-Identifier: GPL-3.0-or-later
// What the server counted and sampled.
#include "ui/object/objectrows.h"

#include "ui/common/format.h"
#include "ui/object/objectwords.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ui::ObjectRows)
};

QString percent(double share)
{
    const double value = share * 100;
    const int digits = value == std::round(value) ? 0 : 1;
    return Text::tr("%1 %", "percent").arg(QLocale().toString(value, 'f', digits));
}

QString distinctWords(double distinct)
{
    if (distinct == -1)
        return Text::tr("all different");
    return distinct < 0 ? Text::tr("≈ %1 of the rows").arg(percent(-distinct))
                        : formatEstimate(distinct);
}

FactRow countRow(const QString &label, qint64 count, const QString &note = {})
{
    return {.cells = {{.text = label, .ink = Ink::Text2},
                      {.text = formatCount(count), .role = TextRole::Grid, .note = note}}};
}

FactRow textRow(const QString &label, const QString &text)
{
    return {.cells = {{.text = label, .ink = Ink::Text2}, {.text = text}}};
}

/// The later of the two, and who did it.
FactRow lastRow(const QString &label, const QDateTime &byHand, const QDateTime &byItself)
{
    FactRow row{.cells = {{.text = label, .ink = Ink::Text2}, {.text = Text::tr("never")}}};
    const bool automatic = byItself.isValid() && (!byHand.isValid() || byHand < byItself);
    const QDateTime last = automatic ? byItself : byHand;
    if (!last.isValid()) {
        row.cells[1].ink = Ink::Text2;
        return row;
    }
    row.cells[1].text = formatWhen(last, QDateTime::currentDateTime());
    row.cells[1].note = automatic ? Text::tr("by autovacuum") : Text::tr("by hand");
    row.tip = last.toString(Qt::ISODate);
    return row;
}

} // namespace

std::vector<FactRow> activityRows(const core::ObjectDetail &object)
{
    std::vector<FactRow> rows;
    const core::ActivityDetail &activity = *object.activity;
    const double whole = double(activity.live + activity.dead);
    rows.push_back(countRow(Text::tr("Rows alive"), activity.live));
    rows.push_back(countRow(Text::tr("Rows dead"), activity.dead,
                            whole > 0 ? percent(double(activity.dead) / whole) : QString()));
    rows.push_back(
        countRow(Text::tr("Changed since the last analyse"), activity.changedSinceAnalyze));
    rows.push_back(lastRow(Text::tr("Last vacuum"), activity.vacuum, activity.autovacuum));
    rows.push_back(lastRow(Text::tr("Last analyse"), activity.analyze, activity.autoanalyze));
    rows.push_back(countRow(Text::tr("Read from end to end"), activity.sequentialScans));
    rows.push_back(countRow(Text::tr("Read by an index"), activity.indexScans));
    rows.push_back(countRow(Text::tr("Rows inserted"), activity.inserted));
    rows.push_back(countRow(Text::tr("Rows updated"), activity.updated,
                            activity.updated > 0 ? Text::tr("%1 without touching an index")
                                                       .arg(percent(double(activity.hotUpdated)
                                                                    / double(activity.updated)))
                                                 : QString()));
    rows.push_back(countRow(Text::tr("Rows deleted"), activity.deleted));
    if (activity.frozenAge)
        rows.push_back(countRow(Text::tr("Transactions since the oldest row was frozen"),
                                *activity.frozenAge));
    if (object.state) {
        const core::RelationState &state = *object.state;
        if (state.heapBytes >= 0)
            rows.push_back(textRow(Text::tr("Size of the rows"), formatBytes(state.heapBytes)));
        if (state.indexBytes >= 0)
            rows.push_back(textRow(Text::tr("Size of the indexes"), formatBytes(state.indexBytes)));
        if (!state.options.isEmpty())
            rows.push_back(textRow(Text::tr("Options"), state.options));
    }
    return rows;
}

std::vector<FactColumn> statisticsColumns()
{
    return {{.title = Text::tr("Column"), .share = 26},
            {.title = Text::tr("NULL"), .share = 13, .side = Qt::AlignRight},
            {.title = Text::tr("Different values"), .share = 22, .side = Qt::AlignRight},
            {.title = Text::tr("Bytes"), .share = 11, .side = Qt::AlignRight},
            {.title = Text::tr("Most common"), .share = 28}};
}

std::vector<FactRow> statisticsRows(const core::ObjectDetail &object)
{
    std::vector<FactRow> rows;
    const bool isHidden = object.state && object.state->rowSecurityActive;
    for (const core::ColumnDetail &column : object.columns) {
        FactRow row{.cells = {{.text = column.name, .role = TextRole::Name}, {}, {}, {}, {}}};
        if (column.hasStatistics) {
            row.cells[1] = {.text = percent(column.nullFraction), .role = TextRole::Grid};
            row.cells[2] = {.text = distinctWords(column.distinct), .role = TextRole::Grid};
            row.cells[3] = {.text = formatCount(column.averageWidth), .role = TextRole::Grid};
            row.cells[4] = {.text = column.mostCommon, .role = TextRole::Mono, .ink = Ink::Text2};
            if (column.correlation)
                row.tip = Text::tr("Order on disk follows its values: %1")
                              .arg(QLocale().toString(*column.correlation, 'f', 2));
        } else if (!column.mayRead || isHidden) {
            row.cells[4] = {.text = Text::tr("no permission"), .meaning = Meaning::ReadOnly};
        } else {
            row.cells[4] = {.text = Text::tr("never analysed"), .ink = Ink::Text2};
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace ui
