#include "analyzer/sweep/loser.h"

#include "analyzer/need_law.h"

namespace firebreak {

LossBase::LossBase(const Graph& of_graph, const Scenario& of_scenario)
    : graph(of_graph),
      scenario(of_scenario),
      run(run_need(graph, scenario)),
      network(graph, run),
      scale({graph.weight.begin(), graph.weight.end()}),
      weight(graph.node_count, 0) {
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (graph.kind[n] == NodeKind::service) weight[n] = scale.up(graph.weight[n]);
    if (run.fails[VertexId(n.index())] == kNever) continue;
    fails.push_back(n);
    lost += weight[n];
  }
}

Loser::Result Loser::lose(std::span<const NodeId> off) {
  first_ = {};
  const std::span<const PointId> lost = wave_.lose(off);
  separated_ = add(lost, first_) && separates(lost);
  by_law_ = false;
  if (separated_) first_ = lose_by_law(off);
  return without(first_, off);
}

Loser::Result Loser::lose_besides(std::span<const NodeId> off, std::span<const NodeId> both) {
  if (separated_) return without(lose_by_law(both), both);
  by_law_ = false;
  Result result = first_;
  const bool links = add(wave_.lose_besides(off), result);
  if (links && separates(wave_.lost())) result = lose_by_law(both);
  return without(result, both);
}

bool Loser::add(std::span<const PointId> lost, Result& result) const {
  bool links = false;
  for (const PointId p : lost) {
    if (!base_.network.is_node(p)) continue;
    ++result.fails;
    const NodeId n(p.index());
    result.weight += base_.weight[n];
    links |= base_.graph.kind[n] == NodeKind::link;
  }
  return links;
}

Loser::Result Loser::without(Result result, std::span<const NodeId> off) const {
  for (const NodeId n : off) {
    if (!base_.network.has_failed(LossNetwork::point(n))) --result.fails;
  }
  return result;
}

bool Loser::separates(std::span<const PointId> lost) {
  if (!links_) links_ = std::make_unique<LinkLosses>(base_.graph, base_.run);
  return links_->separate(lost);
}

Loser::Result Loser::lose_by_law(std::span<const NodeId> off) {
  if (!law_) law_ = std::make_unique<LossLaw>(base_.graph, base_.scenario, base_.run);
  by_law_ = true;
  by_law_lost_ = law_->lose(off);
  Result result;
  for (const VertexId v : by_law_lost_) {
    if (v.index() >= base_.graph.node_count) continue;
    ++result.fails;
    result.weight += base_.weight[NodeId(v.index())];
  }
  return result;
}

}  // namespace firebreak
