#include "firebreak/diff.h"

#include <gtest/gtest.h>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "firebreak/report.h"

#include "cli/verdicts.h"
#include "tests/oracle/flows.h"
#include "tests/oracle/need_law.h"
#include "tests/oracle/spread_law.h"
#include "tests/oracle/values.h"
#include "tests/property/trial.h"
#include "tests/support/changed_world.h"

// What `diff` answers, against its definitions in docs/model.md: everything is asked of both topologies on every pair.

namespace firebreak::property {
namespace {

using Id = std::string;

/// One topology, asked pair by pair.
class Side {
 public:
  explicit Side(const Topology& t) : topology(t), flows(t, nothing), law(oracle::need_law(t, nothing)) {}

  [[nodiscard]] bool place(NodeId n) const { return n.valid() && oracle::zone_of(topology, n).valid(); }
  [[nodiscard]] NodeId zone(NodeId n) const { return oracle::zone_of(topology, n); }
  [[nodiscard]] bool permits(NodeId from, NodeId to, std::uint32_t port) const {
    return place(from) && place(to) && flows.permitted(from, to, port);
  }
  [[nodiscard]] bool joins(NodeId from, NodeId to) const {
    return place(from) && place(to) && (zone(from) == zone(to) || law.connected.at({zone(from), zone(to)}) > 0);
  }

  const Topology& topology;
  const Scenario nothing;
  const oracle::Flows flows;
  const oracle::NeedLaw law;
};

/// A topology and what became of it.
struct Worlds {
  explicit Worlds(const Topology& a, const Topology& b)
      : before(a), after(b), graph_before(compile(a)), graph_after(compile(b)), matched(match(a, b)) {}

  [[nodiscard]] Versions versions() const { return {graph_before, graph_after, matched}; }
  [[nodiscard]] Id id(PairId p) const {
    const NodePair& pair = matched.nodes[p];
    return Id(pair.after.valid() ? after.topology.nodes[pair.after].id : before.topology.nodes[pair.before].id);
  }

