// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace core {

/// First thing in main(), before any thread: files are made owner-only (umask 077), no core dump
/// can hold a password, and libpq's variables (PGPASSWORD, PGHOST, PGSERVICE …) are taken out of
/// the environment, so that they can neither leak into a connection nor into a child (TRUST A2). A
/// file that grows beyond the process's limit is an error of its write, not the program's end.
/// Core dumps are switched off by their size limit; the process stays dumpable, because the desktop
/// portal refuses file dialogs to one that is not.
void hardenProcess();

/// Puts umask, the size of core dumps and their like back to what hardenProcess() found, right
/// before a program of the person's takes this process's place. libpq's variables stay out. Safe
/// between fork and exec.
void restoreProcess();

} // namespace core
