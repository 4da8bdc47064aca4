#!/usr/bin/env bash
# Tests the examples: every topology passes check, every scenario says what must come out and can be drawn, and every command
# that examples/README.md proposes answers: examples_test.sh ROOT PROGRAM
set -euo pipefail
cd "$1"
program=$2
faults=0
fault() { echo "$*" && faults=$((faults + 1)); }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

for topology in examples/*/*.toml; do
  "$program" check "$topology" >"$folder/out" 2>&1 || fault "$topology does not pass check: $(cat "$folder/out")"
  [ -s "$(dirname "$topology")/SOURCES.md" ] || fault "$topology has no SOURCES.md"
  scenarios=$(sed -n 's/^\[scenario\.\([^].]*\)\]$/\1/p' "$topology")
  [ -n "$scenarios" ] || fault "$topology has no scenario"
  for scenario in $scenarios; do
    grep -q "^\[scenario\.$scenario\.expect\]" "$topology" || fault "$topology: scenario $scenario expects nothing"
    "$program" impact "$topology" --scenario "$scenario" -o "$folder/picture.svg" 2>"$folder/err" || fault "$topology: $scenario"
    [ ! -s "$folder/err" ] || fault "$topology, drawing $scenario: $(cat "$folder/err")"
  done
done

commands=0
while IFS= read -r command; do
  commands=$((commands + 1))
  read -ra words <<<"$command"
  "$program" "${words[@]}" >"$folder/out" 2>&1 || fault "scripts/firebreak $command: $(tail -3 "$folder/out")"
done < <(grep -v 'for t in' examples/README.md | grep -o 'scripts/firebreak [^`;]*' | sed 's/^scripts.firebreak *//')
[ "$commands" -ge 10 ] || fault "examples/README.md proposes only $commands commands"
exit "$((faults > 0))"
