// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid/columnpage.h"

#include "core/result/typetraits.h"
#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/labels.h"
#include "ui/common/paint.h"
#include "ui/common/theme.h"

#include <QAbstractButton>
#include <QGridLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollArea>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostReferences = 12;

QString text(QByteArrayView bytes)
{
    return oneLine(QString::fromUtf8(bytes));
}

QString namesOf(const core::Catalog &catalog, const core::RelationInfo &relation,
                std::span<const qint16> attnums)
{
    QStringList names;
    for (const qint16 attnum : attnums) {
        const core::ColumnInfo *column = catalog.column(relation, attnum);
        names << (column ? text(column->name) : u"…"_s);
    }
    return names.join(u", "_s);
}

// A table that opens: symbol, name, the columns at the end.
class ReferenceRow : public QAbstractButton
{
public:
    ReferenceRow(const QString &iconName, const QString &name, const QString &caption,
                 QWidget *parent)
        : QAbstractButton(parent)
        , m_iconName(iconName)
        , m_caption(caption)
    {
        setText(name);
        setFocusPolicy(Qt::StrongFocus);
        setProperty("ringInside", true);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setAttribute(Qt::WA_Hover);
        setCursor(Qt::PointingHandCursor);
    }
    [[nodiscard]] QSize sizeHint() const override { return {grown(120), rowHeight(26)}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void keyPressEvent(QKeyEvent *event) override
    {
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
            click();
        else
            QAbstractButton::keyPressEvent(event);
    }
    void paintEvent(QPaintEvent *) override
    {
        constexpr int icon = 16;
        const Theme &look = theme(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (underMouse() || isDown())
            drawBox(&painter, QRectF(rect()), controlRadius, look.hover,
                    look.isHighContrast() ? look.edge : QColor());
        if (hasFocus())
            drawRing(&painter, QRectF(rect()), controlRadius, look.accent);
        const auto place = [this](int x, int w, int y, int h) {
            return QStyle::visualRect(layoutDirection(), rect(), QRect(x, y, w, h));
        };
        paintIcon(&painter, place(4, icon, (height() - icon) / 2, icon), m_iconName, look.accent,
                  layoutDirection());
        const QFont small = ui::font(TextRole::Caption);
        const QFontMetrics caption(small);
        const int room = width() - icon - 12 - 4;
        const int columns = std::min(caption.horizontalAdvance(m_caption) + 1, room / 2);
        const int name = room - (m_caption.isEmpty() ? 0 : columns + 8);
        const QFont body = ui::font(TextRole::Body);
        painter.setFont(body);
        painter.setPen(look.accent);
        drawLine(&painter, place(icon + 12, name, 0, height()), Qt::AlignLeft, layoutDirection(),
                 QFontMetrics(body).elidedText(text(), Qt::ElideMiddle, name));
        painter.setFont(small);
        painter.setPen(look.text2);
        drawLine(&painter, place(width() - 4 - columns, columns, 0, height()), Qt::AlignRight,
                 layoutDirection(), caption.elidedText(m_caption, Qt::ElideRight, columns));
    }

private:
    QString m_iconName;
    QString m_caption;
};

} // namespace

struct ColumnPage::Known {
    const core::Catalog &catalog;
    const core::RelationInfo &relation;
    const core::ColumnInfo &column;
    [[nodiscard]] bool isIn(std::span<const qint16> attnums) const
    {
        return std::ranges::contains(attnums, column.number);
    }
};

ColumnPage::ColumnPage(QWidget *parent)
    : QWidget(parent)
    , m_scroll(new QScrollArea(this))
    , m_body(new QWidget)
    , m_heading(headingLabel(tr("Column"), m_body))
    , m_grid(nullptr)
{
    setObjectName(u"inspector.column"_s);
    m_heading->setObjectName(u"inspector.columnHeading"_s);
    m_scroll->setObjectName(u"inspector.columnScroll"_s);
    m_scroll->setAccessibleName(tr("Facts of the column"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setBackgroundRole(QPalette::Window);
    m_body->setBackgroundRole(QPalette::Window);
    m_body->setAutoFillBackground(true);
    auto *inner = new QVBoxLayout(m_body);
    inner->setContentsMargins(12, 10, 12, 10);
    inner->setSpacing(8);
    inner->addWidget(m_heading);
    inner->addStretch(1);
    m_scroll->setWidget(m_body);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_scroll);
}

void ColumnPage::setColumn(const core::Column &column, const core::CatalogPtr &catalog)
{
    if (column == m_column && catalog == m_catalog && m_rows)
        return; // another row of the same column
    m_column = column;
    m_catalog = catalog;
    fill();
}

void ColumnPage::setDetail(const core::RelationDetail &detail)
{
    if (detail.oid != m_column.table)
        return;
    m_detail = detail;
    fill();
}

void ColumnPage::setWhole(bool whole)
{
    if (std::exchange(m_whole, whole) != whole)
        fill();
}

int ColumnPage::contentHeight() const
{
    m_body->layout()->activate();
    const int wide = std::max(parentWidget() ? parentWidget()->width() : width(), 1);
    return m_body->hasHeightForWidth() ? m_body->heightForWidth(wide) : m_body->sizeHint().height();
}

void ColumnPage::fill()
{
    delete m_rows;
    m_facts.clear();
    m_line = 0;
    m_rows = new QWidget(m_body);
    m_grid = new QGridLayout(m_rows);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(6);
    m_grid->setColumnMinimumWidth(0, grown(64));
    m_grid->setColumnStretch(1, 1);
    static_cast<QVBoxLayout *>(m_body->layout())->insertWidget(1, m_rows);
    fillRows();
    m_rows->show(); // before its height is asked for
}

void ColumnPage::fillRows()
{
    m_heading->setText(m_whole ? oneLine(m_column.name) : tr("Column"));
    const core::RelationInfo *relation =
        m_catalog && core::isValid(m_column.table) ? m_catalog->relation(m_column.table) : nullptr;
    const core::ColumnInfo *column =
        relation ? m_catalog->column(*relation, m_column.tableColumn) : nullptr;
    if (column && m_whole)
        addTable({*m_catalog, *relation, *column});
    if (m_whole || !column)
        add(tr("Type"), core::typeName(m_column));
    if (!column) {
        add(tr("Source"), !core::isValid(m_column.table)
                              ? tr("Computed by the statement; it is no column of a table.")
                              : tr("The schema is not here, or does not know it yet."));
        return;
    }
    const Known known{*m_catalog, *relation, *column};
    if (m_whole && !column->mayRead)
        add(tr("Permission"), tr("This role may not read it."));
    add(tr("Nullable"), column->notNull ? tr("No") : tr("Yes"));
    add(tr("Default"), defaultOf(known),
        m_detail.oid == m_column.table && column->origin != core::ColumnOrigin::Plain
            ? TextRole::Mono
            : TextRole::Body);
    addKeys(known);
    addIndexes(known);
    const QByteArrayView comment = m_catalog->comment(relation->oid, column->number);
    if (!comment.isEmpty() || m_whole)
        add(tr("Comment"), comment.isEmpty() ? tr("None") : QString::fromUtf8(comment));
    addReferences(known);
}

void ColumnPage::addTable(const Known &known)
{
    addLink(tr("Table"), u"table"_s, oneLine(known.catalog.displayName(known.relation)), {},
            known.relation.oid);
}

QString ColumnPage::defaultOf(const Known &known) const
{
    QString expression;
    if (m_detail.oid == m_column.table) {
        const auto found =
            std::ranges::find(m_detail.defaults, QString::fromUtf8(known.column.name),
                              &core::RelationDetail::Part::name);
        if (found != m_detail.defaults.end())
            expression = found->definition;
    }
    switch (known.column.origin) {
    case core::ColumnOrigin::Plain:
        return tr("None");
    case core::ColumnOrigin::Default:
        return expression.isEmpty() ? tr("Has one") : expression;
    case core::ColumnOrigin::IdentityAlways:
        return tr("Identity, always generated");
    case core::ColumnOrigin::IdentityByDefault:
        return tr("Identity, by default");
    case core::ColumnOrigin::GeneratedStored:
    case core::ColumnOrigin::GeneratedVirtual:
        return expression.isEmpty() ? tr("Generated") : tr("Generated: %1").arg(expression);
    }
    return {};
}

void ColumnPage::addKeys(const Known &known)
{
    for (const core::ConstraintInfo &constraint : known.catalog.constraintsOf(known.relation)) {
        const bool primary = constraint.kind == core::ConstraintKind::PrimaryKey;
        if ((!primary && constraint.kind != core::ConstraintKind::Unique)
            || !known.isIn(constraint.columns))
            continue;
        const QString names = namesOf(known.catalog, known.relation, constraint.columns);
        const bool alone = constraint.columns.size() == 1;
        add(tr("Key"), primary ? (alone ? tr("Primary key") : tr("Primary key of %1").arg(names))
                               : (alone ? tr("Unique") : tr("Unique with %1").arg(names)));
    }
}

void ColumnPage::addIndexes(const Known &known)
{
    bool any = false;
    for (const core::IndexInfo &index : known.catalog.indexesOf(known.relation)) {
        if (!known.isIn(index.columns))
            continue;
        any = true;
        QStringList words{text(index.name)};
        if (index.method != "btree")
            words << text(index.method);
        if (index.partial)
            words << tr("partial");
        if (!index.valid)
            words << tr("not valid");
        add(tr("Index"), words.join(u", "_s), TextRole::Mono);
    }
    if (!any)
        add(tr("Index"), tr("None"));
}

void ColumnPage::addReferences(const Known &known)
{
    for (const core::ConstraintInfo &key : known.catalog.constraintsOf(known.relation)) {
        const core::RelationInfo *target =
            key.kind == core::ConstraintKind::ForeignKey && known.isIn(key.columns)
                ? known.catalog.relation(key.target)
                : nullptr;
        if (target)
            addLink(tr("Refers to"), u"key-foreign"_s, text(target->name),
                    namesOf(known.catalog, *target, key.targetColumns), target->oid);
    }
    int shown = 0;
    int more = 0;
    for (const core::ConstraintInfo *key : known.catalog.referencesTo(known.relation)) {
        const core::RelationInfo *from = known.catalog.relation(key->relation);
        if (!from || key->inherited || !known.isIn(key->targetColumns))
            continue;
        if (shown++ >= mostReferences)
            ++more;
        else
            addLink(tr("Referred to by"), u"reference"_s, text(from->name),
                    namesOf(known.catalog, *from, key->columns), from->oid);
    }
    if (more > 0)
        add(tr("Referred to by"), tr("%n more tables", nullptr, more));
}

void ColumnPage::add(const QString &label, const QString &value, TextRole role)
{
    m_facts << label + u": "_s + value;
    auto *name = new TextLabel(label, TextRole::Body, Ink::Text2, m_rows);
    m_grid->addWidget(name, m_line, 0, Qt::AlignTop);
    // One word does not wrap.
    if (!value.contains(u' ')) {
        m_grid->addWidget(new ElidedLabel(value, role, Ink::Text, m_rows), m_line++, 1);
        return;
    }
    auto *words = new TextLabel(value, role, Ink::Text, m_rows);
    words->setWordWrap(true);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_grid->addWidget(words, m_line++, 1);
}

void ColumnPage::addLink(const QString &label, const QString &icon, const QString &name,
                         const QString &caption, core::Oid relation)
{
    const QString words =
        label + u": "_s + (caption.isEmpty() ? name : tr("%1 (%2)").arg(name, caption));
    m_facts << words;
    auto *row = new ReferenceRow(icon, name, caption, m_rows);
    row->setObjectName(u"inspector.columnLink%1"_s.arg(m_line));
    row->setAccessibleName(words);
    row->setToolTip(words);
    // The rows go when another column is shown: not from inside of this one's own press.
    connect(
        row, &QAbstractButton::clicked, this, [this, relation] { emit relationWanted(relation); },
        Qt::QueuedConnection);
    m_grid->addWidget(row, m_line++, 0, 1, 2);
}

} // namespace ui