  Side before;
  Side after;
  Graph graph_before;
  Graph graph_after;
  Match matched;
};

/// By pair of places and port, what happens to the flow: a bit per effect.
using Effects = std::map<std::tuple<PairId, PairId, std::uint32_t>, unsigned>;
constexpr unsigned kOpened = 1;
constexpr unsigned kClosed = 2;
constexpr unsigned kPermitted = 4;  // permitted, but nothing joins the two
constexpr unsigned kForbidden = 8;

std::set<std::uint32_t> points(const Worlds& worlds) {
  std::set<std::uint32_t> all(worlds.before.flows.points().begin(), worlds.before.flows.points().end());
  all.insert(worlds.after.flows.points().begin(), worlds.after.flows.points().end());
  return all;
}

/// Of a place and itself only that of a zone is asked: the hosts in it that are not modelled, among themselves.
bool is_pair(const Worlds& worlds, PairId from, PairId to) {
  const NodePair& pair = worlds.matched.nodes[from];
  const NodeKind kind =
      pair.after.valid() ? worlds.graph_after.kind[pair.after] : worlds.graph_before.kind[pair.before];
  return from != to || kind == NodeKind::zone;
}

Effects true_effects(const Worlds& worlds) {
  Effects effects;
  const std::set<std::uint32_t> ports = points(worlds);
  for (const PairId from : ids<PairId>(worlds.matched.nodes.size())) {
    for (const PairId to : ids<PairId>(worlds.matched.nodes.size())) {
      if (!is_pair(worlds, from, to)) continue;
      const auto [a, b] = worlds.matched.nodes[from];
      const auto [c, d] = worlds.matched.nodes[to];
      for (const std::uint32_t port : ports) {
        const bool was = worlds.before.permits(a, c, port);
        const bool is = worlds.after.permits(b, d, port);
        const bool flowed = was && worlds.before.joins(a, c);
        const bool flows = is && worlds.after.joins(b, d);
        unsigned effect = 0;
        if (flows && !flowed) effect |= kOpened;
        if (flowed && !flows) effect |= kClosed;
        if (is && !was && effect == 0) effect |= kPermitted;
        if (was && !is && effect == 0) effect |= kForbidden;
        if (effect != 0) effects[{from, to, port}] = effect;
      }
    }
  }
  return effects;
}

/// Whether an entry says something of a pair.
bool covers(const Worlds& worlds, const FlowChange& change, PairId from, PairId to) {
  if (!is_pair(worlds, from, to)) return false;
  const auto [a, b] = worlds.matched.nodes[from];
  const auto [c, d] = worlds.matched.nodes[to];
  const bool both_before = worlds.before.place(a) && worlds.before.place(c);
  const bool both_after = worlds.after.place(b) && worlds.after.place(d);
  const bool same_before = both_before && worlds.before.zone(a) == worlds.before.zone(c);
  const bool same_after = both_after && worlds.after.zone(b) == worlds.after.zone(d);
  if (both_before && both_after && same_before != same_after) return change.between == FlowChange::Between::regrouped;
  return change.between == (same_before || same_after ? FlowChange::Between::inside : FlowChange::Between::zones);
}

std::string reasons_fault(const Worlds& worlds, const FlowChange& change) {
  if (change.reasons.empty()) return "a change without a reason";
  for (const FlowReason& reason : change.reasons) {
    if (reason.type != FlowReason::Type::rule) continue;
    if (!reason.after) return "a rule of before decides";
    const RuleAction action = worlds.after.topology.rules[reason.rule].action;
    if (action != (change.opened ? RuleAction::allow : RuleAction::deny)) return "the wrong rule decides";
  }
  return {};
}

std::string flows_fault(const Worlds& worlds) {
  const FlowChanges changes = flow_changes(worlds.versions());
  if (changes.left_out > 0) return "entries are left out";
  Effects found;
  std::set<std::pair<PairId, PairId>> opened;
  std::set<std::pair<PairId, PairId>> closed;
  const std::set<std::uint32_t> ports = points(worlds);
  for (const FlowChange& change : changes.list) {
    std::uint64_t pairs = 0;
    for (const PairId from : change.from) {
      std::uint64_t partners = 0;
      for (const PairId to : change.to) {
        if (!covers(worlds, change, from, to)) continue;
        ++partners;
        if (change.felt) (change.opened ? opened : closed).insert({from, to});
        for (const std::uint32_t port : ports) {
          if (!oracle::holds(change.ports, port)) continue;
          unsigned& effect = found[{from, to, port}];
          const unsigned bit =
              change.felt ? (change.opened ? kOpened : kClosed) : (change.opened ? kPermitted : kForbidden);
          if ((effect & bit) != 0) return "a flow is listed twice";
          effect |= bit;
        }
      }
      if (partners == 0) return worlds.id(from) + " is listed without a partner";
      pairs += partners;
    }
    if (pairs != change.pairs) return "pairs are counted wrong";
    if (std::string fault = reasons_fault(worlds, change); !fault.empty()) return fault;
  }
  const Effects expected = true_effects(worlds);
  for (const auto& [key, effect] : expected) {
    const auto& [from, to, port] = key;
    const auto at = found.find(key);
    const unsigned listed = at == found.end() ? 0 : at->second;
    if (listed != effect) {
      return worlds.id(from) + " -> " + worlds.id(to) + " on " + std::to_string(port) + ": " + std::to_string(listed) +
             ", should be " + std::to_string(effect);
    }
  }
  for (const auto& [key, effect] : found) {
    if (!expected.contains(key)) {
      const auto& [from, to, port] = key;
      return worlds.id(from) + " -> " + worlds.id(to) + " on " + std::to_string(port) + " does not change";
    }
  }
  if (opened.size() != changes.opened || closed.size() != changes.closed) return "other pairs in all";
  return {};
}

/// By start, what it reaches.
std::map<Id, std::set<Id>> reached_from(const Topology& topology) {
  const Scenario nothing;
  const std::vector<oracle::Taking> steps = oracle::takings(topology, nothing);
  std::map<Id, std::set<Id>> result;
  for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
    const NodeKind kind = topology.nodes[n].kind;
    if (kind != NodeKind::system && kind != NodeKind::identity) continue;
    const oracle::Spread spread = oracle::spread(topology, {n}, steps);
    std::set<Id>& reached = result[Id(topology.nodes[n].id)];
    for (const NodeId m : ids<NodeId>(topology.nodes.size())) {
      if (spread.step[m]) reached.insert(Id(topology.nodes[m].id));
    }
  }
  return result;
}

bool critical(const Topology& topology, NodeId n) {
  if (!n.valid()) return false;
  const NodeKind kind = topology.nodes[n].kind;
  return (kind == NodeKind::system && topology.system(n).critical) ||
         (kind == NodeKind::identity && topology.identity(n).critical);
}

std::string reach_fault(const Worlds& worlds) {
  const ReachChanges changes = reach_changes(worlds.versions());
  const std::map<Id, std::set<Id>> before = reached_from(worlds.before.topology);
  const std::map<Id, std::set<Id>> after = reached_from(worlds.after.topology);
  const auto sums = [](const std::map<Id, std::set<Id>>& reached, const BlastSizes& sizes) {
    std::uint64_t sum = 0;
    std::size_t worst = 0;
    for (const auto& [start, all] : reached) {
      sum += all.size();
      worst = std::max(worst, all.size());
    }
    return sizes.count == reached.size() && sizes.sum == sum && sizes.worst == worst;
  };
  if (!sums(before, changes.all.before) || !sums(after, changes.all.after)) return "other blast sizes";
  std::int64_t growth = 0;
  for (const ZoneReachChange& zone : changes.zones) {
    if (!zone.any()) return "a zone is listed that does not change";
    growth += static_cast<std::int64_t>(zone.after.sum) - static_cast<std::int64_t>(zone.before.sum);
  }
  if (growth != static_cast<std::int64_t>(changes.all.after.sum) - static_cast<std::int64_t>(changes.all.before.sum)) {
    return "the zones do not make up the whole";
  }
  std::map<Id, const JewelChange*> listed;
  for (const JewelChange& change : changes.jewels) listed[worlds.id(change.jewel)] = &change;
  for (const PairId jewel : ids<PairId>(worlds.matched.nodes.size())) {
    const auto [was, is] = worlds.matched.nodes[jewel];
    if (!critical(worlds.before.topology, was) && !critical(worlds.after.topology, is)) continue;
    const Id name = worlds.id(jewel);
    std::set<Id> newly;
    std::set<Id> no_longer;
    const auto reaches = [&](const std::map<Id, std::set<Id>>& reached, const Id& start) {
      return start != name && reached.contains(start) && reached.at(start).contains(name);
    };
    for (const auto* side : {&before, &after}) {
      for (const auto& [start, all] : *side) {
        const bool then = reaches(before, start);
        const bool now = reaches(after, start);
        if (now && !then) newly.insert(start);
        if (then && !now) no_longer.insert(start);
      }
    }
    std::set<Id> found_newly;
    std::set<Id> found_no_longer;
    if (const auto at = listed.find(name); at != listed.end()) {
      for (const PairId p : at->second->newly) found_newly.insert(worlds.id(p));
      for (const PairId p : at->second->no_longer) found_no_longer.insert(worlds.id(p));
      if (!found_newly.empty() && (at->second->path.size() < 2 || at->second->path.back() != is)) return "no path";
    }
    if (found_newly != newly || found_no_longer != no_longer) return name + " is reached from others";
  }
  return {};
}

/// Of a topology, the state of each node with no action, and what takes down which service alone.
struct Survival {
  std::map<Id, State> state;
  std::map<Id, std::set<Id>> fatal;

