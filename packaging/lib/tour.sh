# SPDX-License-Identifier: GPL-3.0-or-later
# tour.sh FOLDER: opens the window on a virtual display and takes its guided tour. Runs in the box, in the checkout.
# Pictures and exports are left in build/tour; the tour itself prints what it does.
set -euo pipefail

folder=$1
tour=build/tour
# shellcheck source=/dev/null
. packaging/lib/display.sh
trap end_display EXIT

rm -rf "$tour"
mkdir -p "$tour"
start_display "$tour"

status=0
QT_QPA_PLATFORM=xcb sluice --tour "$tour" "$folder" </dev/null || status=$?
rm -f "$tour/display.log" "$tour/openbox.log"
echo
if ((status)); then
    echo "The tour ended early (status $status). What it left is in $PWD/$tour:"
else
    echo "The tour is over. Its pictures and exports are in $PWD/$tour:"
fi
ls -lh "$tour" | awk 'NR > 1 { printf "  %7s  %s\n", $5, substr($0, index($0, $9)) }'
exit "$status"
