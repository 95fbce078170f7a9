# SPDX-License-Identifier: GPL-3.0-or-later
# inside.sh COMMAND…: the first process in the box. It puts right what can be judged only here, and becomes COMMAND.

# Variables that name certificates of the host: only those that are here too.
for name in SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE GIT_SSL_CAINFO REQUESTS_CA_BUNDLE NIX_SSL_CERT_FILE; do
    [[ -z ${!name:-} || -e ${!name} ]] || unset "$name"
done

# Qt warns about any other character set than UTF-8, and every program about a locale that is not here.
if [[ -z ${LC_ALL:-}${LC_CTYPE:-}${LANG:-} ]]; then
    export LANG=C.UTF-8
elif [[ -n $(locale 2>&1 >/dev/null) ]]; then
    for name in ${!LC_*}; do unset "$name"; done
    export LANG=C.UTF-8
fi

export PATH=$SLUICE_BOX_PATH:$PATH

# Between us and the command may stand bubblewrap and dbus-run-session, which ignore the terminal's signals while
# they wait. The command gets them as they were, and is told to end when the one who waits for it was killed.
own=()
if [[ -n ${SLUICE_BOX_SIGNALS:-} ]]; then
    own=(env --default-signal="$SLUICE_BOX_SIGNALS" setpriv --pdeathsig TERM --)
fi

# A bus of the desktop serves if its socket is there; otherwise the command gets one for as long as it runs.
bus=()
if [[ -z ${DBUS_SESSION_BUS_ADDRESS:-} && ! -S $XDG_RUNTIME_DIR/bus ]] && command -v dbus-run-session >/dev/null; then
    bus=(setpriv --pdeathsig TERM -- dbus-run-session --dbus-daemon="${BASH_SOURCE[0]%/*}/dbus-daemon.sh" --)
    [[ -n ${SLUICE_BOX_SIGNALS:-} ]] || own=(setpriv --pdeathsig TERM --)
fi

unset name SLUICE_BOX_PATH SLUICE_BOX_SIGNALS SLUICE_BOX_UID SLUICE_BOX_NO_MOUNT
exec "${bus[@]}" "${own[@]}" "$@"
