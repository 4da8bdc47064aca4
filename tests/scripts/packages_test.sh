#!/usr/bin/env bash
# Tests how scripts/setup.sh installs packages, with stand-ins for Debian's tools: packages_test.sh ROOT
set -euo pipefail
# shellcheck source=tests/scripts/expect.sh
. "$(dirname "${BASH_SOURCE[0]}")/expect.sh"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/bin" "$folder/scripts"
cp "$1/scripts/setup.sh" "$folder/scripts"
cat >"$folder/scripts/packages.txt" <<'END'
# a comment
[build]
one
two+two

[test]
three
END

# tool NAME TEXT: a stand-in that writes down how it was called, then does TEXT.
tool() {
  cat >"$folder/bin/$1" <<END
#!/bin/sh
printf '%s\\n' "$1 \$*" >>"$folder/calls"
$2
END
  chmod +x "$folder/bin/$1"
}
calls() { cat "$folder/calls" 2>/dev/null || true; }

# install SECTIONS...: fills err, code; what was called is in `calls`, apart from the two that only ask.
install() {
  rm -f "$folder/calls"
  code=0
  err=$(PATH="$folder/bin:$PATH" bash -euo pipefail -c '. "$0/scripts/setup.sh"; install_packages "$@"' "$folder" "$@" 2>&1) || code=$?
  [ ! -e "$folder/calls" ] || sed -i '/^dpkg-query\|^id\|^sleep/d' "$folder/calls"
}

tool sleep ''
tool id 'echo 0'
tool apt-get '[ -t 0 ] && exit 9; echo "apt-get says much"'

tool dpkg-query 'printf "one installed\ntwo+two installed\nthree config-files\n"'
install build
expect "nothing is missing" "0  " "$code $err $(calls)"

install build test
expect "what is missing is named" "0 installing packages: three" "$code $err"
expect "how it is installed" "apt-get -q update
apt-get -q -o DPkg::Lock::Timeout=600 install -y --no-install-recommends three" "$(calls)"

export FIREBREAK_NO_INSTALL=1
install build test
expect "FIREBREAK_NO_INSTALL" "0  " "$code $err $(calls)"
unset FIREBREAK_NO_INSTALL

tool apt-get 'case $* in *install*) echo "E: Unable to locate package three"; exit 100 ;; esac'
install test
expect "the exit code when it cannot be installed" 2 "$code"
expect_words "the reason" "Unable to locate package three" "$err"
expect_words "the way by hand" "apt-get install --no-install-recommends three" "$err"

tool apt-get "[ -e '$folder/free' ] || { touch '$folder/free'; echo 'E: Could not get lock /var/lib/apt/lists/lock'; exit 100; }"
install test
expect "another package command is at work" 0 "$code"

tool id 'echo 1000'
tool apt-get ''
tool sudo 'shift; exec "$@"'
install test
expect "without root, with sudo" 0 "$code"
expect_words "sudo is asked without a password" "sudo -n env DEBIAN_FRONTEND=noninteractive apt-get -q update" "$(calls)"

tool sudo 'exit 1'
install test
expect "without root and sudo" 2 "$code"
expect_words "what to run" "run as root:
  apt-get update && apt-get install --no-install-recommends three" "$err"
