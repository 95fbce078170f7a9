// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/diagram/diagramfindbar.h"

#include "ui/common/labels.h"
#include "ui/common/searchfield.h"
#include "ui/diagram/diagramcanvas.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

DiagramFindBar::DiagramFindBar(DiagramCanvas &canvas, QWidget *parent)
    : FindStrip(parent)
    , m_canvas(canvas)
    , m_field(new SearchField(tr("Find a table or column"), this))
    , m_count(new TextLabel(QString(), TextRole::Caption, Ink::Text2, this))
{
    m_field->setAccessibleName(tr("Find a table or column"));
    buildRow(u"relations"_s, m_field, m_count);
    connect(m_field, &QLineEdit::textEdited, this, [this] {
        search();
        if (!m_found.empty())
            m_canvas.setCurrent(m_found.front());
        showCount();
    });
    connect(&m_canvas, &DiagramCanvas::currentChanged, this, &DiagramFindBar::showCount);
}

void DiagramFindBar::open()
{
    show();
    m_field->setFocus();
    m_field->selectAll();
    searchAgain();
}

void DiagramFindBar::leave()
{
    hide();
    m_canvas.setFocus();
}

void DiagramFindBar::searchAgain()
{
    if (isHidden())
        return;
    search();
    showCount();
}

void DiagramFindBar::search()
{
    m_found.clear();
    const QString text = m_field->text();
    const auto &tables = m_canvas.graph().tables;
    for (int i = 0; !text.isEmpty() && i < int(tables.size()); ++i) {
        const core::DiagramTable &table = tables[std::size_t(i)];
        const auto fits = [&text](const QString &name) {
            return name.contains(text, Qt::CaseInsensitive);
        };
        if (fits(table.qualifiedName)
            || std::ranges::any_of(table.columns, fits, &core::DiagramColumn::name))
            m_found.push_back(i);
    }
    m_canvas.setFound({m_found.begin(), m_found.end()});
    m_field->setError(m_found.empty() && !text.isEmpty() ? tr("No table or column has that name")
                                                         : QString());
}

void DiagramFindBar::next(bool backwards)
{
    if (m_field->text().isEmpty() || isHidden())
        return open();
    if (m_found.empty())
        return;
    const int current = m_canvas.current();
    auto at = backwards ? std::ranges::lower_bound(m_found, current)
                        : std::ranges::upper_bound(m_found, current);
    if (backwards)
        at = at == m_found.begin() ? m_found.end() - 1 : at - 1;
    else if (at == m_found.end())
        at = m_found.begin();
    m_canvas.setCurrent(*at);
}

void DiagramFindBar::showCount()
{
    const auto at = std::ranges::find(m_found, m_canvas.current());
    m_count->setText(m_field->text().isEmpty() ? QString()
                     : at == m_found.end()
                         ? tr("%n tables", nullptr, int(m_found.size()))
                         : tr("%1 of %2").arg(at - m_found.begin() + 1).arg(m_found.size()));
}

void DiagramFindBar::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_canvas.setFound({});
}

} // namespace ui
