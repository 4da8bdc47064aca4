// All minimal cut sets of fault trees: counted by firebreak, and by SCRAM, the open-source program that people count
// them with. Both are whole programs that read a file, run in turn; SCRAM in whichever of its three ways is the fastest
// on the tree, without probabilities and indentation, and with no limit to the size of sets: left alone, it counts none
// of more than 20. It writes each set out, to nowhere, which it cannot leave out.

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/load.h"
#include "firebreak/weak.h"

#include "bench/fault_tree.h"
#include "bench/measure.h"
#include "bench/process.h"

namespace firebreak::bench {
namespace {

constexpr unsigned kMemory = 6000;  // megabytes
constexpr std::string_view kExamples = "/usr/share/scram/input";

struct Options {
  std::size_t pairs = 3;
  unsigned limit = 60;  ///< seconds of a run
  std::size_t made_up = 0;
  std::size_t gates = 0;  ///< of each tree made up; 0 = from 200 to 2,000
  std::uint64_t seed = 1;
  std::string scram = "scram";
  std::string firebreak;  ///< empty = the one that was built with this program
  std::vector<std::string> files;
};

/// Seconds of several runs.
struct Runs {
  std::vector<double> processor;
  std::vector<double> elapsed;

  void add(const Ended& ended) {
    processor.push_back(ended.processor);
    elapsed.push_back(ended.elapsed);
  }
};

/// The number behind some words in what a program wrote.
std::optional<std::string> behind(std::string_view text, std::string_view words) {
  const std::size_t at = text.find(words);
  if (at == std::string_view::npos) return std::nullopt;
  const std::size_t begin = at + words.size();
  return std::string(text.substr(begin, text.find_first_not_of("0123456789.e-", begin) - begin));
}

/// SCRAM's fastest way on a tree, what it counts, and one run of it.
struct Peer {
  std::string way;
  std::optional<std::string> count;  ///< none when the time or memory did not suffice
  double alone = 0;                  ///< seconds its own clock gives the search, where it came so far
  double shortest = 0;
};

Ended run_scram(const Options& options, const std::string& way, const std::string& file, unsigned seconds) {
  return run(
      {options.scram, way, "--limit-order", "1000000", "--no-indent", "--verbosity", "4", "-o", "/dev/null", file},
      Listen::errors, seconds, kMemory);
}

Peer choose_way(const Options& options, const std::string& file) {
  Peer best;
  unsigned limit = options.limit;
  for (const std::string way : {"--zbdd", "--bdd", "--mocus"}) {
    const Ended ended = run_scram(options, way, file, limit);
    if (ended.code != 0) continue;
    if (best.count && ended.processor >= best.shortest) continue;
    best = {way, behind(ended.output, "# of products: "), 0, ended.processor};
    const auto alone = behind(ended.output, "The algorithm finished in ");
    if (alone) best.alone = std::strtod(alone->c_str(), nullptr);
    limit = std::min(limit, static_cast<unsigned>(std::ceil(best.shortest)) + 1);
  }
  return best;
}

struct Own {
  std::string count;
  double seconds = 0;  ///< of the call alone
};

/// The question asked of the library, without reading and writing.
Own ask_library(const std::string& file, std::size_t times) {
  const std::vector<std::string> paths{file};
  const Loaded loaded = load(paths);
  if (!loaded.topology) return {"not loaded", 0};
  const Graph graph = compile(*loaded.topology);
  CutSetOptions options;
  options.nodes = {loaded.topology->find("top")};
  options.losses = usual_losses(graph);
  options.list = 0;
  std::vector<double> seconds;
  Own own;
  for (std::size_t i = 0; i < times; ++i) {
    const auto start = std::chrono::steady_clock::now();
    const CutSetAnswer answer = cut_sets(graph, {}, options);
    seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    own.count = answer.complete ? to_string(answer.nodes.front().count) : "too many";
  }
  own.seconds = median(seconds);
  return own;
}

/// What is said at the end.
struct Sum {
  std::size_t trees = 0;
  std::size_t without_answer = 0;  ///< trees that SCRAM did not count
  double processor = 0;            ///< of logarithms of ratios
  double elapsed = 0;
  double worst = 0;
  std::string worst_tree;
  bool all_agree = true;
};

void print_head() {
  fmt::print("{:<14}{:>24}{:>7}{:>7}{:>10}{:>10}{:>9}  {:>9}{:>9}  {}\n", "tree", "minimal cut sets", "gates", "events",
             "scram s", "ours s", "ratio", "search s", "ours s", "scram's way");
}

void measure(const Options& options, bool has_scram, const FaultTree& tree, Sum& sum) {
  const Folder folder;
  const std::string own_file = folder.write("tree.json", topology_json(tree));
  const std::string peer_file = folder.write("tree.xml", open_psa(tree));
  const Own own = ask_library(own_file, options.pairs);
  const Peer peer = has_scram ? choose_way(options, peer_file) : Peer{};
  Runs ours;
  Runs theirs;
  std::string said;
  for (std::size_t i = 0; i < options.pairs; ++i) {
    if (peer.count) theirs.add(run_scram(options, peer.way, peer_file, options.limit));
    const Ended ended =
        run({options.firebreak, "weak", own_file, "--service", "top", "--list", "0", "--format", "json"},
            Listen::output, options.limit, kMemory);
    ours.add(ended);
    said = behind(ended.output, "\"count\": \"").value_or("none");
  }
  const double processor = median(ours.processor);
  std::string their_seconds = has_scram ? fmt::format("> {}", options.limit) : "-";
  std::string ratio = has_scram ? fmt::format("> {:.0f}", options.limit / processor) : "-";
  std::string search = "-";
  if (peer.count) {
    const double once = median(theirs.processor) / processor;
    sum.processor += std::log(once);
    sum.elapsed += std::log(median(theirs.elapsed) / median(ours.elapsed));
    if (sum.trees == sum.without_answer || once < sum.worst) {
      sum.worst = once;
      sum.worst_tree = tree.name;
    }
    their_seconds = fmt::format("{:.4f}", median(theirs.processor));
    ratio = fmt::format("{:.1f}", once);
    search = fmt::format("{:.4f}", peer.alone);
  } else {
    ++sum.without_answer;
  }
  ++sum.trees;
  const bool agree = own.count == said && (!peer.count || own.count == *peer.count);
  sum.all_agree = sum.all_agree && agree;
  fmt::print(
      "{:<14}{:>24}{:>7}{:>7}{:>10}{:>10.4f}{:>9}  {:>9}{:>9.4f}  {}{}\n", tree.name, own.count, tree.gates.size(),
      tree.events, their_seconds, processor, ratio, search, own.seconds, peer.count ? peer.way : "-",
      agree ? "" : fmt::format("  COUNTS DIFFER: the program says {}, scram {}", said, peer.count.value_or("-")));
  std::fflush(stdout);
}

std::vector<std::string> example_files() {
  std::vector<std::string> files;
  std::error_code none;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kExamples, none)) {
    if (entry.path().extension() == ".xml") files.push_back(entry.path().string());
  }
  std::ranges::sort(files);
  return files;
}

