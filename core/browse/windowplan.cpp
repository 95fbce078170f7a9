// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/browse/windowplan.h"

#include "core/browse/keyplan.h"
#include "core/browse/placeplan.h"
#include "core/result/typeoids.h"

using namespace Qt::StringLiterals;

namespace core {

WindowPlan::WindowPlan(const TableShape &shape, bool whole)
    : m_shape(shape)
    , m_list(shape, whole)
{
}

std::unique_ptr<WindowPlan> WindowPlan::make(const TableShape &shape, bool descending, bool whole)
{
    if (!shape.key.empty())
        return std::make_unique<KeyPlan>(shape, descending, whole);
    if (shape.hasPlaces)
        return std::make_unique<PlacePlan>(shape, whole);
    return nullptr;
}

void WindowPlan::applySettings(RequestSpec &spec) const
{
    spec.settings = {{"DateStyle"_ba, "ISO"_ba}, {"extra_float_digits"_ba, "1"_ba}};
    for (const int column : m_shape.key) {
        // Keys travel back as text; other styles write intervals that read differently.
        if (m_shape.columns[std::size_t(column)].baseType == oids::interval)
            spec.settings.emplace_back("IntervalStyle"_ba, "postgres"_ba);
    }
}

} // namespace core
