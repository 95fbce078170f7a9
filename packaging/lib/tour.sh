# SPDX-License-Identifier: GPL-3.0-or-later
# tour.sh FOLDER: opens the window on a virtual display and takes its guided tour. Runs in the box, in the checkout.
# Pictures and exports are left in build/tour; the tour itself prints what it does.
set -euo pipefail

folder=$1
tour=build/tour
children=()

end_children() {
    ((${#children[@]})) || return 0
    kill "${children[@]}" 2>/dev/null || true
    wait "${children[@]}" 2>/dev/null || true
}
trap end_children EXIT

# The server takes the first free number and tells it when it is ready to be used.
start_display() {
    local numbers
    coproc display { exec Xvfb -displayfd 1 -screen 0 1600x1000x24 -nolisten tcp -noreset 2>"$tour/display.log"; }
    children+=("$display_PID")
    numbers=${display[0]}
    read -r -t 30 DISPLAY <&"$numbers" || {
        cat "$tour/display.log" >&2
        echo "no virtual display could be started" >&2
        exit 1
    }
    export DISPLAY=:$DISPLAY
    unset WAYLAND_DISPLAY XAUTHORITY
}

rm -rf "$tour"
mkdir -p "$tour"
start_display
# Dialogs and popups behave as on a desktop only under a window manager.
openbox --sm-disable >"$tour/openbox.log" 2>&1 </dev/null &
children+=("$!")

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
