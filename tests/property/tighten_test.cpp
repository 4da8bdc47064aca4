#include "firebreak/tighten.h"

#include <gtest/gtest.h>
#include <map>
#include <set>

#include "firebreak/load.h"
#include "firebreak/report.h"

#include "analyzer/tightening_candidates.h"
#include "tests/oracle/flows.h"
#include "tests/oracle/spread_law.h"
#include "tests/oracle/values.h"
#include "tests/property/trial.h"

// What `policy --suggest` answers: the changes are written, merged, read again and measured by the oracle.

namespace firebreak::property {
namespace {

struct Sizes {
  std::size_t count = 0;
  std::size_t sum = 0;
  std::size_t worst = 0;

  [[nodiscard]] bool is(const BlastSizes& said) const {
    return count == said.count && sum == said.sum && worst == said.worst;
  }
  [[nodiscard]] double score(const Sizes& now) const {
    const auto share = [](std::size_t a, std::size_t b) {
      return b == 0 ? 0.0 : static_cast<double>(a) / static_cast<double>(b);
    };
    return share(sum, now.sum) + share(worst, now.worst);
  }
};

Sizes true_sizes(const Topology& topology) {
  const Scenario nothing;
  const std::vector<oracle::Taking> steps = oracle::takings(topology, nothing);
  Sizes sizes;
  for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
    const NodeKind kind = topology.nodes[n].kind;
    if (kind != NodeKind::system && kind != NodeKind::identity) continue;
    const oracle::Spread spread = oracle::spread(topology, {n}, steps);
    std::size_t reached = 0;
    for (const auto& step : spread.step) reached += step ? 1U : 0U;
    ++sizes.count;
    sizes.sum += reached;
    sizes.worst = std::max(sizes.worst, reached);
  }
  return sizes;
}

/// A topology with the policies that some changes make.
class Changed {
 public:
  Changed(const Topology& topology, const Graph& graph, const std::vector<Tightening>& changes) {
    const Sources sources;
    const Scenario nothing;
    const Subject subject{sources, topology, graph, nothing, "t.toml", ""};
    text = suggested_policies_toml(subject, changes);
    loaded = load_texts({{"t.toml", write_toml(topology)}, {"tight.toml", text}});
  }

  std::string text;
  Loaded loaded;
};

/// Needs between two places in zones, with the ports that must stay as they are: those it states, or all.
std::string service_fault(const Topology& before, const Topology& after) {
  const Scenario nothing;
  const oracle::Flows was(before, nothing);
  const oracle::Flows is(after, nothing);
  for (const NodeId n : ids<NodeId>(before.nodes.size())) {
    const NodeKind kind = before.nodes[n].kind;
    if (kind == NodeKind::site || kind == NodeKind::link) continue;
    const NodeId same = after.find(before.nodes[n].id);
    const NeedRange range = oracle::needs_of(before, n);
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      const Need& need = before.needs[i];
      if (need.type != Need::Type::leaf || before.nodes[need.on].kind != NodeKind::system) continue;
      const NodeId from = oracle::source(before, need, n);
      if (!oracle::zone_of(before, from).valid() || !oracle::zone_of(before, need.on).valid()) continue;
      const NodeId now_from = after.find(before.nodes[from].id);
      const NodeId now_on = after.find(before.nodes[need.on].id);
      if (!same.valid() || !now_from.valid() || !now_on.valid()) return "a node is gone";
      for (const std::uint32_t port : was.points()) {
        if (need.port.valid() && !oracle::holds(before.ports[need.port], port)) continue;
        if (was.permitted(from, need.on, port) && !is.permitted(now_from, now_on, port)) {
          return std::string(before.nodes[n].id) + " is no longer permitted what it needs";
        }
      }
    }
  }
  return {};
}

/// Changes never open a flow.
std::string opening_fault(const Topology& before, const Topology& after) {
  const Scenario nothing;
  const oracle::Flows was(before, nothing);
  const oracle::Flows is(after, nothing);
  for (const NodeId from : ids<NodeId>(before.nodes.size())) {
    for (const NodeId to : ids<NodeId>(before.nodes.size())) {
      if (from == to || !oracle::zone_of(before, from).valid() || !oracle::zone_of(before, to).valid()) continue;
      const NodeId a = after.find(before.nodes[from].id);
      const NodeId b = after.find(before.nodes[to].id);
      for (const std::uint32_t port : was.points()) {
        if (is.permitted(a, b, port) && !was.permitted(from, to, port)) {
          return std::string(before.nodes[from].id) + " -> " + std::string(before.nodes[to].id) + " opens";
        }
      }
    }
  }
  return {};
}

