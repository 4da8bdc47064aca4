"""What a Python library takes to build a graph from a topology in JSON that is in memory: its systems, services and
other things, the needs between them and the pivots.

usage: graph_peer.py FILE

Prints the version, and the seconds for parsing and for building; exits with 3 when there is no networkx."""

import json
import sys
import time


def needed(needs):
    for need in needs:
        if isinstance(need, str):
            yield need
        elif "on" in need:
            yield need["on"]
        else:
            yield from needed(need.get("any") or need.get("all") or need.get("of") or [])


def main(words):
    try:
        import networkx
    except ImportError:
        return 3
    with open(words[0], encoding="utf-8") as file:
        text = file.read()
    begin = time.perf_counter()
    topology = json.loads(text)
    parsed = time.perf_counter()
    graph = networkx.DiGraph()
    for kind in ("zone", "site", "system", "identity", "service", "customer", "link"):
        for name, thing in topology.get(kind, {}).items():
            graph.add_node(name)
            graph.add_edges_from((other, name) for other in needed(thing.get("needs", [])))
    for pivot in topology.get("pivot", []):
        graph.add_edges_from((start, end) for start in pivot["from"] for end in pivot["to"])
    print(networkx.__version__, parsed - begin, time.perf_counter() - parsed)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
