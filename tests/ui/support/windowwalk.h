// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QString>
#include <QStringList>

class QAbstractItemView;
class QLabel;
class QWidget;

namespace test {

/// What a walk may pass over, by object name.
struct WalkExceptions {
    /// Buttons and the like that show names of databases, files and hosts: nothing to translate.
    QSet<QString> data = {};
    /// Reached by other keys than Tab: a list by the arrows of its field, a menu bar by Alt.
    QSet<QString> otherKeys = {};
};

/// Looks at everything of a window that is in sight, as it is now, and says what breaks the rules
/// of the program:
///  - every control has an object name of the form `area.thing`, a name for assistive technology,
///    and no neighbour of its own name (neighbours are what the same named widget holds);
///  - labels, tooltips and items show text as it is, never as markup, and never escaped for markup;
///  - no button is without words, and with MarkingTranslator none without translation;
///  - nothing is cut off by its own size or by its parent, nor lies over its neighbour, and what is
///  elided has a tooltip with
///    all of it.
/// A new window is walked by one call: QCOMPARE(WindowWalk(window).problems(), QStringList()).
class WindowWalk
{
public:
    explicit WindowWalk(QWidget *window, WalkExceptions exceptions = {});

    /// "rule: widget: detail", one a problem.
    [[nodiscard]] QStringList problems();
    /// Walks by Tab, from where the focus is, until it has gone round: controls it did not come to.
    /// Moves the focus; the window must be active.
    [[nodiscard]] QStringList unreachable();

    /// Buttons, fields, lists … of the window that are in sight, in the order of the tree.
    [[nodiscard]] QList<QWidget *> controls() const;

private:
    void report(const QString &rule, const QWidget *widget, const QString &detail = {});
    void checkNames();
    void checkLabel(const QLabel *label);
    void checkTexts();
    void checkSizes();
    void checkItems(QAbstractItemView *view);
    [[nodiscard]] bool needsTranslation(const QWidget *widget, const QString &text) const;

    QWidget *m_window;
    WalkExceptions m_exceptions;
    QStringList m_problems;
};

} // namespace test
