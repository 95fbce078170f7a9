# SPDX-License-Identifier: GPL-3.0-or-later
"""servers.py MAJOR PROGRAM…: runs test programs against a PostgreSQL of that major version, each with a server of its own.

Looked for in the folders of SLUICE_SERVERS (with `initdb` and `postgres`, parted by colons), then where Debian, Red Hat
and a build from source put it. Ends with 77 where there is none, so that ctest shows what was not tested."""
import glob
import os
import re
import subprocess
import sys

SKIPPED = 77
PLACES = ["/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql*/bin"]
PER_PROGRAM = 300  # seconds


def version_of(folder):
    try:
        said = subprocess.run([os.path.join(folder, "postgres"), "--version"], capture_output=True, text=True,
                              timeout=30, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"\) (\d+)(\S*)", said)
    return (int(found[1]), found[1] + found[2]) if found else None


def find(major):
    named = [folder for folder in os.environ.get("SLUICE_SERVERS", "").split(":") if folder]
    for folder in named:
        if not version_of(folder):
            sys.exit(f"SLUICE_SERVERS: no PostgreSQL runs from {folder}")
    for folder in named + [found for place in PLACES for found in sorted(glob.glob(place))]:
        version = version_of(folder)
        if version and version[0] == major and os.path.exists(os.path.join(folder, "initdb")):
            return folder, version[1]
    return None


def main(major, programs):
    found = find(major)
    if not found:
        print(f"PostgreSQL {major} is not installed here: nothing was tested against it")
        return SKIPPED
    folder, version = found
    failed = []
    for program in programs:
        name = os.path.basename(program)
        ended = subprocess.run([program], env=os.environ | {"SLUICE_PG_BINDIR": folder}, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                               timeout=PER_PROGRAM, check=False)
        totals = re.findall(r"^Totals: .*", ended.stdout, re.MULTILINE)
        if ended.returncode or not totals or not re.search(r" [1-9]\d* passed", totals[-1]):
            failed.append(name)
            print(ended.stdout)
        print(f"PostgreSQL {version}: {name}: {totals[-1] if totals else 'no test was run'}", flush=True)
    print(f"PostgreSQL {version}: {len(programs) - len(failed)} of {len(programs)} programs passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
