# SPDX-License-Identifier: GPL-3.0-or-later
# Can this system build Sluice by itself? Sourced by packaging/box.
# The answer costs seconds once, then nothing: it is kept until the packages or our wishes change.

# Where the answer is kept; the name holds everything it depends on.
native_verdict_file() {
    local key
    key=$({
        cat "$sluice_source/packaging/debian-packages.txt" "$sluice_source/packaging/lib/probe/CMakeLists.txt" \
            "$sluice_source/packaging/cmake/SluiceDependencies.cmake" /etc/os-release 2>/dev/null
        stat -c '%i %s %Y' /var/lib/dpkg/status /var/lib/rpm /var/lib/pacman/local 2>/dev/null
        printf '%s\n' "$PATH" "${CC:-}" "${CXX:-}"
    } | sha256sum)
    echo "$box_cache/native-${key%% *}"
}

# inside_private_root: a call from within a root of ours that has all we want today.
inside_private_root() {
    [[ -f /etc/sluice-box ]] && has_wanted_packages /
}

# is_native: nothing needs to be set up here. SLUICE_BOX=root or native overrules it, to try the other way.
is_native() {
    inside_private_root && return
    case ${SLUICE_BOX:-} in
    native) return 0 ;;
    root) return 1 ;;
    esac
    local file verdict
    file=$(native_verdict_file)
    if [[ -r $file ]]; then
        verdict=$(<"$file")
    else
        verdict=$(probe_natively)
        make_cache_folders
        rm -f "$box_cache"/native-*
        # Another call may read it at this moment: it is there whole or not at all.
        echo "$verdict" >"$file.$$" && mv -f "$file.$$" "$file"
    fi
    [[ $verdict == yes ]]
}

probe_natively() {
    local build answer=no
    command -v cmake >/dev/null && command -v ninja >/dev/null || {
        echo no
        return
    }
    build=$(mktemp -d)
    cmake -G Ninja -S "$sluice_source/packaging/lib/probe" -B "$build" >"$build/log" 2>&1 </dev/null && answer=yes
    rm -rf "$build"
    echo "$answer"
}
