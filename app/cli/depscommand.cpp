// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/depscommand.h"

#include "core/catalog/objectinfo.h"
#include "core/ddl/ddlname.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

QString kindName(core::ObjectKind kind)
{
    return QString::fromUtf8(core::objectKindName(kind));
}

/// A name with control characters stays on its line.
QString onLine(const QString &text)
{
    QString shown;
    for (const QChar letter : text) {
        if (letter.category() == QChar::Other_Control)
            shown += u"\\u%1"_s.arg(int(letter.unicode()), 4, 16, QChar(u'0'));
        else
            shown += letter;
    }
    return shown;
}

QString qualified(const core::Dependent &dependent)
{
    return dependent.schema.isEmpty() ? dependent.name : dependent.schema + u'.' + dependent.name;
}

QJsonObject toJson(const core::Dependents &dependents)
{
    QJsonArray list;
    for (const core::Dependent &dependent : dependents.list) {
        QJsonObject one{{u"kind"_s, kindName(dependent.kind)},
                        {u"name"_s, dependent.name},
                        {u"how"_s, core::dependencyText(dependent)},
                        {u"dropped"_s, dependent.goes}};
        if (!dependent.schema.isEmpty())
            one.insert(u"schema"_s, dependent.schema);
        if (!dependent.part.isEmpty())
            one.insert(u"part"_s, dependent.part);
        if (!dependent.columns.isEmpty())
            one.insert(u"columns"_s, QJsonArray::fromStringList(dependent.columns));
        if (!dependent.via.isEmpty())
            one.insert(u"via"_s, dependent.via);
        if (dependent.how == core::Dependent::How::Text)
            one.insert(u"byText"_s, true);
        list.append(one);
    }
    return {{u"object"_s, dependents.identity},
            {u"dependents"_s, list},
            {u"complete"_s, dependents.complete}};
}

QString toText(const core::Dependents &dependents)
{
    qsizetype kindWidth = 0;
    qsizetype nameWidth = 0;
    for (const core::Dependent &dependent : dependents.list) {
        kindWidth = std::max(kindWidth, kindName(dependent.kind).size());
        nameWidth = std::max(nameWidth, onLine(qualified(dependent)).size());
    }
    QString text;
    for (const core::Dependent &dependent : dependents.list) {
        QString how = core::dependencyText(dependent);
        if (dependent.how == core::Dependent::How::Text)
            how = DepsCommand::tr("%1, by its text").arg(how);
        text += kindName(dependent.kind).leftJustified(kindWidth) + u"  "_s
                + onLine(qualified(dependent)).leftJustified(nameWidth) + u"  "_s + onLine(how)
                + u'\n';
    }
    return text;
}

} // namespace

void DepsCommand::runWith(core::SessionThread &session, const core::CatalogPtr &catalog)
{
    const QString name = arguments().operands.first();
    const QString kind = arguments().value(u"kind"_s).value_or(QString());
    const auto relation = catalog->resolve(name);
    if (relation && kind.isEmpty())
        return show(session, {core::classCatalog, *relation});
    // Not a relation: the server knows the other kinds, or that there is none.
    core::findDdlObject(session, name, kind)
        .then(this, [this, &session, relation](const core::Result<core::ObjectId> &found) {
            if (found)
                show(session, *found);
            else // similar names may be what was meant
                fail(found.error().id == "object.missing" && !relation ? relation.error()
                                                                       : found.error());
        });
}

void DepsCommand::show(core::SessionThread &session, core::ObjectId object)
{
    core::loadDependents(session, object)
        .then(this, [this](const core::Result<core::Dependents> &dependents) {
            if (!dependents)
                return fail(dependents.error());
            if (wantsJson())
                printJson(toJson(*dependents));
            else
                print(toText(*dependents));
            if (dependents->list.empty())
                say(tr("Nothing depends on %1.").arg(dependents->identity) + u'\n');
            else if (!dependents->complete)
                say(tr("There are more; only the first are shown.") + u'\n');
            done();
        });
}

} // namespace cli
