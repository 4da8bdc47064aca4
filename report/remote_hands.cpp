#include "report/remote_hands.h"

#include <algorithm>
#include <vector>

#include "analyzer/mask.h"
#include "topology/compile/flow_verdict.h"

namespace firebreak::report {
namespace {

class Hands {
 public:
  Hands(const Subject& subject, NodeId system, const IdVector<NodeId, Seconds>& works_from, Seconds moment,
        Graces graces)
      : subject_(subject),
        graph_(subject.graph),
        mask_(subject.graph, subject.scenario),
        system_(system),
        works_from_(works_from),
        moment_(moment),
        graces_(graces) {}

  /// Items lie behind their group, so from the last to the first every member is known before its group.
  [[nodiscard]] bool hold(NeedRange range) const {
    const NeedList& needs = subject_.topology.needs;
    std::vector<bool> holds(needs.size(), false);
    for (std::uint32_t i = range.end; i-- > range.begin;) {
      const Need& need = needs[i];
      if (need.soft || (graces_ == Graces::last && need.grace > 0)) {
        holds[i] = true;
        continue;
      }
      if (need.type == Need::Type::leaf) {
        holds[i] = leaf_holds(need);
        continue;
      }
      std::uint32_t members = 0;
      std::uint32_t holding = 0;
      for (std::uint32_t m = i + 1; m < need.end; m = needs[m].end) {
        ++members;
        holding += holds[m] ? 1U : 0U;
      }
      holds[i] = holding >= (need.type == Need::Type::all ? members : need.type == Need::Type::any ? 1U : need.k);
    }
    for (std::uint32_t i = range.begin; i < range.end; i = needs[i].end) {
      if (!holds[i]) return false;
    }
    return true;
  }

 private:
  [[nodiscard]] bool works(NodeId n) const { return works_from_[n] <= moment_; }

  [[nodiscard]] bool leaf_holds(const Need& need) const {
    if (!works(need.on)) return false;
    if (graph_.kind[need.on] == NodeKind::site) return true;
    Leaf leaf;
    leaf.owner = system_;
    leaf.provider = need.on;
    leaf.only_isolation = graph_.kind[need.on] != NodeKind::system;
    if (!leaf.only_isolation) {
      leaf.source = need.from.valid() ? need.from : system_;
      leaf.from_zone = graph_.zone[leaf.source];
      leaf.to_zone = graph_.zone[need.on];
      leaf.port = need.port;
      if (leaf.port.valid() && leaf.from_zone.valid() && leaf.to_zone.valid()) {
        const FlowClassId from = graph_.flow.class_of[leaf.source];
        const FlowClassId to = graph_.flow.class_of[leaf.provider];
        leaf.permitted = includes(permitted_of(graph_, from, to, graph_.ports[leaf.port]), graph_.ports[leaf.port]);
      }
    }
    return mask_.severed(leaf) == Loss::none && connected(leaf.from_zone, leaf.to_zone);
  }

  [[nodiscard]] bool connected(NodeId from, NodeId to) const {
    if (!graph_.has_links || !from.valid() || !to.valid() || from == to) return true;
    IdVector<NodeId, bool> seen(graph_.node_count, false);
    std::vector<NodeId> open{from};
    seen[from] = true;
    while (!open.empty() && !seen[to]) {
      const NodeId zone = open.back();
      open.pop_back();
      for (const LinkEnd& end : graph_.links_of[zone]) {
        if (seen[end.zone] || !works(end.link)) continue;
        seen[end.zone] = true;
        open.push_back(end.zone);
      }
    }
    return seen[to];
  }

  const Subject& subject_;
  const Graph& graph_;
  Mask mask_;
  NodeId system_;
  const IdVector<NodeId, Seconds>& works_from_;
  Seconds moment_;
  Graces graces_;
};

}  // namespace

bool can_be_managed(const Subject& subject, NodeId system, const IdVector<NodeId, Seconds>& works_from, Seconds moment,
                    Graces graces) {
  const System& found = subject.topology.system(system);
  return found.has_managed_by && Hands(subject, system, works_from, moment, graces).hold(found.managed_by);
}

}  // namespace firebreak::report
