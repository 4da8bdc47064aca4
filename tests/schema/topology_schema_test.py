"""Checks report/schemas/topology.schema.json. Usage: topology_schema_test.py ROOT

Every example is valid by it, and so is a file that uses every key; documents with one fault each are not. That it has the
same keys as the reader holds by construction: `firebreak schema topology` makes it from the readers' tables of keys.
"""

import copy
import json
import pathlib
import sys
import tomllib
import unittest

import jsonschema

ROOT = pathlib.Path(sys.argv.pop(1) if len(sys.argv) > 1 else ".")
SCHEMA = json.loads((ROOT / "report/schemas/topology.schema.json").read_text(encoding="utf-8"))
CORPUS = ROOT / "tests/fuzz/corpus"

RIGHT = {
    "topology": {"format": 1, "name": "N", "meta": {"any": [1, {"thing": None}]}},
    "zone": {"z": {"cidr": ["10.0.0.0/8", "fd00::/8", "10.0.0.1"], "parent": "y", "cost": 1.5}, "y": {}},
    "site": {"hall": {"parent": "city", "needs": ["feed"]}},
    "system": {
        "s": {
            "zone": "z",
            "address": ["10.0.0.1", "::1"],
            "exposes": ["tcp/443", "tcp/1-2", "udp", "icmp", "any", "https"],
            "needs": ["a", {"on": "b", "port": "dns", "from": "z", "grace": "1h30m"}, {"any": ["a", {"all": ["b"]}]},
                      {"at_least": 2, "of": ["a", "b", "c"], "soft": True}],
            "managed_by": [],
            "effort": "never",
            "start": "3d",
            "critical": True,
        }
    },
    "identity": {"i": {"kind": "account", "rebuild": "10m"}},
    "service": {"v": {"users": 4000, "rto": "0s"}},
    "customer": {"c": {"uses": ["v"]}},
    "link": {"l": {"between": ["z", "y"]}},
    "policy": {"p": {"scope": "all", "default": "allow", "replaces": ["q"], "rule": [{"allow": ["any"], "from": ["tag:x", "*"], "tier": -1}]}},
    "pivot": [{"from": ["i"], "to": ["kind:vm"], "requires": [], "effort": "1m"}],
    "scenario": {"x": {"off": ["hall"], "block": ["z -> y tcp/445,icmp"], "expect": {"works": ["v"], "reached": []}}},
    "require": {"r": {"never_reaches": {"from": ["z"], "to": ["s"]}}, "q": {"reaches_at_most": {"from": ["z"], "count": 0}}},
}

