# SPDX-License-Identifier: GPL-3.0-or-later
# What the tests of the scripts say their expectations with. Sourced.
set -uo pipefail

faults=0

# expect NAME EXPECTED ACTUAL
expect() {
    if [[ $2 == "$3" ]]; then
        printf 'ok      %s\n' "$1"
    else
        printf 'FAILED  %s\n  expected: %q\n  actual:   %q\n' "$1" "$2" "$3"
        ((++faults))
    fi
}

# expect_true NAME COMMAND… and expect_false
expect_true() { "${@:2}" && expect "$1" yes yes || expect "$1" yes no; }
expect_false() { "${@:2}" && expect "$1" no yes || expect "$1" no no; }

# eventually COMMAND…: true as soon as it is, false if it is not for ten seconds.
eventually() {
    local try
    for ((try = 0; try < 100; ++try)); do
        "$@" && return
        read -r -t 0.1 <> <(:) || true
    done
    return 1
}

end_of_checks() {
    ((faults == 0)) && exit
    printf '%d failed\n' "$faults"
    exit 1
}
