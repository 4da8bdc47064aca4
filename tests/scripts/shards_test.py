"""What several processes find, each its shard, is merged to what one finds: shards_test.py GEN_TOPOLOGY FIREBREAK"""

import gzip
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

GENERATOR, FIREBREAK = (str(Path(word).resolve()) for word in sys.argv[1:])
faults = []


def run(folder, *words):
    return subprocess.run([FIREBREAK, *words], cwd=folder, capture_output=True, text=True)


def expect(what, holds):
    if not holds:
        faults.append(what)


def in_shards(folder, count, *words):
    """All shards at the same time; the names of the parts they write."""
    names = [f"part-{number}" for number in range(1, count + 1)]
    processes = [
        subprocess.Popen([FIREBREAK, *words, "--shard", f"{number}/{count}", "-o", name, "--quiet"], cwd=folder)
        for number, name in enumerate(names, 1)
    ]
    expect(f"shards of {words}", [process.wait() for process in processes] == [0] * count)
    return names


def compare(folder, count, formats, *words):
    names = in_shards(folder, count, *words)
    for kind in formats:
        whole = run(folder, *words, "--format", kind)
        merged = run(folder, "merge", *reversed(names), "--format", kind)
        same = whole.stdout == merged.stdout and whole.returncode == merged.returncode == 0
        expect(f"{words} in {count} shards as {kind}: {merged.stderr}", same and whole.stdout != "")
    plain = (folder / names[0]).read_bytes()
    (folder / names[0]).write_bytes(gzip.compress(plain))
    packed = run(folder, "merge", *names, "--format", formats[-1])
    expect(f"{words} in {count} shards, one packed: {packed.stderr}", packed.stdout == merged.stdout)
    (folder / names[0]).write_bytes(plain)
    return names


def refused(folder, what, words, *names):
    merged = run(folder, "merge", *names)
    expect(f"{what}: {merged.stderr}", merged.returncode == 2 and merged.stdout == "" and words in merged.stderr)


def spoil(folder, names):
    """Whatever can happen to parts on their way is noticed."""
    part = folder / names[1]
    text = part.read_text()
    lines = text.splitlines(keepends=True)
    for what, spoilt in {
        "without its end": "".join(lines[:-1]),
        "cut off in its end": text[:-3],
        "cut off in a line": text[: len(lines[0]) + 5],
        "without a line": lines[0] + "".join(lines[2:]),
        "with a line twice": lines[0] + lines[1] + "".join(lines[1:]),
        "with another digit": lines[0]
        + re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), lines[1], count=1)
        + "".join(lines[2:]),
        "with another head": text.replace('"shards":3', '"shards":2', 1),
        "with another end": re.sub(r'("end":\{.*"lines": ?)', r'\g<1>1', text),
        "with words behind it": text + "{}\n",
        "empty": "",
        "of another schema": text.replace("firebreak/part/1", "firebreak/part/2", 1),
        "with something else in a line": lines[0] + "[]\n" + "".join(lines[2:]),
    }.items():
        part.write_text(spoilt)
        refused(folder, f"a part {what}", "part-2", *names)
    packed = gzip.compress(text.encode())
    for what, spoilt, words in (
        ("packed and cut off", packed[:-9], "the gzip data end too early"),
        ("packed and damaged", packed[:-6] + b"?" + packed[-5:], "the gzip data are damaged"),
        ("packed with words behind it", packed + b"words", "the gzip data are damaged"),
    ):
        part.write_bytes(spoilt)
        refused(folder, f"a part {what}", words, *names)
    part.write_text(text)
    refused(folder, "a part that is missing", "1 of 3 shards is missing: 2", names[0], names[2])
    refused(folder, "a part that is there twice", "shard 1/3 is in part-1 too", names[0], *names)


with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    for seed, size in ((1, 150), (2, 700)):
        subprocess.run([GENERATOR, "--systems", str(size), "--seed", str(seed), "-o", folder / "t.json"], check=True)
        texts = ("text", "json", "csv", "md")
        compare(folder, 3, texts, "whatif", "t.json", "--every", "1")
        compare(folder, 5, texts, "whatif", "t.json", "--every", "1", "--over", "zones,systems", "--top", "7")
        spoil(folder, compare(folder, 3, texts, "whatif", "t.json", "--every", "2", "--over", "systems,links"))
        spoil(folder, compare(folder, 3, texts, "blast", "t.json", "--rank"))
        compare(folder, 2, texts, "blast", "t.json", "--rank", "--protect", "*", "--scenario", "attack")
    ids = list(json.loads((folder / "t.json").read_text())["system"])
    scenarios = [{"scenario": f"s{i}", "off": [ids[i % len(ids)], ids[i * 7 % len(ids)]]} for i in range(20_000)]
    scenarios[5]["compromised"] = ids[:1]
    stream = "\n\n".join(json.dumps(scenario) for scenario in scenarios)
    (folder / "s.ndjson").write_text(stream)
    for count in (1, 3, 7):
        names = compare(folder, count, ("json", "csv"), "whatif", "t.json", "s.ndjson")
        if count == 3:
            spoil(folder, names)
    (folder / "few.ndjson").write_text(json.dumps(scenarios[0]))
    compare(folder, 3, ("json", "csv"), "whatif", "t.json", "few.ndjson")

    names = in_shards(folder, 2, "whatif", "t.json", "s.ndjson")
    (folder / "s.ndjson").write_text(stream + "\n{}")
    run(folder, "whatif", "t.json", "s.ndjson", "--shard", "2/2", "-o", names[1])
    refused(folder, "parts of two streams", "part-2", *names)
    in_shards(folder, 2, "whatif", "t.json", "--every", "1")
    (folder / "t.json").write_text((folder / "t.json").read_text() + "\n")
    refused(folder, "files that were changed", "not those that the parts are about", *names)

for fault in faults:
    print(fault[:2000])
print(f"{len(faults)} faults")
sys.exit(1 if faults else 0)
