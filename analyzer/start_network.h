#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "firebreak/graph.h"

#include "analyzer/mask.h"

namespace firebreak {

using PendingId = Id<struct PendingTag>;  ///< something that is not up at the beginning: see StartNetwork
using PartId = Id<struct PartTag>;        ///< zones that links which are up at the beginning join

/// What is not up at the beginning and may come up, cut out of the graph: nodes, groups of needs, meetings of two parts
/// of the network, and needs that wait for both a provider and a meeting. All that is up, severed or never comes up is
/// counted in already, so that what happens during a plan costs no more than what it changes.
struct StartNetwork {
  struct Output {
    PendingId to;
    NodeId owner;           ///< whose need it is
    bool physical = false;  ///< a site, a host or a site around a site
  };
  struct Join {
    PendingId link;
    PartId a;
    PartId b;
  };
  struct Meeting {
    PendingId meeting;
    PartId a;
    PartId b;
  };

  IdVector<PendingId, NodeId> node;          ///< none for what is no node
  IdVector<PendingId, std::uint32_t> open;   ///< inputs that must still come before it can start
  IdVector<PendingId, bool> held;            ///< comes up by a job only
  Packed<PendingId, Output> outputs;         ///< what counts for starting
  IdVector<PendingId, std::uint32_t> spare;  ///< inputs of `run_outputs` it can miss and still run
  Packed<PendingId, Output> run_outputs;     ///< what counts for running
  Packed<PendingId, PendingId> inputs;       ///< `outputs` the other way round
  std::vector<Join> joins;
  std::vector<Meeting> meetings;
  std::size_t parts = 0;
  bool runs_later = false;         ///< something may be up and not run yet
  IdVector<NodeId, PendingId> of;  ///< by node; none for what is up, or never comes up

  [[nodiscard]] std::size_t size() const { return node.size(); }
};

/// What the network is cut out along.
struct StartFrame {
  IdVector<VertexId, std::uint8_t> running;   ///< by vertex: works at the beginning
  IdVector<VertexId, std::uint8_t> possible;  ///< by vertex: can be up at all
  IdVector<NodeId, std::uint8_t> held;        ///< comes up by a job only
  IdVector<NodeId, std::uint32_t> loop;       ///< the start loop a node is in, or kNoLoop
  IdVector<NodeId, std::uint8_t> by_hand;     ///< does not wait for its loop
  std::vector<std::uint8_t> loop_has_links;   ///< by loop

  static constexpr std::uint32_t kNoLoop = ~std::uint32_t{0};
};

/// Cost: linear in the graph.
[[nodiscard]] StartNetwork cut_out(const Mask& mask, const StartFrame& frame);

/// A network in motion: what is up. Copying one is how a search goes back.
class StartState {
 public:
  /// Everything is up that needs no job.
  explicit StartState(const StartNetwork& network);

  [[nodiscard]] bool up(PendingId p) const { return up_[p] != 0; }
  /// Whether something held could be started now, or has been.
  [[nodiscard]] bool ready(PendingId p) const { return open_[p] == 0; }

  /// A job has brought this up; all that follows is up at once. What came up stands behind what `news` held.
  void finish(PendingId p);

  /// What has come up, in order.
  [[nodiscard]] const std::vector<PendingId>& news() const { return order_; }

  /// By what is pending: whether it runs. Equal to `up` unless something runs later than it is up. Cost: linear in the
  /// network.
  [[nodiscard]] IdVector<PendingId, std::uint8_t> running() const;

 private:
  void raise(PendingId p);
  void settle();
  [[nodiscard]] PartId part(PartId p) const;

  const StartNetwork* network_;
  IdVector<PendingId, std::uint32_t> open_;
  IdVector<PendingId, std::uint8_t> up_;
  IdVector<PartId, PartId> part_;
  std::vector<PendingId> order_;
  std::size_t taken_ = 0;
};

}  // namespace firebreak
