// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagram/diagramsvg.h"

#include "core/catalog/treemodel.h"
#include "core/diagram/diagrammarks.h"

#include <QCoreApplication>

#include <cmath>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr double cardRadius = 4;
constexpr double lineRadius = 6;
constexpr double side = 11;      // from the card's edge to the symbols
constexpr double nameLeft = 29;  // from the card's edge to the names
constexpr double textRight = 11; // from the types to the card's other edge

QString tr(const char *text)
{
    return QCoreApplication::translate("core::Diagram", text);
}

// The bundled symbols, 16 px, one line.
constexpr auto symbols = R"(<defs>
<g id="table" fill="none" stroke-width="1.2" stroke-linecap="round" stroke-linejoin="round"><rect x="2.5" y="3" width="11" height="10" rx="1"/><path d="M2.5 6.5h11M6.5 6.5V13"/></g>
<g id="partitioned" fill="none" stroke-width="1.2" stroke-linecap="round" stroke-linejoin="round"><rect x="2.5" y="5" width="9" height="8" rx="1"/><path d="M2.5 8h9M5 3h8.5v8"/></g>
<g id="primary" fill="none" stroke-width="1.2" stroke-linecap="round" stroke-linejoin="round"><circle cx="4.6" cy="8" r="3"/><path d="M7.6 8h6.8M11 8v3M14.4 8v2.6"/></g>
<g id="foreign" fill="none" stroke-width="1.2" stroke-linecap="round" stroke-linejoin="round"><path d="M6.5 4.5h-2a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h6a1 1 0 0 0 1-1v-2M9 3h4v4M13 3 7.5 8.5"/></g>
</defs>
)"_L1;

/// Not of XML 1.0, or of those that turn what follows.
bool isUnfit(char16_t unit)
{
    return unit < 0x20 || (unit >= 0x7f && unit < 0xa0) || unit == 0x61c || unit == 0x200e
           || unit == 0x200f || (unit >= 0x2028 && unit <= 0x202e)
           || (unit >= 0x2066 && unit <= 0x2069) || unit == 0xfffe || unit == 0xffff;
}

/// One that is about twice as wide as a Latin letter.
bool isWide(QChar unit)
{
    return unit.unicode() >= 0x1100
           && (unit.isSurrogate() || unit.unicode() >= 0x2e80
               || (unit.unicode() >= 0x1100 && unit.unicode() < 0x1200));
}

QString guessElided(const QString &text, double width, double fontSize)
{
    double used = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        used += fontSize * (isWide(text[i]) ? (text[i].isSurrogate() ? 0.55 : 1.05) : 0.57);
        if (used > width) {
            qsizetype end = qMax(qsizetype(0), i - 2);
            if (end > 0 && text[end - 1].isHighSurrogate())
                --end;
            return text.first(end) + u'…';
        }
    }
    return text;
}

QString number(double value)
{
    return QString::number(std::round(value * 100) / 100);
}

class Writer
{
public:
    Writer(const DiagramMetrics &metrics, const DiagramLook &look, const Elider &elide)
        : m_metrics(metrics)
        , m_look(look)
        , m_elide(elide)
    {
    }

    QByteArray write(const DiagramGraph &graph, const DiagramLayout &layout)
    {
        const QRectF &all = layout.bounds;
        m_svg += uR"(<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="%1" height="%2" viewBox="%3 %4 %1 %2" font-family="%5" font-size="%6">
)"_s.arg(number(all.width()), number(all.height()), number(all.x()), number(all.y()),
         m_look.family.toHtmlEscaped(), number(m_look.fontSize));
        m_svg += u"<title>"_s + tr("Relations").toHtmlEscaped() + u"</title>\n"_s;
        m_svg += symbols;
        m_svg += uR"(<rect x="%1" y="%2" width="%3" height="%4" fill="%5"/>)"_s.arg(
                     number(all.x()), number(all.y()), number(all.width()), number(all.height()),
                     m_look.canvas)
                 + u'\n';
        m_svg += uR"(<g fill="none" stroke="%1">)"_s.arg(m_look.line) + u'\n';
        for (std::size_t i = 0; i < graph.keys.size(); ++i)
            line(graph.keys[i], layout.routes[i]);
        m_svg += "</g>\n"_L1;
        for (std::size_t i = 0; i < graph.tables.size(); ++i)
            card(graph.tables[i], layout.cards[i]);
        m_svg += "</svg>\n"_L1;
        return m_svg.toUtf8();
    }

