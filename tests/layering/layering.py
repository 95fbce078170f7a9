# SPDX-License-Identifier: GPL-3.0-or-later
"""layering.py ROOT [--qt-headers DIR]: which part may know which, and how long a piece of code may be.

Linking does not hold this: with only Qt Core linked, #include <QtWidgets/QWidget> still compiles. Prints one
line a fault, `file:line: what`, and exits with 1 if there is any. DESIGN: ARCHITECTURE.md names the rules.
"""

import argparse
import os
import re
import subprocess
import sys

import sourcetext

# A folder of core may use those before it, and itself.
CORE_ORDER = ('base pq result session sql project connect catalog ddl diagram browse transfer migrate diff backup local live '
              'history doctor').split()

# The parts, and those whose headers they may include.
PARTS = {'core': {'core'}, 'ui': {'core', 'ui'}, 'app': {'core', 'ui', 'app'}}

GUI_MODULES = ['QtGui', 'QtWidgets', 'QtSvg', 'QtSvgWidgets', 'QtPrintSupport', 'QtOpenGL']
LIBPQ_HEADERS = {'libpq-fe.h', 'libpq-events.h', 'libpq/libpq-fs.h', 'postgres_ext.h', 'pg_config.h'}
LIBPQ_FOLDERS = ('core/pq/', 'core/session/')
PG_QUERY_FOLDERS = ('core/sql/',)

# Words that have no place even in a comment: they pump events in the midst of something else.
PUMPING_WORDS = re.compile(r'processEvents|QEventLoop')
# A test that waits for time instead of for something is slow where it passes and fails where it is slow.
SLEEPING_WORDS = re.compile(r'\bqWait\s*\(|\bqSleep\b|\bmsleep\b|\busleep\b|\bsleep_for\b|\bQSKIP\b')
UNFINISHED_WORDS = re.compile(r'\b(TODO|FIXME|XXX)\b')

LICENCE = 'SPDX-License-Identifier: GPL-3.0-or-later'
MOST_LINES = {'.cpp': 500, '.h': 250}
MOST_LINES_OF_FUNCTION = 60
SOURCE_NAMES = re.compile(r'\.(cpp|h|cmake|py|sh)$|^CMakeLists\.txt$')


class Source:
    """One file: its path from the root, its text."""

    def __init__(self, root, path):
        self.path = path
        with open(os.path.join(root, path), encoding='utf-8') as file:
            self.text = file.read()
        self.lines = self.text.splitlines()
        self.part = path.split('/')[0]
        self.is_cpp = path.endswith(('.cpp', '.h'))
        self.includes = sourcetext.includes(self.text) if self.is_cpp else []

    def core_folder(self):
        names = self.path.split('/')
        return names[1] if names[0] == 'core' and len(names) > 2 else None


def sources(root):
    """Every source of the project below `root`, sorted."""
    found = []
    for part in ('core', 'ui', 'app', 'tests', 'packaging'):
        for folder, _, names in os.walk(os.path.join(root, part)):
            for name in names:
                if SOURCE_NAMES.search(name):
                    found.append(os.path.relpath(os.path.join(folder, name), root))
    return [Source(root, path) for path in sorted(found)]


# Each rule yields (line, what) for one source. --------------------------------------------------

def parts_know_only_lower_parts(source, _context):
    allowed = PARTS.get(source.part)
    for line, name in source.includes:
        top = name.split('/')[0]
        if allowed and (top in PARTS or top == 'tests') and top not in allowed:
            yield line, f'{source.part} must not include {top} ({name})'
        if '..' in name.split('/'):
            yield line, f'includes are written from the root or the same folder ({name})'


def core_folders_know_only_earlier_ones(source, _context):
    folder = source.core_folder()
    if folder is None:
        return
    if folder not in CORE_ORDER:
        yield 1, f'core/{folder} has no place in the order of the folders of core'
        return
    for line, name in source.includes:
        names = name.split('/')
        if names[0] != 'core' or len(names) < 3 or names[1] == folder:
            continue
        if names[1] not in CORE_ORDER or CORE_ORDER.index(names[1]) > CORE_ORDER.index(folder):
            yield line, f'core/{folder} must not include core/{names[1]} ({name})'


def core_knows_no_widgets(source, context):
    if source.part != 'core':
        return
    for line, name in source.includes:
        if name.split('/')[0] in GUI_MODULES or name in context.gui_headers:
            yield line, f'core must not include QtGui or widgets ({name})'


def libpq_stays_at_the_bottom(source, _context):
    if source.part not in PARTS:
        return
    for line, name in source.includes:
        if name in LIBPQ_HEADERS and not source.path.startswith(LIBPQ_FOLDERS):
            yield line, f'only core/pq and core/session include libpq ({name})'
        if os.path.basename(name) == 'pg_query.h' and not source.path.startswith(PG_QUERY_FOLDERS):
            yield line, f'only core/sql includes libpg_query ({name})'


