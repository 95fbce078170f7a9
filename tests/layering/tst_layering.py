# SPDX-License-Identifier: GPL-3.0-or-later
"""The layering check finds what it should: each rule against a small tree that breaks it, and one that does not."""

import os
import tempfile
import unittest

import layering
import sourcetext

LICENCE = '// SPDX-License-Identifier: GPL-3.0-or-later\n'
GUI = {'QWidget', 'QColor', 'qwidget.h'}


class Tree(unittest.TestCase):
    def check(self, files):
        """The faults of a tree made of `files`, {path: text after the licence line}."""
        with tempfile.TemporaryDirectory() as root:
            for path, text in files.items():
                full = os.path.join(root, path)
                os.makedirs(os.path.dirname(full), exist_ok=True)
                with open(full, 'w', encoding='utf-8') as file:
                    file.write(LICENCE + text)
            return layering.faults(root, GUI)

    def assertFault(self, files, start, words):
        found = self.check(files)
        self.assertEqual(len(found), 1, found)
        self.assertTrue(found[0].startswith(start + ': '), found)
        self.assertIn(words, found[0])

    def assertClean(self, files):
        self.assertEqual(self.check(files), [])


class Includes(Tree):
    def test_core_includes_ui(self):
        self.assertFault({'core/base/a.h': '#include "ui/main/b.h"\n'}, 'core/base/a.h:2', 'must not include ui')

    def test_core_includes_app(self):
        self.assertFault({'core/base/a.h': '#include "app/a.h"\n'}, 'core/base/a.h:2', 'must not include app')

    def test_ui_includes_app(self):
        self.assertFault({'ui/main/a.cpp': '#include "app/a.h"\n'}, 'ui/main/a.cpp:2', 'must not include app')

    def test_app_includes_tests(self):
        self.assertFault({'app/a.cpp': '#include "tests/support/a.h"\n'}, 'app/a.cpp:2', 'must not include tests')

    def test_ui_includes_core(self):
        self.assertClean({'ui/main/a.cpp': '#include "core/doctor/b.h"\n#include <QWidget>\n'})

    def test_folder_of_core_includes_a_later_one(self):
        self.assertFault({'core/pq/a.h': '#include "core/session/b.h"\n'}, 'core/pq/a.h:2', 'core/session')

    def test_folder_of_core_includes_earlier_ones_and_itself(self):
        self.assertClean({'core/catalog/a.h': '#include "core/base/b.h"\n#include "core/catalog/c.h"\n'})

    def test_unknown_folder_of_core(self):
        self.assertFault({'core/misc/a.h': ''}, 'core/misc/a.h:1', 'no place')

    def test_way_up(self):
        self.assertFault({'ui/main/a.cpp': '#include "../../core/base/a.h"\n'}, 'ui/main/a.cpp:2', 'from the root')

    def test_widget_in_core_by_module(self):
        self.assertFault({'core/base/a.h': '#include <QtWidgets/QLabel>\n'}, 'core/base/a.h:2', 'widgets')

    def test_widget_in_core_by_name(self):
        self.assertFault({'core/base/a.h': '#  include <QColor>\n'}, 'core/base/a.h:2', 'QColor')

    def test_core_of_qt_in_core(self):
        self.assertClean({'core/base/a.h': '#include <QString>\n#include <QtCore/QObject>\n'})


class Libraries(Tree):
    def test_libpq_where_it_belongs(self):
        self.assertClean({'core/pq/a.h': '#include <libpq-fe.h>\n', 'core/session/a.cpp': '#include <libpq-fe.h>\n'})

    def test_libpq_elsewhere_in_core(self):
        self.assertFault({'core/catalog/a.cpp': '#include <libpq-fe.h>\n'}, 'core/catalog/a.cpp:2', 'libpq')

    def test_libpq_in_app(self):
        self.assertFault({'app/a.cpp': '#include <libpq-fe.h>\n'}, 'app/a.cpp:2', 'libpq')

    def test_libpq_in_ui_by_way_of_core(self):
        self.assertFault({'core/pq/a.h': '#include <libpq-fe.h>\n', 'core/session/b.h': '#include "core/pq/a.h"\n',
                          'ui/main/c.cpp': '#include "core/session/b.h"\n'},
                         'ui/main/c.cpp:2', 'core/session/b.h > core/pq/a.h > libpq-fe.h')

    def test_headers_that_include_each_other(self):
        self.assertClean({'core/base/a.h': '#include "core/base/b.h"\n', 'core/base/b.h': '#include "core/base/a.h"\n',
                          'ui/main/c.cpp': '#include "core/base/a.h"\n'})

    def test_parser_where_it_belongs(self):
        self.assertClean({'core/sql/a.cpp': '#include <pg_query.h>\n'})

    def test_parser_elsewhere(self):
        self.assertFault({'core/project/a.cpp': '#include <pg_query.h>\n'}, 'core/project/a.cpp:2', 'libpg_query')


