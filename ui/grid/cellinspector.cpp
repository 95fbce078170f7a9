// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid/cellinspector.h"

#include "core/result/jsontreemodel.h"
#include "core/result/typeoids.h"
#include "core/result/valuetext.h"
#include "ui/common/button.h"
#include "ui/common/chip.h"
#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/note.h"
#include "ui/common/segmentedcontrol.h"
#include "ui/common/statepage.h"
#include "ui/grid/hexview.h"
#include "ui/grid/jsonview.h"

#include <QApplication>
#include <QClipboard>
#include <QPlainTextEdit>
#include <QScopedValueRollback>
#include <QStackedWidget>
#include <QTextDocument>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

// A text field lays out all it holds; beyond this it would hold up the window. Copying takes all.
constexpr qsizetype mostText = qsizetype(1) * 1024 * 1024;

/// Ends between two characters.
QByteArrayView firstText(QByteArrayView bytes)
{
    if (bytes.size() <= mostText)
        return bytes;
    qsizetype end = mostText;
    while (end > 0 && (uchar(bytes[end]) & 0xC0) == 0x80)
        --end;
    return bytes.first(end);
}

} // namespace

CellInspector::CellInspector(QWidget *parent)
    : QWidget(parent)
    , m_json(new core::JsonTreeModel(this))
    , m_name(new ElidedLabel({}, TextRole::Heading, Ink::Text, this))
    , m_type(new Chip(this))
    , m_size(new ElidedLabel({}, TextRole::Caption, Ink::Text2, this))
    , m_head(nullptr)
    , m_views(new SegmentedControl({tr("Tree"), tr("Text"), tr("Hex")}, this))
    , m_copy(Button::iconOnly(u"copy"_s, tr("Copy the value"), this))
    , m_note(new Note(this))
    , m_stack(new QStackedWidget(this))
    , m_tree(new JsonView(m_stack))
    , m_text(new QPlainTextEdit(m_stack))
    , m_hex(new HexView(m_stack))
    , m_page(new StatePage(m_stack))
{
    setObjectName(u"inspector.cell"_s);
    build();
    connect(m_views, &SegmentedControl::currentChanged, this, [this](int view) {
        if (m_choosing)
            return;
        m_chosen = view;
        showView(view);
    });
    connect(m_copy, &QAbstractButton::clicked, this, &CellInspector::copyValue);
    clear();
}

CellInspector::~CellInspector()
{
    if (m_source)
        m_source->disconnect(this);
}

QWidget *CellInspector::buildHead()
{
    auto *head = new QWidget(this);
    auto *name = new QHBoxLayout;
    name->setSpacing(8);
    name->addWidget(m_name, 1);
    name->addWidget(m_type);
    name->addWidget(m_size);
    auto *views = new QHBoxLayout;
    views->addWidget(m_views);
    views->addStretch();
    views->addWidget(m_copy);
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins(12, 8, 12, 8);
    column->setSpacing(8);
    column->addLayout(name);
    column->addLayout(views);
    return head;
}

