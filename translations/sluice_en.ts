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
    <name>core::Project</name>
    <message numerus="yes">
        <source>git would commit %1, which holds %n passwords.</source>
        <translation>
            <numerusform>git would commit %1, which holds a password.</numerusform>
            <numerusform>git would commit %1, which holds %n passwords.</numerusform>
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
</context>
</TS>
