#!/usr/bin/env bash
# Tests scripts/test on a small project in its place: test_test.sh ROOT
set -euo pipefail
# shellcheck source=tests/scripts/expect.sh
. "$(dirname "${BASH_SOURCE[0]}")/expect.sh"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export FIREBREAK_NO_INSTALL=1
unset FIREBREAK_FULL
tree="$folder/a tree"
mkdir -p "$tree/scripts"
cp "$1"/scripts/{test,setup.sh,packages.txt} "$tree/scripts"
cp "$1/CMakePresets.json" "$tree"
cat >"$tree/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.25)
project(small LANGUAGES CXX)
enable_testing()
add_test(NAME good.one COMMAND true)
add_test(NAME good.two COMMAND sh -c "exit 0")
add_test(NAME bad COMMAND sh -c "echo it went wrong; exit 1")
add_test(NAME full COMMAND sh -c "[ \"$FIREBREAK_FULL\" = 1 ] || exit 77")
set_tests_properties(full PROPERTIES SKIP_RETURN_CODE 77)
END

# run ARGUMENTS...: fills last, out and code.
run() {
  code=0
  out=$("$tree/scripts/test" "$@" 2>&1 </dev/null) || code=$?
  last=${out##*$'\n'}
}

run
expect "all" "1 2 passed, 1 failed, 1 skipped" "$code $last"
expect_words "what a failing test says" "it went wrong" "$out"
run --full
expect "with the long searches" "1 3 passed, 1 failed" "$code $last"
run -R good
expect "a choice" "0 2 passed, 0 failed" "$code $last"
run -R none
expect "nothing chosen" 1 "$code"
expect_words "nothing chosen" "0 passed, 0 failed" "$last"
run --preset dev -R good.one
expect "another preset" "0 1 passed, 0 failed" "$code $last"
run --preset nothing
expect "an unknown preset" 2 "$code"
