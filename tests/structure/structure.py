"""Checks rules of the source tree that no compiler checks. Usage: structure.py ROOT

Prints each violation as path:line: what is wrong, and exits with 1 if there is one.
"""

import pathlib
import re
import sys

LAYERS = ["include", "topology", "analyzer", "report", "cli"]  # each may include what stands before it, and itself
MAX_LINES = 500

# Outside libraries and the places that may include them.
LIBRARIES = {
    r"toml\+\+|toml\.hpp": r"(topology/format/read_toml\.(h|cpp)|bench/reading\.cpp)",
    r"graphviz/|gvc\.h|cgraph\.h|cdt\.h|gvplugin": r"report/picture/[a-z0-9_/]+\.(h|cpp)",
    r"zlib\.h|zstd\.h": r"(topology/format/load_packed|tests/unit/topology_load_packed_test)\.cpp",
    r"nlohmann/": r"(report|cli|tests)/[a-z0-9_/]+\.(h|cpp)",
    r"CLI/": r"cli/[a-z0-9_/]+\.(h|cpp)",
    r"boost/": r"(analyzer|bench|tests)/[a-z0-9_/]+\.(h|cpp)",
    r"gtest/|gmock/": r"tests/[a-z0-9_/]+\.(h|cpp)",
}

# The core also has to work where there are no files, threads and exceptions.
NOT_IN_CORE = {
    r"#include <(thread|iostream|fstream|filesystem|mutex|future|condition_variable|shared_mutex|chrono|random|cstdio|stdio\.h|unistd\.h)>":
        "has no place in the core",
    r"\b(try|catch|throw)\b": "the core handles no exceptions",
    r"\bstd::(getenv|system|time|rand|clock)\b": "the core asks nothing of its surroundings",
}
# What reads files, or gives memory back, and the headers of the report layer, are not core.
EDGES = r"topology/format/(read_[a-z]+|load|release_memory|format_toml)\.(h|cpp)|include/firebreak/(draw|report)\.h"

# What solves Boolean functions knows nothing of what they stand for.
SOLVER_KNOWS = r"analyzer/solver/|firebreak/(ids|natural|patience)\.h$"

# No paper trail, no leftovers, no machine.
WORDS = {
    r"\b(TODO|FIXME|XXX|HACK)\b": "unfinished",
    r"(?<![\w/.$}])/(work|home|root)/\w": "a path of one machine",
}


def core(path):
    return re.match(r"(include|topology|analyzer)/", path) and not re.fullmatch(EDGES, path)


def without_comments(text):
    """The text with comments and string literals blanked, line by line as before."""
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|R"([^(\s]*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.S)

    def blank(match):
        found = match.group(0)
        return "\n" * found.count("\n") if found.startswith("/") else '""' + "\n" * found.count("\n")

    return pattern.sub(blank, text)


