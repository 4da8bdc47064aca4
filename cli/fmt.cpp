#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <iterator>

#include "cli/question.h"
#include "cli/write_file.h"

namespace firebreak::cli {
namespace {

/// The text of the one source as it was read; large files are not kept, so it may have to be read again.
std::string original(const Loaded& loaded, const std::string& path) {
  const std::string& kept = loaded.sources[FileId(0)].text;
  if (!kept.empty()) return kept;
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// One TOML file keeps its comments; several become one without.
std::string canonical(const Loaded& loaded, const std::string& to) {
  if (to == "json") return write_json(*loaded.topology);
  const SourceFile& first = loaded.sources[FileId(0)];
  const bool one_toml = loaded.sources.size() == 1 && !first.text.empty() && !first.name.ends_with(".json") &&
                        first.text[std::min(first.text.find_first_not_of(" \t\r\n"), first.text.size() - 1)] != '{';
  return one_toml ? format_toml(loaded, FileId(0)) : write_toml(*loaded.topology);
}

}  // namespace

Outcome run_fmt(const Call& call) {
  Options options;
  std::string to;
  bool write = false;
  bool compare = false;
  Arguments arguments(
      "firebreak fmt",
      "The topology in its canonical form: one order, aligned values, defaults left out. Comments stay with what they "
      "speak of, unless several files become one.");
  arguments.topologies(options);
  arguments.text("--to", to, "FORMAT", "toml or json; otherwise as the first file's name says");
  arguments.flag("--write", write, "in place; for one file");
  arguments.flag("--check", compare, "write nothing; exit code 1 if the file is not in its canonical form");
  arguments.file(options);
  arguments.quiet(options);
  arguments.read(call);
  if (options.words.empty()) refuse_no_topology();
  if ((write || compare) && (options.words.size() != 1 || options.words[0] == "-")) {
    refuse(fmt::format("{} takes one file", write ? "--write" : "--check"),
           "several files would become one: use -o FILE");
  }
  if (write && (compare || !options.output.empty())) refuse("--write goes with neither --check nor -o");
  const std::string& named = options.output.empty() || options.output == "-" ? options.words[0] : options.output;
  if (to.empty()) to = named.ends_with(".json") ? "json" : "toml";
  if (to != "toml" && to != "json") refuse(fmt::format("--to takes no '{}'", to), "toml or json");
  const Loaded loaded = read_topologies(call, options.words);
  const std::string said = options.quiet && loaded.topology ? std::string()
                                                            : rendered(loaded.diagnostics, loaded.sources,
                                                                       colours_errors(options, call.surroundings));
  if (!loaded.topology) throw Stop{{2, "", said}};
  call.progress.phase("writing");
  const std::string text = canonical(loaded, to);
  if (compare) {
    if (text == original(loaded, options.words[0])) return {0, "", ""};
    const std::string file = printable(options.words[0]);
    return {1, fmt::format("{} is not in its canonical form; firebreak fmt --write {} makes it so\n", file, file), ""};
  }
  if (write) options.output = options.words[0];
  return deliver(options, text, said);
}

}  // namespace firebreak::cli
