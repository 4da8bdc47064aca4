# shellcheck shell=bash
# Sourced by the tests of the scripts.

fail() {
  printf 'failed: %s\n' "$*" >&2
  exit 1
}

# expect WHAT EXPECTED FOUND
expect() {
  [ "$2" = "$3" ] || fail "$1: expected '$2', found '$3'"
}

# expect_words WHAT WORDS FOUND: FOUND holds WORDS.
expect_words() {
  case $3 in
    *"$2"*) ;;
    *) fail "$1: expected '$2' in '$3'" ;;
  esac
}
