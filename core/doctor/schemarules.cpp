// SPDX-License-Identifier: GPL-3.0-or-later
// What a statement names is not there, is there already, or is somebody else's.
#include "core/doctor/names_p.h"
#include "core/doctor/rules_p.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace core::doctor {

namespace {

bool isRelationMissing(const Failure &failure)
{
    return hasId(failure, "relation.missing") && !missingName(failure.error).isEmpty();
}

QString titleOfMissing(const Failure &failure)
{
    return Text::tr("There is no table or view “%1”").arg(missingName(failure.error));
}

std::optional<Explanation> relationElsewhere(const Failure &failure)
{
    if (!isRelationMissing(failure) || !failure.catalog)
        return {};
    const QStringList found = relationsNamed(*failure.catalog, missingName(failure.error));
    if (found.isEmpty())
        return {};
    Explanation told{
        .title = titleOfMissing(failure),
        .why = Text::tr("This database has %1. The schema in the statement is another one, or the "
                        "search path does not lead there.")
                   .arg(found.join(", "_L1)),
        .fixes = {{.sentence = Text::tr("Write the name with its schema."), .text = found.front()}},
    };
    if (failure.endpoint && !isPooled(failure))
        told.fixes.push_back(
            {.sentence = Text::tr("Or put the schema on the search path of the role."),
             .text = u"ALTER ROLE %1 SET search_path = %2, public;"_s.arg(
                 sqlName(userOf(failure)), found.front().section(u'.', 0, 0))});
    return told;
}

std::optional<Explanation> relationInCapitals(const Failure &failure)
{
    if (!isRelationMissing(failure) || !failure.catalog)
        return {};
    const QString name = missingName(failure.error);
    const QStringList found = relationsInOtherCase(*failure.catalog, name);
    if (found.isEmpty())
        return {};
    return Explanation{
        .title = titleOfMissing(failure),
        .why = Text::tr("This database has %1. Names without quotation marks are read in small "
                        "letters, so one with capitals is found only inside of them.")
                   .arg(found.join(", "_L1)),
        .fixes = {{.sentence = Text::tr("Write it with quotation marks."), .text = found.front()}},
    };
}

std::optional<Explanation> relationInOtherDatabase(const Failure &failure)
{
    if (!isRelationMissing(failure))
        return {};
    for (const KnownCatalog &other : failure.others) {
        if (!other.catalog)
            continue;
        const QStringList found = relationsNamed(*other.catalog, missingName(failure.error));
        if (found.isEmpty())
            continue;
        return Explanation{
            .title = titleOfMissing(failure),
            .why = Text::tr("The project's database “%1” has it: %2. The statement was sent to "
                            "another one.")
                       .arg(other.database, found.join(", "_L1)),
            .fixes = {{.sentence = Text::tr("Choose the database “%1” and run it there.")
                                       .arg(other.database),
                       .text = u"sluicectl query --database %1 …"_s.arg(other.database)}},
        };
    }
    return {};
}

QString places(const std::vector<SourceLocation> &found)
{
    QStringList texts;
    for (const SourceLocation &place : found)
        texts << place.text();
    return texts.join(", "_L1);
}

std::optional<Explanation> notMigrated(const Failure &failure)
{
    const bool column = hasId(failure, "column.missing");
    if (failure.definitions.empty() || (!column && !hasId(failure, "relation.missing")))
        return {};
    const QString name = missingName(failure.error);
    return Explanation{
        .title = column ? Text::tr("There is no column “%1” yet").arg(name)
                        : Text::tr("There is no table or view “%1” yet").arg(name),
        .why =
            Text::tr("The folder makes it in %1, so the schema that the code expects and that of "
                     "the database differ: a migration was not applied here, or to another "
                     "database.")
                .arg(places(failure.definitions)),
        .fixes = {{.sentence = Text::tr("Apply the pending migrations, over the direct address.")},
                  {.sentence = Text::tr("Check that they went to this database: %1.")
                                   .arg(addressOf(failure))}},
    };
}

std::optional<Explanation> relationAlike(const Failure &failure)
{
    if (!isRelationMissing(failure) || !failure.catalog)
        return {};
    const QStringList found = relationsLike(*failure.catalog, missingName(failure.error));
    if (found.isEmpty())
        return {};
    return Explanation{
        .title = titleOfMissing(failure),
        .why = Text::tr("Names that are nearly the same: %1.").arg(found.join(", "_L1)),
        .fixes = {{.sentence = Text::tr("Correct the name in the statement."),
                   .text = found.front()}},
    };
}

std::optional<Explanation> relationMissing(const Failure &failure)
{
    if (!hasId(failure, "relation.missing"))
        return {};
    const bool empty =
        failure.catalog && failure.catalog->hasDetails() && hasNoTables(*failure.catalog);
    Explanation told{
        .title =
            missingName(failure.error).isEmpty() ? failure.error.message : titleOfMissing(failure),
        .why = empty
                   ? Text::tr("This database has no tables at all: the migrations were never "
                              "applied to it, or it is not the one that was meant.")
                   : Text::tr("Neither this database nor the project's files have it. It was "
                              "never made here, or the statement was meant for another database."),
        .fixes = {{.sentence =
                       Text::tr("Check which database this is: %1.").arg(addressOf(failure))},
                  {.sentence = Text::tr("Apply the pending migrations, over the direct address.")}},
    };
    if (failure.projectDatabases.size() > 1)
        told.fixes.push_back({.sentence = Text::tr("Try the project's other databases: %1.")
                                              .arg(failure.projectDatabases.join(", "_L1))});
    return told;
}

std::optional<Explanation> columnMissing(const Failure &failure)
{
    if (!hasId(failure, "column.missing"))
        return {};
    const QString name = missingName(failure.error);
    Explanation told{
        .title =
            name.isEmpty() ? failure.error.message : Text::tr("There is no column “%1”").arg(name),
        .why = Text::tr("The table is there, without a column of this name. Text in double "
                        "quotation marks counts as a name; values stand in single ones."),
    };
    if (failure.error.server && !failure.error.server->hint.isEmpty())
        told.fixes.push_back({.sentence = failure.error.server->hint});
    const QStringList found = failure.catalog ? columnsLike(*failure.catalog, name) : QStringList();
    if (!found.isEmpty())
        told.fixes.push_back(
            {.sentence =
                 Text::tr("Columns of nearly the same name: %1.").arg(found.join(", "_L1))});
    told.fixes.push_back({.sentence = Text::tr("If the code expects it, a migration that adds it "
                                               "was not applied here.")});
    return told;
}

std::optional<Explanation> planChanged(const Failure &failure)
{
    if (!hasState(failure, "0A000") || !says(failure, "cached plan"_L1))
        return {};
    return Explanation{
        .title = Text::tr("The schema changed under a prepared statement"),
        .why = Text::tr("A migration changed the columns of a table while clients had statements "
                        "on it prepared. Their results would have another shape now."),
        .fixes = {{.sentence = Text::tr("Restart the application's processes, or let them connect "
                                        "again.")},
                  {.sentence = Text::tr("Name the columns instead of writing SELECT *: then added "
                                        "columns do no harm.")}},
    };
}

std::optional<Explanation> mismatch(const Failure &failure)
{
    const bool operators = hasState(failure, "42883") && says(failure, "operator"_L1);
    if (!operators && !hasState(failure, "42804"))
        return {};
    Explanation told{
        .title = Text::tr("Types do not fit together"),
        .why = Text::tr("%1. Where the code has not changed, the schema has: a column got another "
                        "type, here or only on the other side.")
                   .arg(failure.error.server->message),
        .fixes = {{.sentence = Text::tr("Compare the column's type here with the one that the "
                                        "code's schema says.")}},
    };
    if (!failure.error.server->hint.isEmpty())
        told.fixes.push_back({.sentence = failure.error.server->hint});
    return told;
}

std::optional<Explanation> existsAlready(const Failure &failure)
{
    static constexpr std::array<QByteArrayView, 5> states = {"42P07", "42P06", "42710", "42701",
                                                             "42723"};
    const QByteArray state = failure.error.server ? failure.error.server->sqlState : QByteArray();
    if (std::ranges::none_of(states, [&](QByteArrayView one) { return state == one; }))
        return {};
    return Explanation{
        .title = failure.error.message,
        .why = Text::tr("What the statement makes is there already. In a migration that means: it "
                        "ran before without being recorded, a schema was pushed past the "
                        "migrations, or two tools make the same thing."),
        .fixes = {{.sentence = Text::tr("Compare what is there with what the statement makes.")},
                  {.sentence = Text::tr("If both are the same, mark the migration as applied "
                                        "(baseline) instead of running it.")},
                  {.sentence = Text::tr("IF NOT EXISTS passes over it, also where the existing one "
                                        "is different.")}},
    };
}

std::optional<Explanation> permissionDenied(const Failure &failure)
{
    if (!hasState(failure, "42501") && !hasId(failure, "permission.denied"))
        return {};
    static const QRegularExpression form(
        uR"(permission denied for (table|view|sequence|schema|materialized view|foreign table|function) (.+))"_s);
    const QRegularExpressionMatch match = failure.error.server
                                              ? form.match(failure.error.server->message)
                                              : QRegularExpressionMatch();
    const QString kind = match.captured(1);
    const QString name = sqlName(match.captured(2));
    const QString role = failure.endpoint ? sqlName(userOf(failure)) : u"…"_s;
    Explanation told{
        .title = failure.error.message,
        .why = Text::tr("The role of this address lacks the right. Tables made by a migration "
                        "belong to the role that ran it, and others see nothing of them before "
                        "they are granted."),
    };
    Fix grant{.sentence = Text::tr("Grant it, as the owner.")};
    if (kind == "schema"_L1)
        grant.text = u"GRANT USAGE ON SCHEMA %1 TO %2;"_s.arg(name, role);
    else if (kind == "sequence"_L1)
        grant.text = u"GRANT USAGE ON SEQUENCE %1 TO %2;"_s.arg(name, role);
    else if (kind == "function"_L1)
        grant.text = u"GRANT EXECUTE ON FUNCTION %1 TO %2;"_s.arg(name, role);
    else if (match.hasMatch())
        grant.text = u"GRANT SELECT ON %1 TO %2;"_s.arg(name, role);
    told.fixes.push_back(grant);
    if (match.hasMatch() && kind != "schema"_L1)
        told.fixes.push_back(
            {.sentence = Text::tr("For tables of the future, as the role that runs migrations."),
             .text = u"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO %1;"_s.arg(role)});
    return told;
}

std::optional<Explanation> schemaMissing(const Failure &failure)
{
    if (!hasId(failure, "schema.missing"))
        return {};
    const QString name = missingName(failure.error);
    return Explanation{
        .title =
            name.isEmpty() ? failure.error.message : Text::tr("There is no schema “%1”").arg(name),
        .why = Text::tr("Schemas are made by migrations, as tables are; schema= in an address does "
                        "not make one."),
        .fixes = {{.sentence = Text::tr("Apply the pending migrations, or make it."),
                   .text = name.isEmpty() ? QString() : u"CREATE SCHEMA %1;"_s.arg(sqlName(name))}},
    };
}

std::optional<Explanation> extensionMissing(const Failure &failure)
{
    if (!hasId(failure, "function.missing") && !hasState(failure, "42704"))
        return {};
    const QString extension = extensionOf(failure.error);
    if (extension.isEmpty())
        return {};
    return Explanation{
        .title = Text::tr("The extension “%1” is missing here").arg(extension),
        .why =
            Text::tr("%1. It comes with this extension, which is made for each database by "
                     "itself.")
                .arg(failure.error.server ? failure.error.server->message : failure.error.message),
        .fixes = {{.sentence = Text::tr("Make it, as a role that may."),
                   .text = u"CREATE EXTENSION IF NOT EXISTS %1;"_s.arg(sqlName(extension))},
                  {.sentence = Text::tr("If it is there, its schema is not on the search path.")}},
    };
}

constexpr std::array rules = {
    Rule{"schema.otherSchema", relationElsewhere},
    Rule{"schema.capitals", relationInCapitals},
    Rule{"schema.otherDatabase", relationInOtherDatabase},
    Rule{"schema.notMigrated", notMigrated},
    Rule{"schema.alike", relationAlike},
    Rule{"schema.relationMissing", relationMissing},
    Rule{"schema.columnMissing", columnMissing},
    Rule{"schema.planChanged", planChanged},
    Rule{"schema.extensionMissing", extensionMissing},
    Rule{"schema.mismatch", mismatch},
    Rule{"schema.existsAlready", existsAlready},
    Rule{"schema.permissionDenied", permissionDenied},
    Rule{"schema.schemaMissing", schemaMissing},
};

} // namespace

std::span<const Rule> schemaRules()
{
    return rules;
}

} // namespace core::doctor
