#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What dbus-run-session starts as its daemon: the daemon, ending with it even when it is killed.
exec setpriv --pdeathsig TERM -- dbus-daemon "$@"
