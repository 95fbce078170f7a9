# SPDX-License-Identifier: GPL-3.0-or-later
# clang-tidy over the sources that changed, at most six, the same six for the same commit. Runs in the box, in the
# checkout, after the build (sources include what moc made). The `tidy` preset lints everything.
set -euo pipefail

most=6
tree=build/main

# What this branch changed; on the main branch itself, what its last commit changed.
changed_since() {
    local base
    base=$(git merge-base HEAD origin/main 2>/dev/null) || base=
    if [[ -z $base || $base == $(git rev-parse HEAD) ]]; then base=$(git rev-parse --quiet --verify HEAD~1) || base=; fi
    echo "$base"
}

base=$(changed_since)
[[ -n $base ]] || { echo "nothing to compare with: no lint" && exit 0; }
mapfile -t files < <(git diff --name-only --diff-filter=d "$base" HEAD -- 'core/*.cpp' 'ui/*.cpp' 'app/*.cpp' | sort)
((${#files[@]})) || { echo "no source changed since ${base:0:10}" && exit 0; }

echo "since ${base:0:10}: ${#files[@]} sources, linting ${files[*]:0:most}"
((${#files[@]} <= most)) || echo "skipped: ${files[*]:most}"
status=0
words=$(printf '%s\0' "${files[@]:0:most}" |
    xargs -0 -n 1 -P 2 clang-tidy --quiet -p "$tree" --extra-arg=-Wno-unknown-warning-option 2>&1) || status=1
grep -v -E '^[0-9]+ warnings? |^Suppressed |^Use -header-filter' <<<"$words" || true
exit "$status"