void CellInspector::build()
{
    m_name->setObjectName(u"inspector.name"_s);
    m_type->setObjectName(u"inspector.type"_s);
    m_size->setObjectName(u"inspector.size"_s);
    m_views->setObjectName(u"inspector.views"_s);
    m_copy->setObjectName(u"inspector.copy"_s);
    m_note->setObjectName(u"inspector.note"_s);
    m_tree->setObjectName(u"inspector.tree"_s);
    m_text->setObjectName(u"inspector.text"_s);
    m_hex->setObjectName(u"inspector.hex"_s);
    m_page->setObjectName(u"inspector.page"_s);
    m_tree->setModel(m_json);
    m_text->setReadOnly(true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setUndoRedoEnabled(false);
    m_text->setTabChangesFocus(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setAccessibleName(tr("Value as text"));
    m_text->setFont(ui::font(TextRole::Mono));
    m_text->document()->setDocumentMargin(12);
    for (QWidget *view : std::initializer_list<QWidget *>{m_tree, m_text, m_hex, m_page})
        m_stack->addWidget(view);
    m_head = buildHead();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addWidget(m_note);
    column->addWidget(new HairLine(Qt::Horizontal, this));
    column->addWidget(m_stack, 1);
}

void CellInspector::attach(core::RowSource *source)
{
    if (source == m_source)
        return;
    if (m_source)
        m_source->disconnect(this);
    m_source = source;
    if (!m_source)
        return;
    connect(m_source, &core::RowSource::rowsArrived, this, [this](const core::RowRange &rows) {
        if (m_state == core::Cell::State::Missing && rows.contains(m_row))
            take();
    });
    connect(m_source, &core::RowSource::rowsShifted, this,
            [this](qint64 first, qint64 delta) { m_row += m_row >= first ? delta : 0; });
    // The copy that is shown outlives its source; only asking for more is over.
    connect(m_source, &QObject::destroyed, this, [this] { showNote(); });
}

void CellInspector::setCell(core::RowSource *source, qint64 row, int column)
{
    attach(source);
    m_row = row;
    m_column = column;
    m_about = {};
    take();
}

void CellInspector::take()
{
    core::Cell cell;
    const bool exists = m_source && m_column >= 0 && m_column < int(m_source->columns().size());
    if (exists) {
        m_about = m_source->columns()[std::size_t(m_column)];
        cell = m_source->cell(m_row, m_column);
    }
    m_state = cell.state;
    m_null = cell.isNull;
    m_bytes = cell.bytes.toByteArray();
    m_fullSize = cell.fullSize;
    m_asked = false;
    m_failure.clear();
    showValue();
}

void CellInspector::setWholeValue(qint64 row, int column, const QByteArray &bytes)
{
    if (row != m_row || column != m_column || m_fullSize < 0)
        return;
    m_bytes = bytes;
    m_fullSize = -1;
    m_asked = false;
    showValue();
}

void CellInspector::setWholeValueFailed(const QString &reason)
{
    m_asked = false;
    m_failure = reason;
    showNote();
}

QString CellInspector::sizeOf() const
{
    if (m_state != core::Cell::State::Present || m_null)
        return {};
    if (m_fullSize >= 0)
        return core::sizeText(m_fullSize);
    const qint64 binary = m_about.type == core::oids::bytea ? core::byteaSize(m_bytes) : -1;
    return core::sizeText(binary >= 0 ? binary : m_bytes.size());
}

void CellInspector::showValue()
{
    const bool chosen = m_source && !m_about.name.isNull();
    m_head->setVisible(chosen);
    m_name->setText(core::cellText(m_about.name.toUtf8(), core::TypeCategory::Code).text);
    m_type->setState(Meaning::Neutral, {}, core::typeName(m_about));
    m_size->setText(sizeOf());
    const bool present = m_state == core::Cell::State::Present && !m_null;
    m_views->setVisible(present);
    m_copy->setVisible(present);
    showNote();
    if (!present) {
        if (!chosen)
            m_page->showEmpty(u"columns"_s, tr("No cell is chosen"),
                              tr("Its whole value is shown here."));
        else if (m_null)
            m_page->showEmpty({}, tr("NULL"), tr("The cell has no value."));
        else if (m_state == core::Cell::State::Gone)
            m_page->showEmpty({}, tr("The row was deleted meanwhile"), {});
        else
            m_page->showLoading(tr("Reading the row"), {});
        m_stack->setCurrentWidget(m_page);
        return;
    }
    const core::TypeCategory category = core::categoryOf(m_about.type);
    const bool tree = (category == core::TypeCategory::Json || category == core::TypeCategory::Text)
                      && m_fullSize < 0
                      && (m_bytes.startsWith('{') || m_bytes.startsWith('[')
                          || category == core::TypeCategory::Json)
                      && m_json->setText(m_bytes).has_value();
    if (!tree)
        m_json->clear();
    const QScopedValueRollback quiet(m_choosing, true);
    m_views->setSegmentEnabled(Tree, tree);
    const int own = tree ? Tree : category == core::TypeCategory::Binary ? Hex : Text;
    const int view = m_chosen < 0 || (m_chosen == Tree && !tree) ? own : m_chosen;
    m_views->setCurrent(view);
    showView(view);
}

void CellInspector::showView(int view)
{
    if (view == Tree) {
        m_tree->openFirst();
        m_stack->setCurrentWidget(m_tree);
    } else if (view == Hex) {
        showHex();
    } else {
        showText();
    }
}

void CellInspector::showText()
{
    if (m_bytes.isEmpty()) {
        m_page->showEmpty({}, u"''"_s, tr("The text is empty."));
        m_stack->setCurrentWidget(m_page);
        return;
    }
    const core::TypeCategory category = core::categoryOf(m_about.type);
    QTextOption option = m_text->document()->defaultTextOption();
    // Code, numbers and JSON run left to right whatever the window does.
    option.setTextDirection(category == core::TypeCategory::Text ? Qt::LayoutDirectionAuto
                                                                 : Qt::LeftToRight);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_text->document()->setDefaultTextOption(option);
    m_text->setPlainText(core::exactText(firstText(m_bytes)));
    m_stack->setCurrentWidget(m_text);
    showNote();
}

void CellInspector::showHex()
{
    if (m_about.type == core::oids::bytea && core::byteaSize(m_bytes) >= 0)
        m_hex->setHexOutput(m_bytes);
    else
        m_hex->setBytes(m_bytes);
    m_stack->setCurrentWidget(m_hex);
}

void CellInspector::showNote()
{
    m_note->clearButtons();
    const bool cut = m_fullSize >= 0 && m_state == core::Cell::State::Present;
    const bool longText = !cut && m_bytes.size() > mostText && m_stack->currentWidget() == m_text;
    m_note->setVisible(cut || longText);
    if (cut) {
        m_note->setMeaning(m_failure.isEmpty() ? Meaning::Info : Meaning::Danger);
        m_note->setSentence(m_failure.isEmpty() ? tr("Only the beginning was read.")
                                                : tr("The whole value could not be read."));
        m_note->setSecond(
            m_failure.isEmpty()
                ? tr("%1 of %2.").arg(core::sizeText(m_bytes.size()), core::sizeText(m_fullSize))
                : m_failure);
        if (!m_source)
            return;
        Button *load = m_note->addLink(m_asked ? tr("Loading…") : tr("Load whole value"));
        load->setObjectName(u"inspector.load"_s);
        load->setEnabled(!m_asked);
        connect(load, &QAbstractButton::clicked, this, [this] {
            m_asked = true;
            m_failure.clear();
            // The button goes with the note's present words; not while it is being clicked.
            QMetaObject::invokeMethod(this, &CellInspector::showNote, Qt::QueuedConnection);
            emit wholeValueWanted(m_row, m_column);
        });
    } else if (longText) {
        m_note->setMeaning(Meaning::Info);
        m_note->setSentence(tr("The first %1 of %2 are shown.")
                                .arg(core::sizeText(mostText), core::sizeText(m_bytes.size())));
        m_note->setSecond(tr("Copying takes the whole value."));
    }
}

void CellInspector::copyValue()
{
    QApplication::clipboard()->setText(core::exactText(m_bytes));
}

} // namespace ui
