#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "firebreak/diagnostic.h"
#include "firebreak/scenario.h"
#include "firebreak/topology.h"
#include "firebreak/workers.h"

/// Topologies from and to files: TOML for people, JSON of the same shape for programs. Several files merge into one
/// topology.
namespace firebreak {

struct Loaded {
  Sources sources;
  std::optional<Topology> topology;     ///< empty when there is an error
  std::vector<Diagnostic> diagnostics;  ///< all faults of all files, sorted by place; also warnings when it loaded
};

/// Reads and merges the files; "-" is standard input. What is packed by gzip or zstd is unpacked. A file is JSON when
/// its name ends in ".json" (before ".gz" or ".zst") or its first character other than white space is "{", else TOML.
/// Every fault of every file is reported. No exception leaves; a file that cannot be read is a diagnostic without a
/// line. A helper shortens the reading of large JSON files and changes nothing else. Cost: linear in the input; the
/// TOML reader manages about 16 MB/s, the JSON reader about 100, with a helper more.
[[nodiscard]] Loaded load(std::span<const std::string> paths, Helper* helper = nullptr);

/// The same from texts in memory, packed or not: each `SourceFile` is a name and its text.
[[nodiscard]] Loaded load_texts(std::vector<SourceFile> files, Helper* helper = nullptr);

/// One of many scenarios.
struct ScenarioLine {
  std::string name;  ///< as it says, else "line 17"
  Scenario scenario;
};

/// Reads a stream of scenarios, or a piece of one that ends where a line does: on each line a JSON object with the keys
/// of a scenario (compromised, off, isolate, block, allow) and `scenario`, its name. Blank lines are passed over. Every
/// fault of every line is reported, with the line counted from `first_line` on; a line with an error is left out. No
/// exception leaves. Cost: linear in the text, and in the topology per selector that is no id of a system.
[[nodiscard]] std::vector<ScenarioLine> read_scenarios(const Topology& topology, std::string_view lines, FileId file,
                                                       std::uint32_t first_line, std::vector<Diagnostic>& diagnostics);

/// The topology in canonical TOML: one order of kinds and keys, aligned values, defaults left out. Reading it back
/// gives an equal topology, and writing that the same bytes. Names and texts are escaped as TOML wants it. Cost:
/// linear.
[[nodiscard]] std::string write_toml(const Topology& topology);

/// One TOML file of what was loaded, laid out as by `write_toml`, with its comments: those before a table, key or item
/// and those behind it stay with it, whatever its new place. Keys that say the default stay too. What other files
/// define is not written, so that each file of a split topology can be formatted. Formatting what was formatted changes
/// nothing. The file must be TOML; its text comes back as it is when there is no topology. Cost: that of reading and
/// writing it, and one pass over the topology.
[[nodiscard]] std::string format_toml(const Loaded& loaded, FileId file);

/// The topology as JSON of the same shape, with two spaces of indentation. Cost: linear.
[[nodiscard]] std::string write_json(const Topology& topology);

}  // namespace firebreak
