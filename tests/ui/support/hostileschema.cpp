// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/hostileschema.h"

#include "core/pq/quoting.h"
#include "tests/support/hostiletexts.h"

using namespace Qt::StringLiterals;

namespace test {

QString hostileSchemaName()
{
    return u"<b>HTML</b><img src=x>"_s;
}

QString hostileTableName()
{
    // 63 bytes: the letter é has two.
    return u"<i>\"'\n\u202E&amp;</i>"_s + u"é"_s.repeated(22) + u"x"_s;
}

void addHostileSchema(TestDatabase &database)
{
    const QString schema = hostileSchemaName();
    database.exec("CREATE SCHEMA " + core::quotedIdentifier(schema).value());
    QByteArray sql;
    QByteArrayList columns;
    QByteArrayList values;
    for (const HostileText &hostile : hostileTexts()) {
        const QByteArray name = core::quotedIdentifier(hostile.text).value();
        sql += "CREATE TABLE " + core::quotedName(schema, hostile.text).value()
               + " (id int PRIMARY KEY);\n";
        columns << name + " text";
        values << core::quotedLiteral(hostile.text).value();
    }
    const QByteArray table = core::quotedName(schema, hostileTableName()).value();
    sql += "CREATE TABLE " + table + " (" + columns.join(", ") + ");\n";
    sql += "INSERT INTO " + table + " VALUES (" + values.join(", ") + ");\n";
    sql += "ANALYZE;";
    database.exec(sql);
}

} // namespace test
