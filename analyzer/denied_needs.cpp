// What a denied need costs is what fails if it alone is denied; but of two servers that can stand in for each other
// neither costs anything alone. So it also counts what fails when all denied needs are denied together, as far as this
// one has a part in it: what can be reached from it over inputs that are lost in that run.

#include <algorithm>
#include <tuple>

#include "firebreak/policy.h"

#include "analyzer/loss_probe.h"
#include "analyzer/mask.h"
#include "analyzer/need_law.h"

namespace firebreak {

namespace {

class CostFinder {
 public:
  CostFinder(const Graph& graph, std::span<const LeafId> denied)
      : graph_(graph),
        none_(run_need_denying(graph, {})),
        all_(run_need_denying(graph, denied)),
        probe_(graph, none_),
        visited_(graph.need.owner.size(), 0) {}

  void find(DeniedNeed& need) {
    find_lost(need);
    find_shared(need);
    for (const NodeId service : need.services_lost) need.weight_lost += graph_.weight[service];
    for (const NodeId service : need.services_shared) need.weight_shared += graph_.weight[service];
  }

 private:
  void find_lost(DeniedNeed& need) {
    const auto add = [&](NodeId n) {
      ++need.nodes_lost;
      if (graph_.kind[n] == NodeKind::service) need.services_lost.push_back(n);
    };
    const std::span<const VertexId> lost = probe_.lose({}, {&need.leaf, 1});
    if (probe_.lost_links()) {
      const NeedRun run = run_need_denying(graph_, {&need.leaf, 1});
      for (const NodeId n : ids<NodeId>(graph_.node_count)) {
        const VertexId v(n.index());
        if (run.fails[v] != kNever && none_.fails[v] == kNever) add(n);
      }
      return;
    }
    for (const VertexId v : lost) {
      if (v.index() < graph_.node_count) add(NodeId(v.index()));
    }
    std::ranges::sort(need.services_lost);
  }

  /// Walks from the need to all that fails over it, where everything is denied.
  void find_shared(DeniedNeed& need) {
    ++question_;
    open_.clear();
    const Arc& arc = graph_.need.arcs[graph_.need.leaves[need.leaf].arc];
    if (!arc.soft) visit(arc.to);
    while (!open_.empty()) {
      const VertexId v = open_.back();
      open_.pop_back();
      if (v.index() < graph_.node_count && graph_.kind[NodeId(v.index())] == NodeKind::service) {
        need.services_shared.emplace_back(v.index());
      }
      for (const Output& output : graph_.need.outputs[v]) {
        if (!output.soft) visit(output.to);
      }
    }
    std::vector<NodeId> all;
    std::ranges::sort(need.services_shared);
    std::ranges::set_union(need.services_shared, need.services_lost, std::back_inserter(all));
    need.services_shared = std::move(all);
  }

  void visit(VertexId v) {
    const bool fails = all_.fails[v] != kNever && none_.fails[v] == kNever;
    if (!fails || visited_[v] == question_) return;
    visited_[v] = question_;
    open_.push_back(v);
  }

  const Graph& graph_;
  NeedRun none_;
  NeedRun all_;
  LossProbe probe_;
  IdVector<VertexId, std::uint32_t> visited_;
  std::uint32_t question_ = 0;
  std::vector<VertexId> open_;
};

}  // namespace

std::vector<DeniedNeed> denied_needs(const Graph& graph, const Scenario& scenario) {
  Scenario flows;
  flows.block = scenario.block;
  flows.allow = scenario.allow;
  const Mask mask(graph, flows);
  std::vector<DeniedNeed> needs;
  std::vector<LeafId> denied;
  for (const LeafId l : ids<LeafId>(graph.need.leaves.size())) {
    const Leaf& leaf = graph.need.leaves[l];
    const Loss loss = leaf.port.valid() ? mask.severed(leaf) : Loss::none;
    if (loss != Loss::not_permitted && loss != Loss::blocked) continue;
    DeniedNeed need;
    need.leaf = l;
    need.missing = subtract(graph.ports[leaf.port], permitted_ports(graph, flows, leaf.source, leaf.provider));
    need.judgement = judge(graph, flows, leaf.source, leaf.provider, need.missing.ranges().front().first);
    needs.push_back(std::move(need));
    denied.push_back(l);
  }
  if (needs.empty()) return needs;
  CostFinder costs(graph, denied);
  for (DeniedNeed& need : needs) costs.find(need);
  std::ranges::stable_sort(needs, [](const DeniedNeed& a, const DeniedNeed& b) {
    return std::tuple(a.weight_shared, a.weight_lost, a.nodes_lost) >
           std::tuple(b.weight_shared, b.weight_lost, b.nodes_lost);
  });
  return needs;
}

}  // namespace firebreak
