// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonValue>

#include <algorithm>
#include <cmath>
#include <vector>

namespace bench {

using Samples = std::vector<double>;

/// Of an even number the mean of the two in the middle; 0 of none.
[[nodiscard]] inline double median(Samples samples)
{
    if (samples.empty())
        return 0;
    std::ranges::sort(samples);
    const std::size_t middle = samples.size() / 2;
    return samples.size() % 2 == 1 ? samples[middle] : (samples[middle - 1] + samples[middle]) / 2;
}

/// The smallest sample that at least this share of them does not exceed; 0 of none.
[[nodiscard]] inline double percentile(Samples samples, double share)
{
    if (samples.empty())
        return 0;
    std::ranges::sort(samples);
    const auto rank = std::size_t(std::ceil(share * double(samples.size())));
    return samples[std::clamp(rank, std::size_t(1), samples.size()) - 1];
}

[[nodiscard]] inline QJsonArray toJson(const Samples &samples)
{
    QJsonArray array;
    for (const double sample : samples)
        array.append(sample);
    return array;
}

[[nodiscard]] inline Samples fromJson(const QJsonValue &value)
{
    Samples samples;
    for (const QJsonValue &sample : value.toArray())
        samples.push_back(sample.toDouble());
    return samples;
}

} // namespace bench
