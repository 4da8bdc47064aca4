// Rules are taken away by leaving them no ports, pivots by making them endless work, nodes by having them dark while
// their guests are not. A step is told with those that are alike: from everyone of the kind of its sender, to everyone
// of the kind of its target.

#include "analyzer/choke/ways.h"

#include <algorithm>
#include <utility>

#include "firebreak/policy.h"

#include "analyzer/dark.h"
#include "analyzer/flow_edit.h"
#include "analyzer/spread_law.h"

namespace firebreak {

namespace {

WayPoint point(RuleId rule) {
  return {WayPoint::Type::rule, {}, rule, {}};
}
WayPoint point(PivotId pivot) {
  return {WayPoint::Type::pivot, {}, {}, pivot};
}
WayPoint point(NodeId node) {
  return {WayPoint::Type::node, node, {}, {}};
}

}  // namespace

Ways::Ways(Graph graph, Scenario scenario)
    : graph_(std::move(graph)),
      scenario_(std::move(scenario)),
      need_(run_need(graph_, scenario_)),
      mask_(graph_, scenario_),
      dark_(find_dark(mask_, need_)),
      components_(components_at_once(graph_, need_)),
      ends_(graph_, scenario_),
      no_ports_(add_ports(graph_, PortSet())) {
  for (const RuleIndex r : ids<RuleIndex>(graph_.flow.rules.size())) {
    const RuleId rule = graph_.flow.rules[r].rule;
    if (!index_of_.contains(rule)) index_of_.resize(rule.index() + 1);
    index_of_[rule] = r;
  }
}

void Ways::take_away(std::span<const WayPoint> away) {
  for (const WayPoint& gone : away) {
    switch (gone.type) {
      case WayPoint::Type::node:
        nodes_away_.push_back(gone.node);
        dark_[gone.node] |= kAway;
        break;
      case WayPoint::Type::rule: {
        GraphRule& rule = graph_.flow.rules[index_of_[gone.rule]];
        rules_away_.emplace_back(index_of_[gone.rule], rule.ports);
        rule.ports = no_ports_;
        break;
      }
      case WayPoint::Type::pivot:
        pivots_away_.push_back(gone.pivot);
        graph_.pivots.take_away(gone.pivot);
        break;
    }
  }
}

void Ways::give_back() {
  for (const NodeId n : nodes_away_) dark_[n] &= kDark;
  for (const auto& [rule, ports] : rules_away_) graph_.flow.rules[rule].ports = ports;
  for (const PivotId pivot : pivots_away_) graph_.pivots.give_back(pivot);
  nodes_away_.clear();
  rules_away_.clear();
  pivots_away_.clear();
}

Blast Ways::run(std::span<const NodeId> starts, std::span<const WayPoint> away) {
  give_back();
  take_away(away);
  scenario_.compromised.clear();
  for (const NodeId n : starts) {
    if ((dark_[n] & kAway) == 0) scenario_.compromised.push_back(n);
  }
  return spread_by_steps(mask_, components_, dark_);
}

/// Whether it can send and be sent flows, if it is not taken away.
bool Ways::able(NodeId n) const {
  return graph_.kind[n] == NodeKind::system && graph_.zone[n].valid() && !dark(n) && !mask_.isolated(n);
}

/// The rules that let a flow pass on one port on which it does.
std::vector<WayPoint> Ways::deciding(NodeId from, NodeId to, const PortSet& ports) const {
  std::vector<WayPoint> points;
  const PortSet open = intersect(permitted_ports(graph_, scenario_, from, to), ports);
  const FlowJudgement judged = judge(graph_, scenario_, from, to, open.ranges().front().first);
  if (judged.allow) return points;
  for (const Verdict& verdict : judged.verdicts) {
    if (verdict.rule.valid()) points.push_back(point(verdict.rule));
  }
  std::ranges::sort(points);
  return points;
}

Ways::Use Ways::use_of(NodeId to, const Step& step) const {
  Use use;
  if (step.type == StepType::start) return use;
  use.from.push_back(step.from);
  if (step.type == StepType::flow) use.points = deciding(step.from, to, exposed_ports(graph_, to));
  if (step.type == StepType::pivot) {
    const GraphPivot& pivot = graph_.pivots[step.pivot];
    use.from.insert(use.from.end(), pivot.requires_all.begin(), pivot.requires_all.end());
    if (pivot.port.valid()) use.points = deciding(step.from, to, graph_.ports[pivot.port]);
    use.points.push_back(point(step.pivot));
  }
  return use;
}

std::map<WayPoint, std::uint32_t> Ways::used(const Blast& blast, NodeId target) const {
  std::map<WayPoint, std::uint32_t> points;
  std::set<NodeId> seen{target};
  std::vector<NodeId> open{target};
  while (!open.empty()) {
    const NodeId n = open.back();
    open.pop_back();
    const Use use = use_of(n, blast.shortest[n]);
    for (const WayPoint& p : use.points) {
      const auto [at, fresh] = points.try_emplace(p, 2 * blast.step[n] - 1);
      at->second = std::min(at->second, 2 * blast.step[n] - 1);
    }
    for (const NodeId from : use.from) {
      if (!seen.insert(from).second) continue;
      points.emplace(point(from), 2 * blast.step[from]);
      open.push_back(from);
    }
  }
  return points;
}

std::vector<WayRow> Ways::new_rows(const Blast& blast, std::span<const NodeId> targets) {
  std::vector<WayRow> rows;
  std::set<NodeId> seen;
  std::vector<NodeId> open;
  const auto look_at = [&](NodeId n) {
    if (blast.reached[n] && seen.insert(n).second) open.push_back(n);
  };
  for (const NodeId n : targets) look_at(n);
  while (!open.empty()) {
    const NodeId n = open.back();
    open.pop_back();
    const Step& step = blast.shortest[n];
    if (step.type == StepType::start) continue;
    add_rows(n, step, rows);
    look_at(step.from);
    if (step.type != StepType::pivot) continue;
    for (const NodeId required : graph_.pivots[step.pivot].requires_all) look_at(required);
  }
  return rows;
}

void Ways::add_rows(NodeId to, const Step& step, std::vector<WayRow>& rows) {
  const Use use = use_of(to, step);
  if (step.type == StepType::flow) {
    add_flow(to, step, use, rows);
  } else if (step.type == StepType::pivot) {
    add_pivot(to, step, use, rows);
  } else if (WayRow row{{station(step.from)}, station(to), {}}; is_new(row)) {
    rows.push_back(std::move(row));
  }
}

void Ways::add_flow(NodeId to, const Step& step, const Use& use, std::vector<WayRow>& rows) {
  const SourceId from = ends_.source(step.from);
  const TargetId target = ends_.target(to);
  if (is_new({{}, sender(from), {}})) {
    for (const NodeId n : ends_.members(from)) {
      if (able(n)) rows.push_back({{station(n)}, sender(from), {}});
    }
  }
  if (!told_flows_.insert({from, target, use.points}).second) return;
  for (const NodeId n : ends_.members(target)) {
    if (able(n) && graph_.effort[n] != kNever) rows.push_back({{sender(from)}, station(n), use.points});
  }
}

void Ways::add_pivot(NodeId to, const Step& step, const Use& use, std::vector<WayRow>& rows) {
  const GraphPivot& pivot = graph_.pivots[step.pivot];
  const auto row = [&](StationId from, NodeId target) {
    WayRow made{{from}, station(target), use.points};
    for (const NodeId n : pivot.requires_all) made.from.push_back(station(n));
    return made;
  };
  if (pivot.port.valid() || mask_.any_borders()) {
    const auto alike = [&](NodeId n) {
      if (n == step.from) return true;
      if (pivot.port.valid()) return ends_.source(n) == ends_.source(step.from) && able(n);
      return graph_.kind[step.from] == NodeKind::identity && graph_.kind[n] == NodeKind::identity && !disabled(n);
    };
    for (const NodeId n : pivot.from) {
      if (!alike(n) || n == to) continue;
      if (WayRow made = row(station(n), to); is_new(made)) rows.push_back(std::move(made));
    }
    return;
  }
  if (is_new({{}, user(step.pivot), {}})) {
    for (const NodeId n : pivot.from) {
      if (!disabled(n)) rows.push_back({{station(n)}, user(step.pivot), {}});
    }
  }
  if (!is_new({{user(step.pivot)}, user(step.pivot), {}})) return;
  for (const NodeId n : pivot.to) {
    if (!dark(n) && !mask_.isolated(n)) rows.push_back(row(user(step.pivot), n));
  }
}

}  // namespace firebreak
