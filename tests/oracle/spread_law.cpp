#include "tests/oracle/spread_law.h"

#include <algorithm>

#include "tests/oracle/flows.h"
#include "tests/oracle/need_law.h"
#include "tests/oracle/values.h"

// First every step between any two nodes is written down; then the steps are tried again and again, all of them each
// time, until none reaches anything new or sooner.

namespace firebreak::oracle {

namespace {

class Steps {
 public:
  Steps(const Topology& topology, const Scenario& scenario, const std::vector<RuleId>& left_out)
      : topology_(topology),
        scenario_(scenario),
        flows_(topology, scenario, left_out),
        law_(need_law(topology, scenario)) {}

  [[nodiscard]] std::vector<Taking> all() const {
    std::vector<Taking> steps;
    for (const System& s : topology_.systems) {
      for (const System& t : topology_.systems) {
        if (flow(s, t)) steps.push_back({t.node, {s.node}, t.effort, StepType::flow, PivotId::none()});
      }
    }
    for (PivotId p : ids<PivotId>(topology_.pivots.size())) add_pivot(p, steps);
    for (const System& t : topology_.systems) {
      if (!t.runs_on.valid() || dark(t.node)) continue;
      steps.push_back({t.node, {t.runs_on}, 0, StepType::hosting, PivotId::none()});
    }
    return steps;
  }

 private:
  [[nodiscard]] bool off(NodeId n) const { return holds(scenario_.off, n); }
  [[nodiscard]] bool isolated(NodeId n) const { return holds(scenario_.isolated_systems, n); }
  [[nodiscard]] bool is_system(NodeId n) const { return kind_of(topology_, n) == NodeKind::system; }

  /// Off, or its site fails at once, or its host is dark.
  [[nodiscard]] bool dark(NodeId n) const {
    if (off(n)) return true;
    for (NodeId host = n; host.valid() && is_system(host); host = topology_.system(host).runs_on) {
      const NodeId site = topology_.system(host).site;
      if (off(host) || (site.valid() && law_.fails.node[site] == 0)) return true;
    }
    return false;
  }

  /// Traffic gets from s to t if it is permitted.
  [[nodiscard]] bool carried(NodeId s, NodeId t) const {
    if (s == t || !is_system(s) || !is_system(t)) return false;
    if (dark(s) || dark(t) || isolated(s) || isolated(t)) return false;
    const NodeId from = zone_of(topology_, s);
    const NodeId to = zone_of(topology_, t);
    return from.valid() && to.valid() && law_.connected.at({from, to}) > 0 && !flows_.border_between(from, to);
  }

  [[nodiscard]] bool flow(const System& s, const System& t) const {
    const PortSet exposed = t.exposes.valid() ? topology_.ports[t.exposes] : PortSet::any();
    return t.effort != kNever && carried(s.node, t.node) && flows_.permitted_on_some(s.node, t.node, exposed);
  }

  /// From a system outside an isolated border into it. Identities have no place and are stopped by no border.
  [[nodiscard]] bool stopped_by_border(NodeId from, NodeId to) const {
    if (!is_system(from) || !is_system(to)) return false;
    const std::vector<NodeId> around_from = with_outer(topology_, zone_of(topology_, from));
    return std::ranges::any_of(with_outer(topology_, zone_of(topology_, to)), [&](NodeId zone) {
      return holds(scenario_.isolated_zones, zone) && !holds(around_from, zone);
    });
  }

  [[nodiscard]] bool pivots(const Pivot& pivot, NodeId from, NodeId to) const {
    if (dark(to) || isolated(to)) return false;
    if (!is_system(from) && off(from)) return false;
    if (!pivot.port.valid()) return !stopped_by_border(from, to);
    return carried(from, to) && flows_.permitted_on_some(from, to, topology_.ports[pivot.port]);
  }

  void add_pivot(PivotId p, std::vector<Taking>& steps) const {
    const Pivot pivot = topology_.pivot(p);
    const auto meant = [&](const SelectorList& list) {
      return systems_and_identities(topology_, Selectors(list.begin(), list.end()));
    };
    const std::vector<NodeId> required = meant(pivot.requires_all);
    for (NodeId r : required) {
      if (!is_system(r) && off(r)) return;
    }
    for (NodeId from : meant(pivot.from)) {
      for (NodeId to : meant(pivot.to)) {
        if (!pivots(pivot, from, to)) continue;
        Taking step{to, required, pivot.effort, StepType::pivot, p};
        step.reached.push_back(from);
        steps.push_back(std::move(step));
      }
    }
  }

  const Topology& topology_;
  const Scenario& scenario_;
  Flows flows_;
  NeedLaw law_;
};

/// The last of all that a step needs; empty when one of them is missing.
template <class T>
std::optional<T> last_of(const Taking& step, const IdVector<NodeId, std::optional<T>>& when) {
  std::optional<T> last = T{0};
  for (NodeId n : step.reached) {
    if (!when[n]) return std::nullopt;
    last = std::max(last, when[n]);
  }
  return last;
}

/// Whether `value` was earlier than what was known.
template <class T>
bool lower(std::optional<T>& known, T value) {
  if (known && *known <= value) return false;
  known = value;
  return true;
}

}  // namespace

std::vector<Taking> takings(const Topology& topology, const Scenario& scenario, const std::vector<RuleId>& left_out) {
  return Steps(topology, scenario, left_out).all();
}

Spread spread(const Topology& topology, const std::vector<NodeId>& compromised, const std::vector<Taking>& steps) {
  Spread reached;
  reached.step.resize(topology.nodes.size());
  reached.after.resize(topology.nodes.size());
  for (NodeId n : compromised) {
    reached.step[n] = 0;
    reached.after[n] = 0;
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (const Taking& step : steps) {
      const std::optional<std::uint32_t> last = last_of(step, reached.step);
      if (!last) continue;
      const bool fewer = lower(reached.step[step.target], *last + 1);
      const bool sooner = lower(reached.after[step.target], later(*last_of(step, reached.after), step.effort));
      changed = changed || fewer || sooner;
    }
  }
  return reached;
}

}  // namespace firebreak::oracle
