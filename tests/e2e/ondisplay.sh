#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# ondisplay.sh CHECKOUT PLATFORM COMMAND…: runs COMMAND on a virtual display of its own, with that platform of Qt's.
set -euo pipefail

# shellcheck source=/dev/null
. "$1/packaging/lib/display.sh"
export QT_QPA_PLATFORM=$2
shift 2
logs=$(mktemp -d "${TMPDIR:-/tmp}/sluice-display.XXXXXX")
trap 'end_display; rm -rf "$logs"' EXIT
start_display "$logs"
"$@"