std::string plan_fault(const Topology& topology, const Graph& graph, const TighteningPlan& plan, const Sizes& now) {
  if (!now.is(plan.now)) return "other sizes now";
  std::vector<Tightening> done;
  for (const Tightening& step : plan.steps) {
    done.push_back(step);
    const Changed changed(topology, graph, done);
    if (!changed.loaded.topology) return "cannot be merged:\n" + changed.text;
    const Sizes sizes = true_sizes(*changed.loaded.topology);
    if (!sizes.is(step.after)) {
      return "reaches " + std::to_string(sizes.sum) + " and not " + std::to_string(step.after.sum) + ":\n" +
             changed.text;
    }
    std::string fault = service_fault(topology, *changed.loaded.topology);
    if (fault.empty()) fault = opening_fault(topology, *changed.loaded.topology);
    if (!fault.empty()) return fault + ":\n" + changed.text;
  }
  if (plan.floor.sum > plan.best.sum || plan.floor.worst > plan.best.worst) return "the floor is above what can be had";
  if (!plan.steps.empty() && plan.best.sum > plan.steps.back().after.sum) return "more than all together";
  return {};
}

/// No other choice of as many candidates brings more, all of them written, merged and measured.
std::string choice_fault(const Topology& topology, const Graph& graph, const TighteningPlan& plan, std::size_t most,
                         const Sizes& now) {
  const std::vector<Candidate> candidates = tightening_candidates(graph, {});
  if (candidates.size() > 7 || !plan.exact) return {};
  double best = now.score(now);
  for (unsigned choice = 1; choice < 1U << candidates.size(); ++choice) {
    std::vector<Tightening> changes;
    for (std::size_t c = 0; c < candidates.size(); ++c) {
      if ((choice >> c & 1U) != 0) changes.push_back(candidates[c].change);
    }
    if (changes.size() > most) continue;
    const Changed changed(topology, graph, changes);
    if (!changed.loaded.topology) return "cannot be merged:\n" + changed.text;
    best = std::min(best, true_sizes(*changed.loaded.topology).score(now));
  }
  const Sizes reached =
      plan.steps.empty() ? now : Sizes{now.count, plan.steps.back().after.sum, plan.steps.back().after.worst};
  return reached.score(now) <= best + 1e-9 ? std::string() : "another choice brings more";
}

/// With the least policy, as it is written, a compromise reaches no less than at the floor, and just as much where no
/// traffic starts in a zone as a whole.
std::string floor_fault(const Topology& topology, const Graph& graph, const TighteningPlan& plan) {
  const Sources sources;
  const Scenario nothing;
  const Subject subject{sources, topology, graph, nothing, "t.toml", ""};
  const std::vector<LeastRule> rules = least_rules(graph);
  const Loaded merged =
      load_texts({{"t.toml", write_toml(topology)}, {"least.toml", least_policy_toml(subject, rules)}});
  if (!merged.topology) return "the least policy cannot be merged";
  const Sizes least = true_sizes(*merged.topology);
  if (least.sum < plan.floor.sum || least.worst < plan.floor.worst) return "the least policy is below the floor";
  // Needs that are served again may bring back links and sites.
  if (!denied_needs(graph, nothing).empty()) return {};
  for (const LeastRule& rule : rules) {
    for (const NodeId n : rule.from) {
      if (graph.kind[n] == NodeKind::zone) return {};
    }
  }
  return least.is(plan.floor) ? std::string() : "the floor is not where the least policy leads";
}

std::string fault_of(const support::World& world) {
  const Topology topology = support::build(world);
  const Graph graph = compile(topology);
  const Sizes now = true_sizes(topology);
  for (const std::uint32_t most : {1U, 2U, 4U}) {
    const TighteningPlan plan = tighten(graph, {}, most);
    if (plan.steps.size() > most) return "too many changes";
    std::string fault = plan_fault(topology, graph, plan, now);
    if (fault.empty()) fault = floor_fault(topology, graph, plan);
    if (fault.empty() && most <= 2) fault = choice_fault(topology, graph, plan, most, now);
    if (!fault.empty()) return fault;
  }
  return {};
}

TEST(Tighten, DoesWhatItSaysOnRandomWorlds) {
  hold_on_random_worlds({.worlds = 500, .first_seed = 36'000'000}, fault_of);
  const support::WorldSize dense = {.zones = 3, .systems = 8, .links = 1, .policies = 2, .rules = 5, .needs = 2};
  hold_on_random_worlds({.worlds = 250, .first_seed = 37'000'000, .size = dense}, fault_of);
}

}  // namespace
}  // namespace firebreak::property