class Words(Tree):
    def test_pumping_in_code(self):
        self.assertFault({'ui/main/a.cpp': 'qApp->process' 'Events();\n'}, 'ui/main/a.cpp:2', 'pumped')

    def test_pumping_in_comment(self):
        self.assertFault({'core/base/a.h': '\n// no QEvent' 'Loop here\n'}, 'core/base/a.h:3', 'pumped')

    def test_sleeping_in_test(self):
        self.assertFault({'tests/core/a.cpp': 'QTest::q' 'Wait(50);\n'}, 'tests/core/a.cpp:2', 'condition')

    def test_waiting_for_a_condition(self):
        self.assertClean({'tests/core/a.cpp': 'QVERIFY(QTest::qWaitFor(ready));\n'})

    def test_skipped_test(self):
        self.assertFault({'tests/core/a.cpp': 'QSK' 'IP("later");\n'}, 'tests/core/a.cpp:2', 'skipped')

    def test_unfinished(self):
        self.assertFault({'app/a.cpp': '// TO' 'DO: all\n'}, 'app/a.cpp:2', 'unfinished')

    def test_missing_licence(self):
        with tempfile.TemporaryDirectory() as root:
            os.makedirs(os.path.join(root, 'core/base'))
            with open(os.path.join(root, 'core/base/a.h'), 'w', encoding='utf-8') as file:
                file.write('#pragma once\n')
            self.assertIn('core/base/a.h:1: the first line must name the licence', layering.faults(root, GUI)[0])

    def test_script_names_licence_after_interpreter(self):
        with tempfile.TemporaryDirectory() as root:
            os.makedirs(os.path.join(root, 'packaging'))
            with open(os.path.join(root, 'packaging/a.sh'), 'w', encoding='utf-8') as file:
                file.write('#!/bin/sh\n# SPDX-License-Identifier: GPL-3.0-or-later\n')
            self.assertEqual(layering.faults(root, GUI), [])


class Sizes(Tree):
    def test_long_source(self):
        self.assertClean({'core/base/a.cpp': '\n' * 499})
        self.assertFault({'core/base/a.cpp': '\n' * 500}, 'core/base/a.cpp:501', '500 is the limit')

    def test_long_header(self):
        self.assertClean({'core/base/a.h': '\n' * 249})
        self.assertFault({'core/base/a.h': '\n' * 250}, 'core/base/a.h:251', '250 is the limit')

    def test_long_function(self):
        self.assertClean({'core/base/a.cpp': 'void f()\n{\n' + '    g();\n' * 58 + '}\n'})
        self.assertFault({'core/base/a.cpp': 'void f()\n{\n' + '    g();\n' * 59 + '}\n'},
                         'core/base/a.cpp:3', 'a function of 61 lines')


class Functions(unittest.TestCase):
    def lengths(self, text):
        return [length for _, length in sourcetext.functions(text)]

    def test_class_is_no_function(self):
        self.assertEqual(self.lengths('class A : public B\n{\npublic:\n    void f()\n    {\n        g();\n    }\n};\n'), [3])

    def test_template_class_is_no_function(self):
        self.assertEqual(self.lengths('template<class T>\nclass A\n{\n    T m_t;\n};\n'), [])

    def test_function_with_initializers(self):
        self.assertEqual(self.lengths('A::A(int a)\n    : m_a(a)\n    , m_b{a}\n{\n}\n'), [2])

    def test_lambda_and_loops_belong_to_their_function(self):
        self.assertEqual(self.lengths('void f()\n{\n    for (;;) {\n        g([] {\n            h();\n        });\n'
                                      '    }\n    {\n        lock();\n    }\n}\n'), [10])

    def test_braces_in_strings_and_comments(self):
        self.assertEqual(self.lengths('void f()\n{\n    g("}");  // }\n    h(R"(\n{\n}\n}\n)");\n    c = \'}\';\n}\n'), [9])

    def test_digit_separators(self):
        self.assertEqual(self.lengths("void f()\n{\n    g(1'000'000);\n}\n"), [3])

    def test_two_functions(self):
        self.assertEqual(self.lengths('int f()\n{\n    return 1;\n}\n\nint g()\n{\n    return 2;\n}\n'), [3, 3])


if __name__ == '__main__':
    unittest.main()
