#!/usr/bin/env bash
# package_test.sh CMAKE BUILD_FOLDER CONSUMER COMPILER FLAGS
set -euo pipefail
cmake=$1 build=$2 consumer=$3 compiler=$4 flags=$5
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
prefix="$folder/installed here"

"$cmake" --install "$build" --prefix "$prefix" >"$folder/log" || { cat "$folder/log" && exit 1; }

# What was installed: the command runs, and nothing in what others read points back to the build.
"$prefix/bin/firebreak" --version
pc=$(cd "$prefix" && find . -name firebreak.pc)
mapfile -t texts < <(find "$prefix" -path '*/cmake/firebreak/*.cmake')
[ -n "$pc" ] && [ "${#texts[@]}" -ge 3 ]
if grep -nF -e "$build" -e "$prefix" "$prefix/$pc" "${texts[@]}"; then
  echo "paths of this machine were installed" && exit 1
fi
ls "$prefix"/share/firebreak/schemas/*.json >/dev/null

# Moved elsewhere, because a package is built in one place and unpacked in another.
mv "$prefix" "$folder/moved here"
prefix="$folder/moved here"

echo "with find_package:"
"$cmake" -S "$consumer" -B "$folder/consumer" -G Ninja -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_CXX_COMPILER="$compiler" \
  -DCMAKE_CXX_FLAGS="$flags" >"$folder/log"
"$cmake" --build "$folder/consumer" >"$folder/log" || { cat "$folder/log" && exit 1; }
"$folder/consumer/consumer"

echo "with pkg-config:"
ln -s "$prefix" "$folder/prefix" # pkg-config's answer is split at spaces
PKG_CONFIG_PATH=$folder/prefix/$(dirname "$pc")
export PKG_CONFIG_PATH
# shellcheck disable=SC2046,SC2086
"$compiler" $flags -std=c++20 "$consumer/consumer.cpp" $(pkg-config --cflags --libs --static firebreak) -o "$folder/program"
"$folder/program"
