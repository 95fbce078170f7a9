<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>cli::ExportCommand</name>
    <message numerus="yes">
        <source>Written to %1, %2 rows.</source>
        <translation>
            <numerusform>Written to %1, %2 row.</numerusform>
            <numerusform>Written to %1, %2 rows.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>core::Catalog</name>
    <message numerus="yes">
        <source>%1 is in %n schemas, and none of them is on the search path.</source>
        <translation>
            <numerusform>%1 is in %n schema, which is not on the search path.</numerusform>
            <numerusform>%1 is in %n schemas, and none of them is on the search path.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>core::CatalogChanges</name>
    <message numerus="yes">
        <source>%n tables added</source>
        <translation>
            <numerusform>%n table added</numerusform>
            <numerusform>%n tables added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tables removed</source>
        <translation>
            <numerusform>%n table removed</numerusform>
            <numerusform>%n tables removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tables changed</source>
        <translation>
            <numerusform>%n table changed</numerusform>
            <numerusform>%n tables changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n views added</source>
        <translation>
            <numerusform>%n view added</numerusform>
            <numerusform>%n views added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n views removed</source>
        <translation>
            <numerusform>%n view removed</numerusform>
            <numerusform>%n views removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n views changed</source>
        <translation>
            <numerusform>%n view changed</numerusform>
            <numerusform>%n views changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n columns added</source>
        <translation>
            <numerusform>%n column added</numerusform>
            <numerusform>%n columns added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n columns removed</source>
        <translation>
            <numerusform>%n column removed</numerusform>
            <numerusform>%n columns removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n columns changed</source>
        <translation>
            <numerusform>%n column changed</numerusform>
            <numerusform>%n columns changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n indexes added</source>
        <translation>
            <numerusform>%n index added</numerusform>
            <numerusform>%n indexes added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n indexes removed</source>
        <translation>
            <numerusform>%n index removed</numerusform>
            <numerusform>%n indexes removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n indexes changed</source>
        <translation>
            <numerusform>%n index changed</numerusform>
            <numerusform>%n indexes changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n constraints added</source>
        <translation>
            <numerusform>%n constraint added</numerusform>
            <numerusform>%n constraints added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n constraints removed</source>
        <translation>
            <numerusform>%n constraint removed</numerusform>
            <numerusform>%n constraints removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n constraints changed</source>
        <translation>
            <numerusform>%n constraint changed</numerusform>
            <numerusform>%n constraints changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n functions added</source>
        <translation>
            <numerusform>%n function added</numerusform>
            <numerusform>%n functions added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n functions removed</source>
        <translation>
            <numerusform>%n function removed</numerusform>
            <numerusform>%n functions removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n functions changed</source>
        <translation>
            <numerusform>%n function changed</numerusform>
            <numerusform>%n functions changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other objects added</source>
        <translation>
            <numerusform>%n other object added</numerusform>
            <numerusform>%n other objects added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other objects removed</source>
        <translation>
            <numerusform>%n other object removed</numerusform>
            <numerusform>%n other objects removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other objects changed</source>
        <translation>
            <numerusform>%n other object changed</numerusform>
            <numerusform>%n other objects changed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>core::Describe</name>
    <message numerus="yes">
        <source>about %1 rows</source>
        <translation>
            <numerusform>about %1 row</numerusform>
            <numerusform>about %1 rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>core::FolderCheck</name>
    <message numerus="yes">
        <source>%n addresses of databases were read.</source>
        <translation>
            <numerusform>%n address of a database was read.</numerusform>
            <numerusform>%n addresses of databases were read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>core::GitWarnings</name>
    <message numerus="yes">
        <source>git keeps %1 already, which holds %n passwords.</source>
        <translation>
            <numerusform>git keeps %1 already, which holds a password.</numerusform>
            <numerusform>git keeps %1 already, which holds %n passwords.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>git would commit %1, which holds %n passwords.</source>
        <translation>
            <numerusform>git would commit %1, which holds a password.</numerusform>
            <numerusform>git would commit %1, which holds %n passwords.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>core::HeldState</name>
    <message numerus="yes">
        <source>the open transaction with %n statements</source>
        <translation>
            <numerusform>the open transaction with %n statement</numerusform>
            <numerusform>the open transaction with %n statements</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n temporary objects: %1</source>
        <translation>
            <numerusform>the temporary object %1</numerusform>
            <numerusform>%n temporary objects: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n advisory locks</source>
        <translation>
            <numerusform>%n advisory lock</numerusform>
            <numerusform>%n advisory locks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>core::JsonTreeModel</name>
    <message numerus="yes">
        <source>%n keys</source>
        <translation>
            <numerusform>%n key</numerusform>
            <numerusform>%n keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n items</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>core::RowDelivery</name>
    <message numerus="yes">
        <source>These are only the first %n rows: they came faster than they were read, and a pooled server must not be kept waiting.</source>
        <translation>
            <numerusform>This is only the first row: the others came faster than they were read, and a pooled server must not be kept waiting.</numerusform>
            <numerusform>These are only the first %n rows: they came faster than they were read, and a pooled server must not be kept waiting.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>core::RowStore</name>
    <message numerus="yes">
        <source>After %n rows.</source>
        <translation>
            <numerusform>After %n row.</numerusform>
            <numerusform>After %n rows.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>core::ServerCheck</name>
    <message numerus="yes">
        <source>%n sessions keep a transaction open and do nothing.</source>
        <translation>
            <numerusform>%n session keeps a transaction open and does nothing.</numerusform>
            <numerusform>%n sessions keep a transaction open and do nothing.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n statements run for more than 5 minutes.</source>
        <translation>
            <numerusform>%n statement runs for more than 5 minutes.</numerusform>
            <numerusform>%n statements run for more than 5 minutes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sessions wait for a lock.</source>
        <translation>
            <numerusform>%n session waits for a lock.</numerusform>
            <numerusform>%n sessions wait for a lock.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n prepared transactions were left over.</source>
        <translation>
            <numerusform>%n prepared transaction was left over.</numerusform>
            <numerusform>%n prepared transactions were left over.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>core::Session</name>
    <message numerus="yes">
        <source>An open transaction with %n statements reserves this connection.</source>
        <translation>
            <numerusform>An open transaction with %n statement reserves this connection.</numerusform>
            <numerusform>An open transaction with %n statements reserves this connection.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 rows would have changed, not exactly %2.</source>
        <translation>
            <numerusform>%1 row would have changed, not exactly %2.</numerusform>
            <numerusform>%1 rows would have changed, not exactly %2.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>core::SessionControl</name>
    <message numerus="yes">
        <source>%n sessions wait behind it and go on then.</source>
        <translation>
            <numerusform>%n session waits behind it and goes on then.</numerusform>
            <numerusform>%n sessions wait behind it and go on then.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>core::TableFormatter</name>
    <message numerus="yes">
        <source>(%n rows)</source>
        <translation>
            <numerusform>(%n row)</numerusform>
            <numerusform>(%n rows)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>core::WritePlan</name>
    <message numerus="yes">
        <source>%1 numbers of rows are expected, and %2 statements are an INSERT, UPDATE, DELETE or MERGE.</source>
        <translation>
            <numerusform>%1 number of rows is expected, and %2 statements are an INSERT, UPDATE, DELETE or MERGE.</numerusform>
            <numerusform>%1 numbers of rows are expected, and %2 statements are an INSERT, UPDATE, DELETE or MERGE.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>core::WriteSwitch</name>
    <message numerus="yes">
        <source>“%1” at %2 is production. To allow writing for %n minutes, type the database&apos;s name.</source>
        <translation>
            <numerusform>“%1” at %2 is production. To allow writing for %n minute, type the database&apos;s name.</numerusform>
            <numerusform>“%1” at %2 is production. To allow writing for %n minutes, type the database&apos;s name.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>core::sizeText</name>
    <message numerus="yes">
        <source>%n bytes</source>
        <translation>
            <numerusform>%n byte</numerusform>
            <numerusform>%n bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::BudgetBar</name>
    <message numerus="yes">
        <source>Only %n connections are left</source>
        <translation>
            <numerusform>Only %n connection is left</numerusform>
            <numerusform>Only %n connections are left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ColumnPage</name>
    <message numerus="yes">
        <source>%n more tables</source>
        <translation>
            <numerusform>%n more table</numerusform>
            <numerusform>%n more tables</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::DependentsPane</name>
    <message numerus="yes">
        <source>%n objects</source>
        <translation>
            <numerusform>%n object</numerusform>
            <numerusform>%n objects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>more than %n objects</source>
        <translation>
            <numerusform>more than %n object</numerusform>
            <numerusform>more than %n objects</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::DiagramFindBar</name>
    <message numerus="yes">
        <source>%n tables</source>
        <translation>
            <numerusform>%n table</numerusform>
            <numerusform>%n tables</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::DoctorPane</name>
    <message numerus="yes">
        <source>%n checks are fine</source>
        <translation>
            <numerusform>%n check is fine</numerusform>
            <numerusform>%n checks are fine</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n checks that are fine</source>
        <translation>
            <numerusform>Show %n check that is fine</numerusform>
            <numerusform>Show %n checks that are fine</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ColumnPage</name>
    <message numerus="yes">
        <source>%n more tables</source>
        <translation>
            <numerusform>%n more table</numerusform>
            <numerusform>%n more tables</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::EditorFindBar</name>
    <message numerus="yes">
        <source>%n matches</source>
        <translation>
            <numerusform>%n match</numerusform>
            <numerusform>%n matches</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ExportSheet</name>
    <message numerus="yes">
        <source>%1 rows. %2</source>
        <extracomment>An estimate, &quot;≈ 80,000 rows.&quot;, then a sentence</extracomment>
        <translation>
            <numerusform>%1 row. %2</numerusform>
            <numerusform>%1 rows. %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::FindBar</name>
    <message numerus="yes">
        <source>%1 matches</source>
        <translation>
            <numerusform>%1 match</numerusform>
            <numerusform>%1 matches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Looking, %1 rows so far</source>
        <translation>
            <numerusform>Looking, %1 row so far</numerusform>
            <numerusform>Looking, %1 rows so far</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In all %1 rows</source>
        <translation>
            <numerusform>In %1 row</numerusform>
            <numerusform>In all %1 rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In the %1 rows that are loaded here</source>
        <translation>
            <numerusform>In the %1 row that is loaded here</numerusform>
            <numerusform>In the %1 rows that are loaded here</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::Format</name>
    <message numerus="yes">
        <source>%n bytes</source>
        <translation>
            <numerusform>%n byte</numerusform>
            <numerusform>%n bytes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 rows</source>
        <translation>
            <numerusform>%1 row</numerusform>
            <numerusform>%1 rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 columns</source>
        <translation>
            <numerusform>%1 column</numerusform>
            <numerusform>%1 columns</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::GridCopier</name>
    <message numerus="yes">
        <source>Of %1 long values only the beginning: it is all that was read.</source>
        <translation>
            <numerusform>Of %1 long value only the beginning: it is all that was read.</numerusform>
            <numerusform>Of %1 long values only the beginning: it is all that was read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::GridFooter</name>
    <message numerus="yes">
        <source>%1 cells of %2 selected</source>
        <translation>
            <numerusform>%1 cell of %2 selected</numerusform>
            <numerusform>%1 cells of %2 selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::GuardSheet</name>
    <message numerus="yes">
        <source>Run %n statements</source>
        <translation>
            <numerusform>Run %n statement</numerusform>
            <numerusform>Run %n statements</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Update %1 rows</source>
        <translation>
            <numerusform>Update %1 row</numerusform>
            <numerusform>Update %1 rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %1 rows</source>
        <translation>
            <numerusform>Delete %1 row</numerusform>
            <numerusform>Delete %1 rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Truncate %n tables</source>
        <translation>
            <numerusform>Truncate %n table</numerusform>
            <numerusform>Truncate %n tables</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Drop %n tables</source>
        <translation>
            <numerusform>Drop %n table</numerusform>
            <numerusform>Drop %n tables</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Drop %n schemas</source>
        <translation>
            <numerusform>Drop %n schema</numerusform>
            <numerusform>Drop %n schemas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n triggers will fire</source>
        <translation>
            <numerusform>%n trigger will fire</numerusform>
            <numerusform>%n triggers will fire</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tables and views in it</source>
        <translation>
            <numerusform>%n table or view in it</numerusform>
            <numerusform>%n tables and views in it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 rows</source>
        <translation>
            <numerusform>%1 row</numerusform>
            <numerusform>%1 rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stays in the transaction only if exactly %1 rows change.</source>
        <translation>
            <numerusform>Stays in the transaction only if exactly %1 row changes.</numerusform>
            <numerusform>Stays in the transaction only if exactly %1 rows change.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Commits only if exactly %1 rows change.</source>
        <translation>
            <numerusform>Commits only if exactly %1 row changes.</numerusform>
            <numerusform>Commits only if exactly %1 rows change.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::MainWindow</name>
    <message numerus="yes">
        <source>Stop %n running jobs?</source>
        <translation>
            <numerusform>Stop %n running job?</numerusform>
            <numerusform>Stop %n running jobs?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>files only, %n addresses found, none contacted</source>
        <translation>
            <numerusform>files only, %n address found, not contacted</numerusform>
            <numerusform>files only, %n addresses found, none contacted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Committed: %n statements.</source>
        <translation>
            <numerusform>Committed: %n statement.</numerusform>
            <numerusform>Committed: %n statements.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ObjectPages</name>
    <message numerus="yes">
        <source>%n more columns</source>
        <translation>
            <numerusform>%n more column</numerusform>
            <numerusform>%n more columns</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ProjectTab</name>
    <message numerus="yes">
        <source>%n databases</source>
        <translation>
            <numerusform>%n database</numerusform>
            <numerusform>%n databases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n addresses</source>
        <translation>
            <numerusform>%n address</numerusform>
            <numerusform>%n addresses</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more to look at</source>
        <translation>
            <numerusform>%n more to look at</numerusform>
            <numerusform>%n more to look at</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n variables of this process are listed, not used.</source>
        <translation>
            <numerusform>%n variable of this process is listed, not used.</numerusform>
            <numerusform>%n variables of this process are listed, not used.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::RelationsTab</name>
    <message numerus="yes">
        <source>%n tables are too many to read</source>
        <translation>
            <numerusform>%n table is too many to read</numerusform>
            <numerusform>%n tables are too many to read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n tables in %2</source>
        <translation>
            <numerusform>%1 of %n table in %2</numerusform>
            <numerusform>%1 of %n tables in %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n foreign keys</source>
        <translation>
            <numerusform>%n foreign key</numerusform>
            <numerusform>%n foreign keys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::SessionPanel</name>
    <message numerus="yes">
        <source>blocks %n sessions</source>
        <translation>
            <numerusform>blocks %n session</numerusform>
            <numerusform>blocks %n sessions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::StatusStrip</name>
    <message numerus="yes">
        <source>%n problems</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running jobs</source>
        <translation>
            <numerusform>%n running job</numerusform>
            <numerusform>%n running jobs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::TableChooser</name>
    <message numerus="yes">
        <source>%1, %n foreign keys</source>
        <translation>
            <numerusform>%1, %n foreign key</numerusform>
            <numerusform>%1, %n foreign keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Draw %n tables</source>
        <translation>
            <numerusform>Draw %n table</numerusform>
            <numerusform>Draw %n tables</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::Transactions</name>
    <message numerus="yes">
        <source>Open: %n statements, %1</source>
        <translation>
            <numerusform>Open: %n statement, %1</numerusform>
            <numerusform>Open: %n statements, %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::WriteControl</name>
    <message numerus="yes">
        <source>It ends by itself after %n minutes, and when the project is closed.</source>
        <translation>
            <numerusform>It ends by itself after %n minute, and when the project is closed.</numerusform>
            <numerusform>It ends by itself after %n minutes, and when the project is closed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::StatusStrip</name>
    <message numerus="yes">
        <source>%n problems</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running jobs</source>
        <translation>
            <numerusform>%n running job</numerusform>
            <numerusform>%n running jobs</numerusform>
        </translation>
    </message>
</context>
</TS>
