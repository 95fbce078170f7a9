# SPDX-License-Identifier: GPL-3.0-or-later
# bench.sh PROGRAM ARGUMENT…: runs tests/bench's bench_run on a virtual display. Runs in the box, in the checkout.
# However this ends, the program ends with it, and with the program the server that it started.
set -euo pipefail

program=$1
shift

# shellcheck source=/dev/null
. "${BASH_SOURCE[0]%/*}/display.sh"
running=
logs=$(mktemp -d)
end_all() {
    [[ -z $running ]] || kill "$running" 2>/dev/null || true
    end_display
    rm -rf "$logs"
}
trap end_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

start_display "$logs"
# In the background, because a trap waits for what runs in front.
QT_QPA_PLATFORM=xcb setpriv --pdeathsig KILL "$program" "$@" </dev/null &
running=$!
status=0
wait "$running" || status=$?
running=
exit "$status"
