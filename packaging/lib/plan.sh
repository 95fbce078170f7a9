# SPDX-License-Identifier: GPL-3.0-or-later
# What of the host is seen in the private root, as a list of steps that bubblewrap and the chroot both follow.
# Sourced by packaging/box. A step is one of
#   dir PATH | tmpfs PATH | link TARGET PATH | rw SOURCE PATH | ro SOURCE PATH
# kept as five arrays' worth of words in `plan`, three a step (PATH twice where there is one).

plan=()
step() { plan+=("$1" "$2" "${3:-$2}"); }

# Folders that every system has its own of. All others (home, tmp, srv, work …) are the host's in the box too,
# so that any path a person names means the same inside and outside.
is_system_folder() {
    case ${1%/} in
    /bin | /sbin | /lib* | /usr | /etc | /var | /dev | /proc | /sys | /run | /boot | /lost+found) return 0 ;;
    *) return 1 ;;
    esac
}

plan_root() {
    plan=()
    local entry
    for entry in "$box_root"/*; do
        is_system_folder "/${entry##*/}" || continue
        case /${entry##*/} in /dev | /proc | /sys | /run | /boot) continue ;; esac
        if [[ -L $entry ]]; then
            step link "$(readlink "$entry")" "/${entry##*/}"
        else
            step ro "$entry" "/${entry##*/}"
        fi
    done
    for entry in /*; do
        is_system_folder "$entry" && continue
        if [[ -L $entry ]]; then
            step link "$(readlink "$entry")" "$entry"
        elif [[ -d $entry ]]; then
            step rw "$entry"
        fi
    done
    [[ -d /tmp ]] || step tmpfs /tmp
    step tmpfs /run
    step tmpfs /var/tmp
    plan_system_parts
    plan_places
}

# Network names, fonts for a real display, and sockets of servers of the host.
plan_system_parts() {
    local part
    for part in /etc/resolv.conf /etc/hosts; do
        [[ -e $part ]] && step ro "$(readlink -f "$part")" "$part"
    done
    if [[ -n ${DISPLAY:-}${WAYLAND_DISPLAY:-} && -d /usr/share/fonts ]]; then
        step ro /usr/share/fonts /usr/local/share/fonts
    fi
    for part in /run/postgresql /run/dbus /run/media /run/systemd/resolve; do
        [[ -d $part ]] && step rw "$part"
    done
    [[ -d /run/postgresql ]] || step dir /run/postgresql
}

# The caller's own places, wherever they are. Mount points under the root's own folders must exist there.
plan_places() {
    local place
    step rw "$runtime_host" "$runtime_box"
    for place in "$HOME" "$sluice_cache" "$CCACHE_DIR" "$sluice_source" "$working_folder" \
        "$(socket_of "${SSH_AUTH_SOCK:-}")" "$(socket_of "${WAYLAND_DISPLAY:-}")"; do
        [[ -n $place && -e $place ]] && is_hidden "$place" && step rw "$place"
    done
    return 0
}

socket_of() { [[ $1 == /* && -S $1 ]] && echo "$1"; }

# is_hidden PATH: the steps so far do not show the host's PATH. Folders that the root has as well stay the root's
# (a working folder of /usr/include is that of the box); others get a mount point.
is_hidden() {
    local top=/${1#/}
    top=/$(cut -d/ -f2 <<<"$top")
    case $top in
    / | /dev | /proc | /sys) return 1 ;;
    /run) return 0 ;;
    esac
    is_system_folder "$top" || return 1
    [[ -d $1 ]] || return 1
    [[ ! -e $box_root$1 || -e $box_root$1/.sluice-mount-point ]] || return 1
    mkdir -p "$box_root$1" && : >"$box_root$1/.sluice-mount-point"
}
