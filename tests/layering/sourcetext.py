# SPDX-License-Identifier: GPL-3.0-or-later
"""C++ text as far as the layering rules need it: code without comments and strings, and the length of functions.

Right for code that clang-format has laid out with this project's settings: a function's brace stands alone on
its line, a control statement's or a lambda's does not.
"""

import re

_TOKEN = re.compile(
    r'R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)"'  # raw string
    r'|//[^\n]*'
    r'|/\*.*?\*/'
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'",  # not the ' in 1'000'000
    re.DOTALL)

_DECLARES_TYPE = re.compile(r'^(template\s*<.*>\s*)?(class|struct|union|enum|namespace)\b')


def without_comments_and_strings(text):
    """The code alone, with the same lines."""
    return _TOKEN.sub(lambda match: ' ' + '\n' * match.group().count('\n'), text)


def includes(text):
    """(line number, name) of each #include."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(r'\s*#\s*include\s*[<"]([^>"]+)[>"]', line)
        if match:
            found.append((number, match.group(1)))
    return found


def functions(text):
    """(first line, number of lines) of each function's body, its braces included."""
    lines = without_comments_and_strings(text).splitlines()
    found = []
    end_of_last = -1
    for start, line in enumerate(lines):
        if line.strip() != '{' or start <= end_of_last:
            continue
        if _DECLARES_TYPE.match(_declaration_before(lines, start)):
            continue
        end = _closing_line(lines, start)
        found.append((start + 1, end - start + 1))
        end_of_last = end
    return found


def _declaration_before(lines, start):
    """The words between the end of the previous statement and the brace in line `start`."""
    words = []
    for line in reversed(lines[:start]):
        text = line.strip()
        if not text or text.startswith('#') or text.endswith((';', '{', '}')) or re.match(r'\w+( slots)?:$', text):
            break
        words.insert(0, text)
    return ' '.join(words)


def _closing_line(lines, start):
    depth = 0
    for number in range(start, len(lines)):
        depth += lines[number].count('{') - lines[number].count('}')
        if depth <= 0:
            return number
    return len(lines) - 1
