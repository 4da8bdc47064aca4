"""Tests that structure.py finds what it is there for, each rule on a small source tree that breaks just that rule."""

import pathlib
import tempfile
import unittest

import structure

CLEAN = {
    "include/firebreak/codes.def": 'FIREBREAK_CODE(syntax, "syntax", error, "a text")\n',
    "include/firebreak/ids.h": "#pragma once\n#include <vector>\n",
    "topology/lines.h": '#pragma once\n#include "firebreak/ids.h"\n',
    "topology/format/read_toml.cpp": '#include <toml++/toml.h>\n#include <fstream>\nvoid f() { try { } catch (...) { } }\n',
    "analyzer/need.cpp": '#include <boost/graph/graph_traits.hpp>\n#include "topology/lines.h"\n// we catch up\n',
    "report/picture/dot.cpp": '#include <graphviz/gvc.h>\n#include <fstream>\n#include "topology/lines.h"\n',
    "cli/main.cpp": '#include <CLI/CLI.hpp>\n#include "topology/lines.h"\n',
    "tests/cases/a.case": "=== err\na.toml:1:1: error: something [syntax]\n",
    "docs/format.md": "`syntax`: a text\n",
    "scripts/test": "cd /tmp\n",
}


def faults_of(changes):
    with tempfile.TemporaryDirectory() as folder:
        for path, text in {**CLEAN, **changes}.items():
            file = pathlib.Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return structure.Tree(folder).check()


class Rules(unittest.TestCase):
    def expect(self, path, text, words):
        found = faults_of({path: text})
        self.assertTrue(found and all(path in fault or "codes.def" in fault for fault in found), found)
        self.assertTrue(any(words in fault for fault in found), found)

    def test_a_clean_tree_has_no_faults(self):
        self.assertEqual(faults_of({}), [])

    def test_includes_go_one_way(self):
        self.expect("topology/lines.cpp", '#include "analyzer/need.h"\n', "topology must not include analyzer")
        self.expect("include/firebreak/a.h", '#pragma once\n#include "topology/lines.h"\n', "include must not include topology")
        self.expect("analyzer/a.cpp", '#include "report/a.h"\n', "analyzer must not include report")
        self.expect("analyzer/solver/a.cpp", '#include "firebreak/graph.h"\n', "the solver knows no networks")

    def test_includes_are_written_in_full(self):
        self.expect("topology/lines.cpp", '#include "lines.h"\n', "does not begin with")
        self.expect("topology/lines.cpp", '#include "topology/line.h"\n', 'there is no "topology/line.h"')
        self.expect("topology/lines.cpp", "#include <topology/lines.h>\n", "included with quotes")
        self.expect("cli/main.cpp", '#include "tests/support/a.h"\n', "does not begin with")

    def test_libraries_stay_in_their_place(self):
        self.expect("topology/format/read_json.cpp", "#include <toml++/toml.h>\n", "toml++")
        self.expect("report/draw.cpp", "#include <gvc.h>\n", "gvc.h")
        self.expect("topology/a.cpp", "#include <nlohmann/json.hpp>\n", "nlohmann")
        self.expect("report/a.cpp", "#include <CLI/CLI.hpp>\n", "CLI/")
        self.expect("include/firebreak/a.h", "#pragma once\n#include <boost/graph/graph_traits.hpp>\n", "boost/")

    def test_the_core_stays_pure(self):
        for line in ("#include <thread>", "#include <iostream>", "#include <filesystem>", "#include <mutex>",
                     "int f() { try { return 1; } catch (int) { return 2; } }", "int f() { throw 1; }",
                     'auto home = std::getenv("HOME");'):
            self.expect("analyzer/need.cpp", line + "\n", "core")
        self.expect("include/firebreak/a.h", "#pragma once\n#include <fstream>\n", "core")
        self.expect("topology/builder/builder.cpp", "#include <fstream>\n", "core")

    def test_files_are_short_and_finished(self):
        self.expect("cli/main.cpp", "\n" * 600, "lines")
        self.expect("cli/main.cpp", "// TODO: later\n", "unfinished")
        self.expect("docs/manual.md", "see /home/anna/notes\n", "path of one machine")
        self.expect("topology/lines.h", "int x;\n", "no #pragma once")

    def test_links_lead_somewhere(self):
        self.expect("docs/manual.md", "see [the format](format.md) and [this](nothing.md#part)\n", "leads nowhere: nothing.md#part")
        self.assertEqual(faults_of({"README.md": "[a](docs/format.md#a) [b](https://example.org) [c](#c)\n"}), [])

    def test_codes_are_tested_and_documented(self):
        self.expect("tests/cases/a.case", "", "no case or unit test provokes syntax")
        self.expect("docs/format.md", "", "does not list `syntax`")
        self.assertEqual(faults_of({"tests/cases/a.case": "", "tests/unit/a_test.cpp": "EXPECT_EQ(c, Code::syntax);\n"}), [])


if __name__ == "__main__":
    unittest.main()
