# SPDX-License-Identifier: GPL-3.0-or-later
# Checks that need no build: the syntax of scripts, the format of sources, the layering. Runs in the box, in the
# checkout, over what git knows. All of them run, so that one call tells everything.
set -uo pipefail

failed=0
check() {
    local name=$1
    shift
    if "$@"; then echo "ok      $name"; else echo "FAILED  $name" && failed=1; fi
}

scripts() {
    local file status=0
    while IFS= read -r file; do
        [[ $file == *.sh || $(head -c 11 "$file") == '#!/bin/bash' ]] || continue
        bash -n "$file" || status=1
    done < <(git ls-files packaging .ci tests)
    return "$status"
}

# An empty list would let a renamed folder pass unseen.
format() {
    local files
    mapfile -t files < <(git ls-files -- 'core/*.cpp' 'core/*.h' 'ui/*.cpp' 'ui/*.h' 'app/*.cpp' 'app/*.h' \
        'tests/*.cpp' 'tests/*.h')
    ((${#files[@]})) || { echo "no sources found" && return 1; }
    clang-format --dry-run --Werror "${files[@]}" 2>&1 | awk -F: '
        / error: / { if (!seen[$1]++) print $1 ":" $2 ": not as clang-format would have it"; }
        END { exit length(seen) > 0 }'
}

check "shell syntax" scripts
check "format (clang-format -i repairs it)" format
check "layering" python3 tests/layering/layering.py .
exit "$failed"
