#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "firebreak/blast.h"
#include "firebreak/graph.h"
#include "firebreak/scenario.h"

namespace firebreak {

/// Judges the states of a plan by the spread law: from what is not clean yet, nothing may be reached that has been
/// started, nor anything else that was not reached at the beginning. Answers are remembered. Holds references.
class SpreadGuard {
 public:
  /// `scenario` is the beginning, with all that is held in its `off`.
  SpreadGuard(const Graph& graph, const Scenario& scenario);

  /// What is reached at the beginning.
  [[nodiscard]] const IdVector<NodeId, bool>& reached_before() const { return before_.reached; }

  /// Whether it can matter what is started when. It cannot when all that is compromised is dark until it is clean, and
  /// no credential leaks from it.
  [[nodiscard]] bool matters() const { return matters_; }

  /// Whether the state is safe in which `unclean` of the compromised are not clean and `begun` of what was off are no
  /// longer off. Both ascending. Cost: one blast for each state asked about for the first time.
  [[nodiscard]] bool safe(const std::vector<NodeId>& begun, const std::vector<NodeId>& unclean);

 private:
  [[nodiscard]] bool contagious(NodeId n) const;
  [[nodiscard]] bool judge(const std::vector<NodeId>& begun, const std::vector<NodeId>& unclean) const;

  const Graph& graph_;
  const Scenario& scenario_;
  Blast before_;
  bool matters_ = false;
  std::map<std::pair<std::vector<NodeId>, std::vector<NodeId>>, bool> known_;
  std::map<std::vector<NodeId>, bool> free_;  ///< by what is not clean: whether all that is clean may be started
};

}  // namespace firebreak
