#!/usr/bin/env bash
# Tests scripts/firebreak on a small project in its place: firebreak_test.sh ROOT
# The program there answers with its arguments, its working folder, standard input, and exit code 3.
set -euo pipefail
# shellcheck source=tests/scripts/expect.sh
. "$(dirname "${BASH_SOURCE[0]}")/expect.sh"
root=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export FIREBREAK_NO_INSTALL=1
tree="$folder/a path with spaces"
script="$tree/scripts/firebreak"
mkdir -p "$tree"/{scripts,cmake,include,topology,analyzer,report,cli} "$folder/elsewhere"
cp "$root"/scripts/{firebreak,setup.sh,packages.txt} "$tree/scripts"
cp "$root/CMakePresets.json" "$tree"
cat >"$tree/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.25)
project(small LANGUAGES CXX)
file(GLOB sources CONFIGURE_DEPENDS cli/*.cpp)
add_executable(firebreak_program ${sources})
set_target_properties(firebreak_program PROPERTIES OUTPUT_NAME firebreak)
END
cat >"$tree/cli/main.cpp" <<'END'
#include <unistd.h>
#include <cstdio>
int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) std::printf("<%s>", argv[i]);
  char text[4096];
  std::printf("%s ", getcwd(text, sizeof text));
  while (std::fgets(text, sizeof text, stdin)) std::fputs(text, stdout);
  return 3;
}
END
cd "$folder/elsewhere"
here=$(pwd -P)

# run ARGUMENTS...: fills out, err and code.
run() {
  code=0
  out=$("$script" "$@" 2>"$folder/err" <<<input) || code=$?
  err=$(cat "$folder/err")
}

# Two at a time, in a tree that has not been built: both answer, one builds.
"$script" one >"$folder/one" 2>"$folder/one.err" <<<input && fail "exit code 3 became 0" &
first=$!
run two
wait "$first" || true
expect "the first of two" "<one>$here input" "$(cat "$folder/one")"
expect "the second of two" "<two>$here input" "$out"
expect "exit code" 3 "$code"
expect "times built" 1 "$(grep -c 'building firebreak (first time' <(cat "$folder/one.err" "$folder/err"))"

run "two words" '' '*' "it's"
expect "arguments, folder, input" "<two words><><*><it's>$here input" "$out"
expect "nothing to build, nothing said" "" "$err"

ln -s "$script" "$folder/link"
expect "through a link" "<x>$here " "$("$folder/link" x </dev/null || true)"

# Nothing has changed: quick, and without the tools that build.
mkdir "$folder/tools"
for tool in cmake ninja; do printf '#!/bin/sh\necho "%s ran" >&2\nexit 1\n' "$tool" >"$folder/tools/$tool"; done
chmod +x "$folder/tools"/*
out=$(PATH="$folder/tools:$PATH" "$script" x 2>&1 </dev/null || true)
expect "no tool runs" "<x>$here " "$out"
# In processor time: what else the machine does is not the script's.
best=999999
TIMEFORMAT='%U %S' LC_NUMERIC=C
for _ in 1 2 3 4 5; do
  took=$({ time "$script" x >/dev/null 2>&1 </dev/null; } 2>&1 || true)
  took=$(awk '{ print int(($1 + $2) * 1000) }' <<<"$took")
  [ "$took" -ge "$best" ] || best=$took
done
[ "$best" -lt 100 ] || fail "an up-to-date program took $best ms of processor time to start"

# Changes, new files and files that are gone are seen.
sed -i 's/return 3/return 4/' "$tree/cli/main.cpp"
run
expect "after a change" 4 "$code"
sed -i 's/return 4/extern int five(); return five()/' "$tree/cli/main.cpp"
echo 'int five() { return 5; }' >"$tree/cli/five.cpp"
run
expect "after a new file" 5 "$code"
rm "$tree/cli/five.cpp"
run
expect "what does not build gives" 2 "$code"
expect_words "the linker's words" "five" "$err"
expect_words "where to read on" "$tree/build/release.log" "$err"
sed -i 's/extern int five(); return five()/return 6/' "$tree/cli/main.cpp"
run
expect "once it is mended" 6 "$code"

# The tree is moved.
mv "$tree" "$folder/moved"
script=$folder/moved/scripts/firebreak
sed -i 's/return 6/return 7/' "$folder/moved/cli/main.cpp"
run
expect "after a move" "7 <" "$code ${out:+<}"
