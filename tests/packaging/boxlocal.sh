# SPDX-License-Identifier: GPL-3.0-or-later
# boxlocal.sh CHECKOUT SLUICECTL: a local server that one box call starts is the one that the next call meets.

checkout=$1 sluicectl=$2
# shellcheck source=/dev/null
. "${BASH_SOURCE[0]%/*}/check.sh"

scratch=$(mktemp -d /tmp/sluice.XXXXXX)
export XDG_DATA_HOME=$scratch/data XDG_CONFIG_HOME=$scratch/config XDG_STATE_HOME=$scratch/state
mkdir "$scratch/project"

in_box() { "$checkout/packaging/box" "$sluicectl" --project "$scratch/project" "$@" </dev/null; }
ask() { PGCONNECT_TIMEOUT=10 "$checkout/packaging/box" psql --no-psqlrc -XAtc "$2" "$1" </dev/null 2>&1; }

stop() {
    in_box local stop >/dev/null 2>&1
    rm -rf "$scratch"
}
trap stop EXIT

in_box local create --yes >/dev/null
expect "local create" 0 $?
expect "the next call sees it running" running "$(in_box local status)"

mapfile -t urls < <(in_box local urls --reveal)
expect "two addresses" 2 "${#urls[@]}"
((${#urls[@]} == 2)) || end_of_checks
# pgbouncer=true is for the tools that know it; libpq refuses it.
pooled=${urls[0]%\?pgbouncer=true} direct=${urls[1]:-}
expect "the pooled address says what it is" "$pooled?pgbouncer=true" "${urls[0]}"
expect "pooled answers" 1 "$(ask "$pooled" 'select 1')"
expect "direct answers" 1 "$(ask "$direct" 'select 1')"
expect "both are one server" "$(ask "$direct" 'select pg_postmaster_start_time()')" \
    "$(ask "$pooled" 'select pg_postmaster_start_time()')"

in_box local stop >/dev/null
expect "local stop" 0 $?
expect "the next call sees it stopped" stopped "$(in_box local status)"
in_box local start >/dev/null
expect "local start" 0 $?
expect "the addresses stay" "${urls[*]}" "$(in_box local urls --reveal | paste -sd' ')"
expect "pooled answers again" 1 "$(ask "$pooled" 'select 1')"
end_of_checks
