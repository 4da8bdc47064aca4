"""Every JSON answer over the examples matches its published schema. Usage: schema_test.py PROGRAM ROOT [UNITTEST ARGUMENTS]"""

import json
import pathlib
import subprocess
import sys
import tomllib
import unittest

import jsonschema

PROGRAM, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
NAMES = ["impact", "blast", "explain", "weak", "contain", "restore", "policy", "diff", "check", "topology"]

# What programs may rely on, whatever else is added.
PROMISED = {
    "impact": {"schema", "nodes", "services", "customers", "weight_lost"},
    "blast": {"schema", "reached", "unreached", "services_at_risk"},
    "check": {"schema", "diagnostics", "requires", "scenarios"},
    "weak": {"schema", "services", "complete"},
    "diff": {"schema", "flows", "reach", "requires", "survival"},
    "contain": {"schema", "plans"},
    "restore": {"schema", "steps", "services", "loops", "weighted_delay", "bound"},
}


def ask(*words):
    answer = subprocess.run([PROGRAM, *words], cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert answer.returncode in (0, 1, 3), f"{' '.join(words)}: exit code {answer.returncode}\n{answer.stderr}"
    return answer.stdout


def validator(name):
    schema = json.loads(ask("schema", name))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def examples():
    for path in sorted(ROOT.glob("examples/*/topology.toml")):
        yield path.relative_to(ROOT).as_posix(), tomllib.loads(path.read_text(encoding="utf-8"))


def questions(file, content):
    """Command lines that have a JSON answer, with the schema it must match."""
    yield "check", ["check", file]
    yield "blast", ["blast", file, "--rank"]
    yield "impact", ["impact", file]
    systems, services = list(content.get("system", [])), list(content.get("service", []))
    for system in systems[:3]:
        yield "impact", ["impact", file, "--off", system, "--at", "4h"]
        yield "blast", ["blast", file, "--compromised", system, "--to", systems[-1]]
        yield "explain", ["explain", file, system, systems[-1]]
        yield "explain", ["explain", file, system, systems[-1], "tcp/445"]
        yield "policy", ["policy", file]
        yield "policy", ["policy", file, "--block", "* -> *"]
        yield "contain", ["contain", file, "--compromised", system, "--protect", systems[-1], "--compare", "off " + system, "--time-limit", "1s"]
        yield "restore", ["restore", file, "--off", "*", "--compromised", system, "--crew", "2", "--time-limit", "1s"]
    yield "weak", ["weak", file]
    yield "weak", ["weak", file, "--order", "2", "--over", "systems,links"]
    yield "diff", ["diff", file, file, "--only", "* -> * any"]
    yield "diff", ["diff", "examples/bitmarck-2023/topology.toml", file]
    for scenario, actions in content.get("scenario", {}).items():
        yield "impact", ["impact", file, "--scenario", scenario]
        yield "restore", ["restore", file, "--scenario", scenario]
        if actions.get("compromised"):
            yield "blast", ["blast", file, "--scenario", scenario]
        for service in services[:3]:
            yield "explain", ["explain", file, service, "--scenario", scenario]


class Answers(unittest.TestCase):
    def test_all_questions_over_all_examples(self):
        validators = {name: validator(name) for name in NAMES}
        asked = 0
        for file, content in examples():
            for name, words in questions(file, content):
                with self.subTest(command=" ".join(words)):
                    document = json.loads(ask(*words, "--format", "json"))
                    validators[name].validate(document)
                    self.assertEqual(document["schema"], f"firebreak/{name}/1")
                    asked += 1
        self.assertGreater(asked, 100)

    def test_examples_match_the_schema_of_the_format(self):
        topology = validator("topology")
        for file, content in examples():
            with self.subTest(file=file):
                topology.validate(content)
                topology.validate(json.loads(ask("fmt", file, "--to", "json")))

    def test_schemas_refuse_what_is_wrong(self):
        file, _ = next(examples())
        for name, words in (("impact", ["impact", file]), ("blast", ["blast", file, "--rank"]), ("check", ["check", file]), ("restore", ["restore", file, "--off", "*"])):
            document = json.loads(ask(*words, "--format", "json"))
            answers = validator(name)
            self.assertLessEqual(PROMISED[name], set(answers.schema["required"]))
            for key in answers.schema["required"]:
                with self.subTest(command=name, without=key):
                    less = {other: document[other] for other in document if other != key}
                    self.assertFalse(answers.is_valid(less))
                    self.assertFalse(answers.is_valid({**document, key: {"not": "this"}}))
        topology = validator("topology")
        for wrong in ({"system": {"a": {"zonne": "x"}}}, {"system": {"a": {"zone": 1}}}, {"sistem": {}}, []):
            self.assertFalse(topology.is_valid(wrong), wrong)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
