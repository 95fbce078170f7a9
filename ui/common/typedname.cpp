// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/typedname.h"

#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"

#include <QHBoxLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace ui {

TypedName::TypedName(const QString &name, const QString &area, QWidget *parent)
    : QWidget(parent)
    , m_name(name)
    , m_field(new QLineEdit(this))
{
    setObjectName(area + u".typedName"_s);
    m_field->setObjectName(area + u".name"_s);
    m_field->setAccessibleName(tr("Type %1 to go on").arg(isolated(name)));
    m_field->setFont(ui::font(TextRole::Mono));
    m_field->setFixedWidth(grown(220));
    setFocusProxy(m_field);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 4, 0, 4);
    row->setSpacing(8);
    //: Before a name in the monospace font and the words "to go on"
    row->addWidget(new TextLabel(tr("Type"), TextRole::Body, Ink::Text, this));
    auto *shown = new ElidedLabel(oneLine(name), TextRole::Mono, Ink::Text, this);
    row->addWidget(shown, 0);
    //: After a name in the monospace font
    row->addWidget(new TextLabel(tr("to go on"), TextRole::Body, Ink::Text, this));
    row->addWidget(m_field);
    row->addStretch(1);
    connect(m_field, &QLineEdit::textChanged, this, [this] {
        if (m_matched == matches())
            return;
        m_matched = matches();
        emit matchChanged(m_matched);
    });
    connect(m_field, &QLineEdit::returnPressed, this, [this] {
        if (m_next && matches())
            m_next->setFocus(Qt::TabFocusReason);
    });
}

QString TypedName::typed() const
{
    return m_field->text();
}

bool TypedName::matches() const
{
    return m_field->text() == m_name || m_field->text().trimmed() == m_name;
}

} // namespace ui
