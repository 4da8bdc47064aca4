#!/usr/bin/env bash
# Compiles the core without exceptions, as WebAssembly has none: core_compiles.sh COMPILER ROOT
# With clang 19 and its WebAssembly library installed it is compiled for WebAssembly; otherwise for this machine.
set -euo pipefail
compiler=$1 root=$2
flags=(-std=c++20 -fno-exceptions -fsyntax-only -I"$root" -I"$root/include")
wasm_headers=/usr/lib/llvm-19/include/wasm32-wasi/c++/v1
if command -v clang++-19 >/dev/null && [ -d "$wasm_headers" ] && [ -d /usr/include/wasm32-wasi ]; then
  compiler=clang++-19
  libraries=$(mktemp -d)
  trap 'rm -rf "$libraries"' EXIT
  ln -s /usr/include/boost /usr/include/fmt "$libraries"
  flags+=(--target=wasm32-wasi -stdlib=libc++ -isystem "$wasm_headers" -isystem "$libraries" -DFMT_HEADER_ONLY
    -D_LIBCPP_ENABLE_CXX17_REMOVED_UNARY_BINARY_FUNCTION) # Debian's Boost 1.74 uses it
fi
# The edges of the topology layer, which read files, are left out, as in structure.py.
find "$root/topology" "$root/analyzer" -name '*.cpp' -not -name 'read_*' -not -name 'load.cpp' \
  -not -name 'format_toml.cpp' -print0 |
  xargs -0 -P "$(nproc)" -n 1 "$compiler" "${flags[@]}"
