#include "tests/property/flow_checks.h"

#include <algorithm>

#include "firebreak/policy.h"

#include "analyzer/flow_rows.h"
#include "tests/oracle/flows.h"
#include "tests/oracle/rule_use.h"
#include "tests/oracle/values.h"

namespace firebreak::property {

namespace {

std::string shown(bool permitted, std::optional<std::size_t> block, std::optional<std::size_t> allow) {
  std::string text = permitted ? "permitted" : "not permitted";
  if (block) text += ", block " + std::to_string(*block);
  if (allow) text += ", allow " + std::to_string(*allow);
  return text;
}

std::string shown(PolicyId policy, RuleId rule, bool allow) {
  return ", policy " + std::to_string(policy.index()) + (allow ? " allows by " : " denies by ") +
         (rule.valid() ? "rule " + std::to_string(rule.index()) : "default");
}

/// A judgement of either side, spelled out.
template <class Judgement>
std::string spelled(const Judgement& judgement) {
  std::string text = shown(judgement.permitted, judgement.block, judgement.allow);
  for (const auto& v : judgement.verdicts) text += shown(v.policy, v.rule, v.allow);
  return text;
}

/// Systems in a zone, and zones.
std::vector<NodeId> known_places(const Topology& topology) {
  std::vector<NodeId> places;
  for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
    if (oracle::zone_of(topology, n).valid()) places.push_back(n);
  }
  return places;
}

class FlowCheck {
 public:
  FlowCheck(const Topology& topology, const Graph& graph, const Scenario& scenario)
      : topology_(topology), graph_(graph), scenario_(scenario), flows_(topology, scenario) {}

  [[nodiscard]] std::string all() const {
    const std::vector<NodeId> places = known_places(topology_);
    for (const NodeId from : places) {
      for (const NodeId to : places) {
        std::string fault = one(from, to);
        if (fault.empty()) continue;
        return std::string(topology_.nodes[from].id) + " -> " + std::string(topology_.nodes[to].id) + " " + fault;
      }
    }
    return {};
  }

 private:
  [[nodiscard]] std::string one(NodeId from, NodeId to) const {
    const PortSet permitted = permitted_ports(graph_, scenario_, from, to);
    if (scenario_.block.empty() && scenario_.allow.empty() &&
        permitted != permitted_ports(graph_, graph_.flow.class_of[from], graph_.flow.class_of[to])) {
      return "not the same as between the classes";
    }
    for (const std::uint32_t port : flows_.points()) {
      const std::string on = "on " + std::to_string(port) + ": ";
      const oracle::Judgement expected = flows_.judge(from, to, port);
      const std::string is = spelled(judge(graph_, scenario_, from, to, port));
      const std::string should = spelled(expected);
      if (is != should) return on + "engine " + is + "; oracle " + should;
      if (oracle::holds(permitted, port) != expected.permitted) return on + "permitted_ports says otherwise";
    }
    return {};
  }

  const Topology& topology_;
  const Graph& graph_;
  const Scenario& scenario_;
  oracle::Flows flows_;
};

std::string different(const Topology& topology, const PlaceSet& engine, const PlaceSet& expected) {
  if (engine.everything != expected.everything) return "* or not *";
  for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
    const NodeKind kind = topology.nodes[n].kind;
    if (kind != NodeKind::system && kind != NodeKind::zone) continue;
    if (engine.contains(n) != oracle::holds(expected, n)) return std::string(topology.nodes[n].id);
  }
  return {};
}

std::string different(const Topology& topology, const std::vector<FlowRule>& engine,
                      const std::vector<FlowRule>& expected) {
  if (engine.size() != expected.size()) return "their number";
  for (std::size_t i = 0; i < engine.size(); ++i) {
    std::string fault = different(topology, engine[i].from, expected[i].from);
    if (fault.empty()) fault = different(topology, engine[i].to, expected[i].to);
    if (fault.empty() && engine[i].ports != expected[i].ports) fault = "ports";
    if (!fault.empty()) return fault;
  }
  return {};
}

std::string different(const Topology& topology, const std::vector<NodeId>& engine,
                      const std::vector<NodeId>& expected) {
  if (!std::ranges::is_sorted(engine)) return "their order";
  for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
    if (oracle::holds(engine, n) != oracle::holds(expected, n)) return std::string(topology.nodes[n].id);
  }
  return engine.size() == expected.size() ? "" : "one twice";
}

}  // namespace

