# SPDX-License-Identifier: GPL-3.0-or-later
"""smoke.py BASH SCRIPT PROGRAM FOLDER: the bench on little data gives every figure, in its table and in its file.

What the figures are is not looked at: a machine at work says nothing by them.
"""

import json
import math
import subprocess
import sys

ROWS = 60000
NAMES = ('export.csv export.jsonLines export.csvDiffers export.csvMemory export.jsonLinesMemory '
         'window.keyFirst window.keyMiddle window.keyLast window.keySpread window.keyOffset '
         'window.heapFirst window.heapMiddle window.heapLast window.heapSpread window.heapOffset '
         'stream.firstRow stream.stall stream.store stream.spill '
         'pool.neighbour pool.neighbourLate '
         'catalog.names catalog.whole catalog.check catalog.detail catalog.search catalog.filter catalog.changes '
         'catalog.layout catalog.memory catalog.trips catalog.detailTrips catalog.definitions '
         'start.firstPaint start.restored start.memory start.memoryAnonymous').split()


def faults(table, report):
    """What is wrong with one run's output."""
    if report['rows'] != ROWS or report['rounds'] != 1:
        yield 'the file is of another run'
    figures = {figure['name']: figure for figure in report['figures']}
    if sorted(figures) != sorted(NAMES):
        yield f'the figures are {sorted(figures)}'
    for name, figure in figures.items():
        if not math.isfinite(figure['value']) or figure['value'] < 0:
            yield f'{name} is {figure["value"]}'
        if (figure['target'] is None) != (figure['met'] is None):
            yield f'{name} has a target and no verdict, or the other way round'
        if name not in table:
            yield f'{name} is not in the table'
    # Figures that no load can change.
    if figures.get('catalog.trips', {}).get('value') != 1 or figures.get('catalog.detailTrips', {}).get('value') != 1:
        yield 'a catalog, or the detail of a table, took more than one round trip'
    if figures.get('export.csvDiffers', {}).get('value') != 0:
        yield 'the CSV file is not the one that psql writes'


def main():
    bash, script, program, folder = sys.argv[1:]
    command = ['setpriv', '--pdeathsig', 'TERM', bash, script, program,
               '--folder', folder, '--rows', str(ROWS), '--rounds', '1']
    run = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=False)
    print(run.stdout)
    if run.returncode != 0:
        return f'the bench ended with status {run.returncode}'
    with open(f'{folder}/bench.json', encoding='utf-8') as file:
        found = list(faults(run.stdout, json.load(file)))
    return '\n'.join(found) or 0


if __name__ == '__main__':
    sys.exit(main())
