#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "firebreak/diagnostic.h"
#include "firebreak/load.h"

/// What tests of the readers and writers share.
namespace firebreak::reading {

inline Loaded read(std::string name, std::string text) {
  std::vector<SourceFile> files(1);
  files[0] = {std::move(name), std::move(text)};
  return load_texts(std::move(files));
}
inline Loaded read_toml(std::string_view text) {
  return read("t.toml", std::string(text));
}
inline Loaded read_json(std::string_view text) {
  return read("t.json", std::string(text));
}

using Lines = std::vector<std::string>;

/// "LINE:COLUMN code" of each error, in order.
inline Lines errors(const Loaded& loaded) {
  Lines lines;
  for (const Diagnostic& d : loaded.diagnostics) {
    if (d.severity != Severity::error) continue;
    lines.push_back(std::to_string(d.at.line) + ":" + std::to_string(d.at.column) + " " +
                    std::string(info(d.code).slug));
  }
  return lines;
}

/// "message (hint)" of each diagnostic, in order.
inline Lines messages(const Loaded& loaded) {
  Lines lines;
  for (const Diagnostic& d : loaded.diagnostics)
    lines.push_back(d.message + (d.hint.empty() ? "" : " (" + d.hint + ")"));
  return lines;
}

/// All diagnostics as people read them, for the messages of tests.
inline std::string rendered(const Loaded& loaded) {
  std::string text;
  for (const Diagnostic& diagnostic : loaded.diagnostics) text += render(diagnostic, loaded.sources, false);
  return text;
}

inline std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

/// A topology that uses every key of the format.
inline std::string everything() {
  std::ifstream file(std::string(FIREBREAK_SOURCE_DIR) + "/tests/fuzz/corpus/toml/everything.toml", std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace firebreak::reading