  explicit Survival(const Side& side) {
    const Topology& topology = side.topology;
    const oracle::Outcome now = oracle::outcome(topology, side.nothing);
    for (const NodeId n : ids<NodeId>(topology.nodes.size())) state[Id(topology.nodes[n].id)] = now.state[n];
    for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
      const NodeKind kind = topology.nodes[n].kind;
      if (kind == NodeKind::zone || kind == NodeKind::service || kind == NodeKind::customer) continue;
      Scenario off;
      off.off = {n};
      const oracle::Outcome lost = oracle::outcome(topology, off);
      for (const NodeId s : ids<NodeId>(topology.nodes.size())) {
        if (topology.nodes[s].kind == NodeKind::service && lost.state[s] == State::fails) {
          fatal[Id(topology.nodes[s].id)].insert(Id(topology.nodes[n].id));
        }
      }
    }
  }
};

std::string survival_fault(const Worlds& worlds) {
  const Survival before(worlds.before);
  const Survival after(worlds.after);
  std::map<Id, std::pair<std::set<Id>, std::set<Id>>> found;
  for (const SurvivalChange& change : survival_changes(worlds.versions())) {
    auto& [newly, no_longer] = found[worlds.id(change.service)];
    for (const PairId p : change.newly) newly.insert(worlds.id(p));
    for (const PairId p : change.no_longer) no_longer.insert(worlds.id(p));
    if (newly.empty() && no_longer.empty()) return "a service is listed that does not change";
  }
  std::map<Id, std::pair<State, State>> states;
  for (const StateChange& change : state_changes(worlds.versions())) {
    states[worlds.id(change.node)] = {change.before, change.after};
  }
  for (const PairId p : ids<PairId>(worlds.matched.nodes.size())) {
    const auto [was, is] = worlds.matched.nodes[p];
    if (!was.valid() || !is.valid()) continue;
    const Id id = worlds.id(p);
    const State then = before.state.at(id);
    const State now = after.state.at(id);
    const auto state = states.find(id);
    if ((then != now) != (state != states.end())) return id + " changes its state, or does not";
    if (state != states.end() && state->second != std::pair(then, now)) return id + " has another state";
    if (worlds.graph_after.kind[is] != NodeKind::service || then == State::fails || now == State::fails) continue;
    const auto fatal = [&](const Survival& side) {
      const auto at = side.fatal.find(id);
      return at == side.fatal.end() ? std::set<Id>() : at->second;
    };
    std::set<Id> newly = fatal(after);
    for (const Id& loss : fatal(before)) newly.erase(loss);
    std::set<Id> no_longer = fatal(before);
    for (const Id& loss : fatal(after)) no_longer.erase(loss);
    const auto at = found.find(id);
    const auto listed = at == found.end() ? std::pair<std::set<Id>, std::set<Id>>() : at->second;
    if (listed != std::pair(newly, no_longer)) return id + " survives other losses";
  }
  return {};
}

