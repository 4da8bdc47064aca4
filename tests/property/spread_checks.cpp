#include "tests/property/spread_checks.h"

#include <algorithm>

#include "firebreak/blast.h"

#include "tests/oracle/need_law.h"
#include "tests/oracle/spread_law.h"
#include "tests/oracle/values.h"

namespace firebreak::property {

namespace {

template <class T>
std::string shown(const std::optional<T>& value) {
  return value ? std::to_string(*value) : "not reached";
}

std::vector<NodeId> systems_and_identities(const Topology& topology) {
  std::vector<NodeId> all;
  for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
    const NodeKind kind = topology.nodes[n].kind;
    if (kind == NodeKind::system || kind == NodeKind::identity) all.push_back(n);
  }
  return all;
}

class SpreadCheck {
 public:
  SpreadCheck(const Topology& topology, const Graph& graph, const Scenario& scenario)
      : topology_(topology),
        scenario_(scenario),
        steps_(oracle::takings(topology, scenario)),
        expected_(oracle::spread(topology, scenario.compromised, steps_)),
        blast_(blast(graph, scenario)),
        lost_(impact_of_losing_reached(graph, scenario, blast_, run_baseline(graph))) {}

  [[nodiscard]] std::string all() const {
    std::uint32_t unreached = 0;
    for (const NodeId n : ids<NodeId>(topology_.nodes.size())) {
      std::string fault = one(n);
      if (!fault.empty()) return std::string(topology_.nodes[n].id) + ": " + fault;
    }
    for (const NodeId n : systems_and_identities(topology_)) unreached += blast_.reached[n] ? 0U : 1U;
    if (unreached != blast_.unreached) return "the number of unreached";
    const std::string fault = losing();
    return fault.empty() ? order() : fault;
  }

 private:
  [[nodiscard]] std::string one(NodeId n) const {
    const bool reached = blast_.reached[n];
    const auto step = reached ? std::optional(blast_.step[n]) : std::nullopt;
    const auto after = reached ? std::optional(blast_.after[n]) : std::nullopt;
    if (step != expected_.step[n]) return "step: engine " + shown(step) + ", oracle " + shown(expected_.step[n]);
    if (after != expected_.after[n]) return "after: engine " + shown(after) + ", oracle " + shown(expected_.after[n]);
    std::string fault = way(n, path_to(blast_, n), false);
    return fault.empty() ? way(n, path_to(blast_, n, true), true) : fault;
  }

  /// The states if everything reached is lost.
  [[nodiscard]] std::string losing() const {
    Scenario lost = scenario_;
    for (const NodeId n : ids<NodeId>(topology_.nodes.size())) {
      if (expected_.step[n]) lost.off.push_back(n);
    }
    const oracle::Outcome outcome = oracle::outcome(topology_, lost);
    for (const NodeId n : ids<NodeId>(topology_.nodes.size())) {
      if (lost_.state[n] == outcome.state[n]) continue;
      return std::string(topology_.nodes[n].id) + " if all reached are lost: engine " +
             std::string(to_string(lost_.state[n])) + ", oracle " + std::string(to_string(outcome.state[n]));
    }
    return {};
  }

  [[nodiscard]] std::string order() const {
    for (std::size_t i = 1; i < blast_.order.size(); ++i) {
      if (blast_.step[blast_.order[i - 1]] > blast_.step[blast_.order[i]]) return "the order is not by step";
    }
    const auto reached = std::ranges::count(blast_.reached, true);
    return static_cast<std::size_t>(reached) == blast_.order.size() ? ""
                                                                    : "the order does not hold all that is reached";
  }

  /// Whether the oracle knows this step, and it is the best one into its target, coming from what was reached last.
  [[nodiscard]] bool is_step(const oracle::Taking& step, const Step& how, NodeId from, NodeId to, bool fastest) const {
    if (step.target != to || !oracle::holds(step.reached, from)) return false;
    if (step.type != how.type || step.pivot != how.pivot) return false;
    std::uint32_t last_step = 0;
    Seconds last_time = 0;
    for (const NodeId n : step.reached) {
      if (!expected_.step[n]) return false;
      last_step = std::max(last_step, *expected_.step[n]);
      last_time = std::max(last_time, *expected_.after[n]);
    }
    if (fastest) {
      return expected_.after[from] == last_time && expected_.after[to] == oracle::later(last_time, step.effort);
    }
    return expected_.step[from] == last_step && expected_.step[to] == last_step + 1;
  }

