// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/browse/keymarks.h"

#include "core/browse/interpolate.h"

#include <algorithm>
#include <cmath>

namespace core {

KeyMarks::Start KeyMarks::at(double fraction) const
{
    const double place = std::clamp(fraction, 0.0, 1.0) * double(m_marks.size() - 1);
    const auto index = std::min(std::size_t(place), m_marks.size() - 1);
    const Tuple &low = m_marks[index];
    if (index + 1 == m_marks.size() || low.size() != 1)
        return {low, {}, {}};
    const Tuple &high = m_marks[index + 1];
    const double part = place - std::floor(place);
    const auto middle = interpolated(m_leadingType, low.front(), high.front(), part);
    return middle ? Start{{*middle}, low, high} : Start{low, {}, {}};
}

} // namespace core
