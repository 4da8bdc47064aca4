// The cheapest containment of a made-up estate with redundancy: found by firebreak, and by CBC and z3 from the same
// question as one program in whole numbers. What they find is judged by the laws, and the plans are to cost the same.

#include "firebreak/contain.h"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "firebreak/graph.h"

#include "analyzer/need_law.h"
#include "bench/containment_model.h"
#include "bench/estate.h"
#include "bench/measure.h"
#include "bench/process.h"

namespace firebreak::bench {
namespace {

constexpr unsigned kMemory = 12'000;  // megabytes

struct Options {
  std::vector<std::size_t> sizes;
  std::size_t estates = 3;
  std::size_t per_service = 5;  ///< systems
  std::size_t compromised = 10;
  std::size_t critical = 20;
  std::uint64_t seed = 1;
  unsigned limit = 120;  ///< seconds of a run
  std::string cbc = "cbc";
  std::string z3 = "z3";
};

/// A plan, and how long it took to find and prove.
struct Found {
  double seconds = 0;
  std::optional<Plan> plan;  ///< none where the time did not suffice
};

struct Question {
  const Graph& graph;
  Scenario scenario;
  std::vector<NodeId> protect;
};

Found own(const Question& question, unsigned limit) {
  Found found;
  ContainOptions options;
  options.protect = question.protect;
  const auto start = std::chrono::steady_clock::now();
  options.patience = [&] { return std::chrono::steady_clock::now() - start < std::chrono::seconds(limit); };
  found.seconds = seconds_of([&] {
    Containment containment = contain(question.graph, question.scenario, options);
    if (containment.proven) found.plan = std::move(containment.plan);
  });
  return found;
}

/// What the laws say of actions.
std::optional<Plan> judged(const Question& question, std::vector<Action> actions) {
  const NeedRun before = run_need(question.graph, question.scenario);
  const Scenario after = with_actions(question.graph, question.scenario, actions, {});
  const NeedRun need = run_need(question.graph, after);
  const Blast spread = blast(question.graph, after, need);
  for (const NodeId n : question.protect) {
    if (spread.reached[n]) return std::nullopt;
  }
  Plan plan = consequences(question.graph, before, need, spread);
  for (const Action& action : actions) {
    const double cost = question.graph.cost[action.node];
    plan.cost += action.type == Action::Type::block_zones ? std::max(cost, question.graph.cost[action.to]) : cost;
  }
  plan.actions = std::move(actions);
  return plan;
}

std::string contents(const std::string& path) {
  const std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Found ask_cbc(const Options& options, const Question& question, const ContainmentModel& model) {
  const Folder folder;
  const std::string file = folder.write("model.lp", model.model.lp());
  const std::string answer = folder.path("answer");
  const Ended ended = run({options.cbc, file, "solve", "solu", answer}, Listen::output, options.limit, kMemory);
  Found found{ended.processor, {}};
  if (ended.code != 0 || ended.output.find("Optimal solution found") == std::string::npos) return found;
  // A line of the answer: the number of the column, its name, its value, its cost.
  std::map<std::string, double> values;
  std::istringstream lines(contents(answer));
  std::string line;
  while (std::getline(lines, line)) {
    std::istringstream words(line);
    std::string number;
    std::string name;
    double value = 0;
    if (words >> number >> name >> value) values[name] = value;
  }
  std::vector<Action> actions;
  for (std::size_t i = 0; i < model.actions.size(); ++i) {
    const auto at = values.find(fmt::format("x{}", model.variable[i]));
    if (at != values.end() && at->second > 0.5) actions.push_back(model.actions[i]);
  }
  found.plan = judged(question, std::move(actions));
  return found;
}

Found ask_z3(const Options& options, const Question& question, const ContainmentModel& model) {
  const Folder folder;
  const std::string file = folder.write("model.smt2", model.model.smt(model.variable));
  const Ended ended = run({options.z3, file}, Listen::output, options.limit, kMemory);
  Found found{ended.processor, {}};
  if (ended.code != 0 || !ended.output.starts_with("sat")) return found;
  std::vector<Action> actions;
  for (std::size_t i = 0; i < model.actions.size(); ++i) {
    if (ended.output.find(fmt::format("(x{} true)", model.variable[i])) != std::string::npos) {
      actions.push_back(model.actions[i]);
    }
  }
  found.plan = judged(question, std::move(actions));
  return found;
}

bool equal(const Plan& a, const Plan& b) {
  return a.weight_lost == b.weight_lost && a.cost == b.cost;
}

std::string seconds(const Found& found, const std::string& program, unsigned limit) {
  if (program.empty()) return "-";
  return found.plan ? fmt::format("{:.2f}", found.seconds) : fmt::format("> {}", limit);
}

/// One estate: how many times longer the better of the others takes; the limit where none ends in time.
void measure(const Options& options, std::size_t systems, std::uint64_t seed, bool& all_agree) {
  const Topology topology = make_estate({.systems = systems,
                                         .services = systems / options.per_service,
                                         .seed = seed,
                                         .compromised = options.compromised,
                                         .critical = options.critical});
  const Graph graph = compile(topology);
  Question question{graph, resolve(topology, topology.scenarios[ScenarioId(0)]), {}};
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (graph.critical[n]) question.protect.push_back(n);
  }
  const Found ours = own(question, options.limit);
  const ContainmentModel model = containment_model(graph, question.scenario, question.protect);
  const Found cbc = options.cbc.empty() ? Found() : ask_cbc(options, question, model);
  const Found z3 = options.z3.empty() ? Found() : ask_z3(options, question, model);
  std::string ratio = "-";
  if (ours.plan && !(options.cbc.empty() && options.z3.empty())) {
    const bool ended = cbc.plan || z3.plan;
    double best = options.limit;
    for (const Found& found : {cbc, z3}) {
      if (found.plan) best = std::min(best, found.seconds);
    }
    ratio = fmt::format("{}{:.0f}", ended ? "" : "> ", best / ours.seconds);
  }
  bool agree = true;
  for (const Found& found : {cbc, z3}) {
    if (found.plan && ours.plan && !equal(*found.plan, *ours.plan)) agree = false;
  }
  all_agree = all_agree && agree;
  fmt::print("{:>8}{:>6}{:>10}{:>10}{:>9}{:>8}{:>9}{:>10}{:>10}{:>10}{:>9}{}\n", systems, seed, model.model.variables(),
             model.model.rows(), ours.plan ? fmt::format("{}", ours.plan->weight_lost) : "-",
             ours.plan ? fmt::format("{}", ours.plan->cost) : "-",
             ours.plan ? fmt::format("{}", ours.plan->actions.size()) : "-", seconds(cbc, options.cbc, options.limit),
             seconds(z3, options.z3, options.limit), seconds(ours, "ours", options.limit), ratio,
             agree ? "" : "  PLANS DIFFER");
  if (!agree) {
    for (const Found& found : {cbc, z3}) {
      if (found.plan) fmt::print("  theirs: {} lost at {}\n", found.plan->weight_lost, found.plan->cost);
    }
  }
  std::fflush(stdout);
}

/// Leaves out a program that is not there.
void look_for(std::string& program, std::string_view version, std::string_view package) {
  if (run({program, std::string(version)}, Listen::output, 10, kMemory).code == 0) return;
  fmt::print("{} is not installed, so it is not compared with: apt-get install {}\n", program, package);
  program.clear();
}

int measure_all(Options options) {
  look_for(options.cbc, "-quit", "coinor-cbc");
  look_for(options.z3, "--version", "z3");
  fmt::print("{:>8}{:>6}{:>10}{:>10}{:>9}{:>8}{:>9}{:>10}{:>10}{:>10}{:>9}\n", "systems", "seed", "variables", "rows",
             "lost", "cost", "actions", "cbc s", "z3 s", "ours s", "ratio");
  bool all_agree = true;
  for (const std::size_t systems : options.sizes) {
    for (std::size_t i = 0; i < options.estates; ++i) measure(options, systems, options.seed + i, all_agree);
  }
  fmt::print("{}\n", all_agree ? "all plans cost the same" : "PLANS DIFFER");
  return all_agree ? 0 : 1;
}

std::optional<Options> understood(const std::vector<std::string>& words) {
  Options options;
  for (std::size_t i = 0; i + 1 < words.size(); i += 2) {
    const std::string& word = words[i];
    const std::string& value = words[i + 1];
    std::size_t size = 0;
    bool taken = false;
    if (word == "--systems") {
      taken = take(value, size) && size > 0;
      options.sizes.push_back(size);
    } else {
      taken = word == "--estates"       ? take(value, options.estates) && options.estates > 0
              : word == "--seed"        ? take(value, options.seed)
              : word == "--per-service" ? take(value, options.per_service) && options.per_service > 0
              : word == "--compromised" ? take(value, options.compromised) && options.compromised > 0
              : word == "--critical"    ? take(value, options.critical) && options.critical > 0
              : word == "--limit"       ? take(value, options.limit) && options.limit > 0
              : word == "--cbc"         ? !(options.cbc = value).empty()
              : word == "--z3"          ? !(options.z3 = value).empty()
                                        : false;
    }
    if (!taken) return std::nullopt;
  }
  if (words.size() % 2 != 0) return std::nullopt;
  if (options.sizes.empty()) options.sizes = {1'000, 10'000};
  return options;
}

}  // namespace
}  // namespace firebreak::bench

int main(int count, char** words) {
  const auto options = firebreak::bench::understood({words + 1, words + count});
  if (!options) {
    fmt::print(stderr,
               "usage: bench_contain [--systems N]... [--estates N] [--seed N] [--per-service SYSTEMS] [--compromised "
               "N] [--critical N] "
               "[--limit SECONDS] [--cbc PROGRAM] [--z3 PROGRAM]\n");
    return 2;
  }
  return firebreak::bench::measure_all(*options);
}
