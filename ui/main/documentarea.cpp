// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/documentarea.h"

#include "ui/common/button.h"
#include "ui/common/document.h"
#include "ui/common/icons.h"
#include "ui/common/paint.h"
#include "ui/common/tabbar.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace ui {

DocumentArea::DocumentArea(QWidget *parent)
    : QWidget(parent)
    , m_bar(new QWidget(this))
    , m_tabs(new TabBar(m_bar))
    , m_new(Button::iconOnly(u"add"_s, tr("New SQL editor"), m_bar))
    , m_stack(new QStackedWidget(this))
{
    setObjectName(u"documents"_s);
    m_tabs->setObjectName(u"documents.tabs"_s);
    m_tabs->setAccessibleName(tr("Open tabs"));
    m_tabs->setMovable(true);
    m_tabs->setContextMenuPolicy(Qt::CustomContextMenu);
    m_new->setObjectName(u"documents.new"_s);
    m_stack->setObjectName(u"documents.stack"_s);

    auto *row = new QHBoxLayout(m_bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_tabs);
    row->addWidget(m_new);
    row->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addWidget(m_stack, 1);
    m_bar->hide();

    connect(m_tabs, &QTabBar::currentChanged, this, &DocumentArea::currentTabChanged);
    connect(m_tabs, &QTabBar::tabMoved, this,
            [this](int from, int to) { m_documents.move(from, to); });
    connect(m_tabs, &TabBar::closeWanted, this,
            [this](int index) { emit closeWanted(m_documents.value(index)); });
    connect(m_tabs, &QWidget::customContextMenuRequested, this, [this](const QPoint &at) {
        const int index = m_tabs->tabAt(at);
        if (index >= 0)
            emit menuWanted(m_documents[index], m_tabs->mapToGlobal(at));
    });
    connect(m_new, &QAbstractButton::clicked, this, &DocumentArea::newWanted);
}

void DocumentArea::setEmptyPage(QWidget *page)
{
    m_emptyPage = page;
    m_stack->addWidget(page);
    if (m_documents.isEmpty())
        m_stack->setCurrentWidget(page);
}

void DocumentArea::setNotes(QWidget *notes)
{
    static_cast<QVBoxLayout *>(layout())->insertWidget(1, notes);
}

void DocumentArea::add(Document *document, bool makeCurrent, int at)
{
    const int index = at < 0 || at > m_documents.size() ? int(m_documents.size()) : at;
    m_documents.insert(index, document);
    m_stack->addWidget(document);
    {
        // Tabs before the current one push it along, which is no change of what is in front.
        const QSignalBlocker quiet(m_tabs);
        m_tabs->insertTab(index, QString());
    }
    dress(index);
    connect(document, &Document::changed, this, [this, document] { dress(indexOf(document)); });
    if (!m_page)
        m_bar->show();
    if (makeCurrent || m_documents.size() == 1) {
        m_tabs->setCurrentIndex(index);
        currentTabChanged(
            index); // the first tab becomes current without a signal that finds its document
    }
}

void DocumentArea::dress(int index)
{
    if (index < 0)
        return;
    const Document *document = m_documents[index];
    m_tabs->setTabText(index, document->title().replace(u'&', "&&"_L1));
    m_tabs->setTabIcon(index, icon(document->iconName()));
    m_tabs->setTabToolTip(index, document->description());
    m_tabs->setTabUnsaved(index, document->isUnsaved());
}

Document *DocumentArea::current() const
{
    return m_page ? nullptr : m_documents.value(m_tabs->currentIndex());
}

QList<Document *> DocumentArea::documents() const
{
    return m_documents;
}

Document *DocumentArea::find(const QString &key) const
{
    for (Document *document : m_documents) {
        if (document->key() == key)
            return document;
    }
    return nullptr;
}

int DocumentArea::indexOf(const Document *document) const
{
    return int(m_documents.indexOf(const_cast<Document *>(document)));
}

void DocumentArea::makeCurrent(Document *document)
{
    m_tabs->setCurrentIndex(indexOf(document));
}

void DocumentArea::step(int by)
{
    const int count = m_tabs->count();
    if (count > 1)
        m_tabs->setCurrentIndex((m_tabs->currentIndex() + by + count) % count);
}

void DocumentArea::close(Document *document)
{
    const int index = indexOf(document);
    if (index < 0)
        return;
    const bool hadFocus = document->isAncestorOf(focusWidget());
    m_documents.removeAt(
        index); // before the tab goes, so that the change of the current tab finds the right one
    m_stack->removeWidget(document);
    document->hide();
    m_tabs->removeTab(index);
    document->deleteLater();
    currentTabChanged(m_tabs->currentIndex());
    if (hadFocus && current())
        current()->setFocus();
}

void DocumentArea::currentTabChanged(int index)
{
    if (index >= m_documents.size())
        return; // a tab that is just being removed
    Document *document = m_documents.value(index);
    m_bar->setVisible(!m_documents.isEmpty() && !m_page);
    if (!m_page) {
        if (document)
            m_stack->setCurrentWidget(document);
        else if (m_emptyPage)
            m_stack->setCurrentWidget(m_emptyPage);
    }
    emit currentChanged(m_page ? nullptr : document);
}

void DocumentArea::showPage(QWidget *page)
{
    if (m_page == page)
        return;
    m_page = page;
    if (page) {
        if (m_stack->indexOf(page) < 0)
            m_stack->addWidget(page);
        m_stack->setCurrentWidget(page);
    }
    currentTabChanged(m_tabs->currentIndex());
}

void DocumentArea::paintEvent(QPaintEvent *)
{
    const Theme &look = theme(this);
    QPainter painter(this);
    painter.fillRect(rect(), look.window);
    if (m_bar->isVisible())
        drawHairLine(&painter, QRectF(m_bar->geometry()), Qt::BottomEdge, look.line);
}

} // namespace ui
