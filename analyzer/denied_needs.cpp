// What a denied need costs is what fails if it alone is denied; but of two servers that can stand in for each other
// neither costs anything alone. So it also counts what fails when all denied needs are denied together, as far as this
// one has a part in it: what can be reached from it over inputs that are lost in that run. That is found for 64
// services at a time, a bit each, walking from them to what they need.

#include <algorithm>
#include <bit>
#include <iterator>
#include <tuple>

#include "firebreak/policy.h"

#include "analyzer/loss_probe.h"
#include "analyzer/mask.h"
#include "analyzer/need_law.h"

namespace firebreak {

namespace {

class CostFinder {
 public:
  /// `none` is the run where no need is denied, `all` the one where all are; both must outlive this object.
  CostFinder(const Graph& graph, const NeedRun& none, const NeedRun& all)
      : graph_(graph), none_(none), all_(all), probe_(graph, none) {}

  void find(std::vector<DeniedNeed>& needs) {
    for (DeniedNeed& need : needs) find_lost(need);
    std::vector<NodeId> failing;
    for (const NodeId n : ids<NodeId>(graph_.node_count)) {
      if (graph_.kind[n] == NodeKind::service && fails_of_it(VertexId(n.index()))) failing.push_back(n);
    }
    constexpr std::size_t kBits = 64;
    for (std::size_t begin = 0; begin < failing.size(); begin += kBits) {
      find_shared(needs, std::span(failing).subspan(begin, std::min(kBits, failing.size() - begin)));
    }
    for (DeniedNeed& need : needs) {
      add_lost_to_shared(need);
      for (const NodeId service : need.services_lost) need.weight_lost += graph_.weight[service];
      for (const NodeId service : need.services_shared) need.weight_shared += graph_.weight[service];
    }
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

  /// Whether a vertex fails because needs are denied.
  [[nodiscard]] bool fails_of_it(VertexId v) const { return all_.fails[v] != kNever && none_.fails[v] == kNever; }

  /// Adds those of up to 64 services that fail over each need, where everything is denied.
  void find_shared(std::vector<DeniedNeed>& needs, std::span<const NodeId> services) {
    IdVector<VertexId, std::uint64_t> over(graph_.need.owner.size(), 0);
    std::vector<VertexId> open;
    for (std::size_t i = 0; i < services.size(); ++i) {
      open.emplace_back(services[i].index());
      over[open.back()] = std::uint64_t{1} << i;
    }
    while (!open.empty()) {
      const VertexId v = open.back();
      open.pop_back();
      for (const ArcId a : graph_.need.inputs(v)) {
        const Arc& arc = graph_.need.arcs[a];
        if (arc.soft || !fails_of_it(arc.from) || (over[v] & ~over[arc.from]) == 0) continue;
        over[arc.from] |= over[v];
        open.push_back(arc.from);
      }
    }
    for (DeniedNeed& need : needs) {
      const Arc& arc = graph_.need.arcs[graph_.need.leaves[need.leaf].arc];
      if (arc.soft) continue;
      for (std::uint64_t bits = over[arc.to]; bits != 0; bits &= bits - 1) {
        need.services_shared.push_back(services[static_cast<std::size_t>(std::countr_zero(bits))]);
      }
    }
  }

  static void add_lost_to_shared(DeniedNeed& need) {
    std::vector<NodeId> all;
    std::ranges::set_union(need.services_shared, need.services_lost, std::back_inserter(all));
    need.services_shared = std::move(all);
  }

  const Graph& graph_;
  const NeedRun& none_;
  const NeedRun& all_;
  LossProbe probe_;
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
    const Leaf leaf = leaf_of(graph, l);
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
  const NeedRun none = run_need_denying(graph, {});
  const NeedRun all = run_need_denying(graph, denied);
  CostFinder(graph, none, all).find(needs);
  std::ranges::stable_sort(needs, [](const DeniedNeed& a, const DeniedNeed& b) {
    return std::tuple(a.weight_shared, a.weight_lost, a.nodes_lost) >
           std::tuple(b.weight_shared, b.weight_lost, b.nodes_lost);
  });
  return needs;
}

}  // namespace firebreak