class Tree:
    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.faults = []

    def files(self, *folders, suffixes):
        for folder in folders:
            for path in sorted((self.root / folder).rglob("*")):
                if path.suffix in suffixes and path.is_file():
                    yield path.relative_to(self.root).as_posix()

    def text(self, path):
        return (self.root / path).read_text(encoding="utf-8", errors="replace")

    def fault(self, path, line, what):
        self.faults.append(f"{path}:{line}: {what}")

    def check_includes(self, path, lines):
        layer = path.split("/")[0]
        for number, line in enumerate(lines, 1):
            match = re.match(r'\s*#\s*include\s+([<"])([^>"]+)[>"]', line)
            if not match:
                continue
            quote, name = match.groups()
            if quote == '"':
                self.check_own_include(path, layer, number, name)
            elif not path.startswith("tests/package/") and name.startswith(("firebreak/", *(f"{known}/" for known in LAYERS))):
                self.fault(path, number, f'own headers are included with quotes: "{name}"')
            for library, allowed in LIBRARIES.items():
                if re.match(library, name) and not re.fullmatch(allowed, path):
                    self.fault(path, number, f"{name} may only be included by {allowed}")

    def check_own_include(self, path, layer, number, name):
        folder = name.split("/")[0]
        target = "include" if folder == "firebreak" else folder
        where = self.root / ("include/" + name if folder == "firebreak" else name)
        if layer in ("tests", "bench"):
            beside = (self.root / path).parent / name
            where = where if target in (*LAYERS, "tests", "bench") else beside
        elif target not in LAYERS or layer not in LAYERS:
            self.fault(path, number, f'"{name}" does not begin with firebreak/ or a layer')
        elif LAYERS.index(target) > LAYERS.index(layer):
            self.fault(path, number, f"{layer} must not include {target}: the order is {' <- '.join(LAYERS)}")
        if path.startswith("analyzer/solver/") and not re.match(SOLVER_KNOWS, name):
            self.fault(path, number, f'the solver knows no networks, so not "{name}"')
        if not where.is_file():
            self.fault(path, number, f'there is no "{name}"')

    def check_core(self, path, text):
        for number, line in enumerate(without_comments(text).split("\n"), 1):
            for pattern, why in NOT_IN_CORE.items():
                match = re.search(pattern, line)
                if match:
                    self.fault(path, number, f"'{match.group(0).strip()}': {why}")

    def check_words(self, path, lines):
        for number, line in enumerate(lines, 1):
            for pattern, why in WORDS.items():
                match = re.search(pattern, line)
                if match:
                    self.fault(path, number, f"'{match.group(0)}': {why}")

    def check_size(self, path, lines):
        if len(lines) > MAX_LINES:
            self.fault(path, MAX_LINES, f"{len(lines)} lines; no file has more than {MAX_LINES}")

    def check_links(self, path, lines):
        for number, line in enumerate(lines, 1):
            for target in re.findall(r"\]\(([^)\s]+)\)", line):
                file = target.split("#")[0]
                if ":" not in target and file and not (self.root / path).parent.joinpath(file).exists():
                    self.fault(path, number, f"the link leads nowhere: {target}")

    def check_codes(self):
        """Every diagnostic code is provoked by a test and explained in the format's description."""
        documents = self.text("docs/format.md") if (self.root / "docs/format.md").is_file() else ""
        cases = "\n".join(self.text(path) for path in self.files("tests/cases", suffixes={".case"}))
        code = "\n".join(self.text(path) for path in self.files("tests/unit", suffixes={".cpp"}))
        definitions = "include/firebreak/codes.def"
        for number, line in enumerate(self.text(definitions).split("\n"), 1):
            match = re.match(r'FIREBREAK_CODE\((\w+), "([a-z0-9-]+)",', line)
            if not match:
                continue
            name, slug = match.groups()
            shown = rf'[\["=]{slug}[\]":]'
            if not re.search(shown, cases) and not re.search(rf"Code::{name}\b|{shown}", code):
                self.fault(definitions, number, f"no case or unit test provokes {slug}")
            if f"`{slug}`" not in documents:
                self.fault(definitions, number, f"docs/format.md does not list `{slug}`")

    def check(self):
        for path in self.files(*LAYERS, "tests", "bench", suffixes={".h", ".cpp", ".def"}):
            text = self.text(path)
            lines = text.split("\n")
            self.check_includes(path, lines)
            self.check_size(path, lines)
            self.check_words(path, lines)
            if path.endswith(".h") and "#pragma once" not in text:
                self.fault(path, 1, "no #pragma once")
            if core(path):
                self.check_core(path, text)
        for path in self.files("scripts", "cmake", "docs", "examples", "tests", suffixes={"", ".sh", ".py", ".md", ".cmake", ".toml", ".case", ".txt"}):
            if path != "tests/structure/structure.py" and path != "tests/structure/structure_test.py":
                self.check_words(path, self.text(path).split("\n"))
        for path in [*(p.name for p in self.root.glob("*.md")), *self.files("docs", "examples", "tests", suffixes={".md"})]:
            self.check_links(path, self.text(path).split("\n"))
        self.check_codes()
        return self.faults


if __name__ == "__main__":
    found = Tree(sys.argv[1]).check()
    for fault in found:
        print(fault)
    sys.exit(1 if found else 0)
