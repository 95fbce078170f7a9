// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/run/report.h"

#include "core/base/atomicfile.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace bench {

namespace {

using Bound = FigureKind::Bound;

QString number(double value, const FigureKind &kind)
{
    return u"%1 %2"_s.arg(QString::number(value, 'f', kind.decimals),
                          QString::fromLatin1(kind.unit));
}

QString target(const FigureKind &kind)
{
    if (kind.bound == Bound::None)
        return {};
    return (kind.bound == Bound::Below ? u"< "_s : u"<= "_s) + number(kind.limit, kind);
}

QString verdict(const Figure &figure)
{
    if (figure.kind->bound == Bound::None)
        return {};
    return figure.isMet() ? u"met"_s : u"MISSED"_s;
}

QString line(const QString &name, const QString &value, const QString &limit, const QString &met,
             const QString &meaning)
{
    return u"%1  %2  %3  %4  %5\n"_s.arg(name, -22).arg(value, 11).arg(limit, 11).arg(met, -6).arg(
        meaning);
}

QJsonObject toJson(const Figure &figure)
{
    const FigureKind &kind = *figure.kind;
    const bool judged = kind.bound != Bound::None;
    return {{u"name"_s, QString::fromLatin1(kind.name)},
            {u"value"_s, figure.value},
            {u"unit"_s, QString::fromLatin1(kind.unit)},
            {u"target"_s, judged ? QJsonValue(target(kind)) : QJsonValue()},
            {u"met"_s, judged ? QJsonValue(figure.isMet()) : QJsonValue()},
            {u"meaning"_s, QString::fromLatin1(kind.meaning)},
            {u"details"_s, figure.details}};
}

} // namespace

QString tableOf(const Figures &figures)
{
    QString text = line(u"figure"_s, u"measured"_s, u"target"_s, u""_s, u"what it is"_s);
    QString group;
    for (const Figure &figure : figures) {
        if (std::exchange(group, figure.kind->group()) != figure.kind->group())
            text += u'\n';
        text +=
            line(QString::fromLatin1(figure.kind->name), number(figure.value, *figure.kind),
                 target(*figure.kind), verdict(figure), QString::fromLatin1(figure.kind->meaning));
    }
    return text;
}

core::Result<> writeJson(const QString &path, const Figures &figures, const QJsonObject &facts)
{
    QJsonArray list;
    for (const Figure &figure : figures)
        list.append(toJson(figure));
    QJsonObject all = facts;
    all[u"version"_s] = 1;
    all[u"figures"_s] = list;
    return core::writeFileAtomically(path, QJsonDocument(all).toJson());
}

} // namespace bench