  [[nodiscard]] std::string way(NodeId target, const std::vector<NodeId>& path, bool fastest) const {
    const std::string which = fastest ? "fastest way: " : "shortest way: ";
    if (!blast_.reached[target]) return path.empty() ? "" : which + "there is one to what is not reached";
    if (path.empty() || path.back() != target) return which + "it does not end at the target";
    if (!oracle::holds(scenario_.compromised, path.front())) return which + "it does not begin at the start";
    if (!fastest && path.size() != blast_.step[target] + 1U) return which + "its length is not the number of steps";
    for (std::size_t i = 1; i < path.size(); ++i) {
      const Step& how = (fastest ? blast_.fastest : blast_.shortest)[path[i]];
      const bool known = std::ranges::any_of(
          steps_, [&](const oracle::Taking& step) { return is_step(step, how, path[i - 1], path[i], fastest); });
      if (!known) return which + "no step leads to " + std::string(topology_.nodes[path[i]].id) + " like that";
    }
    return {};
  }

  const Topology& topology_;
  const Scenario& scenario_;
  std::vector<oracle::Taking> steps_;
  oracle::Spread expected_;
  Blast blast_;
  Impact lost_;
};

class ExposureCheck {
 public:
  ExposureCheck(const Topology& topology, const Graph& graph, const Scenario& scenario)
      : topology_(topology),
        graph_(graph),
        scenario_(scenario),
        nodes_(systems_and_identities(topology)),
        spreads_(topology.nodes.size()) {
    const std::vector<oracle::Taking> steps = oracle::takings(topology, scenario);
    for (const NodeId n : nodes_) spreads_[n] = oracle::spread(topology, {n}, steps);
  }

  [[nodiscard]] std::string all() const {
    const IdVector<NodeId, std::uint32_t> sizes = blast_sizes(graph_, scenario_);
    for (const NodeId n : nodes_) {
      std::string fault = targets({n});
      if (fault.empty() && sizes[n] != size(n)) fault = "engine reaches " + std::to_string(sizes[n]);
      if (!fault.empty()) return std::string(topology_.nodes[n].id) + ": " + fault;
    }
    std::vector<NodeId> critical;
    for (const NodeId n : nodes_) {
      if (graph_.critical[n]) critical.push_back(n);
    }
    const std::string fault = targets(critical);
    return fault.empty() ? "" : "critical: " + fault;
  }

 private:
  [[nodiscard]] std::uint32_t size(NodeId from) const {
    return static_cast<std::uint32_t>(
        std::ranges::count_if(nodes_, [&](NodeId n) { return spreads_[from].step[n].has_value(); }));
  }

  /// Steps to another node that is a target.
  [[nodiscard]] std::optional<std::uint32_t> fewest(NodeId from, const std::vector<NodeId>& targets) const {
    std::optional<std::uint32_t> step;
    for (const NodeId t : targets) {
      if (t == from) continue;
      const std::optional<std::uint32_t> there = spreads_[from].step[t];
      if (there && (!step || *there < *step)) step = there;
    }
    return step;
  }

  [[nodiscard]] std::string targets(const std::vector<NodeId>& targets) const {
    const Exposure exposed = exposure(graph_, scenario_, targets);
    IdVector<NodeId, std::optional<std::uint32_t>> found(topology_.nodes.size());
    const Exposure::Source* last = nullptr;
    for (const Exposure::Source& s : exposed.sources) {
      const std::string who(topology_.nodes[s.node].id);
      if (last != nullptr && std::pair(last->step, last->node) >= std::pair(s.step, s.node))
        return "the order of sources";
      if (s.target == s.node || !oracle::holds(targets, s.target)) return who + " reaches what is no target";
      const oracle::Spread& spread = spreads_[s.node];
      if (spread.step[s.target] != s.step) return who + " does not reach its target in these steps";
      if (spread.after[s.target] != s.after) return who + " does not reach its target at this time";
      found[s.node] = s.step;
      last = &s;
    }
    for (const NodeId n : nodes_) {
      if (found[n] == fewest(n, targets)) continue;
      return std::string(topology_.nodes[n].id) + ": engine " + shown(found[n]) + ", oracle " +
             shown(fewest(n, targets));
    }
    return {};
  }

  const Topology& topology_;
  const Graph& graph_;
  const Scenario& scenario_;
  std::vector<NodeId> nodes_;
  IdVector<NodeId, oracle::Spread> spreads_;
};

}  // namespace

std::string spread_difference(const Topology& topology, const Graph& graph, const Scenario& scenario) {
  return SpreadCheck(topology, graph, scenario).all();
}

std::string exposure_difference(const Topology& topology, const Graph& graph, const Scenario& scenario) {
  return ExposureCheck(topology, graph, scenario).all();
}

}  // namespace firebreak::property
