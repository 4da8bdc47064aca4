// A flow is told in three parts: everyone of a kind who can send, from that kind to the kind of its target, and
// everyone of that who can be taken. A pivot with several users is told in two. So what is told takes space like the
// members of kinds and not like their pairs, and one look at a way settles all that are like it.

#include "analyzer/containment/step_rows.h"

#include <algorithm>
#include <iterator>

#include "firebreak/policy.h"

#include "analyzer/dark.h"

namespace firebreak {

namespace {

/// A step in one piece.
void find_cuts(const Graph& graph, StepCuts& cuts, NodeId to, const Step& step) {
  switch (step.type) {
    case StepType::start:
      return;
    case StepType::hosting:
      cuts.lit(to);
      return;
    case StepType::flow:
      cuts.able(step.from);
      cuts.able(to);
      cuts.passes(step.from, to, exposed_ports(graph, to));
      return;
    case StepType::pivot:
      break;
  }
  const GraphPivot& pivot = graph.pivots[step.pivot];
  for (const NodeId n : pivot.requires_all) cuts.enabled(n);
  cuts.enabled(step.from);
  cuts.enabled(to);
  if (graph.kind[to] == NodeKind::system) cuts.able(to);
  if (pivot.port.valid()) {
    cuts.able(step.from);
    cuts.passes(step.from, to, graph.ports[pivot.port]);
  } else if (graph.kind[step.from] == NodeKind::system) {
    cuts.enters(step.from, to);
  }
}

/// The nodes that steps of a run lead to on the way to some, and the steps; each once.
template <class Visit>
void walk_back(const Graph& graph, const Blast& spread, std::span<const NodeId> targets, Visit visit) {
  IdVector<NodeId, bool> seen(graph.node_count, false);
  std::vector<NodeId> open(targets.begin(), targets.end());
  while (!open.empty()) {
    const NodeId n = open.back();
    open.pop_back();
    if (!spread.reached[n] || seen[n]) continue;
    seen[n] = true;
    const Step& step = spread.shortest[n];
    if (step.type == StepType::start) continue;
    visit(n, step);
    open.push_back(step.from);
    if (step.type != StepType::pivot) continue;
    const std::span<const NodeId> required = graph.pivots[step.pivot].requires_all;
    open.insert(open.end(), required.begin(), required.end());
  }
}

}  // namespace

StepRows::Look::Look(const Graph& graph, const PlanRun& run, Cuts& actions)
    : mask(graph, run.scenario),
      dark(find_dark(mask, run.need)),
      components(components_at_once(graph, run.need)),
      cuts(mask, run.need, actions) {}

StepRows::StepRows(const Graph& graph, const Scenario& scenario, Cuts& cuts)
    : graph_(graph),
      scenario_(scenario),
      cuts_(cuts),
      ends_(graph, scenario, cuts.naming()),
      senders_told_(ends_.source_count(), false),
      receivers_told_(ends_.target_count(), false) {}

std::vector<StepRow> StepRows::leading_to(std::span<const NodeId> targets, const PlanRun& run) {
  Look look(graph_, run, cuts_);
  walk_back(graph_, run.spread, targets, [&](NodeId n, const Step& step) { add(look, n, step); });
  return std::exchange(new_rows_, {});
}

std::vector<StepRow> StepRows::by_pivots(const PlanRun& run, std::size_t most) {
  Look look(graph_, run, cuts_);
  for (const PivotId p : ids<PivotId>(graph_.pivots.size())) {
    const GraphPivot& pivot = graph_.pivots[p];
    if (pivot.effort == kNever) continue;
    if (std::ranges::any_of(pivot.requires_all, [&](NodeId n) { return !run.spread.reached[n]; })) continue;
    std::map<User, NodeId> samples;
    for (const NodeId from : pivot.from) {
      if (!run.spread.reached[from]) continue;
      const User place = pivot.from.size() == 1 ? User(p, 0) : user_of(p, from);
      if (!samples.try_emplace(place, from).second) continue;
      for (const NodeId to : pivot.to) {
        if (most-- == 0) return std::exchange(new_rows_, {});
        if (can_use(look, p, from, to)) add_pivot(look, p, from, to);
      }
    }
  }
  return std::exchange(new_rows_, {});
}

std::vector<StepRow> StepRows::by_flows(const PlanRun& base, std::size_t most) {
  Look look(graph_, base, cuts_);
  IdVector<SourceId, NodeId> from(ends_.source_count());
  IdVector<TargetId, NodeId> to(ends_.target_count());
  for (const NodeId n : base.spread.order) {
    if (!able(look, n)) continue;
    from[ends_.source(n)] = n;
    if (graph_.effort[n] != kNever) to[ends_.target(n)] = n;
  }
  ends_.visit_flows(from, to, [&](NodeId a, NodeId b, const PortSet& ports) {
    const NodeId zone = graph_.zone[a];
    const NodeId other = graph_.zone[b];
    if (look.components.connected(zone, other) && !look.mask.border_between(zone, other)) add_flow(look, a, b, ports);
    return --most > 0;
  });
  return std::exchange(new_rows_, {});
}

/// Whether it can send and be sent flows.
bool StepRows::able(const Look& look, NodeId n) const {
  return graph_.kind[n] == NodeKind::system && graph_.zone[n].valid() && look.dark[n] == 0 && !look.mask.isolated(n);
}

/// Whether it can where no plan isolates it.
bool StepRows::could_be_able(const Look& look, NodeId n) const {
  return graph_.kind[n] == NodeKind::system && graph_.zone[n].valid() && look.dark[n] == 0 &&
         !std::ranges::binary_search(scenario_.isolated_systems, n);
}

bool StepRows::could_be_taken(const Look& look, PivotId p, NodeId to) const {
  if (graph_.pivots[p].port.valid()) return could_be_able(look, to);
  return look.dark[to] == 0 && !std::ranges::binary_search(scenario_.isolated_systems, to);
}

/// Whether a pivot of which all is reached that it requires takes a node from another.
bool StepRows::can_use(const Look& look, PivotId p, NodeId from, NodeId to) const {
  const GraphPivot& pivot = graph_.pivots[p];
  const bool from_system = graph_.kind[from] == NodeKind::system;
  if (from == to || look.dark[to] != 0 || look.mask.isolated(to)) return false;
  if (!from_system && look.mask.off(from)) return false;
  const NodeId a = graph_.zone[from];
  const NodeId b = graph_.zone[to];
  if (!pivot.port.valid()) return !from_system || !look.mask.border_into(a, b);
  return able(look, from) && able(look, to) && look.components.connected(a, b) && !look.mask.border_between(a, b) &&
         intersects(permitted_ports(graph_, look.mask.scenario(), from, to), graph_.ports[pivot.port]);
}

void StepRows::tell(Look& look, std::vector<StationId> from, StationId to) {
  tell(std::move(from), to, look.cuts.take());
}

void StepRows::tell(std::vector<StationId> from, StationId to, std::vector<CutId> cuts) {
  std::ranges::sort(from);
  from.erase(std::ranges::unique(from).begin(), from.end());
  StepRow row{std::move(from), to, std::move(cuts)};
  if (told_.insert(row).second) new_rows_.push_back(std::move(row));
}

/// Tells of a step by flows from one system to another; of what stops it that is not in between, the cuts know already.
void StepRows::tell_on_ports(Look& look, const std::vector<StationId>& from, StationId to, NodeId a, NodeId b,
                             const PortSet& ports) {
  look.cuts.crosses(a, b);
  const std::vector<CutId> always = look.cuts.take();
  for (const std::vector<CutId>& rules : look.cuts.rules_on(a, b, ports)) {
    std::vector<CutId> cuts;
    std::ranges::set_union(always, rules, std::back_inserter(cuts));
    tell(from, to, std::move(cuts));
  }
}

PortSet StepRows::open_ports(const Look& look, NodeId from, NodeId to, const PortSet& wanted) const {
  return intersect(permitted_ports(graph_, look.mask.scenario(), from, to), wanted);
}

void StepRows::add(Look& look, NodeId to, const Step& step) {
  switch (step.type) {
    case StepType::start:
      break;
    case StepType::hosting:
      look.cuts.lit(to);
      tell(look, {station(step.from)}, station(to));
      break;
    case StepType::flow:
      add_flow(look, step.from, to, open_ports(look, step.from, to, exposed_ports(graph_, to)));
      break;
    case StepType::pivot:
      add_pivot(look, step.pivot, step.from, to);
      break;
  }
}

void StepRows::add_flow(Look& look, NodeId from, NodeId to, const PortSet& ports) {
  const SourceId a = ends_.source(from);
  const TargetId b = ends_.target(to);
  const auto sends = [&](NodeId n) {
    look.cuts.able(n);
    tell(look, {station(n)}, sender(a));
  };
  const auto is_taken = [&](NodeId n) {
    look.cuts.able(n);
    tell(look, {receiver(b)}, station(n));
  };
  tell_on_ports(look, {sender(a)}, receiver(b), from, to, ports);
  sends(from);
  is_taken(to);
  if (!senders_told_[a]) {
    senders_told_[a] = true;
    for (const NodeId n : ends_.members(a)) {
      if (could_be_able(look, n)) sends(n);
    }
  }
  if (!receivers_told_[b]) {
    receivers_told_[b] = true;
    for (const NodeId n : ends_.members(b)) {
      if (could_be_able(look, n) && graph_.effort[n] != kNever) is_taken(n);
    }
  }
}

/// From which place a node uses a pivot: what tells its users apart besides themselves.
StepRows::User StepRows::user_of(PivotId p, NodeId from) const {
  constexpr std::uint32_t kNoPlace = ~std::uint32_t{0};
  if (graph_.pivots[p].port.valid()) return {p, ends_.source(from).index()};
  const NodeId zone = graph_.zone[from];
  if (graph_.kind[from] != NodeKind::system) return {p, kNoPlace};
  return {p, zone.valid() ? zone.index() : kNoPlace - 1};
}

/// What tells apart whether something can be taken by a pivot, besides itself.
std::uint32_t StepRows::place_of(PivotId p, NodeId to) const {
  return graph_.pivots[p].port.valid() ? ends_.target(to).index() : graph_.zone[to].index();
}

void StepRows::add_pivot(Look& look, PivotId p, NodeId from, NodeId to) {
  const GraphPivot& pivot = graph_.pivots[p];
  if (pivot.from.size() == 1) {
    add_taking(look, p, station(from), from, to);
    return;
  }
  const User place = user_of(p, from);
  const auto [at, fresh] = users_.try_emplace(
      place, StationId(graph_.node_count + ends_.source_count() + ends_.target_count() + users_.size()));
  const StationId user = at->second;
  add_user(look, p, user, from);
  add_taking(look, p, user, from, to);
  if (fresh) {
    for (const NodeId n : pivot.from) {
      const bool can = pivot.port.valid() ? could_be_able(look, n) : !look.mask.off(n);
      if (can && user_of(p, n) == place) add_user(look, p, user, n);
    }
  }
  if (!takings_told_.emplace(user, place_of(p, to)).second) return;
  for (const NodeId n : pivot.to) {
    if (n != from && could_be_taken(look, p, n) && place_of(p, n) == place_of(p, to))
      add_taking(look, p, user, from, n);
  }
}

/// A node can use a pivot.
void StepRows::add_user(Look& look, PivotId p, StationId user, NodeId n) {
  look.cuts.enabled(n);
  if (graph_.pivots[p].port.valid()) look.cuts.able(n);
  tell(look, {station(n)}, user);
}

/// What can use a pivot takes a node; where the user is a node, what keeps it from using the pivot is part of it.
void StepRows::add_taking(Look& look, PivotId p, StationId user, NodeId from, NodeId to) {
  const GraphPivot& pivot = graph_.pivots[p];
  std::vector<StationId> reached{user};
  for (const NodeId n : pivot.requires_all) {
    reached.push_back(station(n));
    look.cuts.enabled(n);
  }
  if (is_node(user)) {
    look.cuts.enabled(from);
    if (pivot.port.valid()) look.cuts.able(from);
  }
  look.cuts.enabled(to);
  if (graph_.kind[to] == NodeKind::system) look.cuts.able(to);
  if (pivot.port.valid()) {
    const PortSet ports = open_ports(look, from, to, graph_.ports[pivot.port]);
    tell_on_ports(look, reached, station(to), from, to, ports);
    return;
  }
  if (graph_.kind[from] == NodeKind::system) look.cuts.enters(from, to);
  tell(look, std::move(reached), station(to));
}

std::vector<CutId> cuts_on_way(const Graph& graph, const PlanRun& run, Cuts& cuts, NodeId target) {
  const Mask mask(graph, run.scenario);
  StepCuts found(mask, run.need, cuts);
  walk_back(graph, run.spread, {&target, 1}, [&](NodeId n, const Step& step) { find_cuts(graph, found, n, step); });
  return found.take();
}

}  // namespace firebreak
