#include "bench/containment_model.h"

#include <algorithm>
#include <map>

namespace firebreak::bench {

namespace {

using Variable = LinearModel::Variable;

class Maker {
 public:
  Maker(const Graph& graph, const Scenario& scenario, const std::vector<NodeId>& protect)
      : graph_(graph), scenario_(scenario), protect_(protect) {}

  ContainmentModel make() {
    reached_.assign(graph_.node_count, 0);
    for (const NodeId n : ids<NodeId>(graph_.node_count)) {
      if (graph_.kind[n] == NodeKind::system) reached_[n] = model().add(false);
    }
    for (const NodeId n : scenario_.compromised) model().at_least(1, {{1, reached_[n]}});
    for (const NodeId n : protect_) model().at_least(0, {{-1, reached_[n]}});
    for (const VertexId v : ids<VertexId>(graph_.need.owner.size())) {
      const std::uint32_t enough = graph_.need.fails_at[v];
      const bool node = v.index() < graph_.node_count;
      const double weight = node ? graph_.weight[NodeId(v.index())] : 0;
      const bool some_of_many = enough > 1 && enough < graph_.need.inputs(v).size();
      fails_.push_back(model().add(some_of_many, static_cast<std::int64_t>(weight) * ContainmentModel::kPerWeight));
    }
    for (const GraphPivot& pivot : graph_.pivots) {
      for (const NodeId to : pivot.to) step(pivot.from.front(), to);
    }
    for (const VertexId v : ids<VertexId>(fails_.size())) need(v);
    return std::move(result_);
  }

 private:
  LinearModel& model() { return result_.model; }

  Variable cut(const Action& action) {
    const auto [at, is_new] = cuts_.try_emplace(action, 0);
    if (is_new) {
      const double cost = action.type == Action::Type::block_zones
                              ? std::max(graph_.cost[action.node], graph_.cost[action.to])
                              : graph_.cost[action.node];
      at->second = model().add(true, static_cast<std::int64_t>(cost));
      result_.actions.push_back(action);
      result_.variable.push_back(at->second);
    }
    return at->second;
  }
  Variable isolate(NodeId n) {
    const bool zone = graph_.kind[n] == NodeKind::zone;
    return cut(
        {.type = zone ? Action::Type::isolate_zone : Action::Type::isolate_system, .node = n, .to = {}, .rule = {}});
  }

  /// What stops traffic between two zones; one end may be outside all zones.
  std::vector<Variable> between(NodeId from, NodeId to) {
    std::vector<Variable> cuts;
    if (from == to) return cuts;
    if (from.valid()) cuts.push_back(isolate(from));
    cuts.push_back(isolate(to));
    if (from.valid()) cuts.push_back(cut({.type = Action::Type::block_zones, .node = from, .to = to, .rule = {}}));
    return cuts;
  }

  void step(NodeId from, NodeId to) {
    if (from == to) return;
    LinearModel::Sum sum{{1, reached_[to]}, {-1, reached_[from]}, {1, isolate(from)}, {1, isolate(to)}};
    for (const Variable v : between(graph_.zone[from], graph_.zone[to])) sum.emplace_back(1, v);
    model().at_least(0, std::move(sum));
  }

  /// What takes an input away besides the failing of what is needed.
  std::vector<Variable> severing(const Arc& arc) {
    if (!arc.leaf.valid()) return {};
    const Leaf leaf = leaf_of(graph_, arc.leaf);
    std::vector<Variable> cuts;
    for (const NodeId n : {leaf.owner, leaf.provider}) {
      if (graph_.kind[n] == NodeKind::system) cuts.push_back(isolate(n));
    }
    for (const Variable v : between(leaf.from_zone, leaf.to_zone)) cuts.push_back(v);
    return cuts;
  }

  void need(VertexId v) {
    const std::uint32_t enough = graph_.need.fails_at[v];
    if (enough == 0) return;
    std::vector<Variable> inputs;
    for (const ArcId a : graph_.need.inputs(v)) {
      const Arc& arc = graph_.need.arcs[a];
      std::vector<Variable> causes = severing(arc);
      causes.push_back(fails_[arc.from]);
      const Variable lost = enough == 1 ? fails_[v] : model().add(false);
      for (const Variable cause : causes) model().at_least(0, {{1, lost}, {-1, cause}});
      inputs.push_back(lost);
    }
    if (enough == 1) return;
    LinearModel::Sum sum{{static_cast<std::int64_t>(inputs.size() - enough + 1), fails_[v]}};
    for (const Variable input : inputs) sum.emplace_back(-1, input);
    model().at_least(1 - static_cast<std::int64_t>(enough), std::move(sum));
  }

  const Graph& graph_;
  const Scenario& scenario_;
  const std::vector<NodeId>& protect_;
  ContainmentModel result_;
  IdVector<NodeId, Variable> reached_;
  IdVector<VertexId, Variable> fails_;
  std::map<Action, Variable> cuts_;
};

}  // namespace

ContainmentModel containment_model(const Graph& graph, const Scenario& scenario, const std::vector<NodeId>& protect) {
  return Maker(graph, scenario, protect).make();
}

}  // namespace firebreak::bench