# The path of a value in RIGHT, and a value that must not stand there.
WRONG = [
    ("topology/format", 2),
    ("topology/nam", "x"),
    ("systems", {}),
    ("zone", []),
    ("zone/a b", {}),
    ("zone/a,b", {}),
    ("zone/", {}),
    ("zone/z/cidr", "10.0.0.0/8"),
    ("zone/z/cidr", ["office"]),
    ("zone/z/cost", -1),
    ("zone/z/cost", "1"),
    ("zone/z/needs", []),
    ("site/hall/parent", ["city"]),
    ("system/s/zonne", "z"),
    ("system/s/zone", ""),
    ("system/s/zone", "a b"),
    ("system/s/exposes", ["443"]),
    ("system/s/exposes", ["tcp/1/2"]),
    ("system/s/exposes", [443]),
    ("system/s/address", ["10.0.0.0/8"]),
    ("system/s/critical", "true"),
    ("system/s/effort", "soon"),
    ("system/s/effort", "1m2h"),
    ("system/s/effort", ""),
    ("system/s/start", "never"),
    ("system/s/start", 5),
    ("system/s/needs", "a"),
    ("system/s/needs", [[]]),
    ("system/s/needs", [{}]),
    ("system/s/needs", [{"soft": True}]),
    ("system/s/needs", [{"on": "a", "any": ["b"]}]),
    ("system/s/needs", [{"any": ["a"], "all": ["b"]}]),
    ("system/s/needs", [{"any": []}]),
    ("system/s/needs", [{"at_least": 1}]),
    ("system/s/needs", [{"of": ["a"]}]),
    ("system/s/needs", [{"at_least": 0, "of": ["a"]}]),
    ("system/s/needs", [{"any": ["a"], "port": "tcp/1"}]),
    ("system/s/needs", [{"any": [{"all": [{"oen": "a"}]}]}]),
    ("identity/i/zone", "z"),
    ("service/v/users", 1e16),
    ("customer/c/uses", [1]),
    ("link/l/between", ["z"]),
    ("link/l/between", ["a", "b", "c"]),
    ("link/m", {}),
    ("policy/p/scope", "between"),
    ("policy/p/default", "pass"),
    ("policy/p/replaces", "q"),
    ("policy/p/rule", [{}]),
    ("policy/p/rule", [{"allow": [], "deny": []}]),
    ("policy/p/rule", [{"allow": ["any"], "from": []}]),
    ("policy/p/rule", [{"allow": ["any"], "tier": 1.5}]),
    ("policy/p/rule", [{"allow": ["any"], "meta": {}}]),
    ("pivot", {}),
    ("pivot", [{"from": ["i"]}]),
    ("pivot", [{"from": ["i"], "to": ["s"], "name": "x"}]),
    ("scenario/x/block", ["z to y"]),
    ("scenario/x/expect", {"work": []}),
    ("require/r", {}),
    ("require/r/survives", {"services": ["v"], "of": ["*"]}),
    ("require/r/never_reaches", {"from": ["z"]}),
    ("require/q/reaches_at_most", {"from": ["z"], "count": -1}),
    ("require/q/reaches_at_most", {"from": ["z"], "count": 1, "to": ["s"]}),
]


def faults(document):
    return [error.message for error in jsonschema.Draft4Validator(SCHEMA).iter_errors(document)]


def with_value(path, value):
    document = copy.deepcopy(RIGHT)
    *tables, key = path.split("/")
    table = document
    for name in tables:
        table = table[name]
    table[key] = value
    return document


class TopologySchema(unittest.TestCase):
    def test_is_a_schema(self):
        jsonschema.Draft4Validator.check_schema(SCHEMA)

    def test_every_example_is_valid(self):
        files = sorted((ROOT / "examples").glob("*/*.toml"))
        self.assertTrue(files)
        for file in files:
            with self.subTest(file=str(file)):
                self.assertEqual(faults(tomllib.loads(file.read_text(encoding="utf-8"))), [])

    def test_files_with_every_key_are_valid(self):
        self.assertEqual(faults(tomllib.loads((CORPUS / "toml/everything.toml").read_text(encoding="utf-8"))), [])
        self.assertEqual(faults(json.loads((CORPUS / "json/everything.json").read_text(encoding="utf-8"))), [])
        self.assertEqual(faults(RIGHT), [])

    def test_every_key_is_tried(self):
        used = set()

        def walk(value):
            for key, below in value.items() if isinstance(value, dict) else enumerate(value):
                used.add(key)
                if isinstance(below, (dict, list)):
                    walk(below)

        walk(tomllib.loads((CORPUS / "toml/everything.toml").read_text(encoding="utf-8")))
        for definition in (SCHEMA, *SCHEMA["definitions"].values()):
            self.assertLessEqual(set(definition.get("properties", {})), used)

    def test_wrong_documents_are_not_valid(self):
        for path, value in WRONG:
            with self.subTest(path=path, value=value):
                self.assertNotEqual(faults(with_value(path, value)), [])

    def test_everything_is_described(self):
        def described(schema):
            for key, value in schema.items():
                if key in ("properties", "definitions"):
                    for name, below in value.items():
                        self.assertIn("description", below, name)
                if isinstance(value, dict):
                    described(value)

        described(SCHEMA)


if __name__ == "__main__":
    unittest.main()
