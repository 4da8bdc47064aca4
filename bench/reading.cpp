// Reading a topology into a compiled graph: JSON against a parser that only parses and against a library for graphs,
// TOML against its parser alone. Usage: bench_reading [SYSTEMS [TOML_SYSTEMS [PAIRS]]]

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fmt/format.h>
#include <sstream>
#include <string>
#include <toml++/toml.h>
#include <vector>

#ifdef FIREBREAK_SIMDJSON
#include <simdjson.h>
#endif

#include "firebreak/graph.h"
#include "firebreak/load.h"

#include "bench/made_up.h"
#include "bench/measure.h"
#include "bench/python.h"
#include "bench/rows.h"
#include "cli/workers.h"

namespace firebreak::bench {
namespace {

/// From the file to the graph, as the program reads it.
double read_into_graph(const std::string& path) {
  return seconds_of([&] {
    cli::HelperThread helper;
    const Topology topology = read_made_up(path, &helper);
    (void)compile(topology, &helper);
  });
}

std::string speed(const std::string& path, const std::vector<double>& seconds) {
  return fmt::format("ours {:.0f} MB/s", static_cast<double>(std::filesystem::file_size(path)) / median(seconds) / 1e6);
}

void against_simdjson(const std::string& path, std::size_t pairs) {
#ifdef FIREBREAK_SIMDJSON
  Pairs against;
  for (std::size_t i = 0; i < pairs; ++i) {
    simdjson::dom::parser parser;
    bool parsed = false;
    const double theirs = seconds_of([&] { parsed = parser.load(path).error() == simdjson::SUCCESS; });
    if (!parsed) return print_missing("simdjson, parsing alone", "cannot parse it");
    against.add(read_into_graph(path), theirs);
  }
  print_row("simdjson, parsing alone", against, speed(path, against.ours));
#else
  (void)path;
  (void)pairs;
  print_missing("simdjson, parsing alone", "left out: apt-get install libsimdjson-dev");
#endif
}

void against_networkx(const std::string& path) {
  const PythonRun ended = run_python("graph_peer.py", "python3-networkx", {path});
  if (!ended.missing.empty()) return print_missing("networkx", ended.missing);
  std::istringstream line(ended.output);
  std::string version;
  double parsing = 0;
  double building = 0;
  line >> version >> parsing >> building;
  Pairs against;
  against.add(read_into_graph(path), building);
  print_row(fmt::format("networkx {}, building alone", version), against,
            fmt::format("and {} for parsing", time_words(parsing)));
}

void read_json(std::uint64_t systems, std::size_t pairs) {
  const Folder folder;
  const std::string path = write_made_up(folder, {.systems = systems});
  print_work(fmt::format("JSON into a graph: {} systems, {:.0f} MB", systems,
                         static_cast<double>(std::filesystem::file_size(path)) / 1e6));
  against_simdjson(path, pairs);
  against_networkx(path);
}

void read_toml(std::uint64_t systems, std::size_t pairs) {
  const Folder folder;
  const Topology topology = read_made_up(write_made_up(folder, {.systems = systems}));
  const std::string path = folder.write("estate.toml", write_toml(topology));
  print_work(fmt::format("TOML into a graph: {} systems, {:.1f} MB", systems,
                         static_cast<double>(std::filesystem::file_size(path)) / 1e6));
  Pairs against;
  for (std::size_t i = 0; i < pairs; ++i) {
    const double theirs = seconds_of([&] { (void)toml::parse_file(path); });
    against.add(read_into_graph(path), theirs);
  }
  print_row("toml++, parsing alone", against, speed(path, against.ours));
}

}  // namespace
}  // namespace firebreak::bench

int main(int count, char** words) {
  std::uint64_t systems = 1'000'000;
  std::uint64_t toml_systems = 20'000;
  std::size_t pairs = 5;
  using firebreak::bench::take;
  const bool good = count <= 4 && (count < 2 || take(words[1], systems)) &&
                    (count < 3 || take(words[2], toml_systems)) && (count < 4 || take(words[3], pairs)) &&
                    systems > 0 && toml_systems > 0 && pairs > 0;
  if (!good) {
    fmt::print(stderr, "usage: bench_reading [SYSTEMS [TOML_SYSTEMS [PAIRS]]]\n");
    return 2;
  }
  firebreak::bench::print_heads();
  firebreak::bench::read_json(systems, pairs);
  firebreak::bench::read_toml(toml_systems, pairs);
  return 0;
}
