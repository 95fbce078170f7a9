# SPDX-License-Identifier: GPL-3.0-or-later
# build.sh PRESET TARGET…: configures build/main and builds. Runs in the box, in the checkout.
# A line every tenth of the way, and the compiler's words only if it fails; all of them are in build/main/build.log.
set -euo pipefail

preset=$1
tree=build/main
shift

say() { printf '%s\n' "$*" >&2; }

cached() { sed -n "s/^$1:[A-Z]*=//p" "$tree/CMakeCache.txt" 2>/dev/null || true; }

# A tree that serves is left alone: `main` and `ci` share it, and going from one to the other compiles everything
# again. CI must have its warnings as errors; nobody else minds what the tree has.
must_configure() {
    [[ -f $tree/build.ninja ]] || return 0
    [[ $(cached CMAKE_HOME_DIRECTORY) == "$PWD" ]] || return 0
    [[ $preset == ci && $(cached SLUICE_WERROR) != ON ]]
}

configure() {
    mkdir -p "$tree"
    # A copied checkout brings a cache that names the original.
    [[ $(cached CMAKE_HOME_DIRECTORY) == "$PWD" ]] || rm -rf "$tree/CMakeCache.txt" "$tree/CMakeFiles"
    say "configuring (preset $preset)"
    cmake --preset "$preset" >"$tree/configure.log" 2>&1 </dev/null || {
        cat "$tree/configure.log" >&2
        say "configuring failed"
        exit 1
    }
}

# Ninja's [12/345], as a line for each tenth. Not in awk: mawk reads ahead from a pipe and would be silent for minutes.
tenths() {
    local line tenth=0
    while IFS= read -r line; do
        [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]] || continue
        local done=${BASH_REMATCH[1]} all=${BASH_REMATCH[2]}
        ((all >= 20 && 10 * done / all > tenth)) || continue
        tenth=$((10 * done / all))
        printf '  %3d %%  (%d of %d)\n' $((10 * tenth)) "$done" "$all" >&2
    done
}

# Ninja prints a failed step after its FAILED line; steps that went well are single lines.
failures() { grep -v -E '^\[[0-9]+/[0-9]+\] ' "$tree/build.log" | tail -n 200 >&2; }

must_configure && configure
say "building ${*:-everything}"
started=$SECONDS
status=0
cmake --build "$tree" --parallel "$(nproc)" ${1:+--target "$@"} 2>&1 </dev/null | tee "$tree/build.log" | tenths || status=$?
if ((status)); then
    failures
    say "the build failed (all of it: $PWD/$tree/build.log)"
    exit 1
fi
say "built in $((SECONDS - started)) s"
