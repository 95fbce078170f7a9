// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/object/definitionpane.h"

#include "ui/common/button.h"
#include "ui/common/labels.h"
#include "ui/object/codeview.h"
#include "ui/object/objectwords.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int left = 16;
constexpr int right = 8;
constexpr int spacing = 4;

} // namespace

DefinitionPane::DefinitionPane(HighlighterLoader &highlighters, QWidget *parent)
    : QWidget(parent)
    , m_title(headingLabel(tr("Definition"), this))
    , m_copy(new Button(u"copy"_s, tr("Copy"), Button::Kind::Flat, this))
    , m_open(new Button(u"sql"_s, tr("Open in editor"), Button::Kind::Flat, this))
    , m_words(new TextLabel(QString(), TextRole::Body, Ink::Text2, this))
    , m_code(new CodeView(highlighters, this))
{
    setObjectName(u"object.definition"_s);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_copy->setObjectName(u"object.copyDefinition"_s);
    m_copy->setAccessibleName(tr("Copy the definition"));
    m_open->setObjectName(u"object.editDefinition"_s);
    m_words->setObjectName(u"object.definitionWords"_s);
    m_words->makeParagraph();
    m_words->hide();
    m_code->setObjectName(u"object.code"_s);
    m_code->setAccessibleName(tr("Definition"));
    auto *head = new QHBoxLayout;
    head->setSpacing(spacing);
    head->addWidget(m_title);
    head->addStretch();
    head->addWidget(m_copy);
    head->addWidget(m_open);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(left, 6, right, 8);
    column->setSpacing(6);
    column->addLayout(head);
    column->addWidget(m_words);
    column->addWidget(m_code, 1);
    connect(m_copy, &QAbstractButton::clicked, this,
            [this] { QApplication::clipboard()->setText(m_ddl); });
    connect(m_open, &QAbstractButton::clicked, this, [this] { emit editorWanted(m_ddl); });
    setLoading();
}

/// Words give way to the room there is: the longer ones first.
void DefinitionPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const int room = width() - left - right - m_title->sizeHint().width() - 3 * spacing;
    const int both = m_copy->fullWidth() + m_open->fullWidth();
    m_open->setWordsHidden(both > room);
    m_copy->setWordsHidden(m_copy->fullWidth() + m_open->height() > room);
}

/// What is shown stays until the new text is here.
void DefinitionPane::setLoading()
{
    m_copy->setEnabled(!m_ddl.isEmpty());
    m_open->setEnabled(!m_ddl.isEmpty());
}

void DefinitionPane::setDdl(const core::Result<QString> &ddl)
{
    m_ddl = ddl.value_or(QString());
    m_words->setText(ddl ? QString() : errorWords(ddl.error()));
    m_words->setVisible(!ddl);
    m_code->setVisible(ddl.has_value());
    m_code->setCode(m_ddl);
    setLoading();
}

} // namespace ui
