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

# Ninja's [12/345], as a line for each tenth.
tenths() {
    awk '
        match($0, /^\[[0-9]+\/[0-9]+\]/) {
            split(substr($0, 2, RLENGTH - 2), at, "/")
            if (at[2] >= 20 && int(10 * at[1] / at[2]) > tenth) {
                tenth = int(10 * at[1] / at[2])
                printf "  %3d %%  (%d of %d)\n", 10 * tenth, at[1], at[2]
                fflush()
            }
        }' >&2
}

# Ninja prints a failed step after its FAILED line; steps that went well are single lines.
failures() { grep -v -E '^\[[0-9]+/[0-9]+\] ' "$tree/build.log" | tail -n 200 >&2; }

must_configure && configure
say "building ${*:-everything}"
started=$SECONDS
status=0
cmake --build "$tree" ${1:+--target "$@"} 2>&1 </dev/null | tee "$tree/build.log" | tenths || status=$?
if ((status)); then
    failures
    say "the build failed (all of it: $PWD/$tree/build.log)"
    exit 1
fi
say "built in $((SECONDS - started)) s"
