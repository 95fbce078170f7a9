// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/treemodel.h"

#include <span>

namespace core {

enum class FolderPlace : quint8 { Schema, Relation, Database };

/// The folders of one place, in the order in which they are shown.
[[nodiscard]] std::span<const TreeRef::Folder> foldersOf(FolderPlace place);
[[nodiscard]] FolderPlace placeOf(TreeRef::Folder folder);
[[nodiscard]] QString folderName(TreeRef::Folder folder);
/// Which objects lie in it; none for those of relations and for keys, indexes and partitions.
[[nodiscard]] std::span<const ObjectKind> kindsIn(TreeRef::Folder folder);
/// The folder of a schema in which relations of a kind lie.
[[nodiscard]] TreeRef::Folder folderOf(RelationKind kind);
/// None for what lies in no folder: a constraint of a domain, a user mapping.
[[nodiscard]] TreeRef::Folder folderOf(ObjectKind kind);
/// Members of an extension, constraints of a domain, mappings of a server.
[[nodiscard]] bool mayHaveObjectsBelow(ObjectKind kind);
/// The system catalog whose refusal empties the folder ("pg_proc"); empty where none does.
[[nodiscard]] QByteArrayView sourceOf(TreeRef::Folder folder);

} // namespace core
