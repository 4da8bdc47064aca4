// The spread law asked about the state itself: what is not clean is the compromise, what has not been begun is off. The
// more is on, the more is reached; so when everything may be on, no single step has to be asked about.

#include "analyzer/spread_guard.h"

#include <algorithm>

namespace firebreak {

SpreadGuard::SpreadGuard(const Graph& graph, const Scenario& scenario)
    : graph_(graph), scenario_(scenario), before_(blast(graph, scenario)) {
  matters_ = std::ranges::any_of(scenario.compromised, [&](NodeId n) { return contagious(n); });
}

bool SpreadGuard::contagious(NodeId n) const {
  if (!std::ranges::binary_search(scenario_.off, n)) return true;
  // A disabled account takes part in no pivot; a machine that is off has leaked its passwords already.
  if (graph_.kind[n] == NodeKind::identity) return false;
  return std::ranges::any_of(graph_.pivots_from[n], [&](PivotId p) { return !graph_.pivots[p].port.valid(); });
}

bool SpreadGuard::safe(const std::vector<NodeId>& begun, const std::vector<NodeId>& unclean) {
  if (std::ranges::none_of(unclean, [&](NodeId n) { return contagious(n); })) return true;
  const auto [all, first] = free_.try_emplace(unclean, false);
  if (first) {
    std::vector<NodeId> most;
    std::ranges::set_difference(scenario_.off, unclean, std::back_inserter(most));
    all->second = judge(most, unclean);
  }
  if (all->second) return true;
  const auto [at, fresh] = known_.try_emplace({begun, unclean}, false);
  if (fresh) at->second = judge(begun, unclean);
  return at->second;
}

bool SpreadGuard::judge(const std::vector<NodeId>& begun, const std::vector<NodeId>& unclean) const {
  Scenario state = scenario_;
  state.compromised = unclean;
  state.off.clear();
  std::ranges::set_difference(scenario_.off, begun, std::back_inserter(state.off));
  const Blast reached = blast(graph_, state);
  return std::ranges::all_of(reached.order,
                             [&](NodeId n) { return before_.reached[n] && !std::ranges::binary_search(begun, n); });
}

}  // namespace firebreak
