# SPDX-License-Identifier: GPL-3.0-or-later
# chroot.sh ROOT FOLDER COUNT STEP… COMMAND…: follows the steps of lib/plan.sh with mount, then runs COMMAND
# in ROOT, in FOLDER, as uid SLUICE_BOX_UID. Root runs it in a mount namespace of its own.
set -euo pipefail

root=$1 folder=$2 count=$3
plan=("${@:4:count}")
command=("${@:4+count}")

# The mounts go over a view of the root, and are gone with the last process in it.
mount_all() {
    local view=$1 i source target
    for ((i = 0; i < ${#plan[@]}; i += 3)); do
        source=${plan[i + 1]} target=$view${plan[i + 2]}
        case ${plan[i]} in
        dir) mkdir -p "$target" ;;
        link) [[ -e $target || -L $target ]] || ln -s "$source" "$target" ;;
        tmpfs) mkdir -p "$target" && mount -t tmpfs tmpfs "$target" ;;
        *)
            # What the root has itself is there already.
            [[ $source == "$root/"* ]] && continue
            if [[ -d $source ]]; then mkdir -p "$target"; else [[ -e $target ]] || : >"$target"; fi
            mount --rbind "$source" "$target"
            ;;
        esac
    done
}

view=
if [[ -z ${SLUICE_BOX_NO_MOUNT:-} ]]; then
    if [[ $root != / ]]; then
        view=$root
        mount --rbind "$root" "$view"
        for system in proc dev sys; do mount --rbind "/$system" "$view/$system"; done
    fi
    mount_all "$view"
fi

powers=+dac_override,+dac_read_search,+fowner
drop=(setpriv --reuid "$SLUICE_BOX_UID" --regid "$SLUICE_BOX_UID" --clear-groups
    --securebits=+no_setuid_fixup --inh-caps="-all,$powers" --ambient-caps="-all,$powers" --bounding-set="-all,$powers")
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*'
# Becoming another user clears the signal that ties the command to its parent; there is no parent here: all is exec.
exec chroot "${view:-/}" "${drop[@]}" env --chdir="$folder" "${command[@]}"
