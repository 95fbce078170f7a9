// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace core {

/// First thing in main(), before any thread: files are made owner-only (umask 077), no core dump
/// can hold a password, and libpq's variables (PGPASSWORD, PGHOST, PGSERVICE …) are taken out of
/// the environment, so that they can neither leak into a connection nor into a child (TRUST A2).
/// Core dumps are switched off by their size limit; the process stays dumpable, because the desktop
/// portal refuses file dialogs to one that is not.
void hardenProcess();

} // namespace core
