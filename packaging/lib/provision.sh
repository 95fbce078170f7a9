# SPDX-License-Identifier: GPL-3.0-or-later
# Fills the private root with the packages named as arguments. Runs inside it, as its root, and may run again.
set -euo pipefail

# Nothing is started while packages are unpacked, and no database cluster is made: the box has its own.
printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
chmod 755 /usr/sbin/policy-rc.d
mkdir -p /etc/postgresql-common
echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf

# An interrupted run leaves packages half configured. mmdebstrap leaves no package lists behind.
dpkg --configure -a
apt-get update
apt-get install -y --no-install-recommends "$@"
apt-get clean
rm -rf /var/lib/apt/lists/*

# What packaging/box binds needs a place to be bound to; a link would lead out of the root.
for file in /etc/resolv.conf /etc/hosts /etc/passwd /etc/group; do
    [[ -f $file && ! -L $file ]] || { rm -f "$file" && : >"$file"; }
done
mkdir -p /usr/local/share/fonts /var/tmp /run
[[ -s /etc/machine-id ]] || dbus-uuidgen | tee /etc/machine-id >/dev/null
fc-cache --system-only
