# SPDX-License-Identifier: GPL-3.0-or-later
# box.sh CHECKOUT: what packaging/box promises to the command it runs, and to the one who waits for it.

checkout=$1
box=$checkout/packaging/box
# shellcheck source=/dev/null
. "${BASH_SOURCE[0]%/*}/check.sh"

scratch=$(mktemp -d "/tmp/sluice box.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

status_of() {
    "$@" >/dev/null 2>&1 </dev/null
    echo $?
}

passes_through() {
    expect "status 0" 0 "$(status_of "$box" true)"
    expect "status 42" 42 "$(status_of "$box" bash -c 'exit 42')"
    expect "status of a killed command" 137 "$(status_of "$box" bash -c 'kill -9 $$')"
    expect "status of a command that is not there" 127 "$(status_of "$box" no-such-command)"
    expect "no command" 2 "$(status_of "$box")"
    expect "standard input and output" "a line" "$(echo "a line" | "$box" cat 2>/dev/null)"
    expect "standard error apart" "" "$("$box" bash -c 'echo words >&2' 2>/dev/null)"
    expect "nothing of its own on standard error" "" "$("$box" true 2>&1)"
    expect "arguments as they are" $'<a  b><><c\nd><*>' "$("$box" printf '<%s>' 'a  b' '' $'c\nd' '*')"
    expect "variables of the caller" here "$(SLUICE_TEST_WORD=here "$box" bash -c 'echo "$SLUICE_TEST_WORD"')"
    expect "home folder" "$HOME" "$("$box" bash -c 'echo ~')"
}

keeps_the_folder() {
    expect "working folder under /tmp" "$scratch" "$(cd "$scratch" && "$box" pwd)"
    (cd "$scratch" && "$box" touch made)
    expect "files belong to the caller" "$(stat -c %u "$scratch")" "$(stat -c %u "$scratch/made")"
    expect "checkout" "$checkout" "$(cd "$checkout" && "$box" pwd)"
}

is_somebody() {
    expect_true "not root, which PostgreSQL refuses to be" test "$("$box" id -u)" != 0
    expect "has a name" "$(id -un)" "$("$box" id -un)"
    expect "a certificate file that is not here is not named" unset \
        "$(SSL_CERT_FILE=/no/such/file "$box" bash -c 'echo "${SSL_CERT_FILE-unset}"')"
    expect "a locale that is not here becomes C.UTF-8" C.UTF-8 \
        "$(LC_ALL=tlh_QO.UTF-8 "$box" bash -c 'echo "${LC_ALL:-$LANG}"' 2>/dev/null)"
    expect "no locale becomes C.UTF-8" C.UTF-8 "$(env -u LANG -u LC_ALL -u LC_CTYPE "$box" bash -c 'echo "$LANG"')"
}

shares_a_runtime_folder() {
    local folder
    folder=$("$box" bash -c 'echo "$XDG_RUNTIME_DIR"')
    expect "runtime folder is private" 700 "$("$box" stat -c %a "$folder")"
    expect_true "runtime folder leaves room for sockets" test ${#folder} -le 60
    "$box" bash -c 'echo word >"$XDG_RUNTIME_DIR/sluice-box-test"'
    expect "two calls meet in it" word "$("$box" bash -c 'cat "$XDG_RUNTIME_DIR/sluice-box-test"; rm "$XDG_RUNTIME_DIR/sluice-box-test"')"
}

# A process left behind lives on and is seen; the command itself goes with the one who runs it.
ends_what_it_should() {
    local left caller
    left=$("$box" bash -c 'setsid sleep 600 >/dev/null 2>&1 </dev/null & echo $!')
    expect_true "a process of one call is alive in the next" "$box" kill -0 "$left"
    "$box" kill "$left"

    "$box" bash -c 'echo $$ >"$1/command"; exec sleep 600' _ "$scratch" &
    caller=$!
    expect_true "command started" eventually test -s "$scratch/command"
    kill -TERM "$caller"
    wait "$caller" 2>/dev/null
    expect_true "command ends with its caller" eventually is_gone "$(<"$scratch/command")"
}

# A zombie that nobody reaps (pid 1 of a container) is gone as well.
is_gone() { [[ ! -e /proc/$1 || $(cut -d' ' -f3 "/proc/$1/stat" 2>/dev/null) == Z ]]; }

finds_its_own_programs() {
    mkdir "$scratch/checkout"
    cp -r "$checkout/packaging" "$scratch/checkout"
    local other=$scratch/checkout/packaging/box
    expect "not built" "box: sluicectl is not built: run packaging/run" "$("$other" sluicectl 2>&1)"
    expect "not built, status" 127 "$(status_of "$other" sluice)"
    mkdir -p "$scratch/checkout/build/main/bin"
    printf '#!/bin/sh\necho its own\n' >"$scratch/checkout/build/main/bin/sluicectl"
    chmod +x "$scratch/checkout/build/main/bin/sluicectl"
    expect "programs of the tree come first" "its own" "$("$other" sluicectl)"
}

# A root that was interrupted, or is older than the package list, is not taken for a finished one.
knows_a_finished_root() (
    export XDG_CACHE_HOME=$scratch/cache
    # shellcheck source=/dev/null
    . "$checkout/packaging/lib/common.sh" && . "$checkout/packaging/lib/root.sh"
    set +e
    local root=$box_root stamp=$box_root/etc/sluice-box
    mkdir -p "$root/etc"
    expect_false "without a stamp" has_wanted_packages "$root"
    { echo "recipe $root_recipe" && wanted_packages; } >"$stamp"
    expect_true "with all packages" has_wanted_packages "$root"
    { echo "recipe $root_recipe" && wanted_packages && echo zzz; } >"$stamp"
    expect_true "with more than all" has_wanted_packages "$root"
    { echo "recipe $root_recipe" && wanted_packages | grep -v '^cmake$'; } >"$stamp"
    expect_false "with one missing" has_wanted_packages "$root"
    { echo "recipe 0" && wanted_packages; } >"$stamp"
    expect_false "of an older recipe" has_wanted_packages "$root"
    exit "$faults"
)

passes_through
keeps_the_folder
is_somebody
shares_a_runtime_folder
ends_what_it_should
finds_its_own_programs
knows_a_finished_root || ((++faults))
end_of_checks
