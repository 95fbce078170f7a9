// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/guardsheet.h"

#include "core/base/translations.h"
#include "core/pq/quoting.h"
#include "ui/common/button.h"
#include "ui/common/factline.h"
#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/note.h"
#include "ui/common/paint.h"
#include "ui/common/typedname.h"
#include "ui/editor/beforeafter.h"

#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;
using Verb = core::Affected::Verb;

namespace ui {

namespace {

constexpr int shownLines = 8;
constexpr int shownRows = 5;
constexpr std::size_t mostColumns = 6;
constexpr std::size_t mostNotes = 3;
constexpr qsizetype mostKeys = 2;

// A few lines of SQL on Base, as they are.
class SqlCard : public QWidget
{
public:
    SqlCard(const QString &text, QWidget *parent)
        : QWidget(parent)
    {
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins(12, 8, 12, 8);
        auto *label = new TextLabel(text, TextRole::Mono, Ink::Text, this);
        label->makeParagraph();
        label->setLayoutDirection(Qt::LeftToRight);
        column->addWidget(label);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Theme &look = theme(this);
        drawBox(&painter, QRectF(rect()), popupRadius, look.base, look.line);
    }
};

QString shownText(const core::RequestSpec &spec)
{
    QStringList lines;
    for (const core::Statement &statement : spec.statements)
        lines << QString::fromUtf8(statement.sql + ';').split(u'\n');
    const qsizetype all = lines.size();
    if (all > shownLines)
        lines = lines.first(shownLines - 1) << u"…"_s;
    return lines.join(u'\n');
}

QString joined(const QByteArrayList &names)
{
    QStringList words;
    for (const QByteArray &name : names)
        words << isolated(QString::fromUtf8(name));
    return words.join(u", "_s);
}

bool isOfRows(const core::Affected &affected)
{
    return affected.verb == Verb::Update || affected.verb == Verb::Delete;
}

} // namespace

bool GuardSheet::isNeeded(const Question &question, core::Exposure exposure)
{
    if (question.plan.asks())
        return true;
    return exposure == core::Exposure::Production
           && (!question.affected.empty() || !question.plan.hazards.empty());
}

GuardSheet::GuardSheet(QWidget *anchor, core::OpenDatabase &database, Question question)
    : Sheet(anchor, Width::Medium)
    , m_database(&database)
    , m_asked(std::move(question))
{
    setObjectName(u"guardSheet"_s);
    const bool production = database.exposure().exposure == core::Exposure::Production;
    setIconName(production ? u"production"_s : u"warning"_s,
                production ? Ink::Production : Ink::Warning);
    setProduction(production);
    m_counting = std::ranges::any_of(
        m_asked.affected, [](const core::Affected &one) { return !one.countSql.isEmpty(); });
    setTitle(this->question());
    setSubtitle(m_counting
                    ? tr("Counted by reading with the same condition. Nothing has been run yet.")
                    : tr("Nothing has been run yet."));
    buildTexts();
    buildCounts();
    buildFoot();
    connect(m_database, &QObject::destroyed, this, &Sheet::reject);
    read();
    counted();
}

QString GuardSheet::verbWords() const
{
    if (m_asked.affected.size() != 1)
        return tr("Run %n statements", nullptr, int(m_asked.plan.spec.statements.size()));
    const core::Affected &one = m_asked.affected.front();
    const int count = core::pluralNumber(m_count.value_or(0));
    const QString number = formatCount(m_count.value_or(0));
    switch (one.verb) {
    case Verb::Update:
        return m_count ? tr("Update %1 rows", nullptr, count).arg(number) : tr("Update rows");
    case Verb::Delete:
        return m_count ? tr("Delete %1 rows", nullptr, count).arg(number) : tr("Delete rows");
    case Verb::Truncate:
        return tr("Truncate %n tables", nullptr, int(one.targets.size()));
    case Verb::DropTable:
        return tr("Drop %n tables", nullptr, int(one.targets.size()));
    case Verb::DropSchema:
        break;
    }
    return tr("Drop %n schemas", nullptr, int(one.targets.size()));
}

QString GuardSheet::question() const
{
    const QString place = isolated(m_database->database().serverName());
    if (m_asked.affected.size() == 1) {
        const core::Affected &one = m_asked.affected.front();
        return isOfRows(one) ? tr("%1 of %2 in %3?").arg(verbWords(), joined(one.targets), place)
                             : tr("%1 in %2: %3?").arg(verbWords(), place, joined(one.targets));
    }
    return tr("%1 in %2?").arg(verbWords(), place);
}

void GuardSheet::buildTexts()
{
    auto *card = new SqlCard(shownText(m_asked.plan.spec), this);
    card->setObjectName(u"guardSheet.sql"_s);
    content()->addWidget(card);
    if (const QString pooler = core::poolerWarning(m_asked.plan, m_database->database());
        !pooler.isEmpty()) {
        auto *note = new Note(Meaning::Danger, pooler, {}, this);
        note->setObjectName(u"guardSheet.pooler"_s);
        content()->addWidget(note);
    }
    std::size_t shown = 0;
    for (const core::Hazard &hazard : m_asked.plan.hazards) {
        if (++shown > mostNotes)
            break;
        auto *note = new Note(Meaning::Warning, hazard.message, {}, this);
        note->setObjectName(u"guardSheet.hazard%1"_s.arg(shown));
        content()->addWidget(note);
    }
    if (m_asked.plan.hazards.size() > mostNotes) {
        content()->addWidget(plainLabel(
            tr("and %n more", nullptr, int(m_asked.plan.hazards.size() - mostNotes)), this));
    }
}

void GuardSheet::buildCounts()
{
    if (m_asked.affected.empty())
        return;
    auto *row = new QHBoxLayout;
    row->setSpacing(16);
    m_rows = new FactLine(
        u"table"_s, m_counting ? tr("Counting…") : tr("Not counted"),
        m_counting ? QString() : tr("No reading statement can be made of this text."), this);
    m_rows->setObjectName(u"guardSheet.rows"_s);
    row->addWidget(m_rows, 1, Qt::AlignTop);
    m_triggers = new FactLine(u"trigger"_s, tr("Looking for triggers…"), {}, this);
    m_triggers->setObjectName(u"guardSheet.triggers"_s);
    row->addWidget(m_triggers, 1, Qt::AlignTop);
    const bool rowsOnly = std::ranges::all_of(m_asked.affected, isOfRows);
    auto *locks =
        new FactLine(u"read-only"_s, rowsOnly ? tr("Row locks only") : tr("ACCESS EXCLUSIVE locks"),
                     rowsOnly ? tr("others wait for these rows alone")
                              : tr("nobody else reads or writes meanwhile"),
                     this);
    locks->setObjectName(u"guardSheet.locks"_s);
    row->addWidget(locks, 1, Qt::AlignTop);
    content()->addLayout(row);
    m_preview = new BeforeAfterView(this);
    m_preview->setObjectName(u"guardSheet.preview"_s);
    m_preview->setAccessibleName(tr("Some rows before and after"));
    m_preview->hide();
    content()->addWidget(m_preview);
}

void GuardSheet::buildFoot()
{
    const bool destroys =
        m_asked.plan.asks() || std::ranges::any_of(m_asked.affected, [](const core::Affected &one) {
            return one.verb != Verb::Update;
        });
    m_run = destroys ? addDanger(verbWords()) : addPrimary(verbWords());
    m_run->setObjectName(u"guardSheet.run"_s);
    cancelButton()->setObjectName(u"guardSheet.cancel"_s);
    if (isProduction()) {
        m_run->setKind(Button::Kind::Production);
        m_name = new TypedName(m_database->database().serverName(), u"guardSheet"_s, this);
        m_name->setNext(m_run);
        content()->addWidget(m_name);
        connect(m_name, &TypedName::matchChanged, this, &GuardSheet::counted);
        setFirstFocus(m_name);
    }
}

/// What has to be true of the numbers for anything to stay.
QString GuardSheet::footWords() const
{
    const core::RequestSpec &spec = m_asked.plan.spec;
    const bool inside = spec.transaction != core::TransactionNumber::None;
    const core::WritePlan agreed = plan();
    std::vector<qint64> numbers;
    for (const core::Statement &statement : agreed.spec.statements) {
        if (statement.expectedRows)
            numbers.push_back(*statement.expectedRows);
    }
    if (numbers.size() == 1) {
        const int count = core::pluralNumber(numbers.front());
        return (inside
                    ? tr("Stays in the transaction only if exactly %1 rows change.", nullptr, count)
                    : tr("Commits only if exactly %1 rows change.", nullptr, count))
            .arg(formatCount(numbers.front()));
    }
    if (!numbers.empty()) {
        QStringList words;
        for (const qint64 number : numbers)
            words << formatCount(number);
        return tr("Only if exactly so many rows change, one after the other: %1.")
            .arg(words.join(u", "_s));
    }
    if (inside)
        return tr("It becomes part of the open transaction.");
    return spec.frame == core::Frame::Writing ? tr("One transaction, committed at its end.")
                                              : tr("Each statement takes effect by itself.");
}

core::WritePlan GuardSheet::plan() const
{
    core::WritePlan agreed = m_asked.plan;
    for (std::size_t i = 0; i < m_counts.size() && i < m_asked.places.size(); ++i) {
        if (isOfRows(m_asked.affected[i]))
            agreed.spec.statements[m_asked.places[i]].expectedRows = m_counts[i];
    }
    return agreed;
}

core::SessionThread *GuardSheet::reader() const
{
    const auto session = m_database ? m_database->connections().session(core::Purpose::Browse)
                                    : core::Result<core::SessionThread *>(nullptr);
    return session ? *session : nullptr;
}

/// By a frame that cannot write, for the condition is a person's text; within an open transaction,
/// where only that sees what it has changed, so that nothing of it stays.
void GuardSheet::look(std::vector<core::Statement> statements,
                      void (GuardSheet::*take)(const core::Result<std::vector<core::Table>> &))
{
    core::RequestSpec spec;
    spec.frame = core::Frame::Guarded;
    core::SessionThread *session = reader();
    if (m_asked.insideBy) {
        spec.frame = core::Frame::Plain;
        spec.transaction = m_asked.plan.spec.transaction;
        spec.permit = m_asked.insideBy;
        for (core::Statement &statement : statements)
            statement.leavesNothing = true;
        session = m_database->connections().session(m_asked.plan.purpose).value_or(nullptr);
    }
    spec.statements = std::move(statements);
    if (session)
        core::collect(*session, std::move(spec))
            .then(this, [this, take](const core::Result<std::vector<core::Table>> &tables) {
                (this->*take)(tables);
            });
}

void GuardSheet::read()
{
    if (m_asked.affected.empty())
        return;
    if (!reader()) {
        m_counting = false;
        m_rows->setFact(u"table"_s, tr("Not counted"), tr("There is no connection to read by."));
        m_triggers->hide();
        return;
    }
    readFacts(m_asked.affected.front());
    std::vector<core::Statement> counts;
    for (const core::Affected &one : m_asked.affected) {
        if (!one.countSql.isEmpty())
            counts.push_back({.sql = one.countSql, .effect = core::Effect::Reads});
    }
    if (!counts.empty())
        look(std::move(counts), &GuardSheet::takeCounts);
}

/// Triggers that fire, and the columns of the primary key.
void GuardSheet::readFacts(const core::Affected &affected)
{
    if (affected.relations.isEmpty()) {
        m_triggers->hide();
        return;
    }
    const int event = affected.verb == Verb::Update ? 16 : affected.verb == Verb::Delete ? 8 : 32;
    core::Statement triggers{
        .sql = "SELECT t.tgname FROM pg_catalog.pg_trigger AS t WHERE t.tgrelid ="
               " pg_catalog.to_regclass($1) AND NOT t.tgisinternal AND t.tgenabled <> 'D'"
               " AND (t.tgtype & $2::int2) <> 0 ORDER BY 1",
        .parameters = {affected.relations.front(), QByteArray::number(event)}};
    core::Statement keys{
        .sql = "SELECT a.attname FROM pg_catalog.pg_index AS i JOIN pg_catalog.pg_attribute AS a"
               " ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey::int2[])"
               " WHERE i.indisprimary AND i.indrelid = pg_catalog.to_regclass($1) ORDER BY"
               " pg_catalog.array_position(i.indkey::int2[], a.attnum)",
        .parameters = {affected.relations.front()}};
    core::RequestSpec spec;
    spec.statements = {triggers, keys};
    core::collect(*reader(), std::move(spec))
        .then(this, [this](const core::Result<std::vector<core::Table>> &tables) {
            if (!tables || tables->size() != 2)
                return m_triggers->setFact(u"trigger"_s, tr("Triggers are not known"),
                                           tables ? QString() : tables.error().message);
            const core::Table &found = tables->front();
            QByteArrayList names;
            for (qint64 row = 0; row < found.rowCount(); ++row)
                names << found.cell(row, 0).toByteArray();
            m_triggers->setMeaning(names.isEmpty() ? Meaning::Neutral : Meaning::Warning);
            m_triggers->setFact(u"trigger"_s,
                                names.isEmpty()
                                    ? tr("No triggers")
                                    : tr("%n triggers will fire", nullptr, int(names.size())),
                                joined(names));
            QByteArrayList keyColumns;
            for (qint64 row = 0; row < tables->back().rowCount(); ++row)
                keyColumns << tables->back().cell(row, 0).toByteArray();
            readRows(keyColumns);
        });
}

/// Some rows as they are and as they would be; left out where the text does not allow it.
void GuardSheet::readRows(const QByteArrayList &keys)
{
    const core::Affected &one = m_asked.affected.front();
    if (m_asked.affected.size() != 1 || one.rowsFrom.isEmpty() || !reader()
        || one.assignments.empty())
        return;
    QByteArrayList columns;
    for (const QByteArray &key : keys.first(std::min(keys.size(), mostKeys))) {
        if (const auto quoted = core::quotedIdentifier(key))
            columns << *quoted;
    }
    m_keys = int(columns.size());
    for (std::size_t i = 0; i < one.assignments.size() && i < mostColumns; ++i)
        columns << one.assignments[i].column << '(' + one.assignments[i].expression + ')';
    const QByteArray before = one.withClause.isEmpty() ? QByteArray() : one.withClause + '\n';
    core::Statement rows{.sql = before + "SELECT " + columns.join(", ") + '\n' + one.rowsFrom
                                + "\nLIMIT " + QByteArray::number(shownRows),
                         .effect = core::Effect::Reads};
    look({rows}, &GuardSheet::takeRows);
}

void GuardSheet::takeRows(const core::Result<std::vector<core::Table>> &tables)
{
    if (!tables || tables->size() != 1 || tables->front().rowCount() == 0)
        return;
    const core::Affected &one = m_asked.affected.front();
    QByteArrayList changed;
    for (std::size_t i = 0; i < one.assignments.size() && i < mostColumns; ++i)
        changed << one.assignments[i].column;
    m_preview->setRows(tables->front(), m_keys, changed);
    m_preview->show();
}

void GuardSheet::takeCounts(const core::Result<std::vector<core::Table>> &tables)
{
    m_counting = false;
    if (!tables) {
        m_rows->setFact(u"table"_s, tr("Not counted"), tables.error().message);
        return counted();
    }
    qint64 sum = 0;
    auto table = tables->begin();
    for (const core::Affected &one : m_asked.affected) {
        const bool asked = !one.countSql.isEmpty();
        m_counts.push_back(asked && table->rowCount() > 0
                               ? std::optional(table->cell(0, 0).toLongLong())
                               : std::nullopt);
        sum += m_counts.back().value_or(0);
        table += asked ? 1 : 0;
    }
    const bool schema = m_asked.affected.front().verb == Verb::DropSchema;
    if (m_asked.affected.size() == 1)
        m_count = sum;
    const QString estimate = estimateWords();
    m_rows->setFact(u"table"_s,
                    schema               ? tr("%n tables and views in it", nullptr, int(sum))
                    : estimate.isEmpty() ? formatRows(sum)
                                         : tr("%1 of %2").arg(formatCount(sum), estimate),
                    tr("counted just now; others may change rows meanwhile"));
    counted();
}

/// "≈ 48.2 million rows" of the whole table, where the catalog knows it.
QString GuardSheet::estimateWords() const
{
    const core::CatalogPtr catalog = m_database ? m_database->catalog() : nullptr;
    if (!catalog || m_asked.affected.size() != 1 || m_asked.affected.front().relations.size() != 1)
        return {};
    const auto oid =
        catalog->resolve(QString::fromUtf8(m_asked.affected.front().relations.front()));
    const core::RelationInfo *relation = oid ? catalog->relation(*oid) : nullptr;
    const auto rows = relation ? catalog->estimatedRows(*relation) : std::nullopt;
    return rows ? tr("%1 rows", nullptr, core::pluralNumber(qRound64(*rows)))
                      .arg(formatEstimateInWords(*rows))
                : QString();
}

void GuardSheet::counted()
{
    setTitle(question());
    m_run->setText(verbWords());
    setFootText(footWords());
    const bool named = !m_name || m_name->matches();
    m_run->setEnabled(named && !m_counting);
    m_run->setToolTip(m_counting ? tr("The rows are still being counted.")
                      : named    ? QString()
                                 : tr("Type the database's name first."));
}

} // namespace ui
