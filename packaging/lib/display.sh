# SPDX-License-Identifier: GPL-3.0-or-later
# A virtual display with a window manager, for as long as the script that starts it lives. Sourced; runs in the box.
# Dialogs and popups behave as on a desktop only under a window manager.

display_children=()

end_display() {
    ((${#display_children[@]})) || return 0
    kill "${display_children[@]}" 2>/dev/null || true
    wait "${display_children[@]}" 2>/dev/null || true
}

# start_display LOGFOLDER: sets DISPLAY. The server takes the first free number and tells it when it is ready.
# Both end with this script even when it is killed.
start_display() {
    local logs=$1 numbers
    coproc display {
        exec setpriv --pdeathsig KILL Xvfb -displayfd 1 -screen 0 1600x1000x24 -nolisten tcp -noreset \
            2>"$logs/display.log"
    }
    display_children+=("$display_PID")
    numbers=${display[0]}
    read -r -t 30 DISPLAY <&"$numbers" || {
        cat "$logs/display.log" >&2
        echo "no virtual display could be started" >&2
        return 1
    }
    export DISPLAY=:$DISPLAY
    unset WAYLAND_DISPLAY XAUTHORITY
    setpriv --pdeathsig KILL openbox --sm-disable >"$logs/openbox.log" 2>&1 </dev/null &
    display_children+=("$!")
}
