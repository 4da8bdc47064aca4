#pragma once

#include <array>
#include <functional>
#include <map>
#include <vector>

#include "firebreak/impact.h"

#include "analyzer/containment/cuts.h"
#include "analyzer/mask.h"
#include "analyzer/solver/sat.h"

namespace firebreak {

/// What fails, and what works no longer, when actions are taken, as clauses: made for the actions that are spoken of,
/// as far as these are felt. Since clauses only say what follows, and what follows costs, circles need no care. Lost
/// connections, and groups of which very many together have to be lost, are said when the law has shown that it
/// matters.
class NeedRows {
 public:
  /// Called with the literal of a service that may fail, and the one of it being degraded.
  using Felt = std::function<void(NodeId service, solver::Literal fails, solver::Literal degraded)>;

  /// `base` is the run under the scenario with no further action. All must outlive it.
  NeedRows(const Graph& graph, const NeedRun& base, Cuts& cuts, solver::SatSolver& sat, Felt felt);

  /// Says what follows from an action. To be called once for each that a clause speaks of.
  void add(CutId cut, solver::Literal action);

  /// Says what the law finds under a scenario and the model does not: for services that fail or are degraded though
  /// their literals do not hold. False when the clauses say it already.
  [[nodiscard]] bool explain(const Scenario& scenario, const NeedRun& run);

  /// The literal of a service's failing; none while nothing can make it fail.
  [[nodiscard]] solver::Literal fails(NodeId n) const { return lost_[kFails][VertexId(n.index())]; }
  [[nodiscard]] solver::Literal degrades(NodeId n) const { return lost_[kDegrades][VertexId(n.index())]; }

 private:
  enum Pass : std::uint8_t { kFails, kDegrades };
  static constexpr std::array<Pass, 2> kPasses = {kFails, kDegrades};

  /// What can be lost of a group that stands several losses.
  struct Group {
    std::vector<solver::Literal> inputs;
    bool partial = false;  ///< not everything that follows is said
  };
  struct Event {
    Pass pass;
    VertexId vertex;
  };

  [[nodiscard]] bool lost_already(Pass pass, VertexId v) const;
  [[nodiscard]] bool lost_already(Pass pass, const Arc& arc) const;
  [[nodiscard]] bool counts(Pass pass, const Arc& arc) const { return pass == kFails ? !arc.soft : !arc.fallback; }
  [[nodiscard]] solver::Literal literal(Pass pass, VertexId v);
  void list_leaves();
  void sever_by(CutId cut, solver::Literal action);
  void sever(LeafId leaf, solver::Literal cause);
  void lose(Pass pass, ArcId a, solver::Literal cause);
  void combine(Pass pass, VertexId v, solver::Literal input);
  void spread();

  [[nodiscard]] bool explain_vertex(Pass pass, VertexId v, const Mask& mask, const NeedRun& run,
                                    std::vector<Event>& open);
  [[nodiscard]] std::vector<NodeId> parting_links(const Leaf& leaf, const NeedRun& run) const;
  [[nodiscard]] bool explain_parting(const Leaf& leaf, LeafId l, const NeedRun& run, std::vector<Event>& open);

  const Graph& graph_;
  const NeedRelation& need_;
  const NeedRun& base_;
  Cuts& cuts_;
  solver::SatSolver& sat_;
  Felt felt_;
  std::array<IdVector<VertexId, solver::Literal>, 2> lost_;
  std::array<IdVector<VertexId, std::uint32_t>, 2> left_;  ///< how many more inputs must be lost
  std::array<std::map<ArcId, solver::Literal>, 2> input_lost_;
  std::array<std::map<VertexId, Group>, 2> groups_;
  std::map<std::vector<NodeId>, std::map<LeafId, bool>> parted_;  ///< the links that part the ends of a need
  Packed<NodeId, LeafId> leaves_of_;    ///< by system: those of which it is an end; by zone: those with an end inside
  Packed<NodeId, LeafId> leaves_from_;  ///< by where their traffic starts
  std::vector<Event> open_;
};

}  // namespace firebreak
