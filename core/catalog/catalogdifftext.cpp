// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/catalogdiff.h"

#include <QCoreApplication>

#include <array>

namespace core {

namespace {

enum class Group : quint8 { Tables, Views, Columns, Indexes, Constraints, Routines, Others };
constexpr std::size_t groupCount = std::size_t(Group::Others) + 1;
constexpr std::size_t kindCount = std::size_t(CatalogChange::Kind::Changed) + 1;

// By group, each in the order of CatalogChange::Kind.
constexpr const char *sentences[groupCount][kindCount] = {
    {QT_TRANSLATE_N_NOOP("core::CatalogChanges", "%n tables added"),
     QT_TRANSLATE_N_NOOP("core::CatalogChanges", "%n tables removed"),
     QT_TRANSLATE_N_NOOP("core::CatalogChanges", "%n tables changed")},
    {QT_TRANSLATE_N_NOOP("core::CatalogChanges", "%n views added"),
     QT_TRANSLATE_N_NOOP("core::CatalogChanges", "%n views removed"),
     QT_TRANSLATE_N_NOOP("core::CatalogChanges", "%n views changed")},
    {QT_TRANSLATE_N_NOOP("core::CatalogChanges", "%n columns added"),
     QT_TRANSLATE_N_NOOP("core::CatalogChanges", "%n columns removed"),
     QT_TRANSLATE_N_NOOP("core::CatalogChanges", "%n columns changed")},
    {QT_TRANSLATE_N_NOOP("core::CatalogChanges", "%n indexes added"),
     QT_TRANSLATE_N_NOOP("core::CatalogChanges", "%n indexes removed"),
     QT_TRANSLATE_N_NOOP("core::CatalogChanges", "%n indexes changed")},
    {QT_TRANSLATE_N_NOOP("core::CatalogChanges", "%n constraints added"),
     QT_TRANSLATE_N_NOOP("core::CatalogChanges", "%n constraints removed"),
     QT_TRANSLATE_N_NOOP("core::CatalogChanges", "%n constraints changed")},
    {QT_TRANSLATE_N_NOOP("core::CatalogChanges", "%n functions added"),
     QT_TRANSLATE_N_NOOP("core::CatalogChanges", "%n functions removed"),
     QT_TRANSLATE_N_NOOP("core::CatalogChanges", "%n functions changed")},
    {QT_TRANSLATE_N_NOOP("core::CatalogChanges", "%n other objects added"),
     QT_TRANSLATE_N_NOOP("core::CatalogChanges", "%n other objects removed"),
     QT_TRANSLATE_N_NOOP("core::CatalogChanges", "%n other objects changed")},
};

Group groupOf(const CatalogChange &change)
{
    if (change.isColumn)
        return Group::Columns;
    switch (change.object) {
    case ObjectKind::Table:
    case ObjectKind::PartitionedTable:
    case ObjectKind::ForeignTable:
        return Group::Tables;
    case ObjectKind::View:
    case ObjectKind::MaterializedView:
        return Group::Views;
    case ObjectKind::Index:
        return Group::Indexes;
    case ObjectKind::Constraint:
        return Group::Constraints;
    case ObjectKind::Function:
    case ObjectKind::Procedure:
    case ObjectKind::Aggregate:
    case ObjectKind::WindowFunction:
        return Group::Routines;
    default:
        return Group::Others;
    }
}

} // namespace

QString changesText(const std::vector<CatalogChange> &changes)
{
    std::array<std::array<int, kindCount>, groupCount> counts = {};
    for (const CatalogChange &change : changes)
        ++counts[std::size_t(groupOf(change))][std::size_t(change.kind)];
    QStringList said;
    for (std::size_t group = 0; group < groupCount; ++group) {
        for (std::size_t kind = 0; kind < kindCount; ++kind) {
            if (const int count = counts[group][kind]; count > 0)
                said.append(QCoreApplication::translate("core::CatalogChanges",
                                                        sentences[group][kind], nullptr, count));
        }
    }
    return said.join(QLatin1StringView(", "));
}

} // namespace core
