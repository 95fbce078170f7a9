// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/object/samplepage.h"

#include "core/browse/tablesource.h"
#include "core/catalog/opendatabase.h"
#include "core/doctor/explainer.h"
#include "ui/common/labels.h"
#include "ui/common/statepage.h"
#include "ui/grid/columnfacts.h"
#include "ui/grid/gridview.h"

#include <QStackedWidget>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr core::RowRange firstRows{0, 50};
constexpr core::TableOptions fewRows{
    .windowRows = 100, .cacheBytes = qint64(8) * 1024 * 1024, .streamedRows = 1000};

} // namespace

SamplePage::SamplePage(QWidget *parent)
    : QWidget(parent)
    , m_order(new TextLabel(QString(), TextRole::Caption, Ink::Text2, this))
    , m_grid(new GridView(this))
    , m_page(new StatePage(this))
    , m_stack(new QStackedWidget(this))
{
    build();
    connect(m_page, &StatePage::actionTriggered, this, &SamplePage::read);
    connect(m_grid, &GridView::referenceActivated, this, [this](qint64, int cell) {
        const core::CatalogPtr catalog = m_database ? m_database->catalog() : nullptr;
        const core::RelationInfo *relation = catalog ? catalog->relation(m_relation) : nullptr;
        if (!relation || !m_source)
            return;
        const core::Column &column = m_source->columns()[std::size_t(cell)];
        if (const auto *key = foreignKeyOf(*catalog, *relation, column.tableColumn))
            emit opened({core::classCatalog, key->target});
    });
}

SamplePage::~SamplePage()
{
    m_grid->setSource(nullptr);
}

void SamplePage::build()
{
    setObjectName(u"object.sample"_s);
    m_order->setObjectName(u"object.sample.order"_s);
    m_order->setContentsMargins(16, 8, 16, 8);
    m_grid->setObjectName(u"object.sample.grid"_s);
    m_grid->setAccessibleName(tr("Sample of the rows"));
    m_page->setObjectName(u"object.sample.page"_s);
    m_stack->setObjectName(u"object.sample.stack"_s);
    m_stack->addWidget(m_page);
    m_stack->addWidget(m_grid);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_order);
    column->addWidget(m_stack, 1);
}

void SamplePage::setRelation(core::OpenDatabase &database, core::Oid relation)
{
    m_database = &database;
    m_relation = relation;
    m_stale = true;
    // Keys and columns come with the details, when they are not here yet.
    connect(&database, &core::OpenDatabase::catalogChanged, this, &SamplePage::look,
            Qt::UniqueConnection);
    look();
}

void SamplePage::leaveDatabase()
{
    m_grid->setSource(nullptr);
    m_source.reset();
    m_database = nullptr;
}

void SamplePage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    look();
}

void SamplePage::look()
{
    const core::CatalogPtr catalog = m_database ? m_database->catalog() : nullptr;
    if (!m_stale || !isVisible() || !catalog || !catalog->hasDetails())
        return;
    m_stale = false;
    read();
}

void SamplePage::read()
{
    if (!m_database || !m_database->catalog())
        return;
    const auto session = m_database->connections().session(core::Purpose::Browse);
    if (!session)
        return showError(session.error());
    m_grid->setSource(nullptr);
    m_arrived = m_busy = false;
    m_page->showLoading(tr("Reading rows"), QString());
    m_stack->setCurrentWidget(m_page);
    m_source = core::openTable(**session, m_database->catalog(), m_relation, fewRows);
    connect(m_source.get(), &core::RowSource::columnsKnown, this, &SamplePage::columnsCame);
    connect(m_source.get(), &core::RowSource::rowsArrived, this, [this] {
        m_arrived = true;
        showState();
    });
    connect(m_source.get(), &core::RowSource::countChanged, this, &SamplePage::showState);
    connect(m_source.get(), &core::RowSource::busyChanged, this, [this](bool busy) {
        m_busy = busy;
        showState();
    });
    connect(m_source.get(), &core::RowSource::failed, this, &SamplePage::showError);
    m_grid->setSource(m_source.get());
    m_source->want(firstRows);
}

void SamplePage::columnsCame()
{
    m_grid->setColumnFacts(factsOf(m_source->columns(), m_database->catalog().get()));
    QString order = tr("The first rows, %1").arg(m_source->orderText());
    if (const QStringList hidden = m_source->unreadableColumns(); !hidden.isEmpty())
        order += u", "_s + tr("no permission for %1").arg(hidden.join(u", "_s));
    m_order->setText(order);
}

void SamplePage::showState()
{
    const core::RowCount count = m_source->rowCount();
    if (count.kind == core::RowCount::Kind::Exact && count.rows == 0 && !m_busy) {
        m_page->showEmpty(u"table"_s, tr("It has no rows"),
                          tr("Nothing was inserted yet, or it was deleted again."));
        m_page->setAction(tr("Look again"));
        m_stack->setCurrentWidget(m_page);
    } else if (m_arrived) {
        m_stack->setCurrentWidget(m_grid);
    }
}

void SamplePage::showError(const core::Error &error)
{
    const QString second =
        QStringList{error.place, core::adviceFor(m_database, error)}.join(u'\n').trimmed();
    m_page->showFailed(error.message, second);
    m_page->setAction(tr("Try again"));
    m_stack->setCurrentWidget(m_page);
}

} // namespace ui
