#include "analyzer/flow_ends.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "firebreak/policy.h"

namespace firebreak {

namespace {

/// Numbers keys in the order they are met, and lists who has them.
template <class Key, class IdType>
class Kinds {
 public:
  IdType number(NodeId n, Key key) {
    const auto [at, fresh] = known_.try_emplace(std::move(key), IdType(known_.size()));
    if (fresh) members_.emplace_back();
    members_[at->second.index()].push_back(n);
    return at->second;
  }

  [[nodiscard]] Packed<IdType, NodeId> members() const { return packed_lists<IdType>(members_); }

 private:
  std::map<Key, IdType> known_;
  std::vector<std::vector<NodeId>> members_;
};

std::vector<std::size_t> row(const Packed<FlowClassId, std::size_t>& rows, FlowClassId c) {
  if (rows.size() == 0) return {};
  return {rows[c].begin(), rows[c].end()};
}

}  // namespace

FlowEnds::FlowEnds(const Graph& graph, const Scenario& scenario, const NamingRules& naming)
    : graph_(graph),
      scenario_(scenario),
      groups_(group_places(graph, scenario)),
      source_of_(graph.node_count),
      target_of_(graph.node_count) {
  const FlowSides sides = split_sides(graph, scenario, groups_);
  Kinds<std::tuple<NodeId, SenderId, std::vector<std::size_t>>, SourceId> sources;
  Kinds<std::tuple<NodeId, PortSetId, ReceiverId, std::vector<std::size_t>>, TargetId> targets;
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    const GroupId g = groups_.group_of[n];
    if (!g.valid() || graph.kind[n] != NodeKind::system) continue;
    const FlowClassId c = groups_.base[g];
    const PortSetId exposes = graph.flow.classes[c].exposes;
    source_of_[n] = sources.number(n, {graph.zone[n], sides.sender[g], row(naming.senders, c)});
    target_of_[n] = targets.number(n, {graph.zone[n], exposes, sides.receiver[g], row(naming.receivers, c)});
  }
  sources_ = sources.members();
  targets_ = targets.members();
}

void FlowEnds::visit_flows(const IdVector<SourceId, NodeId>& from, const IdVector<TargetId, NodeId>& to,
                           const Visit& visit) const {
  FlowRows rows(graph_, scenario_, groups_);
  const auto sender = [&](NodeId n) { return rows.sides().sender[groups_.group_of[n]]; };
  const auto receiver = [&](NodeId n) { return rows.sides().receiver[groups_.group_of[n]]; };
  std::vector<NodeId> sources;
  for (const NodeId n : from) {
    if (n.valid()) sources.push_back(n);
  }
  std::ranges::stable_sort(sources, {}, sender);
  std::vector<NodeId> targets;
  IdVector<NodeId, std::vector<NodeId>> in_zone(graph_.node_count);
  IdVector<ReceiverId, std::vector<NodeId>> of_receiver(rows.sides().receivers.size());
  for (const NodeId n : to) {
    if (!n.valid()) continue;
    targets.push_back(n);
    in_zone[graph_.zone[n]].push_back(n);
    of_receiver[receiver(n)].push_back(n);
  }
  const auto goes_on = [&](NodeId a, NodeId b, const CellStates& row) {
    const PortSet ports = intersect(rows.ports()[FlowRows::ports_of(row.at(receiver(b)))], exposed_ports(graph_, b));
    return ports.empty() || visit(a, b, ports);
  };
  SenderId loaded;
  for (const NodeId a : sources) {
    if (sender(a) != loaded) rows.load(sender(a));
    loaded = sender(a);
    const auto inside = [&](NodeId b) { return goes_on(a, b, rows.inside()); };
    const auto across = [&](NodeId b) { return graph_.zone[b] == graph_.zone[a] || goes_on(a, b, rows.across()); };
    if (!std::ranges::all_of(in_zone[graph_.zone[a]], inside)) return;
    if (FlowRows::ports_of(rows.across().base()) != rows.ports().none()) {
      if (!std::ranges::all_of(targets, across)) return;
      continue;
    }
    for (const ReceiverId r : rows.across().singled_out()) {
      if (!std::ranges::all_of(of_receiver[r], across)) return;
    }
  }
}

}  // namespace firebreak
