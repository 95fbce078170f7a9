# SPDX-License-Identifier: GPL-3.0-or-later
# The private Debian 13 root: made once, upgraded when the package list grows. Sourced by packaging/box.
#
#   $box_cache/root/                  the root; etc/sluice-box in it says what it has
#   $box_cache/root.new/              one that is being made, or was interrupted
#   $box_cache/lock                   held while either is written to
#
# A root counts only with its stamp, and the stamp is written last: what was interrupted is done again.

# Raised when a root made by an older version of these scripts must be made anew.
root_recipe=1
root_suite=trixie
root_mirror=${SLUICE_BOX_MIRROR:-http://deb.debian.org/debian}

# A plain user makes the root as root of a user namespace, with the ids of /etc/subuid, and owns it afterwards.
# A process namespace of its own lets it mount /proc.
as_root=()
((EUID == 0)) || as_root=(unshare --user --map-root-user --map-auto --mount --pid --fork --mount-proc --kill-child)

# has_wanted_packages ROOT: its stamp is of today's recipe and covers today's list.
has_wanted_packages() {
    local stamp=${1%/}/etc/sluice-box
    [[ -r $stamp && $(head -n 1 "$stamp") == "recipe $root_recipe" ]] || return 1
    [[ -z $(comm -23 <(wanted_packages) <(tail -n +2 "$stamp")) ]]
}

has_todays_recipe() {
    [[ -r $box_root/etc/sluice-box && $(head -n 1 "$box_root/etc/sluice-box") == "recipe $root_recipe" ]]
}

# ensure_root [anew]: returns when a whole root is there. Calls at the same time wait for the first.
ensure_root() {
    [[ ${1:-} != anew ]] && has_wanted_packages "$box_root" && return
    make_cache_folders
    local tools=(mmdebstrap=mmdebstrap bwrap=bubblewrap mount=mount)
    ((EUID == 0)) || tools+=(newuidmap=uidmap)
    need_host_tools "${tools[@]}"
    can_unshare || can_chroot || say_what_is_forbidden
    # Children inherit the lock: it is free only when the last of them is gone, even after kill -9 of this script.
    exec {lock}>"$box_cache/lock"
    flock --nonblock "$lock" || {
        say "another call is setting up; waiting for it"
        flock "$lock"
    }
    # Interrupted: said with the status, not as a failure of the mirror.
    trap 'exit 130' INT
    if [[ ${1:-} == anew ]] || ! has_todays_recipe; then
        make_root
    elif ! has_wanted_packages "$box_root"; then
        upgrade_root
    fi
    trap - INT
    exec {lock}>&-
}

make_root() {
    local fresh=$box_cache/root.new old=$box_cache/root.old
    say "making a private Debian 13 in $box_cache (once, a minute or two)"
    remove_tree "$fresh" "$old"
    write_apt_settings
    quietly "$box_cache/base.log" "${as_root[@]}" mmdebstrap --mode=root --variant=apt \
        --format=directory --aptopt="$box_cache/apt.conf" --dpkgopt=force-unsafe-io \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/info/*' \
        --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
        "$root_suite" "$fresh" "$root_mirror" ||
        die "could not make the base system; is $root_mirror reachable?"
    provision "$fresh"
    [[ -e $box_root ]] && mv -T "$box_root" "$old"
    mv -T "$fresh" "$box_root"
    remove_tree "$old"
    say "done in $SECONDS s"
}

upgrade_root() {
    say "the package list has grown; installing what is new"
    write_apt_settings
    provision "$box_root"
    say "done in $SECONDS s"
}

# The machine's own way to the network (proxies, what it thinks of dates and certificates) holds for the root too.
write_apt_settings() {
    {
        apt-config dump 2>/dev/null |
            grep -E '^Acquire::((http|https|Check|ForceIPv|Max-FutureTime|Retries)[A-Za-z0-9:-]*|AllowInsecure[A-Za-z]*) "' || true
        echo 'Acquire::Languages "none"; Acquire::Retries "3"; APT::Install-Recommends "false";'
    } >"$box_cache/apt.conf"
}

# provision ROOT: packages, mount points, stamp.
provision() {
    local root=$1 packages
    mapfile -t packages < <(wanted_packages)
    cp -L --remove-destination /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || : >"$root/etc/resolv.conf"
    cp -L --remove-destination /etc/hosts "$root/etc/hosts" 2>/dev/null || : >"$root/etc/hosts"
    cp "$box_cache/apt.conf" "$root/etc/apt/apt.conf.d/99mmdebstrap"
    quietly "$box_cache/packages.log" in_root "$root" bash -s -- "${packages[@]}" \
        || die "could not install the packages; a later call tries again"
    { echo "recipe $root_recipe" && printf '%s\n' "${packages[@]}"; } >"$root/etc/sluice-box.new"
    sync -f "$root/etc/sluice-box.new"
    mv -f "$root/etc/sluice-box.new" "$root/etc/sluice-box"
}

# in_root ROOT COMMAND…: as its root, with /proc and /dev, in a mount namespace that dies with the command.
in_root() {
    "${as_root[@]}" unshare --mount bash -c '
        mount --rbind /proc "$1/proc" && mount --rbind /dev "$1/dev" && exec chroot "$@"' \
        in-root "$1" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
        DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "${@:2}" <"$sluice_source/packaging/lib/provision.sh"
}

# remove_tree FOLDER…: never leaves the file system, should something be mounted in there.
remove_tree() {
    local tree
    for tree in "$@"; do
        [[ ! -e $tree ]] || "${as_root[@]}" rm -rf --one-file-system -- "$tree" || die "cannot remove $tree"
    done
}
