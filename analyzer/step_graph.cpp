#include "analyzer/step_graph.h"

#include <algorithm>

#include "analyzer/need_law.h"

namespace firebreak {

StepGraph::StepGraph(const Graph& graph, const Scenario& scenario, std::size_t most_arcs, Efforts kept)
    : graph_(graph),
      mask_(graph, scenario),
      run_(run_need(mask_)),
      dark_(find_dark(mask_, run_)),
      components_(components_at_once(graph, run_)),
      flows_(mask_, components_, dark_),
      groups_(group_places(graph, scenario)),
      rows_(graph, scenario, groups_),
      most_arcs_(most_arcs),
      keeps_efforts_(kept == Efforts::kept) {}

bool StepGraph::make() {
  find_targets();
  number_vertices();
  walk();
  if (arcs.size() > most_arcs_) {
    find_core();
    arcs.clear();
    efforts.clear();
    walk();
  }
  return arcs.size() <= most_arcs_;
}

void StepGraph::find_targets() {
  in_zone_.resize(graph_.node_count);
  takeable_.resize(groups_.size());
  for (const GroupId g : ids<GroupId>(groups_.size())) {
    for (const NodeId n : groups_.members[g]) {
      if (flows_.can_be_taken(n)) takeable_[g].push_back(n);
    }
    targets_.push_back({zone_of(g), graph_.flow.classes[groups_.base[g]].exposes, kNoArea});
    if (takeable_[g].empty()) continue;
    in_zone_[zone_of(g)].push_back(g);
    in_area_[area_of(zone_of(g))].push_back(g);
  }
  std::uint32_t number = 0;
  for (const auto& [area, targets] : in_area_) {
    for (const GroupId g : targets) targets_[g].area = number;
    ++number;
  }
}

void StepGraph::number_vertices() {
  for (const NodeId n : ids<NodeId>(graph_.node_count)) {
    const GroupId g = flows_.sender(n);
    if (g.valid()) source_of_.try_emplace({rows_.sides().sender[g], graph_.zone[n]}, 0);
  }
  vertices = graph_.node_count;
  for (auto& [source, vertex] : source_of_) vertex = static_cast<Vertex>(vertices++);
  first_group_ = static_cast<Vertex>(vertices);
  vertices += groups_.size();
}

void StepGraph::walk() {
  add_nodes();
  add_sources();
  add_lists();
  add_pivots();
}

void StepGraph::add(Vertex from, Vertex to, Seconds effort) {
  if (mode_ == Walk::keeping) {
    keep(from, to, effort);
    return;
  }
  if (mode_ == Walk::backwards) std::swap(from, to);
  if (found_.size() < vertices) found_.resize(vertices, 0);
  if (found_[from] == 0 || found_[to] != 0) return;
  found_[to] = 1;
  found_more_ = true;
}

bool StepGraph::wanted(Vertex from, Vertex to) const {
  const auto is = [](const std::vector<std::uint8_t>& flags, Vertex v) { return v < flags.size() && flags[v] != 0; };
  switch (mode_) {
    case Walk::forwards:
      return found_[to] == 0;
    case Walk::backwards:
      return found_[from] == 0 && found_[to] != 0;
    case Walk::keeping:
      break;
  }
  return in_core(to) ? !in_core(from) && !is(into_core_, from) : !in_core(from) || !is(from_core_, to);
}

void StepGraph::keep(Vertex from, Vertex to, Seconds effort) {
  if (arcs.size() > most_arcs_) return;
  const bool leaves_core = in_core(from);
  const bool enters_core = in_core(to);
  if (leaves_core && enters_core) return;
  if (leaves_core || enters_core) {
    // One arc between the core and another vertex says as much as many.
    std::vector<std::uint8_t>& joined = leaves_core ? from_core_ : into_core_;
    const Vertex other = leaves_core ? to : from;
    if (joined.size() < vertices) joined.resize(vertices, 0);
    if (joined[other] != 0) return;
    joined[other] = 1;
  }
  arcs.emplace_back(leaves_core ? core_ : from, enters_core ? core_ : to);
  if (keeps_efforts_) efforts.emplace_back(effort);
}

void StepGraph::find_core() {
  if (source_of_.empty()) return;
  const std::vector<std::uint8_t> some = found_from(source_of_.begin()->second, Walk::forwards);
  std::vector<Vertex> sources;
  for (const auto& [source, vertex] : source_of_) {
    if (some[vertex] != 0) sources.push_back(vertex);
  }
  const Vertex middle = sources[sources.size() / 2];
  const std::vector<std::uint8_t> ahead = found_from(middle, Walk::forwards);
  const std::vector<std::uint8_t> before = found_from(middle, Walk::backwards);
  mode_ = Walk::keeping;
  is_core_.assign(std::min(ahead.size(), before.size()), 0);  // a later vertex was not found by one of the walks
  for (std::size_t v = 0; v < is_core_.size(); ++v) is_core_[v] = ahead[v] != 0 && before[v] != 0 ? 1 : 0;
  core_ = middle;
}

std::vector<std::uint8_t> StepGraph::found_from(Vertex start, Walk mode) {
  mode_ = mode;
  found_.assign(vertices, 0);
  found_[start] = 1;
  do {
    found_more_ = false;
    walk();
  } while (found_more_);
  found_.resize(vertices, 0);
  return std::move(found_);
}

bool StepGraph::passes(Vertex source) const {
  if (mode_ == Walk::keeping) return arcs.size() <= most_arcs_;
  return (found_[source] != 0) == (mode_ == Walk::forwards);
}

void StepGraph::add_nodes() {
  for (const NodeId n : ids<NodeId>(graph_.node_count)) {
    if (graph_.zone[n].valid() && graph_.kind[n] == NodeKind::system) add(graph_.zone[n].index(), n.index());
    if (graph_.kind[n] == NodeKind::zone && graph_.parent[n].valid()) add(graph_.parent[n].index(), n.index());
    if (disabled(n)) continue;
    const GroupId g = flows_.sender(n);
    if (g.valid()) add(n.index(), source_of_.at({rows_.sides().sender[g], graph_.zone[n]}));
    for (const NodeId guest : graph_.guests[n]) {
      if (dark_[guest] == 0) add(n.index(), guest.index());
    }
    for (const PivotId p : graph_.pivots_from[n]) use(p, n);
  }
  stated_ = true;
}

bool StepGraph::takes(const GraphPivot& pivot, NodeId from, NodeId to) const {
  if (pivot.port.valid()) {
    return flows_.able(to) && flows_.can_send(flows_.sender(from), to, graph_.ports[pivot.port]);
  }
  if (dark_[to] != 0 || mask_.isolated(to)) return false;
  return graph_.kind[from] != NodeKind::system || !mask_.border_into(graph_.zone[from], graph_.zone[to]);
}

void StepGraph::use(PivotId p, NodeId from) {
  const GraphPivot pivot = graph_.pivots[p];
  if (pivot.effort == kNever) return;
  if (pivot.from.size() == 1 && pivot.requires_all.empty()) {
    if (pivot.port.valid() && !flows_.sender(from).valid()) return;
    for (const NodeId t : pivot.to) {
      if (takes(pivot, from, t)) add(from.index(), t.index(), pivot.effort);
    }
    return;
  }
  std::uint32_t place = kEverywhere;
  if (pivot.port.valid()) {
    const GroupId group = flows_.sender(from);
    if (!group.valid()) return;
    place = group.index();
  } else if (graph_.kind[from] == NodeKind::system && mask_.any_borders()) {
    place = mask_.border(graph_.zone[from]).index();
  }
  std::vector<NodeId> others(pivot.requires_all.begin(), pivot.requires_all.end());
  std::erase(others, from);
  if (std::ranges::any_of(others, [&](NodeId n) { return disabled(n); })) return;
  Use& found = uses_.try_emplace({p, place}, Use{from, 0, 0}).first->second;
  if (found.taking == 0) found.taking = static_cast<Vertex>(vertices++);
  if (others.empty()) {
    add(from.index(), found.taking);
    return;
  }
  if (others.size() < pivot.requires_all.size()) {
    // It is one of those it requires: what the others have to add to it is its own affair.
    if (!stated_) conjunctions.push_back({from.index(), std::move(others), found.taking});
    return;
  }
  if (found.user == 0) {
    found.user = static_cast<Vertex>(vertices++);
    conjunctions.push_back({found.user, std::move(others), found.taking});
  }
  add(from.index(), found.user);
}

void StepGraph::add_sources() {
  SenderId loaded;
  for (const auto& [source, vertex] : source_of_) {
    if (!passes(vertex)) continue;
    if (source.sender != loaded) rows_.load(source.sender);
    loaded = source.sender;
    add_inside(source, vertex);
    add_across(source, vertex);
  }
}

bool StepGraph::gets_at(PortSetId ports, GroupId to) {
  const PortSetId exposes = targets_[to].exposes;
  if (!exposes.valid()) return ports != rows_.ports().none();
  if (gets_.size() <= ports.index()) gets_.resize(ports.index() + std::size_t{1});
  std::vector<std::uint8_t>& known = gets_[ports.index()];
  if (known.empty()) known.assign(graph_.ports.size(), kUnknown);
  std::uint8_t& gets = known[exposes.index()];
  if (gets == kUnknown) gets = intersects(rows_.ports()[ports], graph_.ports[exposes]) ? 1 : 0;
  return gets != 0;
}

void StepGraph::add_inside(const Source& source, Vertex from) {
  const CellStates& row = rows_.inside();
  if (row.singled_out().empty()) {
    add_list({area_of(source.zone), source.zone, FlowRows::ports_of(row.base())}, from);
    return;
  }
  for (const GroupId to : in_zone_[source.zone]) {
    if (wanted(from, vertex(to)) && gets_at(FlowRows::ports_of(row.at(rows_.sides().receiver[to])), to))
      add(from, vertex(to));
  }
}

void StepGraph::add_across(const Source& source, Vertex from) {
  const CellStates& row = rows_.across();
  const Area area = area_of(source.zone);
  const auto all = in_area_.find(area);
  if (all == in_area_.end()) return;
  const PortSetId rest = FlowRows::ports_of(row.base());
  if (row.singled_out().empty()) {
    add_list({area, NodeId::none(), rest}, from);
    return;
  }
  const std::uint32_t targets_area = targets_[all->second.front()].area;
  const auto try_group = [&](GroupId to) {
    const Target& target = targets_[to];
    if (target.zone == source.zone || target.area != targets_area || !wanted(from, vertex(to))) return;
    if (gets_at(FlowRows::ports_of(row.at(rows_.sides().receiver[to])), to)) add(from, vertex(to));
  };
  if (rest != rows_.ports().none()) {
    for (const GroupId to : all->second) try_group(to);
    return;
  }
  for (const ReceiverId r : row.singled_out()) {
    for (const GroupId to : rows_.sides().receivers[r]) try_group(to);
  }
}

void StepGraph::add_list(const List& list, Vertex from) {
  if (list.ports == rows_.ports().none()) return;
  const auto [at, fresh] = lists_.try_emplace(list, 0);
  if (fresh) at->second = static_cast<Vertex>(vertices++);
  add(from, at->second);
}

void StepGraph::add_lists() {
  for (const GroupId g : ids<GroupId>(groups_.size())) {
    for (const NodeId n : takeable_[g]) add(vertex(g), n.index(), graph_.effort[n]);
  }
  for (const auto& [list, from] : lists_) {
    const std::vector<GroupId>& targets = list.zone.valid() ? in_zone_[list.zone] : in_area_.at(list.area);
    for (const GroupId to : targets) {
      if (gets_at(list.ports, to)) add(from, vertex(to));
    }
  }
}

void StepGraph::add_pivots() {
  for (const auto& [key, use] : uses_) {
    const GraphPivot pivot = graph_.pivots[key.first];
    for (const NodeId t : pivot.to) {
      if (takes(pivot, use.sample, t)) add(use.taking, t.index(), pivot.effort);
    }
  }
}

}  // namespace firebreak
