#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "firebreak/diagnostic.h"
#include "firebreak/load.h"

/// What must hold of whatever a reader is given.
namespace firebreak::fuzz {

inline void require(bool holds, std::string_view what, std::string_view text) {
  if (holds) return;
  std::fprintf(stderr, "%s\n%s\n", std::string(what).c_str(), std::string(text).c_str());
  std::abort();
}

inline Loaded read(std::string_view name, std::string_view text) {
  std::vector<SourceFile> files(1);
  files[0] = {std::string(name), std::string(text)};
  return load_texts(std::move(files));
}

/// What is rendered holds no control character but line feeds.
inline void check_rendering(const Loaded& loaded) {
  std::size_t rendered = 0;
  for (const Diagnostic& diagnostic : loaded.diagnostics) {
    if (++rendered > 20) break;
    const std::string text = render(diagnostic, loaded.sources, false);
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      require(byte == '\n' || (byte >= 0x20 && byte != 0x7F), "a control character is shown", text);
    }
  }
}

inline Loaded read_again(std::string_view name, const std::string& text) {
  Loaded loaded = read(name, text);
  for (const Diagnostic& diagnostic : loaded.diagnostics) {
    if (diagnostic.severity == Severity::error) require(false, render(diagnostic, loaded.sources, false), text);
  }
  require(loaded.topology.has_value(), "what was written does not load", text);
  return loaded;
}

/// What is written reads back as the same, in both syntaxes.
inline void check_writing(const Topology& topology) {
  const std::string toml = write_toml(topology);
  const Loaded from_toml = read_again("written.toml", toml);
  require(write_toml(*from_toml.topology) == toml, "TOML changes when it is read and written", toml);

  const std::string json = write_json(topology);
  const Loaded from_json = read_again("written.json", json);
  require(write_json(*from_json.topology) == json, "JSON changes when it is read and written", json);
  require(write_json(*from_toml.topology) == json, "TOML and JSON differ", json);
}

/// Formatting keeps the meaning, and changes nothing the second time.
inline void check_formatting(const Loaded& loaded) {
  const std::string formatted = format_toml(loaded, FileId(0));
  const Loaded again = read_again("formatted.toml", formatted);
  require(write_toml(*again.topology) == write_toml(*loaded.topology), "formatting changes the meaning", formatted);
  require(format_toml(again, FileId(0)) == formatted, "formatting again changes something", formatted);
}

}  // namespace firebreak::fuzz
