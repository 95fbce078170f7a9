# SPDX-License-Identifier: GPL-3.0-or-later
# What the host must give: two small programs and the right to make namespaces. Sourced by packaging/box.

# need_host_tools PROGRAM=PACKAGE…: installs what is missing, as root; tells anybody else the one line.
need_host_tools() {
    local pair missing=()
    for pair in "$@"; do
        command -v "${pair%%=*}" >/dev/null || missing+=("${pair#*=}")
    done
    ((${#missing[@]})) || return 0
    local line="apt-get install --no-install-recommends ${missing[*]}"
    ((EUID == 0)) || die "needs a few small programs first; run: sudo $line"
    command -v apt-get >/dev/null || die "needs ${missing[*]}; install them with this system's own tool"
    say "installing ${missing[*]} on this machine (nothing else is)"
    make_cache_folders
    install_on_host "${missing[@]}" || die "could not install ${missing[*]}"
}

# A fresh machine or container has no package lists, an old one stale lists: the second try fetches them.
install_on_host() {
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -y)
    "${apt[@]}" install --no-install-recommends "$@" >"$box_cache/host.log" 2>&1 </dev/null && return
    quietly "$box_cache/host.log" "${apt[@]}" update &&
        quietly "$box_cache/host.log" "${apt[@]}" install --no-install-recommends "$@"
}

# The uid of the command in the box. PostgreSQL refuses to run as root.
box_uid() { echo $((EUID == 0 ? 1000 : EUID)); }
box_gid() {
    local gid
    gid=$(id -g)
    echo $((EUID == 0 ? 1000 : gid))
}

# can_unshare: bubblewrap works here, with a user namespace of our own.
can_unshare() {
    bwrap --unshare-user --uid "$(box_uid)" --gid "$(box_gid)" --ro-bind / / --dev /dev \
        true 2>/dev/null </dev/null
}

# can_chroot: root may mount in a namespace of its own, though user namespaces are forbidden.
can_chroot() {
    ((EUID == 0)) && unshare --mount true 2>/dev/null
}

say_what_is_forbidden() {
    if ((EUID == 0)); then
        die "this container forbids namespaces and mounts: start it with" \
            "--security-opt seccomp=unconfined --cap-add SYS_ADMIN, or install packaging/debian-packages.txt on Debian 13"
    fi
    die "this system forbids user namespaces: allow them (sysctl kernel.unprivileged_userns_clone=1" \
        "or kernel.apparmor_restrict_unprivileged_userns=0), or run as root"
}
