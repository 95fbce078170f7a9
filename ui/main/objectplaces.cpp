// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/objectplaces.h"

#include "core/base/worker.h"
#include "core/catalog/opendatabase.h"
#include "ui/grid/tabletab.h"
#include "ui/main/actions.h"
#include "ui/main/documentarea.h"
#include "ui/main/mainwindow.h"
#include "ui/object/objecttab.h"
#include "ui/schema/schemadock.h"

#include <QApplication>
#include <QMenu>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// What a tab is about; none of an editor, of what runs over several objects.
std::optional<core::ObjectId> subjectOf(const Document *document)
{
    if (const auto *table = qobject_cast<const TableTab *>(document))
        return core::ObjectId{core::classCatalog, table->relation()};
    if (const auto *object = qobject_cast<const ObjectTab *>(document))
        return object->object();
    return std::nullopt;
}

std::optional<core::ShelvedObject> shelved(const core::OpenDatabase *database, core::ObjectId id)
{
    const auto object =
        database && database->catalog() ? database->catalog()->object(id) : std::nullopt;
    if (!object)
        return std::nullopt;
    return core::ShelvedObject{database->name(),
                               QString::fromUtf8(core::objectKindName(object->kind)),
                               database->catalog()->displayName(*object)};
}

std::optional<core::ObjectId> among(const core::Catalog &catalog,
                                    std::span<const core::ObjectInfo> objects, const QString &name)
{
    const auto found = std::ranges::find_if(objects, [&](const core::ObjectInfo &object) {
        return catalog.displayName(object) == name;
    });
    return found == objects.end() ? std::nullopt : std::optional(found->id);
}

/// The object that has this name now; none of what is a part of a table.
std::optional<core::ObjectId> found(const core::Catalog &catalog, const core::ShelvedObject &wanted)
{
    const auto kind = core::objectKindNamed(wanted.kind.toUtf8());
    if (!kind)
        return std::nullopt;
    if (core::systemCatalogOf(*kind) == core::classCatalog) {
        const auto relation = catalog.resolve(wanted.name);
        return relation ? std::optional(core::ObjectId{core::classCatalog, *relation})
                        : std::nullopt;
    }
    if (const auto id = among(catalog, catalog.databaseObjects(*kind), wanted.name))
        return id;
    for (const core::SchemaInfo &schema : catalog.schemas()) {
        if (const auto id = among(catalog, catalog.objectsOf(schema, *kind), wanted.name))
            return id;
    }
    return std::nullopt;
}

} // namespace

ObjectPlaces::ObjectPlaces(MainWindow &window, SchemaDock &schema, std::function<QString()> folder)
    : QObject(&window)
    , m_window(window)
    , m_schema(schema)
    , m_folderOf(std::move(folder))
{
    m_writer.setMaxThreadCount(1);
    connect(&window.documents(), &DocumentArea::currentChanged, this, &ObjectPlaces::visited);
    connect(window.actions().action(u"object.pin"_s), &QAction::triggered, this,
            &ObjectPlaces::togglePin);
    connect(&schema, &SchemaDock::menuOpening, this, &ObjectPlaces::namePin);
}

void ObjectPlaces::readFolder()
{
    const QString folder = m_folderOf();
    if (folder == m_folder)
        return;
    m_folder = folder;
    m_objects = folder.isEmpty() ? core::ShelvedObjects{} : core::ObjectShelf(folder).read();
}

void ObjectPlaces::visited(const Document *document)
{
    readFolder();
    const auto subject = subjectOf(document);
    const auto object = subject ? shelved(document->database(), *subject) : std::nullopt;
    if (!object || m_folder.isEmpty())
        return;
    m_objects.visit(*object);
    keep();
}

/// What is chosen in the tree where the focus is there, else what the tab in front is about.
void ObjectPlaces::togglePin()
{
    readFolder();
    const QWidget *const focus = QApplication::focusWidget();
    const Document *const document = m_window.documents().current();
    const auto inFront = subjectOf(document);
    const bool fromTree = !inFront || (focus && m_schema.isAncestorOf(focus));
    const auto subject = fromTree ? m_schema.currentObject() : inFront;
    const core::OpenDatabase *const database =
        fromTree ? m_window.currentDatabase() : document->database();
    const auto object = subject ? shelved(database, *subject) : std::nullopt;
    if (!object)
        return;
    if (m_folder.isEmpty())
        return m_window.showMessage(
            Meaning::Info,
            tr("Pins are kept with a project, and none is open: %1").arg(object->name));
    const bool pin = !m_objects.isPinned(*object);
    m_objects.setPinned(*object, pin);
    keep();
    m_window.showMessage(Meaning::Info, pin ? tr("Pinned to the palette: %1").arg(object->name)
                                            : tr("Not pinned any more: %1").arg(object->name));
}

/// In the menu of one object the words are about that one.
void ObjectPlaces::namePin(QMenu *menu)
{
    readFolder();
    const auto subject = m_schema.currentObject();
    const auto object = subject ? shelved(m_window.currentDatabase(), *subject) : std::nullopt;
    QAction *const pin = m_window.actions().action(u"object.pin"_s);
    connect(menu, &QMenu::aboutToHide, pin, [pin, words = pin->text()] { pin->setText(words); });
    pin->setText(object && m_objects.isPinned(*object) ? tr("Unpin from the palette")
                                                       : tr("Pin to the palette"));
}

void ObjectPlaces::keep()
{
    // A convenience: what cannot be written is forgotten with the window.
    (void)core::runOnWorker(m_writer, [folder = m_folder, objects = m_objects] {
        return core::ObjectShelf(folder).write(objects).has_value();
    });
}

std::vector<PaletteEntry> ObjectPlaces::entries(const std::function<void(core::ObjectId)> &open)
{
    readFolder();
    std::vector<PaletteEntry> entries;
    const core::OpenDatabase *const database = m_window.currentDatabase();
    if (!database || !database->catalog())
        return entries;
    const auto add = [&](PaletteEntry::Kind kind, const QList<core::ShelvedObject> &objects) {
        for (const core::ShelvedObject &object : objects) {
            const bool isTwice = kind == PaletteEntry::Kind::Recent && m_objects.isPinned(object);
            if (object.database != database->name() || isTwice)
                continue;
            if (const auto id = found(*database->catalog(), object)) {
                entries.push_back(objectEntry(*database->catalog(), *id, open));
                entries.back().kind = kind;
            }
        }
    };
    add(PaletteEntry::Kind::Pinned, m_objects.pinned);
    add(PaletteEntry::Kind::Recent, m_objects.recent);
    return entries;
}

} // namespace ui