/// Denied needs as words, one for each port that is missing.
std::vector<std::set<std::string>> words(const Worlds& worlds, const Side& side, const Graph& graph,
                                         const std::vector<DeniedNeed>& needs) {
  std::vector<std::set<std::string>> all;
  for (const DeniedNeed& need : needs) {
    const Leaf leaf = leaf_of(graph, need.leaf);
    const auto id = [&](NodeId n) { return n.valid() ? Id(side.topology.nodes[n].id) : Id(); };
    all.emplace_back();
    for (const std::uint32_t port : points(worlds)) {
      if (!oracle::holds(need.missing, port)) continue;
      all.back().insert(id(leaf.owner) + " " + id(leaf.provider) + " " + id(leaf.source) + " " + std::to_string(port));
    }
  }
  return all;
}

std::string denied_only_in(const Worlds& worlds, const Side& side, const Graph& graph, const Side& other,
                           const Graph& other_graph, const std::vector<DeniedNeed>& found) {
  std::set<std::string> known;
  for (const auto& need : words(worlds, other, other_graph, denied_needs(other_graph, {}))) {
    known.insert(need.begin(), need.end());
  }
  const auto is_new = [&](const std::string& word) { return !known.contains(word); };
  std::set<std::string> listed;
  for (const auto& need : words(worlds, side, graph, found)) {
    if (std::ranges::none_of(need, is_new)) return *need.begin() + " is not new";
    listed.insert(need.begin(), need.end());
  }
  for (const auto& need : words(worlds, side, graph, denied_needs(graph, {}))) {
    for (const std::string& word : need) {
      if (is_new(word) && !listed.contains(word)) return word + " is new";
    }
  }
  return {};
}

std::string denied_fault(const Worlds& worlds) {
  const DeniedChanges changes = denied_changes(worlds.versions());
  const std::string newly =
      denied_only_in(worlds, worlds.after, worlds.graph_after, worlds.before, worlds.graph_before, changes.newly);
  if (!newly.empty()) return newly;
  return denied_only_in(worlds, worlds.before, worlds.graph_before, worlds.after, worlds.graph_after,
                        changes.no_longer);
}

std::string fault_of(const Topology& before, const Topology& after) {
  const Worlds worlds(before, after);
  for (const auto& check : {flows_fault, reach_fault, survival_fault, denied_fault}) {
    if (std::string fault = check(worlds); !fault.empty()) return fault;
  }
  return {};
}

std::string sameness_fault(const Topology& topology) {
  const Worlds worlds(topology, topology);
  const Versions versions = worlds.versions();
  const FlowChanges flows = flow_changes(versions);
  const ReachChanges reach = reach_changes(versions);
  const DeniedChanges denied = denied_changes(versions);
  const bool same = flows.list.empty() && flows.opened == 0 && flows.closed == 0 && reach.zones.empty() &&
                    reach.jewels.empty() && !reach.all.any() && survival_changes(versions).empty() &&
                    state_changes(versions).empty() && denied.newly.empty() && denied.no_longer.empty();
  return same ? std::string() : "something differs from itself";
}