std::vector<FaultTree> trees_of(const Options& options) {
  std::vector<FaultTree> trees;
  const bool examples = options.files.empty() && options.made_up == 0;
  for (const std::string& file : examples ? example_files() : options.files) {
    auto read = read_open_psa(file);
    if (FaultTree* const tree = std::get_if<FaultTree>(&read)) {
      trees.push_back(std::move(*tree));
    } else if (!examples) {
      fmt::print("{} is left out: {}\n", file, std::get<std::string>(read));
    }
  }
  for (std::size_t i = 0; i < options.made_up; ++i) {
    const std::size_t gates =
        options.gates != 0 ? options.gates : 200 + 1800 * i / std::max<std::size_t>(options.made_up - 1, 1);
    trees.push_back(random_fault_tree(gates, options.seed + i));
  }
  return trees;
}

int measure_all(const Options& options) {
  const bool has_scram = run({options.scram, "--version"}, Listen::output, options.limit, kMemory).code == 0;
  if (!has_scram) fmt::print("scram is not installed, so there is nothing to compare with: apt-get install scram\n");
  const std::vector<FaultTree> trees = trees_of(options);
  print_head();
  Sum sum;
  for (const FaultTree& tree : trees) measure(options, has_scram, tree, sum);
  const std::size_t compared = sum.trees - sum.without_answer;
  if (compared > 0) {
    const auto mean = [&](double logarithms) { return std::exp(logarithms / static_cast<double>(compared)); };
    fmt::print("{:<44}{:>8.1f} : 1\n", "scram to ours, processor time, geometric mean", mean(sum.processor));
    fmt::print("{:<44}{:>8.1f} : 1\n", "scram to ours, by the clock, geometric mean", mean(sum.elapsed));
    fmt::print("{:<44}{:>8.1f} : 1, on {}\n", "scram to ours, the worst", sum.worst, sum.worst_tree);
  }
  if (has_scram) fmt::print("not counted by scram: {} of {} trees\n", sum.without_answer, sum.trees);
  fmt::print("{}\n", sum.all_agree ? "all counts agree" : "COUNTS DIFFER");
  return sum.all_agree ? 0 : 1;
}

std::optional<Options> understood(const std::vector<std::string>& words) {
  Options options;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (!word.starts_with("--")) {
      options.files.push_back(word);
      continue;
    }
    if (++i == words.size()) return std::nullopt;
    const std::string& value = words[i];
    const bool taken = word == "--pairs"       ? take(value, options.pairs) && options.pairs > 0
                       : word == "--limit"     ? take(value, options.limit) && options.limit > 0
                       : word == "--made-up"   ? take(value, options.made_up)
                       : word == "--gates"     ? take(value, options.gates) && options.gates > 1
                       : word == "--seed"      ? take(value, options.seed)
                       : word == "--scram"     ? !(options.scram = value).empty()
                       : word == "--firebreak" ? !(options.firebreak = value).empty()
                                               : false;
    if (!taken) return std::nullopt;
  }
  if (options.firebreak.empty()) {
    const std::filesystem::path here = std::filesystem::read_symlink("/proc/self/exe").parent_path();
    options.firebreak = (here.parent_path() / "firebreak").string();
  }
  return options;
}

}  // namespace
}  // namespace firebreak::bench

int main(int count, char** words) {
  const auto options = firebreak::bench::understood({words + 1, words + count});
  if (!options) {
    fmt::print(stderr,
               "usage: bench_cut_sets [--pairs N] [--limit SECONDS] [--made-up TREES [--gates N] [--seed N]] "
               "[--scram PROGRAM] [--firebreak PROGRAM] [FILE.xml...]\n");
    return 2;
  }
  return firebreak::bench::measure_all(*options);
}
