// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <memory>

namespace core {

/// Owns a QObject that may be replaced from inside one of its own signals: it is silenced at once
/// and deleted when control is back in the event loop (or with its parent, where the loop has
/// ended).
struct LaterDeleter {
    void operator()(QObject *object) const
    {
        object->disconnect();
        object->deleteLater();
    }
};
template<class Object> using LaterPtr = std::unique_ptr<Object, LaterDeleter>;

} // namespace core
