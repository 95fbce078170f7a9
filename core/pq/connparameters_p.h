// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pq/conninfo.h"
#include "core/pq/conntext_p.h"

namespace core::conntext {

/// Takes one query parameter or keyword into `info`: kept, translated, dropped or refused by the
/// tables of TRUST A2. The address itself (host, port, dbname, user, password) is taken as it is
/// and checked by the caller, which has the places. Later settings replace earlier ones, as in
/// libpq.
void applySetting(ConnInfo &info, const Setting &setting, ConnOrigin origin);

} // namespace core::conntext
