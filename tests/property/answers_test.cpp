#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "firebreak/explain.h"
#include "firebreak/policy.h"
#include "firebreak/report.h"

#include "tests/property/scenarios.h"
#include "tests/property/trial.h"

// What is shown of the answers: whatever the world and the scenario, there is something to show in every format, every
// state has a reason, and what is said to mend a state does.

namespace firebreak::property {
namespace {

using nlohmann::json;

template <class Report>
std::string unpresentable(const Subject& subject, const Report& report) {
  for (const Format format : {Format::text, Format::csv, Format::md, Format::json}) {
    const auto shown = present(subject, report, format, {.most = 0});
    if (!shown || shown->empty()) return fmt::format("nothing is shown as {}", to_string(format));
  }
  return {};
}

template <class Report>
json document(const Subject& subject, const Report& report) {
  return json::parse(*present(subject, report, Format::json, {}), nullptr, false);
}

/// A node that is lost, but not by an action on itself, without a reason in words.
std::string unexplained(const json& nodes) {
  for (const json& node : nodes) {
    if (node["state"] == "off") continue;
    if (node["because"].empty()) return node["id"].get<std::string>() + " has no reason";
    for (const json& reason : node["because"]) {
      if (reason["text"].get<std::string>().empty()) return node["id"].get<std::string>() + " has an empty reason";
    }
  }
  return {};
}

std::string shown_of_impact(const Subject& subject) {
  for (const Seconds at : {Seconds{0}, Seconds{3600}, kNever}) {
    const Impact answer = impact(subject.graph, subject.scenario, at);
    const ImpactReport report{answer, at};
    std::string fault = unpresentable(subject, report);
    if (fault.empty()) fault = unexplained(document(subject, report)["nodes"]);
    if (!fault.empty()) return fmt::format("impact at {}: {}", at, fault);
  }
  return {};
}

std::string shown_of_blast(const Subject& subject) {
  const Impact now = impact(subject.graph, subject.scenario);
  const Blast answer = blast(subject.graph, subject.scenario, now.run);
  const Impact if_lost = impact_of_losing_reached(subject.graph, subject.scenario, answer, now.baseline);
  const BlastReport report{answer, if_lost, now, nullptr, {}, nullptr};
  std::string fault = unpresentable(subject, report);
  const json shown = document(subject, report);
  for (const json& reached : shown["reached"]) {
    if (reached["step"] > 0 && reached["from"].get<std::string>().empty()) fault = "reached from nowhere";
  }
  return fault.empty() ? fault : "blast: " + fault;
}

std::string shown_of_states(const Subject& subject) {
  for (const NodeId n : ids<NodeId>(subject.topology.nodes.size())) {
    const StateExplanation answer = explain_state(subject.graph, subject.scenario, n);
    const std::string fault = unpresentable(subject, StateReport{n, answer});
    if (!fault.empty()) return fmt::format("explain {}: {}", subject.topology.nodes[n].id, fault);
  }
  return {};
}

std::string shown_of_flows(const Subject& subject) {
  for (const System& from : subject.topology.systems) {
    for (const System& to : subject.topology.systems) {
      const FlowExplanation flow = explain_flow(subject.graph, subject.scenario, from.node, to.node, PortSet::any());
      const TakeoverExplanation takeover = explain_takeover(subject.graph, subject.scenario, from.node, to.node);
      const std::string fault = unpresentable(subject, FlowReport{from.node, to.node, PortSet::any(), flow, &takeover});
      if (!fault.empty()) return "flow: " + fault;
    }
  }
  return {};
}

std::string shown_of_policy(const Subject& subject) {
  const ZoneMatrix matrix = zone_matrix(subject.graph, subject.scenario);
  const std::vector<DeniedNeed> denied = denied_needs(subject.graph, subject.scenario);
  const std::vector<UnusedRule> unused = unused_rules(subject.graph, flow_demands(subject.topology));
  const RuleAudit audit = audit_rules(subject.graph);
  const std::vector<LeastRule> least = least_rules(subject.graph);
  const PolicyReport report{matrix, denied, unused, audit, least};
  const std::string fault = unpresentable(subject, report);
  if (!fault.empty()) return "policy: " + fault;
  const json shown = document(subject, report);
  for (const json& need : shown["denied_needs"]) {
    if (need["text"].get<std::string>().find(", but ;") != std::string::npos)
      return "policy: a denial without a reason";
  }
  return {};
}

std::string shown(const Topology& topology, const Graph& graph, const Scenario& scenario) {
  const Sources sources;
  const Subject subject{sources, topology, graph, scenario, "t.toml", ""};
  for (const auto& question : {shown_of_impact, shown_of_blast, shown_of_states, shown_of_flows, shown_of_policy}) {
    std::string fault = question(subject);
    if (!fault.empty()) return fault;
  }
  return {};
}

TEST(Answers, AreShownOfEveryRandomWorld) {
  hold_on_random_worlds({.worlds = 400, .first_seed = 11'000'000}, for_each_scenario(shown));
}

TEST(Answers, AreShownUnderEverySingleAction) {
  const support::WorldSize size = {.zones = 2, .systems = 4};
  hold_on_random_worlds({.worlds = 25, .first_seed = 12'000'000, .size = size}, for_each_single_action(shown));
}

/// The actions of a scenario one by one, in the order explain_state tries them.
std::vector<Undo> actions_of(const Scenario& scenario) {
  std::vector<Undo> all;
  const auto add = [&](Undo::Type type, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) all.push_back({type, i});
  };
  add(Undo::Type::off, scenario.off.size());
  add(Undo::Type::isolated_system, scenario.isolated_systems.size());
  add(Undo::Type::isolated_zone, scenario.isolated_zones.size());
  add(Undo::Type::block, scenario.block.size());
  return all;
}

bool is_same(const Undo& a, const Undo& b) {
  return a.type == b.type && a.index == b.index;
}

/// The scenario with only those actions that are not undone.
Scenario without(const Scenario& scenario, const std::vector<Undo>& undone) {
  Scenario left = scenario;
  const auto keep = [&](Undo::Type type, auto& list) {
    std::remove_reference_t<decltype(list)> kept;
    for (std::size_t i = 0; i < list.size(); ++i) {
      const bool gone = std::ranges::any_of(undone, [&](const Undo& u) { return is_same(u, {type, i}); });
      if (!gone) kept.push_back(list[i]);
    }
    list = std::move(kept);
  };
  keep(Undo::Type::off, left.off);
  keep(Undo::Type::isolated_system, left.isolated_systems);
  keep(Undo::Type::isolated_zone, left.isolated_zones);
  keep(Undo::Type::block, left.block);
  return left;
}

int rank_of(const NeedRun& run, NodeId n) {
  const VertexId v(n.index());
  return run.fails[v] != kNever ? 0 : run.degrades[v] != kNever ? 1 : 2;
}

/// All sets of actions whose undoing makes a node as good as undoing all does, and no smaller set does.
std::vector<std::uint32_t> smallest_fixes(const Graph& graph, const Scenario& scenario, NodeId n,
                                          const std::vector<Undo>& actions) {
  const int goal = rank_of(run_need(graph, without(scenario, actions)), n);
  std::vector<std::uint32_t> found;
  for (std::uint32_t set = 0; set < (1U << actions.size()); ++set) {
    std::vector<Undo> undone;
    for (std::size_t i = 0; i < actions.size(); ++i) {
      if ((set >> i & 1U) != 0) undone.push_back(actions[i]);
    }
    const bool holds_one = std::ranges::any_of(found, [&](std::uint32_t f) { return (f & set) == f; });
    if (!holds_one && rank_of(run_need(graph, without(scenario, undone)), n) >= goal) found.push_back(set);
  }
  return found;
}

std::string fixes(const Topology& topology, const Graph& graph, const Scenario& scenario) {
  const std::vector<Undo> actions = actions_of(scenario);
  if (actions.size() > 7) return {};
  for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
    const StateExplanation answer = explain_state(graph, scenario, n);
    if (answer.impact.state[n] >= State::at_risk) continue;
    std::vector<std::uint32_t> told;
    for (const std::vector<Undo>& fix : answer.fixes) {
      std::uint32_t set = 0;
      for (const Undo& undo : fix) {
        const auto at = std::ranges::find_if(actions, [&](const Undo& a) { return is_same(a, undo); });
        set |= 1U << static_cast<unsigned>(at - actions.begin());
      }
      told.push_back(set);
    }
    std::ranges::sort(told);
    std::vector<std::uint32_t> right = smallest_fixes(graph, scenario, n, actions);
    if (right == std::vector<std::uint32_t>{0}) right.clear();  // nothing to undo: it is so from the start
    if (told != right)
      return fmt::format("{}: {} fixes, there are {}", topology.nodes[n].id, told.size(), right.size());
  }
  return {};
}

TEST(Fixes, AreAllTheSmallestSetsOfActionsToUndo) {
  hold_on_random_worlds({.worlds = 1500, .first_seed = 13'000'000}, for_each_scenario(fixes));
}

}  // namespace
}  // namespace firebreak::property
