"""Made-up estates hold what was planted in them: planted_test.py GEN_TOPOLOGY FIREBREAK"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

GENERATOR, FIREBREAK = sys.argv[1:]
faults = []


def expect(what, found, expected):
    if found != expected:
        faults.append(f"{what}: {found}, not {expected}")


def ask(*words):
    run = subprocess.run([FIREBREAK, *words, "--format", "json", "--quiet"], capture_output=True, text=True)
    if run.returncode != 0:
        faults.append(f"firebreak {' '.join(words)} ended with {run.returncode}: {run.stderr}")
        return None
    return json.loads(run.stdout)


def look_at(topology, answers):
    for reach in answers["reach"]:
        blast = ask("blast", topology, "--compromised", reach["from"])
        expect(f"reached from {reach['from']}", blast and len(blast["reached"]), reach["reached"])
    cut = answers["cut"]
    contain = ask("contain", topology, "--compromised", cut["from"], "--protect", cut["to"],
                  "--cannot", f"{cut['from']},{cut['to']}", "--actions", "isolate")
    expect("width of the cut", contain and len(contain["plans"][0]["actions"]), cut["size"])
    sets = answers["cut_sets"]
    weak = ask("weak", topology, "--service", sets["service"])
    service = weak and weak["services"][0]
    expect("cut sets", service and service["count"], sets["count"])
    expect("cut sets by size", service and [str(n) for n in service["by_order"]], sets["by_order"])


def generate(folder, *words):
    topology, answers = folder / "t.json", folder / "answers.json"
    subprocess.run([GENERATOR, *words, "-o", topology, "--answers", answers], check=True)
    return topology, json.loads(answers.read_text())


with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    bytes_of = set()
    for seed in range(1, 6):
        for systems in ("1", "150", "700"):
            words = ("--systems", systems, "--seed", str(seed))
            topology, answers = generate(folder, *words)
            look_at(str(topology), answers)
            made = topology.read_bytes()
            bytes_of.add(made)
            shown = subprocess.run([GENERATOR, *words], capture_output=True, check=True).stdout
            expect(f"bytes of {' '.join(words)}, again", shown == made, True)
    expect("different estates", len(bytes_of), 15)
    bare, answers = generate(folder, "--systems", "100", "--no-plants", "--pivots", "0", "--per-zone", "10")
    expect("answers without plants", answers, {})
    expect("plants without plants", b'"p-' in bare.read_bytes(), False)
    for wrong in (["--systems", "0"], ["--systems"], ["--sytems", "5"], ["--seed", "x"]):
        run = subprocess.run([GENERATOR, *wrong], capture_output=True, text=True)
        expect(f"{wrong}", (run.returncode, run.stdout, run.stderr[:6]), (2, "", "usage:"))
    run = subprocess.run([GENERATOR, "-o", folder / "missing" / "t.json"], capture_output=True, text=True)
    expect("a folder that is missing", run.returncode, 2)

print("\n".join(faults) or "all planted answers are found")
sys.exit(1 if faults else 0)
