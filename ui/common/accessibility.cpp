// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/accessibility.h"

#include "ui/common/note.h"
#include "ui/common/sheet.h"
#include "ui/common/statepage.h"

#include <QAccessible>
#include <QAccessibleWidget>

namespace ui {

namespace {

class NoteInterface : public QAccessibleWidget
{
public:
    explicit NoteInterface(Note *note)
        : QAccessibleWidget(note, QAccessible::Note)
    {
    }

    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        const auto *note = static_cast<const Note *>(widget());
        if (kind == QAccessible::Name)
            return note->sentence();
        if (kind == QAccessible::Description)
            return note->second();
        return QAccessibleWidget::text(kind);
    }
};

// Asked once for each class on the way up, from the object's own class on.
QAccessibleInterface *interfaceFor(const QString &className, QObject *object)
{
    if (className == QLatin1StringView(Sheet::staticMetaObject.className()))
        return new QAccessibleWidget(static_cast<Sheet *>(object), QAccessible::Dialog);
    if (className == QLatin1StringView(Note::staticMetaObject.className()))
        return new NoteInterface(static_cast<Note *>(object));
    if (className == QLatin1StringView(StatePage::staticMetaObject.className()))
        return new QAccessibleWidget(static_cast<StatePage *>(object), QAccessible::Grouping);
    return nullptr;
}

} // namespace

void installAccessibility()
{
    QAccessible::installFactory(interfaceFor);
}

} // namespace ui
