#pragma once

#include <vector>

#include "firebreak/scenario.h"
#include "firebreak/topology.h"

/// The start law: docs/model.md, "Start law".
namespace firebreak::oracle {

using Up = IdVector<NodeId, bool>;

/// What comes up one after the other when only `by_hand` is up at first.
[[nodiscard]] Up started(const Topology& topology, const Up& by_hand);

/// The most that can be up with each of it held up by the rest.
[[nodiscard]] Up self_sustaining(const Topology& topology);

/// The start law where a scenario isolates, blocks and allows.
class StartLaw {
 public:
  StartLaw(const Topology& topology, const Scenario& scenario);

  /// Whether a node could start, or stay, with these up.
  [[nodiscard]] bool holds(NodeId n, const Up& up) const;

  /// Likewise for a node that is started by hand: it does not wait for the members of its loop, nor, where the loop
  /// holds links, for those that connect. Its site and its host must be up.
  [[nodiscard]] bool holds_by_hand(NodeId n, const Up& up, const std::vector<NodeId>& loop) const;

  /// What comes up by itself, one after the other, when `up` is; nothing of `held` does.
  [[nodiscard]] Up started(Up up, const Up& held) const;

  /// The most that can be up with each of it held up by the rest.
  [[nodiscard]] Up self_sustaining() const;

 private:
  struct Eyes {
    const Up& up;
    bool links_work = false;
  };
  [[nodiscard]] bool item_holds(std::uint32_t i, NodeId owner, const Eyes& eyes) const;
  [[nodiscard]] bool connected(const Need& need, NodeId owner, const Up& up) const;

  const Topology& topology_;
  std::vector<bool> cut_;
};

}  // namespace firebreak::oracle