TEST(Diff, OfATopologyWithItselfIsEmpty) {
  hold_on_random_worlds({.worlds = 1000, .first_seed = 30'000'000},
                        [](const support::World& world) { return sameness_fault(support::build(world)); });
}

TEST(Diff, AgreesWithEveryPairAndPortAfterAFewChanges) {
  hold_on_random_worlds({.worlds = 2500, .first_seed = 31'000'000}, [](const support::World& world) {
    return fault_of(support::build(world), support::changed(world, 7));
  });
  const support::WorldSize dense = {.zones = 3, .systems = 9, .links = 3, .policies = 2, .rules = 9, .needs = 1};
  hold_on_random_worlds({.worlds = 1500, .first_seed = 32'000'000, .size = dense}, [](const support::World& world) {
    return fault_of(support::build(world), support::changed(world, 8));
  });
}

TEST(Diff, AgreesWithEveryPairAndPortBetweenWorldsThatShareOnlyIds) {
  hold_on_random_worlds({.worlds = 1500, .first_seed = 33'000'000}, [](const support::World& world) {
    return fault_of(support::build(world), support::build(support::random_world(1)));
  });
}

using nlohmann::json;

/// The answer in every format, with the flows of a policy's rules as what may change.
std::string shown_fault(const Topology& a, const Topology& b) {
  const Worlds worlds(a, b);
  const Versions versions = worlds.versions();
  const Sources sources;
  const Scenario nothing;
  const Subject before{sources, a, worlds.graph_before, nothing, "a.toml", ""};
  const Subject after{sources, b, worlds.graph_after, nothing, "b.toml", ""};
  const FlowChanges flows = flow_changes(versions);
  const ReachChanges reach = reach_changes(versions);
  const std::vector<SurvivalChange> survival = survival_changes(versions);
  const std::vector<StateChange> states = state_changes(versions);
  const DeniedChanges denied = denied_changes(versions);
  const std::vector<ScenarioChange> scenarios = scenario_changes(versions, shared_scenarios(a, b));
  const std::vector<RequireVerdict> requires_before = cli::judge_requires(a, worlds.graph_before);
  const std::vector<RequireVerdict> requires_after = cli::judge_requires(b, worlds.graph_after);
  const std::vector<ThingChange> things = thing_changes(a, b);
  const FlowLimits all{{true, {}}, {true, {}}, {true, {}}, {true, {}}, parse_ports("tcp").value()};
  const OnlyVerdict only{{"* -> * tcp"}, flows_outside(versions, flows, {&all, 1})};
  for (const FlowOutside& outside : only.outside) {
    if (!covers(worlds, flows.list[outside.change], outside.from, outside.to))
      return "the flow outside does not change";
    if (outside.ports.empty() || intersects(outside.ports, all.ports)) return "a flow outside that is within";
  }
  const DiffReport report{before, after,           worlds.matched, flows,     reach,  survival, states,
                          denied, requires_before, requires_after, scenarios, things, &only};
  for (const Format format : {Format::text, Format::csv, Format::md, Format::junit, Format::github}) {
    const auto text = present(report, format, TextStyle{});
    if (!text || text->empty()) return "not shown as " + std::string(to_string(format));
  }
  const json document = json::parse(*present(report, Format::json, TextStyle{}));
  const DiffVerdict judged = verdict(report);
  if (judged.besides == document["only"]["besides"].empty()) return "besides, without saying what";
  if (judged.any == (document["summary"] == "Nothing changes.")) return "a summary of something else";
  for (const char* list : {"worse", "better", "flows", "reach", "jewels", "states", "survival", "requires", "scenarios",
                           "denied_needs", "no_longer_denied", "changed"}) {
    if (!judged.any && !document[list].empty()) return std::string("nothing changes but ") + list;
  }
  return {};
}

TEST(Diff, IsShownInEveryFormat) {
  hold_on_random_worlds({.worlds = 500, .first_seed = 34'000'000}, [](const support::World& world) {
    const Topology before = support::build(world);
    const std::string same = shown_fault(before, before);
    return same.empty() ? shown_fault(before, support::changed(world, 9)) : same;
  });
}

}  // namespace
}  // namespace firebreak::property
