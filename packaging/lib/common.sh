# SPDX-License-Identifier: GPL-3.0-or-later
# Names and words shared by the scripts of packaging/. Sourced, never run.
# Everything said here goes to standard error: standard output belongs to the command in the box.

# The checkout, without symbolic links: it is visible under this very path in the box.
sluice_source=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

die() {
    say "$@"
    exit 1
}

# Exported because the command in the box reads the home folder too, from cron as from a terminal.
if [[ -z ${HOME:-} || ! -d $HOME ]]; then
    HOME=$(getent passwd "$(id -u)" | cut -d: -f6)
    [[ -d $HOME ]] || HOME=/
    export HOME
fi

# The XDG specification: a relative path in a variable is as good as none.
cache_home=${XDG_CACHE_HOME:-}
[[ $cache_home == /* ]] || cache_home=$HOME/.cache
sluice_cache=$cache_home/sluice
box_cache=$sluice_cache/box
box_root=$box_cache/root

# The root is written to by its maker alone, and holds a copy of the machine's proxy settings.
make_cache_folders() {
    mkdir -p "$box_cache" || die "cannot write to $sluice_cache"
    chmod 700 "$sluice_cache"
}

# wanted_packages: the names in debian-packages.txt, sorted.
wanted_packages() {
    sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$sluice_source/packaging/debian-packages.txt" |
        LC_ALL=C sort -u
}

# quietly LOG COMMAND…: silent when it succeeds; its last words when it fails.
quietly() {
    local log=$1 status=0
    shift
    "$@" >"$log" 2>&1 </dev/null || status=$?
    if ((status)); then
        tail -n 25 "$log" >&2
        say "failed (status $status): ${*:1:3}… (all of it: $log)"
    fi
    return "$status"
}
