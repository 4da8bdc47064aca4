#include "report/picture/picture_causes.h"

#include <set>

#include "analyzer/connection.h"

// The need law's causes, made fit for the eye. Systems at a site that is down are taken breadth first from those that
// need nothing else there, and each hangs on the first of its needs that is already placed: a few arrows leave the site
// instead of one to each system.

namespace firebreak::report {
namespace {

constexpr std::size_t kMostDetours = 1000;

bool is_physical(const Arc& arc) {
  return arc.type == ArcType::site || arc.type == ArcType::host || arc.type == ArcType::parent;
}

}  // namespace

PictureCauses::PictureCauses(const Graph& graph, const Scenario& scenario, const Impact& impact, Seconds at)
    : graph_(graph), impact_(impact), at_(at), finder_(graph, scenario, impact.run), hangs_on_(graph.node_count) {
  hang_on_sites();
}

State PictureCauses::state_of(VertexId v) const {
  if (is_node(v)) return impact_.state[NodeId(v.index())];
  const NeedRun& run = impact_.run;
  if (run.fails[v] != kNever && run.fails[v] <= at_) return State::fails;
  if (run.degrades[v] != kNever && run.degrades[v] <= at_) return State::degraded;
  return State::works;
}

bool PictureCauses::is_down_before(ArcId a) const {
  const Arc& arc = graph_.need.arcs[a];
  const NeedRun& run = impact_.run;
  return is_physical(arc) && state_of(arc.from) <= State::fails && run.fails.has(arc.to) &&
         run.fails.before(arc.from, arc.to);
}

ArcId PictureCauses::first_physical(VertexId v) const {
  ArcId found;
  for (const ArcId a : graph_.need.inputs(v)) {
    if (!is_down_before(a)) continue;
    if (graph_.need.arcs[a].type != ArcType::site) return a;
    found = a;
  }
  return found;
}

bool PictureCauses::is_at_dark_site(NodeId n) const {
  return hangs_on_[n].valid() && graph_.need.arcs[hangs_on_[n]].type == ArcType::site;
}

bool PictureCauses::is_fellow(ArcId a) const {
  const Arc& arc = graph_.need.arcs[a];
  if (arc.type != ArcType::need || arc.soft || arc.fallback || arc.grace > 0) return false;
  if (!is_node(arc.from) || !is_node(arc.to)) return false;
  const NodeId provider(arc.from.index());
  return hangs_on_[provider].valid() && graph_.site[provider] == graph_.site[NodeId(arc.to.index())];
}

void PictureCauses::hang_on_sites() {
  std::vector<NodeId> members;
  for (const NodeId n : ids<NodeId>(graph_.node_count)) {
    if (impact_.state[n] != State::fails || graph_.kind[n] != NodeKind::system) continue;
    hangs_on_[n] = first_physical(VertexId(n.index()));
    if (is_at_dark_site(n)) members.push_back(n);
  }
  const auto needs_a_fellow = [&](NodeId n) {
    bool found = false;
    for (const ArcId a : graph_.need.inputs(VertexId(n.index()))) found = found || is_fellow(a);
    return found;
  };
  std::vector<bool> placed(graph_.node_count, false);
  std::vector<NodeId> order;
  const auto place = [&](NodeId n) {
    if (!placed[n.index()]) order.push_back(n);
    placed[n.index()] = true;
  };
  for (const NodeId n : members) {
    if (!needs_a_fellow(n)) place(n);
  }
  std::size_t next = 0;
  for (const NodeId member : members) {
    for (; next < order.size(); ++next) {
      for (const Output& output : graph_.need.outputs[VertexId(order[next].index())]) {
        if (!is_node(output.to)) continue;
        const NodeId n(output.to.index());
        if (hangs_on_[n] == output.arc) place(n);  // a guest
        if (placed[n.index()] || !is_at_dark_site(n) || !is_fellow(output.arc)) continue;
        hangs_on_[n] = output.arc;
        place(n);
      }
    }
    place(member);  // those that only need each other
  }
}

std::vector<Cause> PictureCauses::of(VertexId v) const {
  const State state = state_of(v);
  if (state != State::fails && state != State::degraded) return {};
  if (state == State::fails && is_node(v) && hangs_on_[NodeId(v.index())].valid()) {
    const ArcId a = hangs_on_[NodeId(v.index())];
    return {{a, graph_.need.arcs[a].from, Loss::provider, impact_.run.fails[v]}};
  }
  return finder_.of(v, at_);
}

bool PictureCauses::is_spare(ArcId a) const {
  const Arc& arc = graph_.need.arcs[a];
  if (!is_physical(arc) || !is_node(arc.to)) return false;
  if (is_lost(state_of(arc.from))) return true;
  const NodeId n(arc.to.index());
  const NodeId host = graph_.host[n];
  return arc.type == ArcType::site && host.valid() && graph_.site[host] == graph_.site[n];
}

NodeId PictureCauses::broken_link(LeafId cut) {
  const Leaf leaf = leaf_of(graph_, cut);
  if (!leaf.from_zone.valid() || !leaf.to_zone.valid()) return {};
  const auto [at, fresh] = broken_.try_emplace({leaf.from_zone, leaf.to_zone});
  if (!fresh || broken_.size() > kMostDetours) return at->second;
  const Connection connection =
      find_connection(graph_, impact_.run, leaf.from_zone, leaf.to_zone, impact_.run.severed[cut]);
  if (!connection.broken.empty()) at->second = connection.broken.front();
  return at->second;
}

VertexId PictureCauses::before(VertexId v) {
  const std::vector<Cause> causes = of(v);
  if (causes.empty()) return {};
  const Cause& decided = causes.front();
  const Arc& arc = graph_.need.arcs[decided.arc];
  const NodeId link = decided.loss == Loss::disconnected ? broken_link(arc.leaf) : NodeId();
  if (link.valid()) return VertexId(link.index());
  return decided.loss == Loss::provider ? arc.from : VertexId();
}

std::vector<NodeId> PictureCauses::chain(NodeId start) {
  std::vector<NodeId> chain;
  std::set<VertexId> seen;
  for (VertexId v(start.index()); v.valid() && seen.insert(v).second; v = before(v)) {
    if (is_node(v)) chain.emplace_back(v.index());
  }
  return chain;
}

}  // namespace firebreak::report
