// The need law as a circuit, and a solver asked for its minimal solutions. What a solver finds is a family of sets for
// each node, whichever way it took; everything that is said of a node is read from that.

#include <algorithm>
#include <array>

#include "firebreak/weak.h"

#include "analyzer/failure_circuit.h"
#include "analyzer/solver/minimal_sets.h"

namespace firebreak {

namespace {

std::vector<CutSet> named(const std::vector<solver::BestSet>& sets, const std::vector<NodeId>& losses,
                          const Graph& graph) {
  std::vector<CutSet> result;
  for (const solver::BestSet& set : sets) {
    CutSet cut;
    for (const solver::InputId input : set.inputs) cut.nodes.push_back(losses[input.index()]);
    std::ranges::sort(cut.nodes);
    for (const NodeId n : cut.nodes) cut.cost += graph.cost[n];
    result.push_back(std::move(cut));
  }
  return result;
}

}  // namespace

CutSetAnswer cut_sets(const Graph& graph, const Scenario& scenario, const CutSetOptions& options) {
  const FailureCircuit circuit = failure_circuit(graph, scenario, options.losses, options.nodes);
  const solver::MinimalSets minimal = solver::minimal_sets(circuit.circuit, circuit.fails);
  CutSetAnswer answer;
  answer.complete = circuit.complete && minimal.complete;
  IdVector<solver::InputId, double> cost;
  for (const NodeId n : options.losses) cost.push_back(graph.cost[n]);
  for (std::size_t i = 0; i < options.nodes.size(); ++i) {
    CutSets sets;
    sets.node = options.nodes[i];
    sets.complete = answer.complete;
    if (answer.complete) {
      const solver::FamilyId family = minimal.roots[i];
      sets.by_size = count_by_size(minimal.families, family);
      for (const Natural& count : sets.by_size) sets.count += count;
      sets.smallest = named(smallest_sets(minimal.families, family, cost, options.list), options.losses, graph);
      sets.cheapest = named(cheapest_sets(minimal.families, family, cost, options.cheapest), options.losses, graph);
    }
    answer.nodes.push_back(std::move(sets));
  }
  return answer;
}

std::vector<NodeId> usual_losses(const Graph& graph) {
  std::vector<NodeId> losses;
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    const NodeKind kind = graph.kind[n];
    if (kind == NodeKind::system || kind == NodeKind::site || kind == NodeKind::link) losses.push_back(n);
  }
  return losses;
}

std::string_view to_string(CutSetEngine engine) {
  constexpr std::array<std::string_view, 4> kWords = {"auto", "diagrams", "bounded", "exhaustive"};
  return kWords[static_cast<std::size_t>(engine)];
}

}  // namespace firebreak
