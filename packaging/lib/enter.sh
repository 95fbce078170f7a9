# SPDX-License-Identifier: GPL-3.0-or-later
# The last step of packaging/box: become the command, in the box. Sourced by packaging/box.
#
# Neither a process namespace nor --die-with-parent: a server started by one call outlives it, and the next
# call sees its process. lib/inside.sh ties the command itself, and only it, to the life of bubblewrap.

inside=$sluice_source/packaging/lib/inside.sh

# The passwd and group files of the box: the caller comes first, under the uid it has there, with name and home.
# initdb, ssh and the shell's prompt read them. Nobody else may have that name or number.
write_accounts() {
    local etc=$1 uid gid user file
    uid=$(box_uid) gid=$(box_gid)
    user=$(id -un 2>/dev/null) || user=sluice
    accounts=$box_cache/accounts-$uid-$(basename "${etc:-/host}")
    write_whole "$accounts.passwd" < <(
        printf '%s:x:%s:%s::%s:/bin/bash\n' "$user" "$uid" "$gid" "$HOME"
        awk -F: -v user="$user" -v uid="$uid" '$1 != user && $3 != uid' "$etc/etc/passwd"
    )
    write_whole "$accounts.group" < <(
        printf '%s:x:%s:\n' "$user" "$gid"
        awk -F: -v user="$user" -v gid="$gid" '$1 != user && $3 != gid' "$etc/etc/group"
    )
}

# write_whole FILE: standard input; another call that reads FILE now gets the old one or the new one.
write_whole() {
    local new
    new=$(mktemp "$1.XXXXXX")
    cat >"$new"
    chmod 644 "$new"
    if cmp -s "$new" "$1"; then rm -f "$new"; else mv -f "$new" "$1"; fi
}

# Qt learns the name of the zone from where the link leads, which a bound file would not tell.
copy_time_zone() {
    local there here
    there=$(readlink /etc/localtime) here=$(readlink "$box_root/etc/localtime")
    [[ -n $there && $there != "$here" && -e $box_root/usr/share/zoneinfo/${there#*zoneinfo/} ]] || return 0
    ln -sfnT "/usr/share/zoneinfo/${there#*zoneinfo/}" "$box_root/etc/localtime.new" &&
        mv -fT "$box_root/etc/localtime.new" "$box_root/etc/localtime"
}

# On a system that has everything: a plain user needs no box at all; root needs another uid.
enter_native() {
    choose_runtime_folder
    export XDG_RUNTIME_DIR=$runtime_box
    take_x_cookie_along
    make_x_socket_folder
    ((EUID == 0)) || exec bash "$inside" "$@"
    need_host_tools bwrap=bubblewrap
    write_accounts ""
    unset DBUS_SESSION_BUS_ADDRESS
    if can_unshare; then
        local runtime=()
        if runtime_is_too_deep; then
            mkdir -p -m 755 /run/sluice && runtime=(--bind "$runtime_host" /run/sluice)
            export XDG_RUNTIME_DIR=/run/sluice
        fi
        hold_terminal_signals
        exec bwrap --dev-bind / / --unshare-user --uid "$(box_uid)" --gid "$(box_gid)" \
            --ro-bind "$accounts.passwd" /etc/passwd --ro-bind "$accounts.group" /etc/group "${runtime[@]}" \
            --chdir "$working_folder" bash "$inside" "$@"
    fi
    plan=()
    if can_chroot; then
        step ro "$accounts.passwd" /etc/passwd
        step ro "$accounts.group" /etc/group
    else
        # Nothing can be mounted over the accounts: the command is somebody they name already.
        export SLUICE_BOX_NO_MOUNT=1
        SLUICE_BOX_UID=$(id -u postgres 2>/dev/null) || SLUICE_BOX_UID=$(id -u nobody)
    fi
    enter_by_chroot / "$@"
}

enter_root() {
    choose_runtime_folder
    # Under a name of its own the folder is near the top: sockets in it have short paths.
    [[ $runtime_host == "$sluice_cache/run" ]] && runtime_box=/run/user/$(box_uid)
    export XDG_RUNTIME_DIR=$runtime_box
    write_accounts "$box_root"
    copy_time_zone
    take_x_cookie_along
    make_x_socket_folder
    # Root's bus knows it as uid 0 and would refuse uid 1000.
    ((EUID == 0)) && unset DBUS_SESSION_BUS_ADDRESS
    forget_host_paths
    plan_root
    step ro "$accounts.passwd" /etc/passwd
    step ro "$accounts.group" /etc/group
    if can_unshare; then
        enter_by_bubblewrap "$@"
    elif can_chroot; then
        enter_by_chroot "$box_root" "$@"
    fi
    say_what_is_forbidden
}

enter_by_bubblewrap() {
    local i arguments=()
    for ((i = 0; i < ${#plan[@]}; i += 3)); do
        case ${plan[i]} in
        dir) arguments+=(--dir "${plan[i + 1]}") ;;
        tmpfs) arguments+=(--tmpfs "${plan[i + 1]}") ;;
        link) arguments+=(--symlink "${plan[@]:i+1:2}") ;;
        rw) arguments+=(--bind "${plan[@]:i+1:2}") ;;
        ro) arguments+=(--ro-bind "${plan[@]:i+1:2}") ;;
        esac
    done
    hold_terminal_signals
    exec bwrap --unshare-user --uid "$(box_uid)" --gid "$(box_gid)" --dev /dev --proc /proc \
        --ro-bind-try /sys /sys --dev-bind-try /dev/dri /dev/dri "${arguments[@]}" \
        --chdir "$working_folder" bash "$inside" "$@"
}

# Where user namespaces are forbidden, root mounts the same things in a mount namespace and becomes uid 1000 for
# good. It keeps the right to read and write root's files, without which its home and the checkout would be closed.
enter_by_chroot() {
    export SLUICE_BOX_UID=${SLUICE_BOX_UID:-$(box_uid)}
    chown -R "$SLUICE_BOX_UID" "$runtime_host"
    local enter=(bash "$sluice_source/packaging/lib/chroot.sh" "$1" "$working_folder" "${#plan[@]}" "${plan[@]}"
        bash "$inside" "${@:2}")
    [[ -n ${SLUICE_BOX_NO_MOUNT:-} ]] && exec "${enter[@]}"
    exec unshare --mount "${enter[@]}"
}
