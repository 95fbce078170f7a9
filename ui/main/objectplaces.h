// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/catalog.h"
#include "core/project/objectshelf.h"
#include "ui/main/paletteentries.h"

#include <QObject>
#include <QThreadPool>

#include <functional>

class QMenu;

namespace core {
class OpenDatabase;
}

namespace ui {

class Document;
class MainWindow;
class SchemaDock;

// Which objects of the project were looked at last, and which a person pinned; the palette offers
// them before anything is typed. Kept by the project's folder.
class ObjectPlaces : public QObject
{
    Q_OBJECT

public:
    // `folder` tells the project's; empty = none.
    ObjectPlaces(MainWindow &window, SchemaDock &schema, std::function<QString()> folder);

    // Pinned, then recent objects of the current database that are there.
    [[nodiscard]] std::vector<PaletteEntry>
    entries(const std::function<void(core::ObjectId)> &open);

private:
    void readFolder();
    void visited(const Document *document);
    void togglePin();
    void namePin(QMenu *menu);
    void keep();

    MainWindow &m_window;
    SchemaDock &m_schema;
    std::function<QString()> m_folderOf;
    QString m_folder;
    core::ShelvedObjects m_objects;
    QThreadPool m_writer; // one thread: in the order of the calls; ends when all is written
};

} // namespace ui
