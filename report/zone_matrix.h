#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/policy.h"
#include "firebreak/scenario.h"

namespace firebreak::report {

/// What may flow from one zone to another.
struct Allowance {
  PortSet everywhere;  ///< from each place to each place
  PortSet somewhere;   ///< from some place to some place

  /// "tcp/443" and, on a line of its own, "some: tcp/22"; empty when nothing may.
  [[nodiscard]] std::string words() const;
};

/// Judges zones against each other under a scenario. Holds references to what it is made from.
class ZoneMatrix {
 public:
  ZoneMatrix(const Graph& graph, const Scenario& scenario);

  /// Cost: the classes of one times the classes of the other, each pair the rules that match it; limited over all
  /// calls.
  [[nodiscard]] Allowance between(NodeId from, NodeId to);

  /// Some pairs of places were left out because there are too many.
  [[nodiscard]] bool cut_short() const { return cut_short_; }

 private:
  void add_class(FlowClassId c);
  [[nodiscard]] bool singled_out(NodeId n) const;

  const Graph& graph_;
  const Scenario& scenario_;
  IdVector<NodeId, std::vector<NodeId>>
      places_;  ///< by zone: one place for each class, and those a block or allow may single out
  std::size_t judgements_ = 0;
  bool cut_short_ = false;
};

}  // namespace firebreak::report
