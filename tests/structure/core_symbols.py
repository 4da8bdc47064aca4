"""Checks in the compiled core that it uses no files, threads or clocks and keeps no state of its own.

Usage: core_symbols.py OBJDUMP OBJECT_FILE...
This sees what structure.py cannot: what comes in through headers, and variables without a keyword. Constants, called kName, may
lie in writable sections because of relocations or because they are filled at first use.
"""

import re
import subprocess
import sys

# Names the core must not call, as the linker sees them after demangling.
FORBIDDEN = re.compile(
    r"^(std::(thread|mutex|recursive_mutex|condition_variable|filesystem|random_device|basic_[io]?f(stream|ilebuf)"
    r"|c(out|err|in|log)$|ios_base::Init|chrono::_V2|this_thread)"
    r"|fmt::v\d+::vprint|pthread_|f?open\b|fopen|fwrite|fread|fputs|puts$|f?printf$|getenv$|time$|clock|rand$)")

# SECTION, SIZE and NAME of a symbol in `objdump -t -C`.
SYMBOL = re.compile(r"^[0-9a-f]+ (?P<flags>.{7}) (?P<section>\S+)\t[0-9a-f]+ +(\.hidden )?(?P<name>.*)$")


def faults(objdump, path):
    table = subprocess.run([objdump, "-t", "-C", path], check=True, capture_output=True, text=True).stdout
    for line in table.split("\n"):
        symbol = SYMBOL.match(line)
        if not symbol:
            continue
        name, section = symbol["name"], symbol["section"]
        if section == "*UND*" and FORBIDDEN.match(name):
            yield f"{path}: the core calls {name}"
        writable = re.match(r"\.(data|bss|tdata|tbss)\b(?!\.rel\.ro)", section)
        constant = re.search(r"(^|::)k[A-Z]\w*$", name) or name.startswith(("guard variable", "DW.ref."))
        if writable and "O" in symbol["flags"] and not constant:
            yield f"{path}: the core keeps state in {name}"


found = [fault for path in sys.argv[2:] for fault in faults(sys.argv[1], path)]
for fault in found:
    print(fault)
sys.exit(1 if found or len(sys.argv) < 3 else 0)