private:
    [[nodiscard]] QString fitted(const QString &name, double width, bool heading) const
    {
        const QString shown = shownName(name);
        return m_elide ? m_elide(shown, width, heading)
                       : guessElided(shown, width, m_look.fontSize * (heading ? 1.06 : 1));
    }

    void text(double x, double baseline, const QString &words, const QString &colour,
              const char *more = "")
    {
        if (words.isEmpty())
            return;
        m_svg += uR"(<text x="%1" y="%2" fill="%3" xml:space="preserve"%4>)"_s.arg(
                     number(x), number(baseline), colour, QLatin1StringView(more))
                 + words.toHtmlEscaped() + u"</text>\n"_s;
    }

    void symbol(const char *id, double x, double middle, const QString &colour)
    {
        m_svg += uR"(<use href="#%1" x="%2" y="%3" stroke="%4"/>)"_s.arg(
                     QLatin1StringView(id), number(x), number(middle - 8), colour)
                 + u'\n';
    }

    void line(const DiagramKey &key, const DiagramRoute &route)
    {
        if (route.points.size() < 2)
            return;
        QString path =
            u"M%1 %2"_s.arg(number(route.points.first().x()), number(route.points.first().y()));
        for (const DiagramStep &step : roundedSteps(route.points, lineRadius)) {
            path += step.round
                        ? u"Q%1 %2 %3 %4"_s.arg(number(step.corner.x()), number(step.corner.y()),
                                                number(step.to.x()), number(step.to.y()))
                        : u"L%1 %2"_s.arg(number(step.to.x()), number(step.to.y()));
        }
        const DiagramMarks marks = marksOf(key, route, m_metrics);
        for (const QLineF &stroke : marks.strokes)
            path += u"M%1 %2L%3 %4"_s.arg(number(stroke.x1()), number(stroke.y1()),
                                          number(stroke.x2()), number(stroke.y2()));
        m_svg += "<g><title>"_L1
                 + shownName(u"%1: %2 (%3) → %4 (%5), %6"_s.arg(
                                 key.fact.name, key.fact.fromName,
                                 key.fact.fromColumns.join(u", "_s), key.fact.toName,
                                 key.fact.toColumns.join(u", "_s), relationWords(key.fact)))
                       .toHtmlEscaped()
                 + "</title><path d=\""_L1 + path + u'"'
                 + (key.fact.validated ? QString() : u" stroke-dasharray=\"4 3\""_s) + "/>"_L1;
        for (const QPointF &ring : marks.rings)
            m_svg += uR"(<circle cx="%1" cy="%2" r="%3" fill="%4"/>)"_s.arg(
                number(ring.x()), number(ring.y()), number(ringRadius * m_metrics.rowHeight / 24),
                m_look.canvas);
        m_svg += "</g>\n"_L1;
    }

    void card(const DiagramTable &table, const QRectF &rect)
    {
        const double middle = rect.y() + m_metrics.headerHeight / 2;
        const double drop = m_look.fontSize * 0.36; // from a line's middle to its baseline
        m_svg += "<g><title>"_L1 + shownName(table.qualifiedName).toHtmlEscaped() + "</title>\n"_L1;
        m_svg +=
            uR"(<rect x="%1" y="%2" width="%3" height="%4" rx="%5" fill="%6" stroke="%7"/>)"_s.arg(
                number(rect.x()), number(rect.y()), number(rect.width()), number(rect.height()),
                number(cardRadius), m_look.card, m_look.edge)
            + u'\n';
        header(rect, table.rowCount() > 0);
        symbol(table.kind == RelationKind::PartitionedTable ? "partitioned" : "table",
               rect.x() + side - 2, middle, m_look.text2);
        const QString rows = approximateCount(table.rows);
        const double factWidth = double(rows.size()) * m_look.fontSize * 0.5;
        text(rect.x() + nameLeft + 2, middle + drop,
             fitted(table.name, rect.width() - nameLeft - textRight - factWidth - 8, true),
             m_look.text, " font-weight=\"600\"");
        text(rect.right() - textRight, middle + drop, rows, m_look.text2,
             " text-anchor=\"end\" font-size=\"0.85em\"");
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            row(table.columns[i], rect, rect.y() + m_metrics.rowCentre(int(i)), drop);
        if (table.more > 0)
            text(rect.x() + nameLeft,
                 rect.y() + m_metrics.rowCentre(int(table.columns.size())) + drop,
                 tr("+ %1 more").arg(table.more), m_look.text2);
        m_svg += "</g>\n"_L1;
    }

    /// Its corners above are the card's.
    void header(const QRectF &rect, bool hasRows)
    {
        const double bottom = rect.y() + m_metrics.headerHeight;
        if (!hasRows)
            return;
        m_svg +=
            uR"(<path d="M%1 %2V%3a%4 %4 0 0 1 %4 -%4H%5a%4 %4 0 0 1 %4 %4V%2Z" fill="%6" stroke="%7"/>)"_s
                .arg(number(rect.x()), number(bottom), number(rect.y() + cardRadius),
                     number(cardRadius), number(rect.right() - cardRadius), m_look.header,
                     m_look.edge)
            + u'\n';
    }

    void row(const DiagramColumn &column, const QRectF &rect, double middle, double drop)
    {
        if (column.primary || column.reference)
            symbol(column.primary ? "primary" : "foreign", rect.x() + side - 2, middle,
                   column.primary ? m_look.text2 : m_look.accent);
        const double room = rect.width() - nameLeft - textRight - 8;
        const QString type = fitted(column.type, room * 0.45, false);
        const double typeWidth = qMin(room * 0.45, double(type.size()) * m_look.fontSize * 0.5);
        text(rect.x() + nameLeft, middle + drop, fitted(column.name, room - typeWidth, false),
             m_look.text);
        text(rect.right() - textRight, middle + drop, type, m_look.text3,
             " text-anchor=\"end\" font-size=\"0.85em\"");
    }

    const DiagramMetrics &m_metrics;
    const DiagramLook &m_look;
    const Elider &m_elide;
    QString m_svg;
};

} // namespace

QString shownName(const QString &name)
{
    QString shown = name;
    for (qsizetype i = 0; i < shown.size(); ++i) {
        const char16_t unit = shown[i].unicode();
        const bool pair =
            shown[i].isHighSurrogate() && i + 1 < shown.size() && shown[i + 1].isLowSurrogate();
        if (pair)
            ++i;
        else if (isUnfit(unit) || shown[i].isSurrogate())
            shown[i] = QChar::ReplacementCharacter;
    }
    return shown;
}

QByteArray diagramSvg(const DiagramGraph &graph, const DiagramLayout &layout,
                      const DiagramMetrics &metrics, const DiagramLook &look, const Elider &elide)
{
    return Writer(metrics, look, elide).write(graph, layout);
}

} // namespace core
