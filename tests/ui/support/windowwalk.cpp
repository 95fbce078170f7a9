// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/windowwalk.h"

#include "tests/ui/support/markingtranslator.h"
#include "tests/ui/support/tips.h"
#include "ui/common/button.h"
#include "ui/common/chip.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/tabbar.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QComboBox>
#include <QCoreApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTabBar>
#include <QTextEdit>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace test {

namespace {

template<class... Classes> bool isAny(const QWidget *widget)
{
    return (... || (qobject_cast<const Classes *>(widget) != nullptr));
}

bool isControl(const QWidget *widget)
{
    if (qobject_cast<const QScrollBar *>(widget))
        return false;
    if (const auto *header = qobject_cast<const QHeaderView *>(widget))
        return header->sectionsClickable(); // else it is a row of captions
    return isAny<QAbstractButton, QLineEdit, QAbstractSpinBox, QComboBox, QAbstractItemView,
                 QTabBar, QMenuBar, QMenu, QTextEdit>(widget)
           || (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus;
}

/// The arrows of a tab bar that has no room: Qt makes and names them.
bool isOfQt(const QWidget *widget)
{
    return qobject_cast<const QTabBar *>(widget->parentWidget()) != nullptr;
}

bool isOwnName(const QString &name)
{
    return !name.isEmpty() && !name.startsWith(u"qt_"_s);
}

/// "mainWindow/documents/editor.run (ui::Button)"
QString pathOf(const QWidget *widget)
{
    QStringList names;
    for (const QWidget *one = widget; one; one = one->parentWidget()) {
        if (isOwnName(one->objectName()))
            names.prepend(one->objectName());
        if (one->isWindow())
            break;
    }
    return names.join(u'/') + u" ("_s + QLatin1StringView(widget->metaObject()->className()) + u')';
}

const QWidget *scopeOf(const QWidget *widget)
{
    const QWidget *scope = widget->parentWidget();
    while (scope && !isOwnName(scope->objectName()))
        scope = scope->parentWidget();
    return scope;
}

/// Text that was made for a view which shows markup.
bool isEscaped(const QString &text)
{
    static const QRegularExpression markup(
        uR"(&(lt|gt|quot|#39);|<(p|br|span|html|qt|body)\b[^>]*>)"_s);
    return text.contains(markup);
}

QString accessibleName(QWidget *widget)
{
    const QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
    return face ? face->text(QAccessible::Name).trimmed() : QString();
}

/// What of the widget its ancestors leave in sight; scrolled parts are in sight.
bool isCutOff(const QWidget *widget)
{
    QRect rest = widget->rect();
    const QWidget *at = widget;
    for (const QWidget *parent = widget->parentWidget(); parent && !at->isWindow();
         at = parent, parent = parent->parentWidget()) {
        if (parent->objectName() == "qt_scrollarea_viewport"_L1)
            return false;
        rest.translate(at->pos());
        if (!parent->rect().contains(rest))
            return true;
    }
    return false;
}

/// Of those beside it: what a person would see through another, or not at all.
const QWidget *coveredBy(const QWidget *widget)
{
    if (!widget->parentWidget())
        return nullptr;
    for (const QObject *object : widget->parentWidget()->children()) {
        const auto *other = qobject_cast<const QWidget *>(object);
        if (other && other != widget && other->isVisible() && !other->isWindow()
            && isAny<QAbstractButton, QLabel, QLineEdit, QComboBox>(other)
            && other->geometry().intersects(widget->geometry()))
            return other;
    }
    return nullptr;
}

QList<QModelIndex> indexesInSight(const QAbstractItemView *view)
{
    QList<QModelIndex> all;
    const QAbstractItemModel *model = view->model();
    const QRect port = view->viewport()->rect();
    if (const auto *tree = qobject_cast<const QTreeView *>(view)) {
        for (QModelIndex at = tree->indexAt(port.topLeft() + QPoint(4, 2)); at.isValid();
             at = tree->indexBelow(at)) {
            if (!port.contains(tree->visualRect(at)))
                break;
            all << at;
        }
        return all;
    }
    for (int row = 0; model && row < model->rowCount(); ++row) {
        const QModelIndex index = model->index(row, 0);
        if (port.contains(view->visualRect(index)))
            all << index;
    }
    return all;
}

} // namespace

WindowWalk::WindowWalk(QWidget *window, WalkExceptions exceptions)
    : m_window(window)
    , m_exceptions(std::move(exceptions))
{
}

QList<QWidget *> WindowWalk::controls() const
{
    QList<QWidget *> found;
    for (QWidget *widget : m_window->findChildren<QWidget *>()) {
        const bool aside = widget->inherits("QMainWindowTabBar") && isCutOff(widget); // not in use
        if (widget->isVisible() && widget->window() == m_window->window() && isControl(widget)
            && !aside && !isOfQt(widget))
            found << widget;
    }
    if (isControl(m_window))
        found.prepend(m_window);
    return found;
}

QStringList WindowWalk::problems()
{
    m_problems.clear();
    checkNames();
    checkTexts();
    checkSizes();
    for (QWidget *control : controls()) {
        if (auto *view = qobject_cast<QAbstractItemView *>(control))
            checkItems(view);
    }
    return m_problems;
}

void WindowWalk::report(const QString &rule, const QWidget *widget, const QString &detail)
{
    m_problems << rule + u": "_s + pathOf(widget)
                      + (detail.isEmpty() ? QString() : u": "_s + detail);
}

void WindowWalk::checkNames()
{
    static const QRegularExpression form(u"^[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)*$"_s);
    QHash<const QWidget *, QSet<QString>> neighbours;
    for (QWidget *control : controls()) {
        const QString name = control->objectName();
        if (!isOwnName(name))
            report(u"no object name"_s, control);
        else if (!form.match(name).hasMatch())
            report(u"odd object name"_s, control);
        if (accessibleName(control).isEmpty())
            report(u"no accessible name"_s, control);
        QSet<QString> &known = neighbours[scopeOf(control)];
        if (isOwnName(name) && known.contains(name))
            report(u"doubled name"_s, control);
        known << name;
    }
}

bool WindowWalk::needsTranslation(const QWidget *widget, const QString &text) const
{
    static const QRegularExpression letter(u"\\p{L}{2}"_s);
    if (m_exceptions.data.contains(widget->objectName()) || !text.contains(letter))
        return false;
    // Asked for in the language that is installed: without the marking one nothing can be said.
    const bool marking =
        MarkingTranslator::isMarked(QCoreApplication::translate("ui::WindowWalk", "probe"));
    return marking && !MarkingTranslator::isMarked(text);
}

void WindowWalk::checkLabel(const QLabel *label)
{
    if (!label->text().isEmpty() && label->textFormat() != Qt::PlainText)
        report(u"not plain text"_s, label, label->text());
    if (isEscaped(label->text()))
        report(u"escaped text"_s, label, label->text());
}

void WindowWalk::checkTexts()
{
    QList<QWidget *> all = m_window->findChildren<QWidget *>();
    all.prepend(m_window);
    for (QWidget *widget : std::as_const(all)) {
        if (!widget->isVisible() || widget->window() != m_window->window())
            continue;
        if (isEscaped(widget->toolTip()))
            report(u"escaped tooltip"_s, widget, widget->toolTip());
        if (const auto *label = qobject_cast<QLabel *>(widget))
            checkLabel(label);
        if (const auto *text = qobject_cast<QTextEdit *>(widget); text && text->acceptRichText())
            report(u"not plain text"_s, widget);
        if (const auto *field = qobject_cast<QLineEdit *>(widget);
            field && needsTranslation(field, field->placeholderText()))
            report(u"not translated"_s, widget, field->placeholderText());
        if (const auto *button = qobject_cast<QAbstractButton *>(widget);
            button && !isOfQt(widget)) {
            if (button->text().trimmed().isEmpty() && accessibleName(widget).isEmpty())
                report(u"no words"_s, widget);
            if (button->text().isEmpty() && button->toolTip().isEmpty())
                report(u"no tooltip"_s, widget);
            if (needsTranslation(widget, button->text()))
                report(u"not translated"_s, widget, button->text());
        }
        for (const QAction *action :
             isAny<QMenu, QMenuBar>(widget) ? widget->actions() : QList<QAction *>()) {
            if (!action->isSeparator() && action->text().trimmed().isEmpty())
                report(u"no words"_s, widget);
            if (needsTranslation(widget, action->text()))
                report(u"not translated"_s, widget, action->text());
        }
        if (isControl(widget) && !isOfQt(widget)
            && needsTranslation(widget, widget->accessibleName()))
            report(u"not translated"_s, widget, widget->accessibleName());
    }
}

void WindowWalk::checkSizes()
{
    // A tooltip, too, is a child of what it belongs to, and goes when the next one comes.
    QList<QPointer<QWidget>> all;
    for (QWidget *widget : m_window->findChildren<QWidget *>())
        all << widget;
    for (QWidget *widget : std::as_const(all)) {
        if (!widget || !widget->isVisible() || widget->window() != m_window->window())
            continue;
        if (isControl(widget) && isCutOff(widget) && !widget->inherits("QMainWindowTabBar"))
            report(u"cut off by its parent"_s, widget);
        if (isAny<QAbstractButton, QLabel>(widget) && !isOfQt(widget)) {
            if (const QWidget *other = coveredBy(widget))
                report(u"over its neighbour"_s, widget, pathOf(other));
        }
        if (auto *label = qobject_cast<ui::ElidedLabel *>(widget)) {
            if (label->isElided() && !tipAt(label, label->rect().center()).contains(label->text()))
                report(u"elided without a tooltip"_s, widget, label->text());
        } else if (const auto *text = qobject_cast<ui::TextLabel *>(widget)) {
            const QRect room = text->contentsRect();
            if (text->wordWrap() ? text->heightForWidth(text->width()) > text->height()
                                 : text->fontMetrics().size(0, text->text()).width() > room.width())
                report(u"cut off"_s, widget, text->text());
        } else if (const auto *button = qobject_cast<ui::Button *>(widget)) {
            if (button->width() < button->sizeHint().width())
                report(u"cut off"_s, widget, button->text());
        } else if (const auto *chip = qobject_cast<ui::Chip *>(widget)) {
            if (chip->width() < chip->sizeHint().width())
                report(u"cut off"_s, widget, chip->text());
        } else if (auto *tabs = qobject_cast<ui::TabBar *>(widget)) {
            for (int i = 0; i < tabs->count(); ++i) {
                const QString tip = tipAt(tabs, tabs->tabRect(i).center());
                if (tip.isEmpty() || isEscaped(tip))
                    report(u"tab without a tooltip"_s, widget, tabs->tabText(i));
            }
        }
    }
}

void WindowWalk::checkItems(QAbstractItemView *view)
{
    const QFontMetrics metrics(view->font());
    for (const QModelIndex &index : indexesInSight(view)) {
        const QString text = ui::oneLine(index.data().toString()); // as views show it
        const QString tip = tipOf(view, index);
        if (isEscaped(text) || isEscaped(tip))
            report(u"escaped item"_s, view, text + u" – "_s + tip);
        const bool elided = metrics.horizontalAdvance(text) > view->visualRect(index).width();
        if (elided && !tip.contains(text))
            report(u"elided without a tooltip"_s, view, text);
        if (index.data(Qt::AccessibleTextRole).toString().isEmpty() && text.isEmpty())
            report(u"item without words"_s, view, QString::number(index.row()));
    }
}

} // namespace test
