// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/request.h"

namespace core {

Request::Request(Serial serial, QObject *parent)
    : QObject(parent)
    , m_serial(serial)
{
}

Request::~Request()
{
    cancel();
}

void Request::cancel()
{
    if (!m_finished)
        emit cancelAsked(m_serial);
}

void Request::drop()
{
    if (!m_finished)
        emit dropAsked(m_serial);
}

void Request::grant(int chunks)
{
    if (!m_finished && chunks > 0)
        emit granted(m_serial, chunks);
}

} // namespace core
