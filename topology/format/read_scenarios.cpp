#include <fmt/format.h>

#include "firebreak/load.h"

#include "topology/format/decode.h"
#include "topology/format/input_file.h"
#include "topology/format/json_reader.h"
#include "topology/scenario_decl.h"
#include "topology/utf8.h"

namespace firebreak {

namespace {

/// What stands where no scenario is: an empty line, or one of blanks.
bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

class ScenarioReader {
 public:
  ScenarioReader(const Topology& topology, FileId file, std::vector<Diagnostic>& diagnostics)
      : topology_(topology), file_(file), diagnostics_(diagnostics), faults_(diagnostics, lost_, file) {}

  void read(std::string_view line, std::uint32_t number, std::vector<ScenarioLine>& scenarios) {
    if (is_blank(line) || faults_.full()) return;
    const std::size_t before = diagnostics_.size();
    ScenarioDecl decl;
    Scenario scenario;
    JsonReader reader({faults_.file(), line, is_ascii(line)}, faults_);
    if (const std::size_t bad = first_bad_byte(line); bad < line.size()) {
      faults_.report(Code::not_utf8, {file_, 1, static_cast<std::uint32_t>(count_code_points(line.substr(0, bad))) + 1},
                     fmt::format("byte 0x{:02x} is not valid UTF-8", static_cast<unsigned char>(line[bad])));
    } else {
      decode(reader, decl);
      scenario = resolve(topology_, decl, diagnostics_);
    }
    for (Diagnostic& found : std::span(diagnostics_).subspan(before)) {
      found.at.line = number;
      for (Related& related : found.related) related.at.line = number;
    }
    if (has_errors(std::span(diagnostics_).subspan(before))) return;
    scenarios.push_back(
        {decl.name.empty() ? fmt::format("line {}", number) : std::string(decl.name), std::move(scenario)});
  }

 private:
  void decode(JsonReader& reader, ScenarioDecl& decl) {
    Decoding<JsonReader> decoding{reader, queue_, faults_, header_, {}};
    JsonValue root = reader.root();
    if (root.type() == ValueType::table) {
      read_table<kScenarioLineKeys>(decoding, root, decl);
    } else if (root.type() != ValueType::broken) {
      faults_.report(Code::wrong_type, root.at(),
                     fmt::format("{} stands where a scenario is expected", with_article(root.type())),
                     R"(write an object on each line, such as {"off": ["db-1"]})");
    }
    root.skip();
    reader.finish();
  }

  const Topology& topology_;
  FileId file_;
  std::vector<Diagnostic>& diagnostics_;
  LostInput lost_;
  FileFaults faults_;
  TopologyBuilder builder_;  ///< decoding asks for all three; nothing is declared
  DeclQueue queue_{builder_};
  Header header_;
};

}  // namespace

std::vector<ScenarioLine> read_scenarios(const Topology& topology, std::string_view lines, FileId file,
                                         std::uint32_t first_line, std::vector<Diagnostic>& diagnostics) {
  std::vector<ScenarioLine> scenarios;
  ScenarioReader reader(topology, file, diagnostics);
  for (std::uint32_t number = first_line; !lines.empty(); ++number) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    reader.read(lines.substr(0, end), number, scenarios);
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return scenarios;
}

}  // namespace firebreak