std::string row_difference(const Topology& topology, const Graph& graph, const Scenario& scenario) {
  const oracle::Flows flows(topology, scenario);
  const FlowGroups groups = group_places(graph, scenario);
  FlowRows rows(graph, scenario, groups);
  const std::vector<NodeId> places = known_places(topology);
  for (const SenderId sender : ids<SenderId>(rows.sides().senders.size())) {
    rows.load(sender);
    for (const NodeId from : places) {
      if (rows.sides().sender[groups.group_of[from]] != sender) continue;
      for (const NodeId to : places) {
        const ReceiverId receiver = rows.sides().receiver[groups.group_of[to]];
        const bool same = oracle::zone_of(topology, from) == oracle::zone_of(topology, to);
        const PortSetId ports = FlowRows::ports_of((same ? rows.inside() : rows.across()).at(receiver));
        for (const std::uint32_t port : flows.points()) {
          if (oracle::holds(rows.ports()[ports], port) == flows.permitted(from, to, port)) continue;
          return std::string(topology.nodes[from].id) + " -> " + std::string(topology.nodes[to].id) + " on " +
                 std::to_string(port) + ": the row says otherwise";
        }
      }
    }
  }
  return {};
}

std::string matrix_difference(const Topology& topology, const Graph& graph, const Scenario& scenario) {
  const oracle::Flows flows(topology, scenario);
  const ZoneMatrix matrix = zone_matrix(graph, scenario);
  const std::vector<NodeId> places = known_places(topology);
  for (std::size_t a = 0; a < matrix.zones.size(); ++a) {
    for (std::size_t b = 0; b < matrix.zones.size(); ++b) {
      for (const std::uint32_t port : flows.points()) {
        bool some = false;
        bool every = true;
        for (const NodeId from : places) {
          for (const NodeId to : places) {
            if (oracle::zone_of(topology, from) != matrix.zones[a] ||
                oracle::zone_of(topology, to) != matrix.zones[b]) {
              continue;
            }
            if (from == to && oracle::kind_of(topology, from) == NodeKind::system) continue;
            const bool permitted = flows.permitted(from, to, port);
            some = some || permitted;
            every = every && permitted;
          }
        }
        if (oracle::holds(matrix.somewhere(a, b), port) == some &&
            oracle::holds(matrix.everywhere(a, b), port) == every) {
          continue;
        }
        return std::string(topology.nodes[matrix.zones[a]].id) + " -> " +
               std::string(topology.nodes[matrix.zones[b]].id) + " on " + std::to_string(port) +
               ": the matrix says otherwise";
      }
    }
  }
  return {};
}

std::string audit_difference(const Topology& topology, const Graph& graph) {
  const oracle::RuleUse use = oracle::rule_use(topology);
  IdVector<RuleId, bool> dead(topology.rules.size());
  IdVector<RuleId, bool> redundant(topology.rules.size());
  const RuleAudit audit = audit_rules(graph);
  for (const IdleRule& idle : audit.dead) dead[idle.rule] = true;
  for (const IdleRule& idle : audit.redundant) redundant[idle.rule] = true;
  for (const RuleId rule : ids<RuleId>(topology.rules.size())) {
    if (topology.policies[topology.rules[rule].policy].replaced) continue;
    const std::string name = "rule " + std::to_string(rule.index());
    if (dead[rule] == use.comes[rule]) return name + (dead[rule] ? " is not dead" : " is dead");
    if (redundant[rule] != (use.comes[rule] && !use.matters[rule])) {
      return name + (redundant[rule] ? " is not redundant" : " is redundant");
    }
  }
  return {};
}

std::string flow_difference(const Topology& topology, const Graph& graph, const Scenario& scenario) {
  return FlowCheck(topology, graph, scenario).all();
}

namespace {

std::string different(const Topology& topology, const Scenario& engine, const Scenario& expected) {
  const std::pair<const char*, std::string> parts[] = {
      {"compromised", different(topology, engine.compromised, expected.compromised)},
      {"off", different(topology, engine.off, expected.off)},
      {"isolated systems", different(topology, engine.isolated_systems, expected.isolated_systems)},
      {"isolated zones", different(topology, engine.isolated_zones, expected.isolated_zones)},
      {"block", different(topology, engine.block, expected.block)},
      {"allow", different(topology, engine.allow, expected.allow)},
  };
  for (const auto& [part, fault] : parts) {
    if (!fault.empty()) return std::string(part) + ": " + fault;
  }
  return {};
}

/// What would stand on a command line.
ScenarioWords words(const NamedScenario& named) {
  ScenarioWords words;
  for (const Selector& s : named.compromised) words.compromised.emplace_back(s.text);
  for (const Selector& s : named.off) words.off.emplace_back(s.text);
  for (const Selector& s : named.isolate) words.isolate.emplace_back(s.text);
  for (const FlowSelector& f : named.block) words.block.emplace_back(f.text);
  for (const FlowSelector& f : named.allow) words.allow.emplace_back(f.text);
  return words;
}

}  // namespace

std::string scenario_difference(const Topology& topology) {
  for (const NamedScenario& named : topology.scenarios) {
    const Scenario expected = oracle::in_ids(topology, named);
    std::vector<Diagnostic> faults;
    std::string fault = different(topology, resolve(topology, named), expected);
    if (fault.empty()) fault = different(topology, resolve(topology, words(named), faults), expected);
    if (fault.empty() && has_errors(faults)) fault = faults.front().message;
    if (!fault.empty()) return "scenario " + std::string(named.id) + ", " + fault;
  }
  return {};
}

}  // namespace firebreak::property