def ui_never_sees_libpq(source, context):
    """Not through a header of core either."""
    if source.part != 'ui':
        return
    for line, name in source.includes:
        way = context.way_to_libpq(name)
        if way:
            yield line, 'ui must not see libpq, not by way of ' + ' > '.join(way)


def nothing_pumps_events(source, _context):
    if source.part in PARTS:
        yield from lines_with(source, PUMPING_WORDS, 'events are never pumped by hand')


def tests_wait_for_something(source, _context):
    if source.part == 'tests' and source.is_cpp:
        yield from lines_with(source, SLEEPING_WORDS, 'tests wait for a condition, and are not skipped')


def nothing_is_unfinished(source, _context):
    if not source.path.startswith('tests/layering/'):
        yield from lines_with(source, UNFINISHED_WORDS, 'unfinished work belongs into an issue')


def lines_with(source, words, what):
    for number, line in enumerate(source.lines, 1):
        match = words.search(line)
        if match:
            yield number, f'{what} ({match.group().strip()})'


def licence_is_named(source, _context):
    first = source.lines[:2] if source.lines and source.lines[0].startswith('#!') else source.lines[:1]
    if not any(LICENCE in line for line in first):
        yield 1, f'the first line must name the licence ({LICENCE})'


def files_are_short(source, _context):
    most = MOST_LINES.get(os.path.splitext(source.path)[1])
    if most and len(source.lines) > most:
        yield len(source.lines), f'{len(source.lines)} lines; {most} is the limit'


def is_table_of_a_test(source, line):
    """The rows of a data-driven test: a list, however long, and no logic."""
    heading = source.lines[line - 2] if line > 1 else ''
    return source.path.startswith('tests/') and re.search(r'(_data|Rows)\(\)$', heading) is not None


def functions_are_short(source, _context):
    if not source.is_cpp:
        return
    for line, length in sourcetext.functions(source.text):
        if length > MOST_LINES_OF_FUNCTION and not is_table_of_a_test(source, line):
            yield line, f'a function of {length} lines; {MOST_LINES_OF_FUNCTION} is the limit'


RULES = [parts_know_only_lower_parts, core_folders_know_only_earlier_ones, core_knows_no_widgets,
         libpq_stays_at_the_bottom, ui_never_sees_libpq, nothing_pumps_events, tests_wait_for_something,
         nothing_is_unfinished, licence_is_named, files_are_short, functions_are_short]


class Context:
    """What a rule knows beyond its source: the other sources, and the names of Qt's headers."""

    def __init__(self, all_sources, gui_headers):
        self.gui_headers = gui_headers
        self._sources = {source.path: source for source in all_sources}
        self._ways = {}

    def way_to_libpq(self, name):
        """The chain of headers from `name` to libpq, or an empty list."""
        if name in LIBPQ_HEADERS:
            return [name]
        if name not in self._sources:
            return []
        if name not in self._ways:
            self._ways[name] = []  # headers that include each other end here
            for _, inner in self._sources[name].includes:
                way = self.way_to_libpq(inner)
                if way:
                    self._ways[name] = [name] + way
                    break
        return self._ways[name]


def faults(root, gui_headers):
    """Every fault below `root`, as `file:line: what`."""
    all_sources = sources(root)
    context = Context(all_sources, gui_headers)
    return [f'{source.path}:{line}: {what}'
            for source in all_sources for rule in RULES for line, what in rule(source, context)]


def names_in_modules(qt_headers):
    """QWidget, qwidget.h, … : every header that may be included without the name of its module."""
    names = set()
    for module in GUI_MODULES:
        folder = os.path.join(qt_headers, module)
        if os.path.isdir(folder):
            names.update(os.listdir(folder))
    if 'QWidget' not in names:
        raise SystemExit(f'no Qt headers in {qt_headers}')
    return names


def installed_qt_headers():
    for program in ('qtpaths6', '/usr/lib/qt6/bin/qtpaths'):
        try:
            return subprocess.run([program, '--query', 'QT_INSTALL_HEADERS'], check=True, text=True,
                                  capture_output=True).stdout.strip()
        except FileNotFoundError:
            continue
    raise SystemExit('qtpaths6 is missing: run this in packaging/box')


def main():
    parser = argparse.ArgumentParser(description='Checks the layering and the size of the sources.')
    parser.add_argument('root')
    parser.add_argument('--qt-headers', help="Qt's header folder (default: what qtpaths6 says)")
    options = parser.parse_args()
    found = faults(options.root, names_in_modules(options.qt_headers or installed_qt_headers()))
    for fault in found:
        print(fault)
    if found:
        print(f'{len(found)} faults')
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
